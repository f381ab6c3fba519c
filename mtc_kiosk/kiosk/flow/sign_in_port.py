"""The port of signing in to the school; ``kiosk.school.sign_in`` implements it over the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from mtc_kiosk.check.arrangements import Granted
from mtc_kiosk.kiosk.flow.prepare import PreparedAttempt
from mtc_kiosk.kiosk.view.scene import ConfirmView

if TYPE_CHECKING:  # "try it out" starts without the school
    from mtc_kiosk.school.sign_in import Answer, Closed, MayBegin, SignedIn, TooEarly


class SignInService(Protocol):
    """What the school says to a sign-in; each call reads or writes the database, and none comes within a check.

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
