"""SQLite: the journal of attempts. The journal half imports only ``check`` and ``record``."""
