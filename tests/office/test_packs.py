"""The pack of today's sessions at the desk: what is in it, what opens it, when there is a new one."""

import contextlib
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mtc_kiosk.check.arrangements import Code
from mtc_kiosk.office import packs
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.packs import MadePack
from mtc_kiosk.record.pack import Entry, NotAPack, Pack, open_entry, read_pack
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.school.sessions import IssuedPin, Started
from tests.office.acting import ONE, write_arrangements
from tests.office.desk import Desk
from tests.store.a_school import ASchool
from tests.store.alter import altered

NAMES = (b"Testerly", b"Amy 1", b"Amy 2")


@pytest.fixture
def desk(home: Home) -> Iterator[Desk]:
    """A desk."""
    with contextlib.closing(ASchool(home.database)) as school:
        yield Desk(home, school)


def made(desk: Desk) -> MadePack:
    """The pack now; there is one."""
    with desk.console() as office:
        found = packs.settled(office)
    assert found is not None
    return found


def read(desk: Desk) -> Pack:
    """The same, as a kiosk reads it."""
    return read_pack(made(desk).body, device_key(desk.home).public, made_up=True)


def entry(pack: Pack, started: Started, pin: IssuedPin) -> Entry | None:
    """What the right details open."""
    return open_entry(pack, started.session.password, pin.pin)


def test_password_and_pin_open_a_pupils_entry(desk: Desk) -> None:
    """And it has all that the page "is this you?" and the check need."""
    write_arrangements(desk.home, f"pupils:\n  {ONE}:\n    arrangements: [FTS]\n")
    started = desk.school.start([1, 2])
    first, second = started.pins
    pack = read(desk)
    found = entry(pack, started, first)
    assert found is not None
    assert (found.check_code, found.session, found.kind) == (first.check_code, started.session.id, "official")
    assert (found.pupil, found.forename, found.surname, found.group) == (1, "Amy 1", "Testerly", "4A")
    assert found.date_of_birth == "2018-03-14"
    assert found.granted.codes == (Code.FTS,)
    other = entry(pack, started, second)
    assert other is not None
    assert other.forename == "Amy 2"


def test_nothing_else_opens_one(desk: Desk) -> None:
    """Not another pupil's PIN, another day's password, nor either alone."""
    started = desk.school.start([1])
    pack, pin = read(desk), started.pins[0].pin
    wrong = next(number for number in ("2222", "3333") if number != pin)
    tries = ((started.session.password, wrong), ("tree24house", pin), ("", pin), (started.session.password, ""))
    assert [open_entry(pack, *typed) for typed in tries] == [None] * len(tries)


def test_no_name_is_in_a_packs_bytes_and_every_entry_is_as_long(desk: Desk) -> None:
    """A stolen pack shows no name, not even a long one by its length."""
    desk.school.start([1, 2, 3])
    desk.school.db.execute("update pupil set forename = ? where id = 3", ("Bartholomew-Alexander",))
    pack = made(desk)
    assert [name for name in (*NAMES, b"Bartholomew", b"2018") if name in pack.body] == []
    assert len({len(sealed) for sealed in read(desk).entries.values()}) == 1


def test_a_pack_that_was_changed_or_is_of_another_desk_is_refused(desk: Desk) -> None:
    """Whichever byte it is."""
    desk.school.start([1])
    body, public = made(desk).body, device_key(desk.home).public
    with pytest.raises(NotAPack, match="changed after the desk made it"):
        read_pack(body.replace(b'"made_up":true', b'"made_up":false'), public, made_up=True)
    with pytest.raises(NotAPack, match="another desk"):
        read_pack(body, DeviceKey.new().public, made_up=True)
    with pytest.raises(NotAPack, match="made-up pupils"):
        read_pack(body, public, made_up=False)
    with pytest.raises(NotAPack, match="incomplete or damaged"):
        read_pack(body[:-40], public, made_up=True)
    with pytest.raises(NotAPack, match="another version"):
        read_pack(body.replace(b'"format":1', b'"format":2'), public, made_up=True)


def test_there_is_a_new_version_when_something_in_it_changes(desk: Desk) -> None:
    """PINs, the register, arrangements; and none when a check begins: kiosks would fetch it each time."""
    started = desk.school.start([1])
    versions = [made(desk).version]
    attempt = desk.school.sign_in(started.pins[0])
    desk.school.begin(attempt)
    desk.school.reason(2)
    assert made(desk).version == versions[0]
    desk.school.start([3])
    versions.append(made(desk).version)
    write_arrangements(desk.home, f"pupils:\n  {ONE}:\n    arrangements: [FTS]\n")
    versions.append(made(desk).version)
    assert len(set(versions)) == 3


