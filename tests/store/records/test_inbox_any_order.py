"""Records received in any order, any number of times, devices accepted in between: each is kept once, none is lost."""

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from mtc_kiosk.record.sealed import Sealed
from mtc_kiosk.store.records.devices import accept, devices, find_device
from mtc_kiosk.store.records.inbox import Verdict, judge_waiting, take_in
from mtc_kiosk.store.records.received_checks import received_checks
from mtc_kiosk.store.records.rows import State, Table, rows
from tests.record.examples import THEIRS, WALL_MS, check, finished_robot, key, reason, record_id
from tests.record.homes import ACT, school_home

ROBOT = finished_robot()


def taken(number: int, minutes: int, device: int, code: str, **changes: Any) -> Sealed:
    """A check."""
    started = WALL_MS + minutes * 60_000
    return check(ROBOT, key(device), id=record_id(number), check_code=code, started_ms=started, **changes)


RECORDS = [
    taken(1, 5, 1, "one"),
    taken(2, 3, 2, "one"),
    taken(2, 1, 3, "one"),
    taken(3, 0, 2, "two"),
    taken(4, 0, 3, "three", chain="0" * 64),
    taken(5, 0, 1, "four", school=THEIRS),
    reason(key(1), id=record_id(6)),
    reason(key(2), id=record_id(6), code="BLSTD"),
    reason(key(3), id=record_id(7)),
]


class AnyOrder(RuleBasedStateMachine):
    """A home that knows no device at first."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.opened = school_home(Path(self.folder.name) / "desk")
        self.desk = self.opened.__enter__()
        self.received: set[str] = set()
        self.accepted: set[str] = set()

    def teardown(self) -> None:
        """Close the home."""
        self.opened.__exit__(None, None, None)
        self.folder.cleanup()

    @rule(record=st.sampled_from(RECORDS))
    def receive(self, record: Sealed) -> None:
        """A file comes, perhaps once more."""
        told = take_in(self.desk.db, record, self.desk.here, ACT)
        if told.verdict is Verdict.ANOTHER_SCHOOLS:
            assert record.content.school == THEIRS
            return
        again = record.sha256 in self.received
        accepted = record.content.device in self.accepted
        self.received.add(record.sha256)
        if not accepted:
            assert told.verdict is Verdict.WAITS
        elif again:
            assert told.verdict is Verdict.ALREADY_HAD

    @rule(number=st.sampled_from((1, 2, 3)))
    def accept_device(self, number: int) -> None:
        """Staff accept a device that sent something; what waited is taken in."""
        fingerprint = key(number).fingerprint
        if fingerprint in {device.fingerprint for device in devices(self.desk.db)}:
            accept(self.desk.db, [find_device(self.desk.db, fingerprint)], ACT)
            judge_waiting(self.desk.db, self.desk.here, ACT)
            self.accepted.add(fingerprint)

    @invariant()
    def nothing_is_lost_and_nothing_is_twice(self) -> None:
        """What was received is in one place, or where it waited and in inbox."""
        inbox = {row.sha256: row.state for row in rows(self.desk.db, Table.INBOX)}
        beside = {row.sha256: row.state for row in rows(self.desk.db, Table.CONFLICT)}
        assert inbox.keys() | beside.keys() == self.received
        assert set(inbox.keys() & beside.keys()) == {sha256 for sha256, state in beside.items() if state is State.TAKEN}
        assert set(inbox.values()) <= {State.TAKEN}

    @invariant()
    def only_what_is_vouched_for_may_count(self) -> None:
        """Records of an unaccepted device, and those that fail their proof, are in no result."""
        by_hash = {record.sha256: record for record in RECORDS}
        for row in rows(self.desk.db, Table.INBOX):
            assert by_hash[row.sha256].content.device in self.accepted
            assert row.sha256 != RECORDS[4].sha256

    @invariant()
    def the_same_check_counts_whatever_the_order(self) -> None:
        """Of those taken in for one code, the one begun first comes out first."""
        found = [one for one in received_checks(self.desk.db) if one.check_code == "one"]
        vouched = [r for r in RECORDS[:3] if r.sha256 in self.received and r.content.device in self.accepted]
        assert len(found) == len(vouched)
        if found:
            first = min(found, key=lambda one: (one.begun_at, one.id))
            begun_first = min(vouched, key=lambda r: r.content.started_at)  # type: ignore[union-attr]  # all checks
            assert first.id == begun_first.content.id


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=40, stateful_step_count=14, deadline=None)
