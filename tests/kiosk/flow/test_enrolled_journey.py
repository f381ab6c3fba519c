"""What an enrolled kiosk shows when no pupil can sign in: calm for the child, clear for the teacher."""

import contextlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mtc_kiosk.kiosk.flow.sign_in import ANSWERED_FOR_NS, TYPED_FOR_NS
from mtc_kiosk.kiosk.school.desk_link import SHOWN_AFTER_S
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.eyes import Place
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.school.sessions import IssuedPin, Started
from mtc_kiosk.sync.pack_file import pack_path
from tests.kiosk.school.enrolled import Enrolled, enrolled
from tests.kiosk.virtual import Bench
from tests.office.conftest import home as _a_home
from tests.office.desk import Desk
from tests.store.a_school import ASchool

home = _a_home


class Kiosk:
    """The enrolled kiosk PC7 in front of a pupil; ``waiting`` checks are in its outbox."""

    def __init__(self, pc: Enrolled) -> None:
        self.pc, self.waiting = pc, 0
        self.bench = Bench(
            pc.home,
            passcode="chalk",
            reception=lambda _: pc.sign_in,
            staff_room=lambda _: pc.room,
            waiting_checks=lambda: self.waiting,
            size=(1366, 768),
        )

    def switch_on(self) -> None:
        """The program starts again."""
        self.pc.start()
        self.bench.power_cut()

    def attempts(self) -> list[str]:
        """The check codes of the attempts that began here."""
        self.bench.flush()
        return [code for (code,) in self.pc.journal.db.execute("select check_code from attempt").fetchall()]

    def later(self, at: datetime | None = None, **by: float) -> None:
        """Let time pass; then the page has looked again."""
        self.pc.later(at, **by)
        self.bench.pass_ms(1_500)

    @property
    def staff(self) -> list[str]:
        """The lines for staff on the page."""
        return [line for line in self.said.split("|") if line.startswith("Staff:") and line != words.HELD_FOR_STAFF]

    @property
    def said(self) -> str:
        """Everything on the screen."""
        return "|".join(self.bench.sight.texts)

    def type(self, started: Started, pin: IssuedPin) -> None:
        """A pupil types password and PIN, and presses "Yes, that is me" if asked."""
        self.type_password(started)
        self.type_pin(pin)
        if self.bench.at(Place.CONFIRM):
            self.bench.point(Button.THATS_ME)

    def type_password(self, started: Started) -> None:
        """The day's password alone."""
        self.bench.tap(*(keyboard.letter(each) for each in started.session.password), keyboard.ENTER)

    def type_pin(self, pin: IssuedPin) -> None:
        """The PIN."""
        self.bench.tap(*(keyboard.top_row(each) for each in pin.pin), keyboard.ENTER)


@pytest.fixture
def kiosk(home: Home, tmp_path: Path) -> Iterator[Kiosk]:
    """A kiosk that has not heard of its desk yet."""
    with (
        contextlib.closing(ASchool(home.database)) as school,
        enrolled(Desk(home, school), tmp_path / "kiosk") as pc,
    ):
        made = Kiosk(pc)
        yield made
        made.bench.close()


def test_without_todays_pupils_the_page_says_how_they_come(kiosk: Kiosk) -> None:
    """Not at once, as each start is without the desk for a moment; and the checks that wait are named as well."""
    kiosk.later(seconds=SHOWN_AFTER_S - 1)
    assert words.NO_SESSION[0] in kiosk.said
    assert kiosk.staff == []
    kiosk.waiting = 2
    kiosk.later(seconds=1)
    assert kiosk.staff == [words.DESK_AWAY, words.checks_wait(2)]
    kiosk.pc.address = ""
    kiosk.switch_on()
    kiosk.later(seconds=1)
    assert kiosk.staff == [words.PUPILS_BY_STICK, words.checks_wait(2)]


def test_yesterdays_pupils_cannot_sign_in_and_staff_read_why(kiosk: Kiosk) -> None:
    """In the morning the desk is away: for a child it is a PC that waits, and staff find out what it needs."""
    started = kiosk.pc.desk.school.start([1])
    kiosk.pc.beat()
    kiosk.pc.wall += timedelta(days=1)
    kiosk.switch_on()
    kiosk.later(seconds=SHOWN_AFTER_S)
    assert kiosk.staff == [words.DATE_IN_DOUBT, words.DESK_AWAY]
    kiosk.type(started, started.pins[0])
    assert kiosk.bench.sight.find(Button.SIGN_IN) is None
    assert words.WAIT in kiosk.said
    assert kiosk.attempts() == []
    assert kiosk.pc.room.date_in_doubt()[-1] == "On another day, this PC needs its desk or a stick from it."


def test_a_session_that_ends_while_a_child_types_is_over_for_today(kiosk: Kiosk) -> None:
    """The list of pupils is gone at once; the PC waits again soon, and tomorrow its page says nothing of today."""
    started = kiosk.pc.desk.school.start([1])
    kiosk.pc.beat()
    kiosk.later(seconds=1)
    kiosk.type_password(started)
    kiosk.pc.desk.school.end()
    kiosk.pc.beat()
    kiosk.type_pin(started.pins[0])
    assert words.SESSION_OVER[0] in kiosk.said
    assert words.SESSION_OVER[1] in kiosk.said
    assert not pack_path(kiosk.pc.home).exists()
    kiosk.bench.pass_ms(ANSWERED_FOR_NS // 1_000_000 - 1_000)
    assert words.SESSION_OVER[0] in kiosk.said
    kiosk.bench.pass_ms(3_000)
    assert words.OVER[0] in kiosk.said
    assert started.session.password not in kiosk.said
    assert kiosk.attempts() == []
    kiosk.later(days=1)
    assert words.NO_SESSION[0] in kiosk.said


def test_a_pin_that_is_used_at_another_pc_sends_the_child_to_the_teacher(kiosk: Kiosk) -> None:
    """It names the PC; nothing begins here, and the next child signs in."""
    school = kiosk.pc.desk.school
    started = school.start([1, 2])
    kiosk.pc.beat()
    kiosk.later(seconds=1)
    other = kiosk.pc.desk.kiosk("PC3")
    kiosk.type_password(started)
    kiosk.type_pin(started.pins[0])
    assert kiosk.bench.at(Place.CONFIRM)
    other.sign_in(started.pins[0])  # the slip is at two PCs
    kiosk.pc.desk.beat(other, kiosk.pc.known)
    kiosk.bench.point(Button.THATS_ME)
    assert "Your check is open on another PC (PC3)." in kiosk.said
    assert "Ask your teacher." in kiosk.said
    assert kiosk.attempts() == []
    kiosk.bench.pass_ms(ANSWERED_FOR_NS // 1_000_000 + 3_000)
    kiosk.type(started, started.pins[1])
    assert kiosk.attempts() == [started.pins[1].check_code]


def test_a_password_left_in_its_box_is_cleared_and_a_child_who_waits_keeps_it(kiosk: Kiosk) -> None:
    """Whoever comes next finds empty boxes, and staff what waits here."""
    started = kiosk.pc.desk.school.start([1])
    kiosk.pc.beat()
    kiosk.later(seconds=1)
    kiosk.type_password(started)
    kiosk.waiting = 1
    kiosk.bench.pass_ms(TYPED_FOR_NS // 1_000_000 - 1_000)
    assert started.session.password in kiosk.said
    kiosk.bench.pass_ms(3_000)
    assert started.session.password not in kiosk.said
    assert kiosk.staff == [words.checks_wait(1)]
