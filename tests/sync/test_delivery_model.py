"""Outbox, inbox and receipts against a model: requests and answers lost, late, doubled, forged; sticks; full disks and
interrupted writes; crashes, restores, two desks; thirty days.

Whatever happens, a record is on its kiosk until its desk has had it for thirty days; the desk has it once; and with the
network back, everything is there.
"""

import contextlib
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import stamina
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from mtc_kiosk.config.school_shape import DestinationShape
from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.office import receiving
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.sealing import receiving_home
from mtc_kiosk.record.canonical import canonical
from mtc_kiosk.record.content import Check
from mtc_kiosk.record.receipt import read_receipt, sign
from mtc_kiosk.record.sealed import Sealed, read_file
from mtc_kiosk.record.signing import RECEIPT_PURPOSE, DeviceKey
from mtc_kiosk.store.classroom.epoch import epoch_of, renew_epoch
from mtc_kiosk.store.classroom.receipts import DeskId
from mtc_kiosk.store.classroom.removing import remove_past_days
from mtc_kiosk.store.db.database import connect, open_database
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.times import instant, written
from mtc_kiosk.store.db.transaction import change
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import open_made_up_home
from mtc_kiosk.store.records.devices import Device, accept, devices, remember, withdraw
from mtc_kiosk.store.records.inbox import ReceivingHome, judge_waiting
from mtc_kiosk.store.records.rows import RecordRow, State, Table, insert
from mtc_kiosk.sync.delivery import TRIES, deliver_waiting
from mtc_kiosk.sync.folder import RecordFolder
from mtc_kiosk.sync.push import push
from mtc_kiosk.sync.receive import Fate, receive
from mtc_kiosk.sync.transport import TransportTrouble
from tests.record.examples import UNNAMED, check, finished_robot, key, reason, record_id
from tests.record.homes import ACT

from .roads import AWAY, RoadToDesk, TheSender, a_desk

AT_DESK = ("disk_full", "interrupted")
ANSWERS = ("for_another", "answer_lost")
FAULTS = st.lists(
    st.sampled_from(["request_lost", "doubled", "cut", *AT_DESK, *ANSWERS, "fine"]), min_size=1, max_size=4
)
THIRTY_DAYS = timedelta(days=30)
DAYS = Configuration().school.retention.days_after_receipt
STRANGER = key(99)
RECEIVED = (
    "select outbox.type || '-' || outbox.sha256 || '.mtc', epoch from outbox join receipt using (sha256)"
    " where receipt.desk = ?"
)
ATTEMPT = (
    "insert into attempt (id, check_code, session_id, pupil_id, kind, form, settings, kiosk, started_at, finished_at,"
    " outcome) values (?, ?, 1, 1, 'official', '{\"items\": []}', '{}', 'PC', ?, ?, 'complete')"
)
KIOSKS = st.sampled_from((0, 1))
HERE, OTHER = "here", "other"
ROBOT = finished_robot()


@dataclass
class Kiosk:
    """One kiosk: its database, what it made, and what it knows of its desk."""

    root: Path
    key: DeviceKey
    db: Database
    epoch: str | None = None
    made: dict[str, Sealed] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)
    received: dict[tuple[str, str], datetime] = field(default_factory=dict)

    @property
    def kept(self) -> set[str]:
        """What must be here."""
        return set(self.made) - self.removed


