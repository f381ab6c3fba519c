"""The staff menu of an enrolled kiosk: its held checks and the date are here, the rest is done at the desk."""

import contextlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mtc_kiosk.kiosk.input.events import KeyDown
from mtc_kiosk.kiosk.staff.commands import CommandKind, StaffCommand
from mtc_kiosk.kiosk.staff.menu import StaffMenu
from mtc_kiosk.kiosk.staff.port import StaffRefused
from mtc_kiosk.kiosk.view import staff_words
from mtc_kiosk.kiosk.view.controls import Button, Row
from mtc_kiosk.kiosk.view.scene import Grant, HeldListView, StaffAskView, StaffMenuView
from mtc_kiosk.school.sign_in import SignedIn
from mtc_kiosk.store.home.home import Home
from tests.kiosk.school.enrolled import Enrolled, enrolled
from tests.office.conftest import home as _a_home
from tests.office.desk import Desk
from tests.store.a_school import ASchool

home = _a_home
SECRET = "secret"


@pytest.fixture
def kiosk(home: Home, tmp_path: Path) -> Iterator[Enrolled]:
    """A kiosk that has the pack of a session."""
    with contextlib.closing(ASchool(home.database)) as school:
        desk = Desk(home, school)
        with enrolled(desk, tmp_path / "kiosk") as kiosk:
            yield kiosk


def opened(kiosk: Enrolled) -> StaffMenu:
    """The menu, once the passcode is given."""
    menu = StaffMenu(lambda typed: typed == SECRET, kiosk.room)
    menu.open((), can_resume=False)
    for name in (*SECRET, "Enter"):
        menu.key(KeyDown(0, None, name, 0, name if len(name) == 1 else "", shift=False), 0)
    return menu


def test_the_menu_offers_what_can_be_done_here(kiosk: Enrolled) -> None:
    """And every other request is refused with where it is done."""
    shown = opened(kiosk).shown
    assert shown == StaffMenuView(0, can_hold=False, at_desk=True)
    assert isinstance(shown, StaffMenuView)
    assert shown.offers == (Button.HELD, Button.EXIT)
    room = kiosk.room
    calls = (
        room.pins,
        lambda: room.pupils("a"),
        lambda: room.codes(Grant.REASON),
        lambda: room.has(Grant.RESTART, 1),
        lambda: room.give(Grant.REASON, 1, "ABSNT"),
        lambda: room.take_back(Grant.RESTART, 1),
    )
    for call in calls:
        with pytest.raises(StaffRefused, match="at the desk"):
            call()


def test_a_held_check_is_listed_by_the_name_its_pupil_signed_in_with(kiosk: Enrolled) -> None:
    """As long as the kiosk runs; after a restart it knows no name, and the check carries on all the same."""
    started = kiosk.desk.school.start([1])
    kiosk.beat()
    pupil = kiosk.admit(started, started.pins[0])
    assert isinstance(pupil, SignedIn)
    prepared = kiosk.sign_in.prepare(pupil, kiosk.sign_in.granted(pupil))
    attempt = kiosk.journal.sign_in(started.pins[0], "PC7")
    kiosk.sign_in._names[attempt] = kiosk.sign_in.name_of(prepared.new.id) or ""
    kiosk.journal.begin(attempt)
    kiosk.journal.hold(attempt)
    assert [held.row.name for held in kiosk.room.held()] == ["Amy 1 Testerly"]
    kiosk.start()
    menu = opened(kiosk)
    menu.act(Button.HELD, 0)
    page = menu.shown
    assert isinstance(page, HeldListView)
    assert [row.name for row in page.rows] == [staff_words.A_PUPIL]
    menu.act(Row(0), 0)
    assert menu.act(Button.RESUME, 0) == StaffCommand(CommandKind.RESUME, attempt)
    assert kiosk.journal.audited()[-1] == ("kiosk:PC7", "check.resumed", attempt)


def test_staff_confirm_the_date_in_the_menu(kiosk: Enrolled) -> None:
    """It is asked about only while it is in doubt; Back changes nothing."""
    kiosk.desk.school.start([1])
    kiosk.beat()
    kiosk.wall -= timedelta(days=3)
    kiosk.start()
    menu = opened(kiosk)
    assert isinstance(menu.shown, StaffMenuView)
    assert menu.shown.offers == (Button.DATE, Button.HELD, Button.EXIT)
    menu.act(Button.DATE, 0)
    assert isinstance(menu.shown, StaffAskView)
    assert menu.shown.sentences == (
        "The session here is for 7 June 2027.",
        "This PC's clock says 4 June 2027, 10:00.",
        "Confirm only if today is 7 June 2027.",
        "On another day, this PC needs its desk or a stick from it.",
    )
    menu.act(Button.BACK, 0)
    assert kiosk.sign_in.closed() is not None
    menu.act(Button.DATE, 0)
    menu.act(Button.DATE, 0)
    assert menu.shown == StaffMenuView(0, can_hold=False, at_desk=True)
    assert kiosk.sign_in.closed() is None
