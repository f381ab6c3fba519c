"""Two checks of one pupil from enrolled kiosks, however they came about: both are kept, and no score is shown."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from mtc_kiosk.office import restarts, sessions
from mtc_kiosk.school.selection import ById
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import open_made_up_home
from tests.office.acting import acting
from tests.office.restoring import pins_for, statuses
from tests.record.homes import attempt
from tests.school.made_up import upn
from tests.store.a_school import ASchool

from .both_kept import assert_one_conflict
from .roads import AKiosk, a_desk, a_kiosk


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """The desk's home with two pupils."""
    home = open_made_up_home(tmp_path / "desk")
    open_database(home).close()
    with contextlib.closing(ASchool(home.database)) as school:
        school.pupils(2, "4A")
    return home


@pytest.fixture
def kiosks(tmp_path: Path, home: Home) -> Iterator[tuple[AKiosk, AKiosk]]:
    """Two enrolled kiosks."""
    with (
        a_desk(home) as office,
        a_kiosk(tmp_path / "one", office, "PC1") as one,
        a_kiosk(tmp_path / "two", office, "PC2") as two,
    ):
        yield one, two


def take(kiosk: AKiosk, number: int, check_code: str) -> str:
    """The first pupil takes the check on a kiosk that cannot reach the desk; the attempt's id."""
    done = attempt(number, 1, check_code=check_code, kiosk=kiosk.home.sealer.kiosk)
    kiosk.home.seal(kiosk.home.take(done))
    return done.id


def end_session(home: Home, session_id: int) -> None:
    """Staff end the session."""
    with acting(home) as office:
        sessions.end(office, session_id)


@pytest.mark.parametrize("first", [0, 1])
def test_one_pin_on_two_pcs_apart(home: Home, kiosks: tuple[AKiosk, AKiosk], first: int) -> None:
    """Neither could ask the desk; whichever is delivered first."""
    (pin,) = pins_for(home, [1])
    for number, kiosk in enumerate(kiosks, start=1):
        take(kiosk, number, pin.issued.check_code)
    kiosks[first].deliver()
    assert statuses(home)[upn(1)] == "Complete"
    kiosks[1 - first].deliver()
    assert_one_conflict(home, 1)
    assert statuses(home)[upn(2)] == "Not started"


def test_a_late_result_under_an_earlier_pin(home: Home, kiosks: tuple[AKiosk, AKiosk]) -> None:
    """Monday's PC is off until the pupil has taken the check again with Tuesday's PIN."""
    (monday,) = pins_for(home, [1])
    take(kiosks[0], 1, monday.issued.check_code)
    end_session(home, monday.issued.session_id)
    (tuesday,) = pins_for(home, [1])
    take(kiosks[1], 2, tuesday.issued.check_code)
    kiosks[1].deliver()
    assert statuses(home)[upn(1)] == "Complete"
    kiosks[0].deliver()
    assert_one_conflict(home, 1)


def test_a_restart_that_is_taken_back_while_its_check_lies_on_a_pc_that_is_off(
    home: Home, kiosks: tuple[AKiosk, AKiosk]
) -> None:
    """With the restart the second check counts alone; without it there are two, and a head chooses."""
    (pin,) = pins_for(home, [1])
    take(kiosks[0], 1, pin.issued.check_code)
    kiosks[0].deliver()
    with acting(home) as office:
        restarts.give(office, ById((1,)), "ITI")
    end_session(home, pin.issued.session_id)
    (again,) = pins_for(home, [1])
    take(kiosks[1], 2, again.issued.check_code)
    end_session(home, again.issued.session_id)
    with acting(home) as office:
        restarts.remove(office, upn(1))
    assert statuses(home)[upn(1)] == "Complete"
    kiosks[1].deliver()
    assert_one_conflict(home, 1)
