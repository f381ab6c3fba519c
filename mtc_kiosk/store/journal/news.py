"""What the journal reports to the loop."""

from dataclasses import dataclass

from mtc_kiosk.store.db.sqlite_faults import Fault


@dataclass(frozen=True)
class Kept:
    """A ticket's facts have been on the disk since ``at_ns`` of the journal's clock."""

    ticket: int
    at_ns: int


@dataclass(frozen=True)
class Trouble:
    """The disk refuses what it was given; ``sentence`` says why. Nothing is lost while the program runs."""

    sentence: str
    fault: Fault = Fault.OTHER


@dataclass(frozen=True)
class RowRejected:
    """The database refused a row of this ticket; the row is kept in the table ``refused``.

    With ``whole``, nothing of the ticket is in the journal and it is never ``Kept``: it first caused ``Trouble``, and
    was given up when the loop moved on to another attempt or ended. Without, its facts are kept, and only a row that
    follows from them is missing, such as a second answer to one question.
    """

    ticket: int
    whole: bool
    sentence: str


@dataclass(frozen=True)
class Recovered:
    """The disk works again, and everything that waited is on it."""


News = Kept | RowRejected | Trouble | Recovered
