"""The school's reception at this kiosk's door, over the home's own database: one PC, or several that share a home."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from mtc_kiosk.check.arrangements import Granted
from mtc_kiosk.kiosk.flow.prepare import PreparedAttempt
from mtc_kiosk.kiosk.view.scene import ConfirmView
from mtc_kiosk.school.sign_in import Answer, Closed, MayBegin, SignedIn, TooEarly
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import running_kiosks
from mtc_kiosk.store.school import sign_in as at_the_door
from mtc_kiosk.store.school.preferences import chosen_by


@dataclass(frozen=True)
class SchoolSignIn:
    """``prepared`` makes the attempt of a pupil who has signed in; ``now`` is the wall clock in UTC.

    ``grants`` is what the school's file says of the pupil at this moment, ``staff_line`` what staff should know of the
    school's files now, ``in_the_way`` whether a second screen keeps pupils from signing in.
    """

    db: Database
    home: Home
    kiosk: str
    school: str
    zone: tzinfo
    now: Callable[[], datetime]
    prepared: Callable[[SignedIn, Granted], PreparedAttempt]
    grants: Callable[[SignedIn], Granted]
    volume_percent: int = 100
    staff_line: Callable[[], tuple[str, ...]] = tuple
    in_the_way: Callable[[], bool] = lambda: False

    def for_staff(self) -> tuple[str, ...]:
        """What staff should know before a pupil signs in, such as a mistake in the file of arrangements; one line."""
        return self.staff_line()

    def second_screen(self) -> bool:
        """Whether a second screen is connected that keeps pupils from signing in."""
        return self.in_the_way()

    def closed(self) -> Closed | None:
        """Why nobody can sign in now; None while a session is open."""
        return at_the_door.door_now(self.db, self._kiosk, self.now())

    def sign_in(self, password: str, pin: str) -> Answer:
        """What these details come to."""
        return at_the_door.sign_in(self.db, self._kiosk, password, pin, self.now())

    def confirm(self, signed_in: SignedIn) -> Answer:
        """The pupil said yes."""
        return at_the_door.confirm(self.db, self._kiosk, signed_in, self.now())

    def not_me(self, signed_in: SignedIn) -> None:
        """The pupil said no."""
        at_the_door.not_me(self.db, self._kiosk, signed_in, self.now())

    def granted(self, signed_in: SignedIn) -> Granted:
        """What the school's file grants this pupil now, with the pupil's own last choice."""
        return self.grants(signed_in).with_choice(chosen_by(self.db, signed_in.pupil.id))

    def prepare(self, signed_in: SignedIn, granted: Granted) -> PreparedAttempt:
        """The attempt that begins now, with these arrangements."""
        return self.prepared(signed_in, granted)

    def may_begin(self, attempt_id: str) -> MayBegin:
        """Whether the check itself may begin, behind the practice."""
        return at_the_door.may_begin(self.db, self._kiosk, attempt_id, self.now())

    def confirm_view(self, signed_in: SignedIn) -> ConfirmView:
        """What the pupil is shown to know themselves by."""
        pupil = signed_in.pupil
        born = pupil.date_of_birth
        return ConfirmView(
            forename=pupil.called,
            surname=pupil.alias_surname or pupil.surname,
            date_of_birth=f"{born.day} {born:%B %Y}",
            school=self.school,
            group=pupil.group_name,
        )

    def clock_time(self, answer: TooEarly) -> str:
        """When it begins, as the school's clock shows it."""
        return f"{answer.opens_at.astimezone(self.zone):%H:%M}"

    @property
    def _kiosk(self) -> at_the_door.Kiosk:
        return at_the_door.Kiosk(self.kiosk, running_kiosks(self.home), self.zone)
