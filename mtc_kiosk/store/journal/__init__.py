"""The journal of attempts. It knows ``check`` and ``record``, and no school."""
