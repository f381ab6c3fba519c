"""What else happens to a real desk and its kiosks: two desks by mistake, clocks years out, a PC put back overnight."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.light_class import MadeDesk, RecordMaker, made_desk, received
from benchmarks.real_desk import RealDesk, enrolled
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.store.db.database import connect, open_database
from mtc_kiosk.store.db.transaction import AuditStamp, change
from mtc_kiosk.store.home.desk_file import Enrolment
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import open_made_up_home
from mtc_kiosk.store.records.rows import RecordRow, Table, insert
from mtc_kiosk.sync.client import DeskClient
from mtc_kiosk.sync.delivery import Delivery, deliver_waiting
from mtc_kiosk.sync.https import HttpsRoad
from mtc_kiosk.sync.wire import Beat, BeatAnswer, Sound

ACT = AuditStamp("2027-06-07T10:00:00.000Z", "kiosk:hall-1")


class Kiosk:
    """An enrolled kiosk with one finished check in its outbox."""

    def __init__(self, folder: Path, desk: MadeDesk, address: str, pupil: int) -> None:
        key = DeviceKey.new()
        self.home: Home = open_made_up_home(folder / f"kiosk-{pupil}")
        self.enrolment = Enrolment(**enrolled(desk.home, key, f"hall-{pupil}", address))
        self.client = DeskClient(self.enrolment, key, "0.1.0")
        maker = RecordMaker(desk, folder / f"copy-{pupil}")
        (self.row,) = maker.checks(self.enrolment.name, key, [desk.pins[pupil]])
        maker.close()
        with contextlib.closing(open_database(self.home)) as db, change(db):
            insert(db, Table.OUTBOX, self.row)

    def deliver(self) -> Delivery:
        """Deliver what waits."""
        with contextlib.closing(connect(self.home.database)) as db:
            desk_key = bytes.fromhex(self.enrolment.desk_key)
            return deliver_waiting(db, HttpsRoad(self.client), desk_key, None, lambda: ACT)

    def beat(self, at: str) -> BeatAnswer:
        """Beat, with this on the kiosk's clock."""
        beat = Beat(
            at=at,
            started=False,
            program="0.1.0",
            waiting=1,
            waiting_since=None,
            sound=Sound.TRIED,
            pack=None,
            spent=None,
            attempts=(),
            answers=(),
        )
        return self.client.beat(beat)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[MadeDesk, RealDesk]]:
    """A desk with pupils, and its process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MTC_KIOSK_NOW", "2027-06-07T10:00:00Z")
        made = made_desk(tmp_path_factory.mktemp("desk") / "home", 4)
        with RealDesk(made.home.root) as running:
            yield made, running


@pytest.fixture
def kiosk_of(desk: tuple[MadeDesk, RealDesk], tmp_path: Path) -> Iterator[Callable[[int], Kiosk]]:
    """The kiosk at which a pupil has finished a check."""
    made, running = desk
    with contextlib.ExitStack() as clients:

        def kiosk(pupil: int) -> Kiosk:
            found = Kiosk(tmp_path, made, running.address, pupil)
            clients.callback(found.client.close)
            return found

        yield kiosk


def times_at(desk: MadeDesk, row: RecordRow) -> int:
    """How often a record is at the desk."""
    with contextlib.closing(connect(desk.home.database)) as db:
        return received(db).get((row.record_id, row.sha256), 0)


def test_another_desk_at_the_address_by_mistake_gets_nothing(
    desk: tuple[MadeDesk, RealDesk], kiosk_of: Callable[[int], Kiosk], tmp_path: Path
) -> None:
    """A second PC answers at the desk's address: nothing is sent to it, and the first gets the check once."""
    made, running = desk
    kiosk = kiosk_of(0)
    other = made_desk(tmp_path / "other", 2)
    running.stop()
    mistaken = RealDesk(other.home.root)
    mistaken.ports = running.ports
    with mistaken:
        told = kiosk.deliver()
    assert (told.delivered, told.waiting, told.again) == (0, 1, False)
    assert "Another PC answers at the desk's address" in (told.trouble or "")
    assert times_at(other, kiosk.row) == 0
    running.start()
    assert kiosk.deliver().waiting == 0
    assert times_at(made, kiosk.row) == 1


@pytest.mark.parametrize("year", [1999, 2099])
def test_a_kiosk_with_a_clock_years_out_is_heard_and_delivers(
    desk: tuple[MadeDesk, RealDesk], kiosk_of: Callable[[int], Kiosk], year: int
) -> None:
    """Neither the pinned certificate nor a beat depends on the kiosk's clock."""
    made, _ = desk
    kiosk = kiosk_of(1 if year == 1999 else 2)
    assert kiosk.beat(f"{year}-01-01T00:00:00.000Z").next_ms <= 2000
    assert (kiosk.deliver().delivered, times_at(made, kiosk.row)) == (1, 1)


def test_a_kiosk_put_back_to_an_earlier_image_brings_nothing_twice(
    desk: tuple[MadeDesk, RealDesk], kiosk_of: Callable[[int], Kiosk], tmp_path: Path
) -> None:
    """Overnight the PC is as it was before it delivered: it sends its check again, which is at the desk once."""
    made, _ = desk
    kiosk = kiosk_of(3)
    shutil.copytree(kiosk.home.root, tmp_path / "image")
    assert kiosk.deliver().delivered == 1
    kiosk.home = Home(tmp_path / "image")
    assert kiosk.deliver().delivered == 1
    assert times_at(made, kiosk.row) == 1
