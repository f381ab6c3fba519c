"""What a kiosk is told to do, and what it is handed for each attempt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from mtc_kiosk.check.arrangements import Granted
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.kiosk.view.rows import CodeRow, HeldRow, PinRow, PupilRow
from mtc_kiosk.kiosk.view.scene import ConfirmView, Grant
from mtc_kiosk.store.journal.journal import NewAttempt

if TYPE_CHECKING:  # "try it out" starts without the school
    from mtc_kiosk.school.sign_in import Answer, Closed, MayBegin, SignedIn, TooEarly
    from mtc_kiosk.store.school.held_checks import AuditAction


@dataclass(frozen=True)
class PreparedAttempt:
    """A new attempt, and notes for its journal, such as a form that shares more than it should with an earlier one."""

    new: NewAttempt
    notes: tuple[str, ...] = ()


class SignInService(Protocol):
    """What the school says at the door; each call reads or writes the database, and none comes within a check.

    ``volume_percent`` is this PC's own.
    """

    @property
    def volume_percent(self) -> int:
        """How loud this PC is, where a pupil has no volume of their own."""

    def for_staff(self) -> tuple[str, ...]:
        """What staff should know before a pupil signs in, such as a mistake in the file of arrangements; one line."""

    def second_screen(self) -> bool:
        """Whether a second screen is connected that keeps pupils from signing in."""

    def closed(self) -> Closed | None:
        """Why nobody can sign in now; None while a session is open."""

    def sign_in(self, password: str, pin: str) -> Answer:
        """What these details come to."""

    def confirm(self, signed_in: SignedIn) -> Answer:
        """The pupil said yes."""

    def not_me(self, signed_in: SignedIn) -> None:
        """The pupil said no."""

    def granted(self, signed_in: SignedIn) -> Granted:
        """What the school's file grants this pupil now, with the pupil's own last choice."""

    def prepare(self, signed_in: SignedIn, granted: Granted) -> PreparedAttempt:
        """The attempt that begins now, with these arrangements."""

    def may_begin(self, attempt_id: str) -> MayBegin:
        """Whether the check itself may begin, behind the practice."""

    def confirm_view(self, signed_in: SignedIn) -> ConfirmView:
        """What the pupil is shown to know themselves by."""

    def clock_time(self, answer: TooEarly) -> str:
        """When it begins, as the school's clock shows it."""


@dataclass(frozen=True)
class PinSheet:
    """The PINs of one kind that can be used."""

    kind: Kind
    password: str
    rows: tuple[PinRow, ...]


@dataclass(frozen=True)
class HeldFound:
    """A held check; ``is_here`` says that it belongs to this kiosk, where alone it can go on."""

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
    """Wrong tries at the staff passcode, kept where a restart of the kiosk does not end them."""

    def count(self) -> int:
        """How many there were since the last right one."""

    def wrong(self, count: int, wait_seconds: int) -> None:
        """One more: the so-manieth, and how long the page takes no other."""

    def right(self) -> None:
        """The passcode was right: they count no more."""


class StaffRefused(Exception):
    """Nothing was done; ``sentences`` say why, to be read aloud."""

    def __init__(self, *sentences: str) -> None:
        self.sentences = sentences
        super().__init__(" ".join(sentences))


class StaffRoom(Protocol):
    """What the school lets the staff at a kiosk see and do, as teachers. Every call may raise StaffRefused."""

    def pins(self) -> tuple[PinSheet, ...]:
        """Today's PINs, those of the official check first."""

    def held(self) -> tuple[HeldFound, ...]:
        """Every check that waits for staff."""

    def is_over(self, attempt_id: str) -> bool:
        """Whether an attempt has ended, perhaps by another program."""

    def pupils(self, text: str) -> tuple[PupilFound, ...]:
        """The pupils of the register whose names hold this text, in the order of lists."""

    def codes(self, errand: Grant) -> tuple[CodeRow, ...]:
        """The codes that a teacher may give."""

    def has(self, errand: Grant, pupil_id: int) -> bool:
        """Whether a restart waits or a reason holds, which is to be taken back before another is given."""

    def give(self, errand: Grant, pupil_id: int, code: str) -> bool:
        """Give a pupil a restart or a reason; whether a PIN that was not used yet was cancelled with it."""

    def take_back(self, errand: Grant, pupil_id: int) -> None:
        """Take a pupil's restart or reason back."""

    def note(self, what: AuditAction, attempt_id: str | None = None) -> None:
        """Keep in the audit what staff did to an attempt, or at this kiosk."""


@dataclass(frozen=True)
class KioskSetup:
    """What this kiosk is to do. ``loops`` sends it back to the welcome page; else it ends when the pupil leaves.

    ``prepare`` makes a walk-up's new attempt; ``passcode_matches`` is None where no passcode is set. ``reception`` lets
    the pupils of a school sign in; None where only "try it out" runs. ``staff_room`` is what the staff menu works with;
    without one the passcode leads out of the kiosk, or to the held check. ``guesses`` keeps wrong tries at it, and
    ``place`` is where the home lies, such as ``drive C:``.
    """

    prepare: Callable[[], PreparedAttempt]
    passcode_matches: Callable[[str], bool] | None
    loops: bool
    about: str
    keyboard_needed: bool = False
    reception: SignInService | None = None
    staff_room: StaffRoom | None = None
    guesses: Guesses | None = None
    place: str = "this PC"
