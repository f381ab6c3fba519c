"""Which kind of check an attempt, a PIN or a session is for. The values are those of the database and of records.

In a module of its own: screens, records and the school's rules need it, and nothing else of the check.
"""

from enum import StrEnum


class Kind(StrEnum):
    """The check itself, or "try it out", which never counts."""

    OFFICIAL = "official"
    TRY = "try"
