"""Signing in at this kiosk, over the home's own database: one PC, or several that share a home.

``store.school.sign_in`` decides who may sign in, ``arrangements`` what a pupil is granted.
"""

from collections.abc import Callable
from datetime import datetime

from mtc_kiosk.check.arrangements import Granted
from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.kiosk.flow.prepare import PreparedAttempt, check_here, prepare_attempt
from mtc_kiosk.kiosk.school.arrangements import SignInArrangements
from mtc_kiosk.kiosk.system.desktop import SecondScreen
from mtc_kiosk.kiosk.system.staff_log import TellStaff
from mtc_kiosk.kiosk.view.scene import ConfirmView
from mtc_kiosk.school.sign_in import Answer, Closed, MayBegin, NoSession, SignedIn, TooEarly
from mtc_kiosk.school.words import date_in_words
from mtc_kiosk.store.classroom.seen import kiosks_at_work
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.journal.attempts import earlier_forms
from mtc_kiosk.store.school import sign_in as signing_in
from mtc_kiosk.store.school.preferences import chosen_by


class SchoolSignIn:
    """``kiosk.flow.sign_in_port.SignInService`` in an open home.

    ``db`` is the loop's own connection, used only between checks; ``now`` is the wall clock in UTC. ``tell`` sends
    staff sentences about what they should look at; ``displays`` counts the displays of this PC.
    """

    def __init__(
        self,
        home: Home,
        configuration: Configuration,
        kiosk: str,
        db: Database,
        now: Callable[[], datetime],
        *,
        tell: TellStaff = lambda _: None,
        displays: Callable[[], int] = lambda: 1,
    ) -> None:
        self._home, self._configuration, self._name = home, configuration, kiosk
        self._db, self._now, self._tell = db, now, tell
        self._arrangements = SignInArrangements(home, configuration, db, now, tell)
        allowed = configuration.kiosk.lockdown.allow_second_display
        self._displays = SecondScreen(displays, allowed=allowed, tell=tell)

    @property
    def volume_percent(self) -> int:
        """The PC's volume (per cent), for a pupil without a volume of their own."""
        return self._configuration.kiosk.sound.volume_percent

    def for_staff(self) -> tuple[str, ...]:
        """Sentences for staff before a pupil signs in, such as a mistake in the arrangements file; empty if none."""
        return self._arrangements.for_staff()

    def second_screen(self) -> bool:
        """Whether a second screen is connected that keeps pupils from signing in."""
        return self._displays.in_the_way()

    def closed(self) -> Closed | None:
        """The reason why no pupil can sign in now; None while a session is open. Nobody can in a home half restored."""
        if self._home.restoring.exists():
            return NoSession()
        return signing_in.why_closed_now(self._db, self._kiosk, self._now())

    def sign_in(self, password: str, pin: str) -> Answer:
        """The answer to this password and PIN."""
        return signing_in.sign_in(self._db, self._kiosk, password, pin, self._now())

    def confirm(self, signed_in: SignedIn) -> Answer:
        """The pupil pressed "Yes, that is me"."""
        return signing_in.confirm(self._db, self._kiosk, signed_in, self._now())

    def not_me(self, signed_in: SignedIn) -> None:
        """The pupil pressed "This is not me"."""
        signing_in.not_me(self._db, self._kiosk, signed_in, self._now())

    def granted(self, signed_in: SignedIn) -> Granted:
        """This pupil's arrangements in the school's file now, with their own last choice of look."""
        return self._arrangements.granted(signed_in).with_choice(chosen_by(self._db, signed_in.pupil.id))

    def prepare(self, signed_in: SignedIn, granted: Granted) -> PreparedAttempt:
        """The attempt that begins now, with these arrangements. Staff are shown a RecordingFault too."""
        here = check_here(self._configuration, self._name)
        met = earlier_forms(self._db, signed_in.pupil.id, self._name)
        return prepare_attempt(here, granted, met=met, signed_in=signed_in, tell=self._tell)

    def may_begin(self, attempt_id: str) -> MayBegin:
        """Whether the check itself may begin after the practice."""
        return signing_in.may_begin(self._db, self._kiosk, attempt_id, self._now())

    def confirm_view(self, signed_in: SignedIn) -> ConfirmView:
        """The page on which pupils recognise themselves."""
        pupil = signed_in.pupil
        return ConfirmView(
            forename=pupil.called,
            surname=pupil.alias_surname or pupil.surname,
            date_of_birth=date_in_words(pupil.date_of_birth),
            school=self._configuration.school.name or "",
            group=pupil.group_name,
        )

    def clock_time(self, answer: TooEarly) -> str:
        """When the session begins, in the school's local time."""
        return f"{answer.opens_at.astimezone(self._configuration.school.zone):%H:%M}"

    @property
    def _kiosk(self) -> signing_in.Kiosk:
        return signing_in.Kiosk(self._name, kiosks_at_work(self._home, self._db), self._configuration.school.zone)
