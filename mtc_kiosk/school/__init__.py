"""The rules of the school side, pure: register, sessions, restarts, reasons; values in, values out."""
