"""What a kiosk is told to do, and what it is handed for each attempt."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from mtc_kiosk.kiosk.scene import ConfirmView
from mtc_kiosk.school.sign_in import Answer, Closed, SignedIn, TooEarly
from mtc_kiosk.store.journal import NewAttempt


@dataclass(frozen=True)
class Prepared:
    """A new attempt, and notes for its journal, such as a form that shares more than it should with an earlier one."""

    new: NewAttempt
    notes: tuple[str, ...] = ()


class Reception(Protocol):
    """What the school says at the door; each call reads or writes the database, and none comes within a check."""

    def closed(self) -> Closed | None:
        """Why nobody can sign in now; None while a session is open."""

    def sign_in(self, password: str, pin: str) -> Answer:
        """What these details come to."""

    def confirm(self, signed_in: SignedIn) -> Answer:
        """The pupil said yes."""

    def not_me(self, signed_in: SignedIn) -> None:
        """The pupil said no."""

    def prepare(self, signed_in: SignedIn) -> Prepared:
        """The attempt that begins now."""

    def confirm_view(self, signed_in: SignedIn) -> ConfirmView:
        """What the pupil is shown to know themselves by."""

    def clock_time(self, answer: TooEarly) -> str:
        """When it begins, as the school's clock shows it."""


@dataclass(frozen=True)
class Orders:
    """What this kiosk is to do. ``loops`` sends it back to the welcome page; else it ends when the pupil leaves.

    ``prepare`` makes a walk-up's new attempt; ``passcode_matches`` is None where no passcode is set. ``reception`` lets
    the pupils of a school sign in; None where only "try it out" runs.
    """

    prepare: Callable[[], Prepared]
    passcode_matches: Callable[[str], bool] | None
    loops: bool
    about: str
    keyboard_needed: bool = False
    reception: Reception | None = None
