"""Conflicts: both records are kept, the one begun first counts, and a head may say otherwise in time."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mtc_kiosk.record.sealed import Sealed
from mtc_kiosk.store.change import Act, audit, change
from mtc_kiosk.store.conflicts import RESULTS_SHOWN, NotSettled, choose, conflicts
from mtc_kiosk.store.inbox import Verdict, take_in
from mtc_kiosk.store.received import received_checks
from tests.record.examples import WALL_MS, check, finished_robot, key, reason, record_id
from tests.record.homes import ACT, SchoolHome, school_home

LATER = Act("2027-06-07T12:00:00.000Z", "cli")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[SchoolHome]:
    """A home that has accepted device 1."""
    with school_home(tmp_path / "desk") as home:
        row = (key(1).fingerprint, key(1).public, "pc-1", ACT.at, ACT.at)
        home.db.execute("insert into device values (?, ?, ?, ?, ?, 'cli')", row)
        yield home


def taken(number: int, minutes: int) -> Sealed:
    """A check taken so many minutes after nine, always for the same code."""
    return check(finished_robot(), id=record_id(number), started_ms=WALL_MS + minutes * 60_000)


def receive(desk: SchoolHome, *records: Sealed) -> list[Verdict]:
    """Take records in."""
    return [take_in(desk.db, record, desk.here, ACT).verdict for record in records]


def counting(desk: SchoolHome) -> list[str]:
    """The ids of the checks that may count, as results are derived from them."""
    return [one.id for one in received_checks(desk.db, desk.here.device)]


def test_where_nothing_was_taken_twice_there_is_no_conflict(desk: SchoolHome) -> None:
    """One record of each."""
    receive(desk, taken(1, 0), reason(id=record_id(5)))
    assert conflicts(desk.db) == ()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_one_begun_first_counts_until_a_head_speaks(desk: SchoolHome, order: tuple[int, int]) -> None:
    """Whichever was received first."""
    records = [taken(1, 0), taken(2, 5)]
    receive(desk, *(records[number] for number in order))
    (conflict,) = conflicts(desk.db)
    assert conflict.is_open
    assert [one.row.sha256 for one in conflict.candidates] == [record.sha256 for record in records]


def test_a_head_may_say_that_the_other_counts(desk: SchoolHome) -> None:
    """Then it alone is what results are derived from, with the reason kept and an audit row."""
    early, late = taken(1, 0), taken(2, 5)
    receive(desk, early, late)
    settled = choose(desk.db, late.sha256[:12], "The first PC had the wrong pupil.", LATER)
    assert [one.row.record_id for one in settled.candidates] == [record_id(2), record_id(1)]
    assert counting(desk) == [record_id(2)]
    (conflict,) = conflicts(desk.db)
    assert not conflict.is_open
    assert {one.row.said for one in conflict.candidates} == {"The first PC had the wrong pupil."}
    assert desk.count("audit", "action = 'conflict.settled'") == 1


def test_a_head_may_confirm_the_one_that_counts(desk: SchoolHome) -> None:
    """Even after results were shown: nothing changes by it but that somebody looked."""
    early, late = taken(1, 0), taken(2, 5)
    receive(desk, late, early)
    with change(desk.db):
        audit(desk.db, LATER, RESULTS_SHOWN, "csv")
    choose(desk.db, early.sha256, "Both saw the same pupil.", LATER)
    assert counting(desk) == [record_id(1)]


def test_once_results_were_shown_the_other_cannot_be_chosen(desk: SchoolHome) -> None:
    """Nobody picks the better score."""
    early, late = taken(1, 0), taken(2, 5)
    receive(desk, early, late)
    with change(desk.db):
        audit(desk.db, ACT, RESULTS_SHOWN, "csv")
    with pytest.raises(NotSettled, match="Results were shown"):
        choose(desk.db, late.sha256, "It is better.", LATER)
    assert conflicts(desk.db)[0].is_open
    assert desk.count("audit", "action = 'conflict.settled'") == 0


def test_a_head_may_change_the_choice_before_results_are_shown(desk: SchoolHome) -> None:
    """The last word counts."""
    early, late = taken(1, 0), taken(2, 5)
    receive(desk, early, late)
    choose(desk.db, late.sha256, "One.", LATER)
    choose(desk.db, early.sha256, "No, the other.", LATER)
    assert counting(desk) == [record_id(1)]


def test_what_comes_after_a_head_has_spoken_changes_nothing(desk: SchoolHome) -> None:
    """It is kept, and does not count, even if it was begun first."""
    early, late, earliest = taken(1, 0), taken(2, 5), taken(3, -5)
    receive(desk, early, late)
    choose(desk.db, late.sha256, "The first PC had the wrong pupil.", LATER)
    assert receive(desk, earliest) == [Verdict.CONFLICT]
    assert counting(desk) == [record_id(2)]
    assert not conflicts(desk.db)[0].is_open


def test_a_second_record_for_one_reason_is_a_conflict_too(desk: SchoolHome) -> None:
    """Two different records cannot both be the same reason."""
    first, second = reason(id=record_id(5)), reason(id=record_id(5), code="BLSTD")
    receive(desk, first, second)
    (conflict,) = conflicts(desk.db)
    assert {one.row.sha256 for one in conflict.candidates} == {first.sha256, second.sha256}


@pytest.mark.parametrize("digits", ["", "ab", "0" * 12])
def test_what_names_no_record_of_a_conflict_is_refused(desk: SchoolHome, digits: str) -> None:
    """Too short, or none of them."""
    receive(desk, taken(1, 0), taken(2, 5))
    with pytest.raises(NotSettled, match="mtc-kiosk sync conflicts"):
        choose(desk.db, digits, "why", LATER)
