"""What else happens to a real desk and real kiosks: a full disk, clocks, a new image, a copied desk, a lost stick."""

import contextlib
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.real_desk import RealDesk
from benchmarks.robot_kiosk import RobotKiosk
from mtc_kiosk.office import enrolments
from mtc_kiosk.office.open import configuration_of, opened
from mtc_kiosk.office.room_words import DESK_FULL
from mtc_kiosk.robots.pupil import Slip
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.home.desk_file import enrolment_of, keep_enrolment
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.sync.certificate import desk_certificate
from tests.sync.both_kept import assert_one_conflict
from tools.network.namespaces import why_not

from .wired_class import SCHOOL_DAY, WiredClass, clock, full, rows, until, wired_class

pytestmark = [
    pytest.mark.skipif(why_not() is not None, reason=str(why_not())),
    pytest.mark.posix_only("network namespaces are Linux's"),
]

YESTERDAY, LATER, TOMORROW = "2027-06-06T09:05:00Z", "2027-06-07T11:05:00Z", "2027-06-08T09:05:00Z"
HALLS = ("hall-1", "hall-2", "hall-3")
ANNEX = "annex"


@pytest.fixture(scope="module")
def the_class(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WiredClass]:
    """A desk, three kiosks, and a PC that is neither yet."""
    with wired_class(tmp_path_factory.mktemp("wired"), 24, HALLS, (ANNEX,)) as found:
        yield found


@pytest.fixture
def room(the_class: WiredClass) -> Iterator[WiredClass]:
    """The same for each test, with its wires in."""
    yield the_class
    the_class.hosts.back()


def test_a_full_disk_of_the_desk_gives_no_receipt_and_loses_nothing(room: WiredClass) -> None:
    """The desk says that it can take nothing in. The kiosks keep what they have, and it comes once there is room."""
    if room.disk is None:
        pytest.skip("a small disk: this account may mount none")
    rows(room.made.home.database, "pragma wal_checkpoint(truncate)")
    with full(room.disk):
        kept = room.take(*HALLS)
        until(lambda: any(tries(room.kiosks[name].home) for name in HALLS), "a try in vain")
        assert [room.at_desk(pin) for pin in kept] == [0, 0, 0]
        assert [room.waiting(name) for name in HALLS] == [1, 1, 1]
        said = room.command("desk", "sync", "status").stdout
    assert ". ".join(DESK_FULL) in said
    room.arrive(*kept)
    until(lambda: not sum(map(room.waiting, HALLS)), "the receipts")
    assert DESK_FULL[0] not in room.command("desk", "sync", "status").stdout


def tries(home: Home) -> int:
    """How often a kiosk has tried to deliver what still waits."""
    query = "select coalesce(sum(tries), 0) from outbox where sha256 not in (select sha256 from receipt)"
    return int(rows(home.database, query)[0][0])


def test_wires_that_are_out_and_clocks_that_jump_lose_nothing(room: WiredClass) -> None:
    """Each PC has a network namespace of its own. Without its desk a kiosk goes by its own clock, unless that is on
    another day; with the desk by the desk's. A desk a day ahead ends the session, until it is put right."""
    room.hosts.away(*HALLS)
    for name, at in zip(HALLS, (TOMORROW, LATER, YESTERDAY), strict=True):
        room.restart_kiosk(name, at)
    ahead, right, behind = room.give(*HALLS)
    room.gone("hall-2")
    assert not any(room.kiosks[name].is_free for name in ("hall-1", "hall-3"))
    sat = {note.get("pin") for name in ("hall-1", "hall-3") for note in room.kiosks[name].notes}
    assert not sat & {ahead.pin, behind.pin}
    assert (room.at_desk(right), room.waiting("hall-2")) == (0, 1)
    room.hosts.back()
    room.gone("hall-1", "hall-3")
    room.arrive(ahead, right, behind)
    room.restart_desk(TOMORROW)
    until(lambda: not any(pack.exists() for pack in room.packs), "the end of yesterday's session")
    room.restart_desk(SCHOOL_DAY)
    until(lambda: all(pack.exists() for pack in room.packs), "today's pupils")
    room.arrive(*room.take(*HALLS))


def test_a_stick_that_was_lost_shows_nothing_and_brings_nothing_twice(room: WiredClass, tmp_path: Path) -> None:
    """Its checks came by the network meanwhile, and beside them is whatever happens to a stick."""
    room.hosts.away("hall-3")
    (pin,) = room.take("hall-3")
    pushed = room.command("hall-3", "sync", "push", tmp_path)
    assert pushed.returncode == 0, pushed.stderr
    files = sorted(tmp_path.glob("*.mtc"))
    assert_nothing_to_read(room, tmp_path)
    room.hosts.back()
    room.arrive(pin)
    until(lambda: not room.waiting("hall-3"), "the receipt")
    shutil.copyfile(files[0], tmp_path / "copy of it.mtc")
    (tmp_path / "torn.mtc").write_bytes(files[0].read_bytes()[:-9])
    (tmp_path / "altered.mtc").write_bytes(files[0].read_bytes()[:-1] + b"?")
    (tmp_path / "letter.txt").write_text("Dear all", encoding="utf-8")
    received = json.loads(room.command("desk", "sync", "receive", tmp_path, "--json").stdout)["data"]
    fates = {Path(one["file"]).name: one["code"] for one in received["files"]}
    bad = {"torn.mtc": "torn", "altered.mtc": "torn", "letter.txt": "foreign"}
    assert fates == {**{file.name: "already_had" for file in files}, "copy of it.mtc": "already_had", **bad}
    assert room.at_desk(pin) == 1


