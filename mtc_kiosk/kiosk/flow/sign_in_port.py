"""The port of signing in to the school; ``kiosk.school.sign_in`` implements it over the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from mtc_kiosk.check.arrangements import Granted
from mtc_kiosk.kiosk.flow.prepare import PreparedAttempt
from mtc_kiosk.kiosk.view.scene import ConfirmView

if TYPE_CHECKING:  # "try it out" starts without the school
    from mtc_kiosk.school.sign_in import Answer, Closed, MayBegin, SignedIn, TooEarly


class SignInService(Protocol):
    """The school, for the sign-in pages. Each call reads or writes the database; none is made during a check.

    ``volume_percent`` is this PC's own.
    """

    @property
    def volume_percent(self) -> int:
        """The PC's volume (per cent), for a pupil without a volume of their own."""

    def for_staff(self) -> tuple[str, ...]:
        """Sentences for staff before a pupil signs in, such as a mistake in the arrangements file; empty if none."""

    def second_screen(self) -> bool:
        """Whether a second screen is connected that keeps pupils from signing in."""

    def closed(self) -> Closed | None:
        """The reason why no pupil can sign in now; None while a session is open."""

    def sign_in(self, password: str, pin: str) -> Answer:
        """The answer to this password and PIN."""

    def confirm(self, signed_in: SignedIn) -> Answer:
        """The pupil pressed "Yes, that is me"."""

    def not_me(self, signed_in: SignedIn) -> None:
        """The pupil pressed "This is not me"."""

    def granted(self, signed_in: SignedIn) -> Granted:
        """This pupil's arrangements in the school's file now, with their own last choice of look."""

    def prepare(self, signed_in: SignedIn, granted: Granted) -> PreparedAttempt:
        """The attempt that begins now, with these arrangements."""

    def may_begin(self, attempt_id: str) -> MayBegin:
        """Whether the check itself may begin after the practice."""

    def confirm_view(self, signed_in: SignedIn) -> ConfirmView:
        """The page on which pupils recognise themselves."""

    def clock_time(self, answer: TooEarly) -> str:
        """When the session begins, in the school's local time."""
