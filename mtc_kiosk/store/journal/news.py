"""What the journal tells the loop. It knows no thread and no database."""

from dataclasses import dataclass

from mtc_kiosk.store.db.sqlite_faults import Fault


@dataclass(frozen=True)
class Kept:
    """A ticket's facts are on the disk since ``at_ns`` of the journal's clock."""

    ticket: int
    at_ns: int


@dataclass(frozen=True)
class Trouble:
    """The disk does not take what was given it; ``sentence`` says why. Nothing is lost while the program runs."""

    sentence: str
    fault: Fault = Fault.OTHER


@dataclass(frozen=True)
class RowRejected:
    """The database will not take a row of this ticket; what it was is kept in the table ``refused``.

    With ``whole`` nothing of the ticket is in the journal and it is never ``Kept``: it made ``Trouble``, and was given
    up when the loop went on to another attempt or ended. Without, its facts are kept, and only a row that follows from
    them is missing, such as a second answer to one question.
    """

    ticket: int
    whole: bool
    sentence: str


@dataclass(frozen=True)
class Recovered:
    """The disk takes what it is given again, and everything that waited is on it."""


News = Kept | RowRejected | Trouble | Recovered