class FaultyRoad(RoadToDesk):
    """A road on which each request meets the next of these faults, then none."""

    faults: list[str]
    carried: list[tuple[str, bytes]]

    def keep(self, name: str, content: bytes) -> bytes:
        """Bring a record, as far as the network and the desk let it."""
        fault = self.faults.pop(0) if self.faults else "fine"
        self.carried.append((name, content))
        if fault == "request_lost":
            raise TransportTrouble(AWAY)
        if fault == "forged" and self.place == HERE:
            return self.forged(content)
        if fault == "cut":
            return super().keep(name, content[:-20])
        receipt = self.taken(name, content, fault)
        if fault == "doubled":
            receipt = super().keep(name, content)
        if fault == "for_another":
            own = device_key(self.desk.home)
            return sign(read_receipt(receipt, own.public).model_copy(update={"sha256": "0" * 64}), own)
        if fault == "answer_lost":
            raise TransportTrouble(AWAY)
        return receipt

    def taken(self, name: str, content: bytes, fault: str) -> bytes:
        """The desk takes it in, and its disk may be full, or its program be ended at some step of the write."""
        connection = self.desk.db.conn
        if fault == "disk_full":
            (pages,) = connection.execute("pragma page_count").fetchone()
            connection.execute(f"pragma max_page_count = {pages}")
        if fault == "interrupted":
            connection.set_progress_handler(lambda: 1, 150)
        try:
            return super().keep(name, content)
        except sqlite3.OperationalError as problem:
            raise TransportTrouble(AWAY) from problem
        finally:
            connection.set_progress_handler(None, 0)
            connection.execute("pragma max_page_count = 4294967294")

    def forged(self, content: bytes) -> bytes:
        """Something between the two answers in the desk's place."""
        sealed = read_file(content)
        values = {
            "type": "receipt",
            "record": sealed.content.id,
            "sha256": sealed.sha256,
            "verdict": "new",
            "desk": device_key(self.desk.home).fingerprint,
            "epoch": epoch_of(self.desk.db),
            "at": "2027-01-01T09:00:00.000Z",
        }
        signature = STRANGER.sign(canonical(values), RECEIPT_PURPOSE).hex()
        return canonical({"receipt": values, "signature": signature})