def test_the_version_stays_over_a_restart_of_the_desk(desk: Desk) -> None:
    """Or else every kiosk would fetch the pack again."""
    desk.school.start([1])
    before = made(desk).version
    desk.memory.clear()
    assert made(desk).version == before


def test_the_first_pack_of_a_session_holds_up_no_request(desk: Desk) -> None:
    """It is made on a thread; until then kiosks have none, and the keys it made are kept for the next one."""
    desk.school.start([1, 2, 3])
    with desk.console() as office:
        began = time.process_time()
        assert packs.current(office) is None
        assert packs.settled(office) is not None
        keys = dict(office_desk(office).keys)
        assert len(keys) == 3
        desk.school.reason(1)
        assert packs.current(office) is not None, "the pack before, while the change is worked in"
        packs.settled(office)
        assert all(office_desk(office).keys[typed] is made for typed, made in keys.items())
    assert time.process_time() > began


def office_desk(office: OpenHome) -> packs.Desk:
    """What the desk keeps of its packs."""
    assert office.db.remembers is not None
    found: packs.Desk = office.db.remembers["packs"]["desk"]
    return found


def test_changes_one_after_another_make_no_more_packs_than_a_tenth_of_the_time(desk: Desk) -> None:
    """120 records that come in are 120 changes; the pack of before stays, and a command that writes it waits."""
    desk.school.start([1, 2, 3])
    before = made(desk).version
    write_arrangements(desk.home, f"pupils:\n  {ONE}:\n    arrangements: [FTS]\n")
    with desk.console() as office:
        assert [found.version for found in (packs.current(office) for _ in range(5)) if found] == [before] * 5
        assert office_desk(office).thread is None
    assert made(desk).version != before


def test_a_fault_in_making_a_pack_is_noted_and_the_thread_rests(desk: Desk) -> None:
    """No name is noted, and requests are answered: kiosks keep what they have."""
    desk.school.start([1])
    before = made(desk)
    with altered(desk.home.database, "pragma foreign_keys = off", "update pin set pupil_id = 999"):
        desk.school.start([2])
        with desk.console() as office:
            assert packs.settled(office) == before
            assert packs.wanted(office, before.version) == before.version
    (line,) = desk.home.faults_log.read_text().splitlines()
    assert line.startswith("packs KeyError")
    assert "999" not in line


def test_there_is_no_pack_once_the_last_session_is_over(desk: Desk) -> None:
    """To the moment; and while one of two is still open, there is."""
    desk.school.start([1])
    desk.school.start([2])
    first, second = (row for (row,) in desk.school.db.execute("select closes_at from session").fetchall())
    assert first == second
    now = desk.school.now
    desk.school.now = made(desk).until - timedelta(milliseconds=1)
    with desk.console() as office:
        assert packs.settled(office) is not None
    desk.school.now += timedelta(milliseconds=1)
    with desk.console() as office:
        assert packs.current(office) is None
        assert packs.settled(office) is None
    desk.school.now = now
    desk.school.end()
    with desk.console() as office:
        assert packs.settled(office) is None


def test_the_next_days_session_is_fetched_before_its_day(desk: Desk) -> None:
    """A kiosk that is switched on offline that morning has it."""
    timetable = desk.school.rules.timetable
    day = timetable.day(desk.school.now) + timedelta(days=1)
    started = desk.school.start([1], day=day)
    pack = read(desk)
    assert [timetable.day(datetime.fromisoformat(one.opens_at)) for one in pack.sessions] == [day]
    assert entry(pack, started, started.pins[0]) is not None


def test_a_pack_says_which_pins_were_spent_when_it_was_made(desk: Desk) -> None:
    """For a kiosk that only a stick reaches."""
    first, second, third = desk.school.start([1, 2, 3]).pins
    desk.school.begin(desk.school.sign_in(first))
    desk.school.sign_in(second, "PC2")
    desk.school.running |= {"PC2"}
    desk.school.reason(3)
    assert {code: why for code, (why, _) in read(desk).spent.items()} == {
        first.check_code: "used",
        third.check_code: "not_taking",
    }, "nothing runs at PC2, so its practice keeps no PIN"


def test_a_command_without_a_memory_makes_the_pack_at_once(desk: Desk, tmp_path: Path) -> None:
    """As for a stick."""
    desk.school.start([1])
    with desk.console() as office:
        office.db.remembers = None
        found = packs.current(office)
    assert found is not None
    assert found.version == made(desk).version
