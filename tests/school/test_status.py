"""What a teacher reads about each pupil, and the four groups whose counts sum to the register."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.history import PupilHistory
from mtc_kiosk.school.status import Bucket, PupilStatus, Status, counts, status_of
from tests.school.known import (
    COMPLETE,
    HELD,
    MINUTE,
    NOW,
    RUNNING,
    facts,
    pin,
    practice,
    reason,
    restart,
    rules,
    taking,
)

LIVE, USED = pin(live=True), pin(used=True)
TABLE = [
    (facts(*COMPLETE, reason()), Status.REASON, Bucket.NOT_TAKING),
    (facts(*COMPLETE, taking("one", id="b")), Status.CONFLICT, Bucket.ACTION),
    (facts(USED, taking(sound=False)), Status.ERROR, Bucket.ACTION),
    (facts(*COMPLETE, restart()), Status.RESTART, Bucket.NOT_STARTED),
    (facts(*COMPLETE, restart(), pin("two")), Status.RESTART, Bucket.NOT_STARTED),
    (facts(), Status.NOT_STARTED, Bucket.NOT_STARTED),
    (facts(pin()), Status.NOT_STARTED, Bucket.NOT_STARTED),
    (facts(pin(live=True, kind=Kind.TRY)), Status.NOT_STARTED, Bucket.NOT_STARTED),
    (facts(LIVE), Status.PIN, Bucket.NOT_STARTED),
    (facts(*COMPLETE, restart(), pin("two", live=True)), Status.PIN, Bucket.NOT_STARTED),
    (facts(LIVE, practice(practised=False)), Status.SIGNED_IN, Bucket.IN_PROGRESS),
    (facts(LIVE, practice()), Status.PRACTISING, Bucket.IN_PROGRESS),
    (facts(LIVE, practice("old", held_since=NOW)), Status.PIN, Bucket.NOT_STARTED),
    (facts(pin(), practice()), Status.PRACTISING, Bucket.IN_PROGRESS),
    (facts(*RUNNING), Status.RUNNING, Bucket.IN_PROGRESS),
    (facts(*HELD), Status.HELD, Bucket.ACTION),
    (facts(USED, taking(outcome=None, held_since=NOW - 3 * MINUTE)), Status.HELD, Bucket.ACTION),
    (facts(LIVE, practice(held_since=NOW - 3 * MINUTE)), Status.HELD, Bucket.ACTION),
    (facts(USED), Status.OVERDUE, Bucket.ACTION),
    (facts(USED, taking(delivered=False)), Status.PROCESSING, Bucket.IN_PROGRESS),
    (facts(*COMPLETE), Status.COMPLETE, Bucket.COMPLETED),
    (facts(USED, taking(outcome=Outcome.OUT_OF_TIME)), Status.OUT_OF_TIME, Bucket.ACTION),
    (facts(USED, taking(outcome=Outcome.STOPPED)), Status.STOPPED, Bucket.ACTION),
    (facts(USED, taking(outcome=Outcome.SUPERSEDED)), Status.STOPPED, Bucket.ACTION),
    (facts(LIVE, practice(outcome=Outcome.STOPPED)), Status.PIN, Bucket.NOT_STARTED),
]


@pytest.mark.parametrize(("known", "status", "bucket"), TABLE)
def test_each_line_of_the_table(known: PupilHistory, status: Status, bucket: Bucket) -> None:
    """The first line that fits (reference 5), with practising, held, conflict, out of time and stopped."""
    found = status_of(known, NOW, rules())
    assert (found.status, found.bucket) == (status, bucket)
    assert found.label


def test_every_status_is_in_the_table() -> None:
    """Nothing is left untested but what time alone brings."""
    assert set(Status) - {status for _, status, _ in TABLE} == {Status.OVERDUE_SIGNED_IN}


@pytest.mark.parametrize("now", [NOW, NOW + 3 * MINUTE])
def test_a_held_check_needs_somebody_at_once(now: datetime) -> None:
    """A child sits in front of it, and can do nothing."""
    held = facts(USED, taking(outcome=None, held_since=NOW))
    assert status_of(held, now, rules()).bucket is Bucket.ACTION


def test_a_pupil_who_only_has_a_pin_has_not_started() -> None:
    """Thirty slips on a table are no checks in progress."""
    assert status_of(facts(LIVE), NOW, rules()).bucket is Bucket.NOT_STARTED


@pytest.mark.parametrize(
    ("known", "calm", "overdue"),
    [
        (facts(USED, taking(outcome=None, begun_at=NOW)), Status.RUNNING, Status.OVERDUE),
        (facts(LIVE, practice(started_at=NOW, practised=False)), Status.SIGNED_IN, Status.OVERDUE_SIGNED_IN),
        (facts(pin(), practice(started_at=NOW)), Status.PRACTISING, Status.OVERDUE_SIGNED_IN),
    ],
)
def test_a_check_is_overdue_after_the_time_a_check_may_last(known: PupilHistory, calm: Status, overdue: Status) -> None:
    """Thirty minutes exactly are not too long."""
    assert status_of(known, NOW + 30 * MINUTE, rules()).status is calm
    late = status_of(known, NOW + 30 * MINUTE + MINUTE / 60, rules())
    assert (late.status, late.bucket) == (overdue, Bucket.ACTION)


def test_a_reason_is_read_by_its_name() -> None:
    """Not by its code."""
    assert status_of(facts(reason()), NOW, rules()).label == "Absent during check window"


def test_the_kiosk_is_named_while_a_check_is_on_it() -> None:
    """So that a teacher knows where to go."""
    assert status_of(facts(*HELD), NOW, rules()).kiosk == "PC1"
    assert status_of(facts(*COMPLETE), NOW, rules()).kiosk is None


@given(st.lists(st.sampled_from([known for known, _, _ in TABLE])))
def test_the_five_counts_sum_to_the_register(register: list[PupilHistory]) -> None:
    """Every pupil is in one group, and every group has a count."""
    statuses: list[PupilStatus] = [status_of(known, NOW, rules()) for known in register]
    counted = counts(statuses)
    assert set(counted) == set(Bucket)
    assert sum(counted.values()) == len(register)
