"""The ports of the staff's pages to the school; ``kiosk.school`` implements them over the store."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.kiosk.view.rows import CodeRow, HeldRow, PinRow, PupilRow
from mtc_kiosk.kiosk.view.scene import Grant

if TYPE_CHECKING:  # "try it out" starts without the school
    from mtc_kiosk.store.school.held_checks import AuditAction


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

    def codes(self, grant: Grant) -> tuple[CodeRow, ...]:
        """The codes that a teacher may give."""

    def has(self, grant: Grant, pupil_id: int) -> bool:
        """Whether a restart waits or a reason holds, which is to be taken back before another is given."""

    def give(self, grant: Grant, pupil_id: int, code: str) -> bool:
        """Give a pupil a restart or a reason; whether a PIN that was not used yet was cancelled with it."""

    def take_back(self, grant: Grant, pupil_id: int) -> None:
        """Take a pupil's restart or reason back."""

    def note(self, what: AuditAction, attempt_id: str | None = None) -> None:
        """Keep in the audit what staff did to an attempt, or at this kiosk."""
