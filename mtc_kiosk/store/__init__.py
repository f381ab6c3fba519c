"""SQLite: the journal of attempts. The journal half knows ``check`` and ``record`` alone."""
