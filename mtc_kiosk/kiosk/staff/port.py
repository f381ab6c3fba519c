"""The ports of the staff's pages to the school; ``kiosk.school`` implements them over the store."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.kiosk.view import staff_words
from mtc_kiosk.kiosk.view.rows import CodeRow, HeldRow, PinRow, PupilRow
from mtc_kiosk.kiosk.view.scene import Grant
from mtc_kiosk.school.staff import AuditAction


@dataclass(frozen=True)
class PinSheet:
    """The usable PINs of one kind of check."""

    kind: Kind
    password: str
    rows: tuple[PinRow, ...]


@dataclass(frozen=True)
class HeldFound:
    """A held check. If ``is_here``, it belongs to this kiosk; it can go on only at its own."""

    attempt_id: str
    row: HeldRow
    is_here: bool
    only_stop: bool


@dataclass(frozen=True)
class PupilFound:
    """A pupil to choose."""

    pupil_id: int
    row: PupilRow


class Guesses(Protocol):
    """Wrong tries at the staff passcode, stored so that they outlast a restart of the kiosk."""

    def count(self) -> int:
        """How many wrong tries since the last right one."""

    def wrong(self, count: int, wait_seconds: int) -> None:
        """Store a wrong try: how many there are now, and how long the page accepts no other."""

    def right(self) -> None:
        """The passcode was right: reset the count."""


class StaffRefused(Exception):
    """Nothing was done; ``sentences`` say why, for the screen. The ``heading`` says what was not done."""

    def __init__(self, *sentences: str) -> None:
        self.heading, self.sentences = staff_words.NOT_SHOWN, sentences
        super().__init__(" ".join(sentences))


@contextlib.contextmanager
def trying(not_done: str) -> Iterator[None]:
    """Do what is within; ``not_done`` becomes the heading if that is refused."""
    try:
        yield
    except StaffRefused as refused:
        refused.heading = not_done
        raise


class StaffRoom(Protocol):
    """What staff at a kiosk may see and do in the school, as teachers. Every method may raise StaffRefused."""

    @property
    def at_desk(self) -> bool:
        """Whether PINs, restarts and reasons are another PC's, the desk's."""

    def date_in_doubt(self) -> tuple[str, ...]:
        """What staff read before they confirm the date; empty if pupils can sign in without that."""

    def confirm_date(self) -> None:
        """Staff say that the date is right: pupils may sign in."""

    def pins(self) -> tuple[PinSheet, ...]:
        """Today's PINs, those of the official check first."""

    def held(self) -> tuple[HeldFound, ...]:
        """Every held check of the home."""

    def is_over(self, attempt_id: str) -> bool:
        """Whether an attempt has ended, perhaps through another program."""

    def pupils(self, text: str) -> tuple[PupilFound, ...]:
        """The pupils on the register with this text in their names, in list order."""

    def codes(self, grant: Grant) -> tuple[CodeRow, ...]:
        """The codes that a teacher may give."""

    def has(self, grant: Grant, pupil_id: int) -> bool:
        """Whether the pupil has an unused restart or a reason, to be taken back before another is given."""

    def give(self, grant: Grant, pupil_id: int, code: str) -> bool:
        """Give a pupil a restart or a reason; True if that cancelled an unused PIN."""

    def take_back(self, grant: Grant, pupil_id: int) -> None:
        """Take a pupil's restart or reason back."""

    def note(self, what: AuditAction, attempt_id: str | None = None) -> None:
        """Write an audit row of what staff did to an attempt, or at this kiosk."""
