"""Two different records of one reason: both are kept, the one made first is proposed, and a head may choose."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mtc_kiosk.record.sealed import Sealed
from mtc_kiosk.school.rivals import NotSettled
from mtc_kiosk.school.staff import COMMAND_LINE, Staff, kiosk_staff
from mtc_kiosk.store.db.times import iso
from mtc_kiosk.store.db.transaction import AuditStamp
from mtc_kiosk.store.records.conflicts import choose_record, conflicts
from mtc_kiosk.store.records.inbox import Verdict, take_in
from tests.record.examples import WALL_MS, check, finished_robot, key, reason, record_id
from tests.record.homes import ACT, SchoolHome, school_home

HEAD = COMMAND_LINE
LATER = AuditStamp("2027-06-07T12:00:00.000Z", HEAD.account)
FIRST = reason(id=record_id(5))
SECOND = reason(id=record_id(5), code="BLSTD", at=iso(WALL_MS + 60_000))
THIRD = reason(id=record_id(5), code="LEFTT", at=iso(WALL_MS - 60_000))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[SchoolHome]:
    """A home that has accepted device 1."""
    with school_home(tmp_path / "desk") as home:
        row = (key(1).fingerprint, key(1).public, "pc-1", ACT.at, ACT.at)
        home.db.execute("insert into device values (?, ?, ?, ?, ?, 'cli')", row)
        yield home


def receive(desk: SchoolHome, *records: Sealed) -> list[Verdict]:
    """Take records in."""
    return [take_in(desk.db, record, desk.here, ACT).verdict for record in records]


def test_where_there_is_one_of_each_there_is_no_conflict(desk: SchoolHome) -> None:
    """Two checks of one pupil are none of these either."""
    receive(desk, FIRST, reason(id=record_id(6)), *(check(finished_robot(), id=record_id(n)) for n in (1, 2)))
    assert conflicts(desk.db) == ()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_one_made_first_is_proposed(desk: SchoolHome, order: tuple[int, int]) -> None:
    """Whichever was received first."""
    receive(desk, *((FIRST, SECOND)[number] for number in order))
    (conflict,) = conflicts(desk.db)
    assert conflict.is_open
    assert [one.row.sha256 for one in conflict.candidates] == [FIRST.sha256, SECOND.sha256]


def test_a_head_may_choose_and_choose_again(desk: SchoolHome) -> None:
    """The last word holds, with its reason, and each is in the audit."""
    receive(desk, FIRST, SECOND)
    for record, why in ((SECOND, "One."), (FIRST, "No, the other.")):
        settled = choose_record(desk.db, HEAD, record.sha256[:12], why, LATER)
        assert settled is not None
        assert settled.candidates[0].row.sha256 == record.sha256
        (conflict,) = conflicts(desk.db)
        assert (conflict.is_open, conflict.candidates[0].row.sha256) == (False, record.sha256)
        assert {one.row.said for one in conflict.candidates} == {why}
    assert desk.count("audit", "action = 'conflict.settled'") == 2


def test_what_comes_after_a_head_has_spoken_changes_nothing(desk: SchoolHome) -> None:
    """It is kept, and does not hold, even if it was made first."""
    receive(desk, FIRST, SECOND)
    choose_record(desk.db, HEAD, SECOND.sha256, "So it was.", LATER)
    assert receive(desk, THIRD) == [Verdict.CONFLICT]
    (conflict,) = conflicts(desk.db)
    assert (conflict.is_open, conflict.candidates[0].row.sha256) == (False, SECOND.sha256)


@pytest.mark.parametrize("digits", ["0" * 12, "", SECOND.sha256[:7]])
def test_digits_of_no_record_of_a_conflict_choose_nothing(desk: SchoolHome, digits: str) -> None:
    """Nor do too few of them; and nothing is written."""
    receive(desk, FIRST, SECOND)
    assert choose_record(desk.db, HEAD, digits, "why", LATER) is None
    assert desk.count("audit", "action = 'conflict.settled'") == 0


@pytest.mark.parametrize(
    ("staff", "why", "sentence"),
    [(kiosk_staff("PC1"), "So it was.", "Only a head"), (HEAD, " ", "Say why"), (HEAD, "x" * 1001, "Say why")],
)
def test_only_a_head_chooses_between_records_and_says_why(
    desk: SchoolHome, staff: Staff, why: str, sentence: str
) -> None:
    """As between two checks; whoever else asks changes nothing."""
    receive(desk, FIRST, SECOND)
    with pytest.raises(NotSettled, match=sentence):
        choose_record(desk.db, staff, SECOND.sha256, why, LATER)
    (conflict,) = conflicts(desk.db)
    assert conflict.is_open
    assert desk.count("audit", "action = 'conflict.settled'") == 0