def assert_nothing_to_read(room: WiredClass, stick: Path) -> None:
    """No pupil's name or number, and no word of a record, is in any file or file name of the stick."""
    pupils = rows(room.made.home.database, "select forename, surname, upn from pupil")
    secrets = {str(each).encode() for pupil in pupils for each in pupil}
    secrets |= {b"Answered", b"response", b"check_code", b"hall-3", b'"content"', room.made.password.encode()}
    on_it = [file for file in stick.rglob("*") if file.is_file()]
    assert on_it
    for file in on_it:
        content = file.name.encode() + file.read_bytes()
        assert not [each for each in secrets if each in content]


def test_a_kiosk_that_was_imaged_overnight_is_recognised_and_the_desk_says_what_may_be_lost(room: WiredClass) -> None:
    """It joins under its name with a new key. What it had delivered stays, and what it had not is not forgotten."""
    (kept,) = room.take("hall-2")
    room.arrive(kept)
    with no_record_comes_in(room):
        (lost,) = room.take("hall-2")
        seen = "select s.waiting from kiosk_seen s join kiosk k on k.id = s.kiosk_id where k.name = 'hall-2'"
        until(lambda: rows(room.made.home.database, seen)[0][0] > 0, "the beat that says so")
        room.kiosks["hall-2"].kill()
        room.desk.stop()
    with contextlib.closing(connect(room.made.home.database)) as db:
        evening = written(datetime.now(UTC) - timedelta(hours=15))
        db.execute("update kiosk_seen set seen_at = ? where waiting > 0", (evening,))
    with clock(SCHOOL_DAY):
        room.desk.start()
    shutil.rmtree(room.kiosks["hall-2"].home.root)
    anew = room.kiosks["hall-2"] = RobotKiosk(room.folder, "hall-2", room.hosts.command_at("hall-2", []))
    joined = room.command("hall-2", "enrol", room.address(), "--name", "hall-2", said=f"{code(room)}\n").stdout
    assert "This PC was reset, or it replaces another: hall-2 had another key" in joined
    assert re.search(r"Then \d records? had not been delivered: look for hall-2 among what waits", joined)
    with clock(SCHOOL_DAY):
        anew.start()
    room.arrive(*room.take("hall-2"))
    assert [room.at_desk(pin) for pin in (kept, lost)] == [1, 0]
    waits = room.command("desk", "sync", "status").stdout
    assert re.search(r"hall-2: .+ waiting there.+ if it was reset, look who is still to take the check", waits)
    assert "In progress: 1" in room.command("desk", "status").stdout


@contextlib.contextmanager
def no_record_comes_in(room: WiredClass) -> Iterator[None]:
    """The desk hears its kiosks, and can take no record in."""
    with contextlib.closing(connect(room.made.home.database)) as db:
        db.execute("create trigger none_comes before insert on inbox begin select raise(abort, 'no'); end")
    yield
    with contextlib.closing(connect(room.made.home.database)) as db:
        db.execute("drop trigger none_comes")


def code(room: WiredClass) -> str:
    """A room code of the desk."""
    home = room.made.home
    with clock(SCHOOL_DAY), opened(home, configuration_of(home), COMMAND_LINE) as office:
        return str(enrolments.make_code(office, 1, desk_certificate(home, ("desk",), datetime.now(UTC)).sha256))


def test_two_desks_by_mistake_keep_both_checks_and_name_one_conflict(room: WiredClass) -> None:
    """The desk's folder was copied to another PC, and both are open: what one was given is offered to the other."""
    room.desk.stop()
    second = room.folder / "second"
    shutil.copytree(room.made.home.root, second)
    pin = room.pins.pop()
    desk = RealDesk(second, host=room.hosts.address_of(ANNEX), at=room.hosts.command_at(ANNEX, []))
    desk.ports = room.desk.ports
    with clock(SCHOOL_DAY):
        room.desk.start()
        desk.start()
    try:
        move(room, "hall-1", room.address(ANNEX))
        for name in ("hall-1", "hall-3"):
            room.kiosks[name].give(Slip(room.made.password, pin.pin))
        room.gone("hall-1", "hall-3")
        until(lambda: room.at_desk(pin, second / "mtc.db"), "the check at the second desk")
        room.arrive(pin)
        move(room, "hall-1", room.address())
        until(lambda: room.at_desk(pin) == 2, "the other check at the first desk")
    finally:
        desk.stop()
    assert room.at_desk(pin, second / "mtc.db") == 1
    with clock(SCHOOL_DAY):
        assert_one_conflict(room.made.home, pin.pupil_id)


def move(room: WiredClass, name: str, address: str) -> None:
    """Let a kiosk find its desk at another address from now on."""
    kiosk = room.kiosks[name]
    kept = enrolment_of(kiosk.home)
    assert kept is not None
    kiosk.kill()
    keep_enrolment(kiosk.home, replace(kept, address=address))
    with clock(SCHOOL_DAY):
        kiosk.start()
