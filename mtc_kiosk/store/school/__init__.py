"""The school half: register, sessions, PINs, restarts, reasons, assistants."""
