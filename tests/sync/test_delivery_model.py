"""Outbox, inbox and receipts against a model: requests and answers lost, late, doubled; crashes, restores, two desks.

Whatever happens, a record is on its kiosk until its desk has it; the desk has it once; and with the network back,
everything is there.
"""

import contextlib
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from mtc_kiosk.office import receiving
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.sealing import receiving_home
from mtc_kiosk.record.sealed import Sealed
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.store.classroom.epoch import epoch_of, renew_epoch
from mtc_kiosk.store.db.database import connect, open_database
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import change
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import open_made_up_home
from mtc_kiosk.store.records.devices import Device, accept, devices, remember, withdraw
from mtc_kiosk.store.records.inbox import ReceivingHome, judge_waiting
from mtc_kiosk.store.records.rows import RecordRow, State, Table, insert
from mtc_kiosk.sync.delivery import deliver_waiting
from mtc_kiosk.sync.transport import TransportTrouble
from tests.record.examples import UNNAMED, check, finished_robot, key, reason, record_id
from tests.record.homes import ACT

from .roads import AWAY, RoadToDesk, TheSender, a_desk

FAULTS = st.lists(st.sampled_from(["fine", "request_lost", "answer_lost", "doubled", "cut"]), max_size=6)
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


class FaultyRoad(RoadToDesk):
    """A road on which each request meets the next of these faults, then none."""

    faults: list[str]
    carried: list[tuple[str, bytes]]

    def keep(self, name: str, content: bytes) -> bytes:
        """Bring a record, as far as the network lets it."""
        fault = self.faults.pop(0) if self.faults else "fine"
        self.carried.append((name, content))
        if fault == "request_lost":
            raise TransportTrouble(AWAY)
        if fault == "cut":
            return super().keep(name, content[:-20])
        receipt = super().keep(name, content)
        if fault == "doubled":
            receipt = super().keep(name, content)
        if fault == "answer_lost":
            raise TransportTrouble(AWAY)
        return receipt


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
            self.accept_again(number)

    def teardown(self) -> None:
        """With the network back, everything is at the desk, once, and nothing waits."""
        with self.stack:
            if hasattr(self, "kiosks"):
                self.everything_arrives()

    def everything_arrives(self) -> None:
        """Deliver without faults, and look."""
        for number, kiosk in enumerate(self.kiosks):
            self.accept_again(number)
            self.beat(number)
            self.deliver(number, [])
            assert self.waiting(kiosk) == set()
        made = Counter((one.content.id, one.sha256) for kiosk in self.kiosks for one in kiosk.made.values())
        assert Counter(self.at_desk(self.desk)) == made
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
            insert(kiosk.db, Table.OUTBOX, RecordRow.of(sealed, State.WAITING, sealed.content.at))
        kiosk.made[sealed.sha256] = sealed

    @rule(which=KIOSKS, faults=FAULTS)
    def deliver(self, which: int, faults: list[str]) -> None:
        """A delivery to the desk."""
        self.send(which, HERE, faults)

    @rule(which=KIOSKS)
    def deliver_to_another_desk(self, which: int) -> None:
        """The wrong desk answers; its receipts are not our desk's."""
        before = self.waiting(self.kiosks[which])
        self.send(which, OTHER, [])
        assert self.waiting(self.kiosks[which]) == before

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

    @rule(which=KIOSKS)
    def withdraw(self, which: int) -> None:
        """Staff withdraw the device; what comes in from now on waits."""
        withdraw(self.desk.db, self.device(which), ACT)

    @rule(which=KIOSKS)
    def accept_again(self, which: int) -> None:
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
            assert set(kiosk.made) == on_kiosk
            query = "select sha256 from receipt where desk = ? and epoch = ?"
            receipted = {row[0] for row in kiosk.db.execute(query, (self.fingerprint, now)).fetchall()}
            assert receipted <= hashes

    # -- what the rules share

    def send(self, which: int, to: str, faults: list[str]) -> None:
        """Deliver what waits at a kiosk, and compare what waits then with the receipts it got."""
        kiosk = self.kiosks[which]
        road = FaultyRoad(self.desks[to], TheSender(kiosk.key.fingerprint))
        road.faults, road.carried = list(faults), self.carried if to == HERE else []
        desk_key = device_key(self.desk.home).public
        done = deliver_waiting(kiosk.db, road, desk_key, kiosk.epoch, lambda: ACT)
        assert done.waiting == len(self.waiting(kiosk))
        if done.trouble is None and not done.refused:
            assert self.waiting(kiosk) == set()

    def waiting(self, kiosk: Kiosk) -> set[str]:
        """The records without a receipt, by the model's own count."""
        rows = kiosk.db.execute("select sha256, epoch from receipt where desk = ?", (self.fingerprint,)).fetchall()
        known = {sha256 for sha256, epoch in rows if kiosk.epoch in (None, epoch)}
        return set(kiosk.made) - known

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
    max_examples=30,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
)
