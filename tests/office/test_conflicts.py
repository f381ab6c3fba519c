"""Only a head chooses between two checks, or two records, and the choice is in the head's name."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mtc_kiosk.office.conflict_list import conflicts_listed, two_records_with
from mtc_kiosk.office.conflicts import choose, conflicts, undo
from mtc_kiosk.office.json_sync import conflicts as as_json
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.results import show_results
from mtc_kiosk.office.sync import devices, receive
from mtc_kiosk.record.sealed import Sealed
from mtc_kiosk.school.rivals import NotSettled
from mtc_kiosk.school.staff import Role, Staff, kiosk_staff, staff_of
from mtc_kiosk.store.db.times import iso
from tests.record.examples import UNNAMED, WALL_MS, check, detail, finished_robot, key, reason, record_id
from tests.record.homes import school_home, upn
from tests.store.a_school import rows

from .as_staff import TEACHER, open_as

HEAD = staff_of("h.head", Role.HEAD)
ABOUT = detail(upn=upn(1), by=None)
CHECKS = tuple(
    check(finished_robot(), key(3), ABOUT, id=record_id(n), check_code=f"c-{n}", school=UNNAMED, started_ms=WALL_MS + n)
    for n in (51, 52)
)
RECORDS = tuple(
    reason(key(3), id=record_id(5), school=UNNAMED, code=code, at=iso(WALL_MS + later))
    for later, code in enumerate(("ABSNT", "BLSTD"))
)
WHY = "She had the wrong slip."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A home to which a pupil's two checks came, and two records of one reason."""
    root, stick = tmp_path / "home", tmp_path / "stick"
    stick.mkdir()
    with school_home(root) as home:
        home.add_pupil()
    for sealed in (*CHECKS, *RECORDS):
        (stick / sealed.file_name).write_bytes(sealed.to_file())
    with open_as(root) as office:
        receive(office, stick)
        assert devices(office, [key(3).fingerprint]).open_conflicts == 2
    return root


def open_ones(home: OpenHome) -> tuple[list[bool], list[bool]]:
    """Of each conflict of checks, and of records, whether a head has to choose."""
    found = conflicts(home)
    return [one.rivals.is_open for one in found.checks], [one.is_open for one in found.records]


@pytest.mark.parametrize("staff", [TEACHER, kiosk_staff("PC1")])
@pytest.mark.parametrize(
    "do",
    [
        lambda home: choose(home, CHECKS[1].sha256, WHY),
        lambda home: choose(home, RECORDS[1].sha256, WHY),
        lambda home: undo(home, upn(1), WHY),
    ],
)
def test_nobody_but_a_head_chooses(root: Path, staff: Staff, do: Callable[[OpenHome], object]) -> None:
    """Neither between checks nor between records, nor may anybody else take a choice back; nothing is changed."""
    with open_as(root, staff) as home:
        before = rows(home.db)
        with pytest.raises(NotSettled, match="Only a head"):
            do(home)
        assert rows(home.db) == before


@pytest.mark.parametrize(("chosen", "still_open"), [(CHECKS[1], ([False], [True])), (RECORDS[1], ([True], [False]))])
def test_a_head_chooses_a_check_or_a_record(
    root: Path, chosen: Sealed, still_open: tuple[list[bool], list[bool]]
) -> None:
    """By the digits that the list shows; it is the first of its conflict from then on, in the name of the head."""
    with open_as(root, HEAD) as home:
        choose(home, chosen.sha256[:12], WHY)
        assert open_ones(home) == still_open
        query = "select account from audit where action in ('choice.made', 'conflict.settled')"
        assert [account for (account,) in home.db.execute(query)] == ["h.head"]
        listed = as_json(conflicts(home))
        assert chosen.sha256 in str(listed["conflicts" if chosen in CHECKS else "records"]).partition("}")[0]


def test_a_choice_taken_back_is_open_again(root: Path) -> None:
    """For that pupil."""
    with open_as(root, HEAD) as home:
        choose(home, CHECKS[1].sha256, WHY)
        undo(home, upn(1), WHY)
        assert open_ones(home)[0] == [True]


def test_a_choice_says_that_a_score_of_the_pupil_was_shown(root: Path) -> None:
    """Whoever saw it, and wherever: the page of a console leaves the same audit row as a file."""
    with open_as(root, HEAD) as home:
        first = choose(home, CHECKS[0].sha256, WHY)
        assert first is not None
        assert not first.shown
    with open_as(root, TEACHER) as home:
        show_results(home, "page")
    with open_as(root, HEAD) as home:
        second = choose(home, CHECKS[1].sha256, WHY)
        assert second is not None
        assert second.shown


def test_two_records_are_listed_to_a_head_alone(root: Path) -> None:
    """Where they came from and when, the one that applies first; it changes with a choice."""
    with open_as(root, TEACHER) as home:
        assert conflicts_listed(home).records == ()
    with open_as(root, HEAD) as home:
        (pair,) = conflicts_listed(home).records
        assert (pair.is_open, [one.counts for one in pair.records]) == (True, [True, False])
        assert [one.number for one in pair.records] == [record.sha256[:12] for record in RECORDS]
        choose(home, pair.records[1].number, WHY)
        settled = two_records_with(home, pair.records[1].number)
        assert settled is not None
        assert (settled.is_open, settled.records[0].number) == (False, pair.records[1].number)
