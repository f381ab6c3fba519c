"""Two checks of one pupil from enrolled kiosks, however they came about: both are kept, and no score is shown."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from mtc_kiosk.config.school_shape import DestinationShape
from mtc_kiosk.office import pins, restarts, sessions, sync
from mtc_kiosk.office.conflicts import conflicts
from mtc_kiosk.school.selection import ById
from mtc_kiosk.store.classroom.seen import PRESENT_FOR
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import open_made_up_home
from mtc_kiosk.store.records.devices import devices, withdraw
from mtc_kiosk.sync.push import push
from tests.office.acting import acting
from tests.office.away_kiosk import PcClock, enrolled
from tests.office.restoring import pins_for, statuses
from tests.record.homes import ACT, attempt
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


@pytest.mark.parametrize("again", [False, True])
def test_a_check_with_the_pin_of_one_that_a_restart_replaced_is_not_lost(
    home: Home, kiosks: tuple[AKiosk, AKiosk], again: bool
) -> None:
    """A PC that could not ask the desk took the old slip. The restart is for the other check, and not for this one."""
    (pin,) = pins_for(home, [1])
    take(kiosks[0], 1, pin.issued.check_code)
    kiosks[0].deliver()
    with acting(home) as office:
        restarts.give(office, ById((1,)), "ITI")
    if again:
        (new,) = pins_for(home, [1])
        take(kiosks[0], 2, new.issued.check_code)
        kiosks[0].deliver()
    take(kiosks[1], 3, pin.issued.check_code)
    kiosks[1].deliver()
    if again:
        assert_one_conflict(home, 1)
    else:
        assert statuses(home)[upn(1)] == "Complete"


def test_a_pin_with_which_a_check_was_taken_is_used_though_the_desk_heard_only_its_record(
    home: Home, kiosks: tuple[AKiosk, AKiosk], tmp_path: Path
) -> None:
    """Such as from a stick: after a restart the pupil gets a new one, as with the old one no second check counts."""
    (pin,) = pins_for(home, [1])
    take(kiosks[0], 1, pin.issued.check_code)
    bring(home, kiosks[0], tmp_path, "stick")
    with acting(home) as office:
        restarts.give(office, ById((1,)), "ITI")
    (again,) = pins_for(home, [1])
    assert again.issued.check_code != pin.issued.check_code
    assert statuses(home)[upn(1)] != "Complete"
    take(kiosks[1], 2, again.issued.check_code)
    kiosks[1].deliver()
    assert statuses(home)[upn(1)] == "Complete"


@pytest.mark.parametrize("told", [False, True])
def test_a_restart_that_is_taken_back_while_its_practice_lies_on_a_pc_that_is_off(
    home: Home, kiosks: tuple[AKiosk, AKiosk], told: bool
) -> None:
    """The pupil goes on there, and begins the check; the desk may hear of that before it has the record."""
    (pin,) = pins_for(home, [1])
    take(kiosks[0], 1, pin.issued.check_code)
    kiosks[0].deliver()
    with acting(home) as office:
        restarts.give(office, ById((1,)), "ITI")
    (again,) = pins_for(home, [1])
    clock = PcClock()
    with acting(home) as office:
        off = enrolled(office.db, "PC2", clock, lambda: office.now)
        practice = off.sign_in(again.issued, id=attempt(2).id, practised=True)
        off.beat(office)
        clock.later(PRESENT_FOR.total_seconds() + 1)  # it is switched off
        office.db.execute("update kiosk_seen set seen_at = '2020-01-01T00:00:00.000Z'")
        pins.cancel(office, ById((1,)))
        restarts.remove(office, upn(1))
    assert statuses(home)[upn(1)] == "Complete"
    if told:
        with acting(home) as office:
            off.begin(practice)
            off.beat(office)
        assert_one_conflict(home, 1)
    take(kiosks[1], 2, again.issued.check_code)
    kiosks[1].deliver()
    assert_one_conflict(home, 1)


@pytest.mark.parametrize("road", ["stick", "network"])
def test_a_check_of_a_withdrawn_kiosk_is_one_of_two_only_once_it_is_accepted(
    home: Home, kiosks: tuple[AKiosk, AKiosk], tmp_path: Path, road: str
) -> None:
    """Until then it waits: whoever stole that PC puts no other pupil's score in doubt."""
    (pin,) = pins_for(home, [1])
    for number, kiosk in enumerate(kiosks, start=1):
        take(kiosk, number, pin.issued.check_code)
    kiosks[0].deliver()
    stolen = kiosks[1].home.sealer.key.fingerprint
    with acting(home) as office:
        (device,) = [one for one in devices(office.db) if one.fingerprint == stolen]
        withdraw(office.db, device, office.stamp)
    bring(home, kiosks[1], tmp_path, road)
    assert statuses(home)[upn(1)] == "Complete"
    with acting(home) as office:
        assert conflicts(office).checks == ()
        sync.devices(office, (stolen,))
    assert_one_conflict(home, 1)


@pytest.mark.parametrize("roads", [("stick", "network"), ("network", "stick")])
def test_a_check_that_comes_by_stick_and_by_network_is_one(
    home: Home, kiosks: tuple[AKiosk, AKiosk], tmp_path: Path, roads: tuple[str, str]
) -> None:
    """Whichever is first; with a second check there are two, not three."""
    (pin,) = pins_for(home, [1])
    take(kiosks[0], 1, pin.issued.check_code)
    for road in roads:
        bring(home, kiosks[0], tmp_path, road)
        assert statuses(home)[upn(1)] == "Complete"
        with acting(home) as office:
            assert conflicts(office).checks == ()
    assert kiosks[0].waiting() == 0
    take(kiosks[1], 2, pin.issued.check_code)
    for road in roads:
        bring(home, kiosks[1], tmp_path, road)
    assert_one_conflict(home, 1)


def bring(home: Home, kiosk: AKiosk, folder: Path, road: str) -> None:
    """Bring what waits at the kiosk to the desk, by the network or sealed on a stick."""
    if road == "network":
        kiosk.deliver()
        return
    stick = folder / f"stick of {kiosk.home.sealer.kiosk}"
    stick.mkdir()
    to = DestinationShape.of(name="For the desk", to=str(stick))
    (pushed,) = push(kiosk.home.db, (to,), ACT, sealed_for=device_key(home).sealing_key)
    assert pushed.written == 1
    with acting(home) as office:
        assert sync.receive(office, stick).refused == ()