class Delivering(RuleBasedStateMachine):
    """Two kiosks of one desk, and another desk by mistake."""

    templates: Path

    def __init__(self) -> None:
        super().__init__()
        self.stack = contextlib.ExitStack()
        self.root = Path(self.stack.enter_context(tempfile.TemporaryDirectory(dir=self.templates)))
        self.made = 0
        self.carried: list[tuple[str, bytes]] = []
        self.backups: list[sqlite3.Connection] = []
        self.now = instant(ACT.at)

    @initialize()
    def begin(self) -> None:
        """Copy the homes, and let the desk accept the kiosks."""
        self.desks = {}
        for name in (HERE, OTHER):
            shutil.copytree(self.templates / name, self.root / name)
            self.desks[name] = self.stack.enter_context(a_desk(Home(self.root / name)))
        self.desk = self.desks[HERE]
        self.kiosks = []
        for number in (0, 1):
            root = self.root / f"kiosk-{number}"
            shutil.copytree(self.templates / "kiosk", root)
            kiosk = Kiosk(root, key(number + 20), connect(Home(root).database))
            self.kiosks.append(kiosk)
            with change(self.desk.db):
                remember(self.desk.db, kiosk.key.public, f"PC{number}", ACT.at)
            self.accept(number)
            self.finish(number, is_check=True)

    def teardown(self) -> None:
        """With the network back, everything is at the desk, once, and nothing waits."""
        with self.stack:
            if hasattr(self, "kiosks"):
                self.everything_arrives()

    def everything_arrives(self) -> None:
        """Deliver without faults, and look."""
        for number, kiosk in enumerate(self.kiosks):
            self.accept(number)
            self.beat(number)
            self.deliver(number, [])
            assert self.waiting(kiosk) == set()
        there = Counter(self.at_desk(self.desk))
        made = {
            (one.content.id, sha256): sha256 in kiosk.kept
            for kiosk in self.kiosks
            for sha256, one in kiosk.made.items()
        }
        assert all(count == 1 for count in there.values())
        assert {one for one, kept in made.items() if kept} <= set(there) <= set(made)
        states = {row[0] for row in self.desk.db.execute("select state from conflict").fetchall()}
        assert states <= {"taken"}, "a record of an accepted device still waits"
        for kiosk in self.kiosks:
            kiosk.db.close()

    @rule(which=KIOSKS, is_check=st.booleans())
    def finish(self, which: int, is_check: bool) -> None:
        """Something is recorded on a kiosk."""
        kiosk = self.kiosks[which]
        self.made += 1
        values = {"id": record_id(self.made), "made_up": True, "school": UNNAMED}
        code = f"code-{self.made}"
        sealed = check(ROBOT, kiosk.key, check_code=code, **values) if is_check else reason(kiosk.key, **values)
        with change(kiosk.db):
            if is_check:
                kiosk.db.execute(ATTEMPT, (values["id"], code, sealed.content.at, sealed.content.at))
            insert(kiosk.db, Table.OUTBOX, RecordRow.of(sealed, State.WAITING, sealed.content.at))
        kiosk.made[sealed.sha256] = sealed

    @rule(which=KIOSKS, faults=FAULTS)
    def deliver(self, which: int, faults: list[str]) -> None:
        """A delivery to the desk."""
        self.send(which, HERE, faults)

    @rule(which=KIOSKS, forged=st.booleans())
    def deliver_to_another(self, which: int, forged: bool) -> None:
        """The wrong desk answers, or somebody in the desk's place: neither's receipts are our desk's."""
        before = self.waiting(self.kiosks[which])
        self.send(which, HERE if forged else OTHER, ["forged"])
        assert self.waiting(self.kiosks[which]) == before

    @rule(which=KIOSKS, cut=st.booleans())
    def bring_a_stick(self, which: int, cut: bool) -> None:
        """What waits goes by a stick, which may be pulled out too soon; it brings no receipts back."""
        kiosk, folder = self.kiosks[which], self.root / "stick"
        folder.mkdir(exist_ok=True)
        to = DestinationShape.of(name="For the desk", to=str(folder))
        before = self.waiting(kiosk)
        (pushed,) = push(kiosk.db, (to,), ACT, sealed_for=device_key(self.desk.home).sealing_key)
        assert (pushed.waiting, self.waiting(kiosk)) == (0, before)
        files = sorted(folder.glob("*.mtc"))
        if cut and files:
            files[0].write_bytes(files[0].read_bytes()[:-20])
        fates = [report.fate for report in receive(self.desk.db, RecordFolder(folder), self.receiver, ACT)]
        assert fates.count(Fate.REFUSED) == (1 if cut and files else 0)
        shutil.rmtree(folder)

    @rule(which=KIOSKS, days=st.sampled_from([1, THIRTY_DAYS.days - 1, THIRTY_DAYS.days]))
    def days_pass(self, which: int, days: int) -> None:
        """The kiosk removes what is past its days: that is at the desk, and has been for thirty days."""
        self.now += timedelta(days=days)
        self.beat(which)
        self.deliver(which, [])
        kiosk, now = self.kiosks[which], self.now
        assert kiosk.epoch is not None
        past = {
            sha256
            for sha256, one in kiosk.made.items()
            if isinstance(one.content, Check)
            and sha256 in kiosk.kept
            and (received := kiosk.received.get((one.file_name, kiosk.epoch))) is not None
            and received + THIRTY_DAYS <= now
        }
        desk = DeskId(self.fingerprint, kiosk.epoch)
        assert remove_past_days(kiosk.db, desk, written(now), now, DAYS, "kiosk:PC") == len(past)
        assert past <= {sha256 for _, sha256 in self.at_desk(self.desk)}
        kiosk.removed |= past

    @rule(which=KIOSKS)
    def beat(self, which: int) -> None:
        """The kiosk hears the desk's epoch."""
        self.kiosks[which].epoch = epoch_of(self.desk.db)

    @precondition(lambda self: self.carried)
    @rule(data=st.data())
    def a_late_request_arrives(self, data: st.DataObject) -> None:
        """One of those sent at any time before, from whichever kiosk."""
        name, content = self.carried[data.draw(st.integers(0, len(self.carried) - 1))]
        receiving.take(self.desk, TheSender(""), name, content)

    @rule(which=KIOSKS)
    def crash(self, which: int) -> None:
        """The kiosk's program ends, and starts again without knowing the epoch."""
        kiosk = self.kiosks[which]
        kiosk.db.close()
        kiosk.db, kiosk.epoch = open_database(Home(kiosk.root)), None

    @rule(which=KIOSKS, faults=FAULTS)
    def deliver_while_withdrawn(self, which: int, faults: list[str]) -> None:
        """Staff have withdrawn the device: what comes in waits, and there is a receipt for it."""
        withdraw(self.desk.db, self.device(which), ACT)
        self.send(which, HERE, faults)

    @rule(which=KIOSKS)
    def accept(self, which: int) -> None:
        """Staff accept it, again; what waited is taken in."""
        accept(self.desk.db, [self.device(which)], ACT)
        judge_waiting(self.desk.db, self.receiver, ACT)

    @rule()
    def back_up(self) -> None:
        """The desk is backed up."""
        copy = self.stack.enter_context(contextlib.closing(sqlite3.connect(":memory:")))
        self.desk.db.conn.backup(copy)
        self.backups.append(copy)

    @precondition(lambda self: self.backups)
    @rule(data=st.data())
    def restore(self, data: st.DataObject) -> None:
        """The desk is restored, and lacks what came in since."""
        number = data.draw(st.integers(0, len(self.backups) - 1))
        self.backups[number].backup(self.desk.db.conn)
        with change(self.desk.db):
            renew_epoch(self.desk.db)

    @invariant()
    def nothing_is_lost_and_nothing_is_twice(self) -> None:
        """What the kiosk has no receipt for is on it; what has one of the desk's epoch of now is at the desk."""
        if not hasattr(self, "kiosks"):
            return
        there = Counter(self.at_desk(self.desk))
        assert all(count == 1 for count in there.values())
        now, hashes = epoch_of(self.desk.db), {sha256 for _, sha256 in there}
        for kiosk in self.kiosks:
            on_kiosk = {row[0] for row in kiosk.db.execute("select sha256 from outbox").fetchall()}
            assert kiosk.kept == on_kiosk
            query = "select sha256 from receipt where desk = ? and epoch = ?"
            receipted = {row[0] for row in kiosk.db.execute(query, (self.fingerprint, now)).fetchall()}
            assert receipted <= hashes

    # -- what the rules share

    def send(self, which: int, to: str, faults: list[str]) -> None:
        """Deliver what waits at a kiosk, and compare what waits then with the receipts it got."""
        kiosk = self.kiosks[which]
        desk = self.desks[to].at(self.now)
        road = FaultyRoad(desk, TheSender(kiosk.key.fingerprint), place=to)
        road.faults, road.carried = list(faults), self.carried if to == HERE else []
        desk_key = device_key(self.desk.home).public
        done = deliver_waiting(kiosk.db, road, desk_key, kiosk.epoch, lambda: ACT)
        for file, epoch in kiosk.db.execute(RECEIVED, (self.fingerprint,)).fetchall():
            kiosk.received.setdefault((file, epoch), self.now)
        assert done.waiting == len(self.waiting(kiosk))
        knows_the_epoch = kiosk.epoch in (None, epoch_of(self.desk.db))
        if done.trouble is None and not done.refused and knows_the_epoch:
            assert self.waiting(kiosk) == set()

    def waiting(self, kiosk: Kiosk) -> set[str]:
        """The records without a receipt, by the model's own count."""
        rows = kiosk.db.execute("select sha256, epoch from receipt where desk = ?", (self.fingerprint,)).fetchall()
        known = {sha256 for sha256, epoch in rows if kiosk.epoch in (None, epoch)}
        return kiosk.kept - known

    @staticmethod
    def at_desk(desk: OpenHome) -> Iterator[tuple[str, str]]:
        """Every record that the desk has, as often as it counts or waits."""
        yield from map(tuple, desk.db.execute("select record_id, sha256 from inbox").fetchall())
        where = "where state <> 'taken'"  # one that waited, and is in the inbox now
        yield from map(tuple, desk.db.execute(f"select record_id, sha256 from conflict {where}").fetchall())

    def device(self, which: int) -> Device:
        """A kiosk's device as the desk lists it."""
        fingerprint = self.kiosks[which].key.fingerprint
        return next(one for one in devices(self.desk.db) if one.fingerprint == fingerprint)

    @property
    def receiver(self) -> ReceivingHome:
        """The desk as it takes records in."""
        return receiving_home(self.desk.home, self.desk.configuration, made_up=True)

    @property
    def fingerprint(self) -> str:
        """The desk's."""
        return device_key(self.desk.home).fingerprint


@pytest.fixture(scope="module", autouse=True)
def _without_waiting() -> Iterator[None]:
    """As many tries as ever, without the pauses between them."""
    with stamina.set_testing(True, attempts=TRIES):
        yield


@pytest.fixture(scope="module", autouse=True)
def _templates(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Homes to copy: making one takes longer than a whole example."""
    root = tmp_path_factory.mktemp("homes")
    for name in (HERE, OTHER, "kiosk"):
        home = open_made_up_home(root / name)
        open_database(home).close()
        device_key(home)
    Delivering.templates = root


TestDelivery = Delivering.TestCase
TestDelivery.settings = settings(
    max_examples=20,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
