"""Asking what a page shows changes nothing: no pupil is signed out, and no database is read."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mtc_kiosk.kiosk.flow.sign_in import CONFIRM_WITHIN_NS, LOOKS_EVERY_NS
from mtc_kiosk.kiosk.view.scene import ConfirmView, Shown, SignInView, SizeView, WaitView
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.clock import MS
from mtc_kiosk.store.home.home import open_home
from tests.arrangements.school import School


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    """One pupil, and no session yet."""
    with contextlib.closing(School(open_home(tmp_path / "home"), "arrangements: []")) as made:
        yield made


def waits(school: School) -> None:
    """No session is open."""
    school.desk.pass_ms(1_500)


def signs_in(school: School) -> None:
    """The boxes are empty."""
    school.start()
    school.desk.pass_ms(1_500)


def has_typed(school: School) -> None:
    """A letter is in the box."""
    signs_in(school)
    school.desk.tap(keyboard.letter("q"))


def is_asked(school: School) -> None:
    """The PIN was right: "is this you?" is open."""
    school.sign_in()


def chooses(school: School) -> None:
    """The pupil chooses a size first."""
    school.write("size: choose")
    school.sign_in()


PAGES = pytest.mark.parametrize(
    ("reach", "kind"),
    [
        (waits, WaitView),
        (signs_in, SignInView),
        (has_typed, SignInView),
        (is_asked, ConfirmView),
        (chooses, SizeView),
    ],
    ids=["waits", "signs in", "has typed", "is asked", "chooses"],
)
Reach = Callable[[School], None]


@PAGES
def test_a_look_changes_nothing(school: School, reach: Reach, kind: type[Shown]) -> None:
    """What is seen now is seen again after looks at any later moment, and no look reads the database."""
    reach(school)
    journey, now_ns = school.desk.kiosk.journey, school.desk.now
    before = journey.on_screen.shown(now_ns)
    assert isinstance(before, kind)
    read: list[str] = []
    school.db.conn.set_trace_callback(read.append)
    for later_ns in (0, 0, LOOKS_EVERY_NS, CONFIRM_WITHIN_NS, 10 * CONFIRM_WITHIN_NS):
        assert journey.on_screen.shown(now_ns + later_ns) == before
    school.db.conn.set_trace_callback(None)
    assert (read, journey.on_screen.shown(now_ns)) == ([], before)


def test_time_signs_out_whom_nobody_answers_for(school: School) -> None:
    """It is the passing of time that does it, once a turn: no name stays on the screen."""
    is_asked(school)
    school.desk.pass_ms(CONFIRM_WITHIN_NS // MS - 1_000)
    assert isinstance(school.desk.kiosk.journey.on_screen.shown(school.desk.now), ConfirmView)
    school.desk.pass_ms(1_500)
    assert isinstance(school.desk.kiosk.journey.on_screen.shown(school.desk.now), SignInView)
