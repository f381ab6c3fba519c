"""Two checks of one pupil, whatever the cause: both are kept, none counts until a head chooses, and a head can."""

import contextlib
import random
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.export.derived import derive_results
from mtc_kiosk.export.results import ResultRow
from mtc_kiosk.record.sealed import Sealed
from mtc_kiosk.school.obstacle import Refused
from mtc_kiosk.school.results import ResultStatus
from mtc_kiosk.school.rivals import NotSettled
from mtc_kiosk.school.status import Status
from mtc_kiosk.store.db.transaction import audit, change
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.records.inbox import put, take_in
from mtc_kiosk.store.records.rows import RecordRow, State, Table
from mtc_kiosk.store.records.rows import rows as records
from mtc_kiosk.store.school.choices import RESULTS_SHOWN, Contest, choose, contests, take_back
from mtc_kiosk.store.school.staff_context import StaffContext
from tests.record.examples import WALL_MS, check, detail, finished_robot, key, record_id
from tests.record.homes import ACT, SchoolHome, school_home, upn
from tests.school.known import NOW, rules
from tests.store.a_school import HEAD, TEACHER, ASchool

WHY = "The first PC had the wrong pupil."


@pytest.fixture
def school(new_home: Callable[[], Home]) -> Iterator[ASchool]:
    """A home with two pupils."""
    with contextlib.closing(ASchool(new_home().database)) as made:
        made.pupils(2)
        yield made


@pytest.fixture
def other(new_home: Callable[[], Home]) -> Iterator[ASchool]:
    """A PC of the same school without these records."""
    with contextlib.closing(ASchool(new_home().database)) as made:
        made.pupils(2)
        yield made


@contextlib.contextmanager
def a_desk() -> Iterator[SchoolHome]:
    """A home with one pupil that has accepted device 1."""
    with tempfile.TemporaryDirectory() as folder, school_home(Path(folder) / "desk") as home:
        row = (key(1).fingerprint, key(1).public, "pc-1", ACT.at, ACT.at)
        home.db.execute("insert into device values (?, ?, ?, ?, ?, 'cli')", row)
        home.add_pupil()
        yield home


@pytest.fixture
def desk() -> Iterator[SchoolHome]:
    """The same for one test."""
    with a_desk() as home:
        yield home


def bring(from_home: ASchool, to_home: ASchool) -> None:
    """Every record of one home comes to another, on a stick."""
    for sealed in [row.sealed() for row in records(from_home.db, Table.INBOX)]:
        put(to_home.db, RecordRow.of(sealed, State.TAKEN, to_home.doing().stamp.at), sealed.content)


def result(school: ASchool, pupil_id: int = 1) -> ResultRow:
    """A pupil's row of the results."""
    derived = derive_results(school.db, school.doing())
    return next(row for row in derived.rows if row.pupil.id == pupil_id)


def the_contest(school: ASchool) -> Contest:
    """The one conflict there is."""
    (found,) = contests(school.db, school.running)
    return found


def attempts(contest: Contest) -> list[str]:
    """Its attempts, in the order they are listed."""
    return [one.id for one in contest.checks]


def two_days(school: ASchool, other: ASchool) -> tuple[str, str]:
    """One check on a PC apart on Monday, one here on Tuesday; the first comes in last. Their attempts."""
    school.start([1])  # Monday's PIN here, which is never used
    first = other.take(other.start([1]).pins[0])
    for home in (school, other):
        home.later(days=1)
    second = school.take(school.start([1]).pins[0])
    bring(other, school)
    return first, second


def test_two_pins_on_two_days_are_listed_and_settled(school: ASchool, other: ASchool) -> None:
    """The late check takes no place: nothing is shown until a head says which counts, and then that is shown."""
    first, second = two_days(school, other)
    assert school.status(1).status is Status.CONFLICT
    assert result(school).result.status is ResultStatus.TWO_CHECKS
    contest = the_contest(school)
    assert (contest.rivals.is_open, attempts(contest)) == (True, [first, second])
    for chosen, passed_over in ((second, first), (first, second)):
        settled = choose(school.db, school.doing(), chosen, WHY)
        assert (attempts(settled), settled.rivals.is_open, settled.why) == ([chosen, passed_over], False, WHY)
        assert attempts(the_contest(school)) == [chosen, passed_over]
        assert school.status(1).status is Status.COMPLETE
        assert result(school).result.has_two is False


def test_a_restart_taken_back_while_its_practice_lies_on_a_pc_that_is_off(school: ASchool) -> None:
    """The practice goes on there and becomes a second check."""
    first = school.take(school.start([1]).pins[0])
    school.restart(1)
    practised = school.sign_in(school.start([1]).pins[0], "PC2")
    school.practise(practised)
    school.running.remove("PC2")
    school.end()
    school.unrestart(1)
    assert contests(school.db, school.running) == ()
    school.running.add("PC2")
    school.begin(practised)
    assert attempts(the_contest(school)) == [first, practised]
    with pytest.raises(NotSettled, match="PC2 now"):
        choose(school.db, school.doing(), first, WHY)
    school.finish(practised)
    assert result(school).result.status is ResultStatus.TWO_CHECKS
    choose(school.db, school.doing(), first, WHY)
    assert school.status(1).status is Status.COMPLETE


def test_a_held_check_of_a_restored_backup_and_the_record_of_its_end(
    school: ASchool, new_home: Callable[[], Home]
) -> None:
    """The backup knows the attempt as held, the stick brings it complete: the complete one is proposed."""
    attempt = school.sign_in(school.start([1]).pins[0])
    school.begin(attempt)
    school.hold(attempt)
    backup = new_home().database
    with contextlib.closing(sqlite3.connect(backup)) as into:
        school.db.conn.backup(into)
    school.finish(attempt)
    with contextlib.closing(ASchool(backup)) as restored:
        bring(school, restored)
        contest = the_contest(restored)
        assert [(one.id, one.outcome) for one in contest.checks] == [(attempt, Outcome.COMPLETE), (attempt, None)]
        assert restored.status(1).status is Status.CONFLICT
        choose(restored.db, restored.doing(), contest.checks[0].record, WHY)
        assert restored.status(1).status is Status.COMPLETE


def test_one_check_code_taken_on_two_pcs(desk: SchoolHome) -> None:
    """Two attempts under one PIN, and two records of one attempt."""
    _receive(desk, *TAKEN)
    (contest,) = contests(desk.db, ())
    assert [one.record for one in contest.checks] == [TAKEN[index].sha256 for index in ORDER]
    assert _scores(desk) == [None]


def test_a_choice_is_kept_with_its_reason_and_audited_without(school: ASchool, other: ASchool) -> None:
    """Free text is where it can be erased; a second choice takes the first one back."""
    first, second = two_days(school, other)
    choose(school.db, school.doing(), second, WHY)
    choose(school.db, school.doing(), first, "No, the other.")
    rows = school.db.execute("select attempt_id, why, undoes from choice order by id").fetchall()
    assert rows == [(second, WHY, None), (None, None, 1), (first, "No, the other.", None)]
    told = school.db.execute(
        "select action, before, after from audit where action like 'choice.%' order by id"
    ).fetchall()
    assert [action for action, _, _ in told] == ["choice.made", "choice.made"]
    assert first in told[1][2]
    assert second in told[1][1]
    assert not any(WHY in f"{before}{after}" for _, before, after in told)
    school.db.execute("update choice set why = null")
    assert the_contest(school).why is None


def test_a_choice_can_be_taken_back(school: ASchool, other: ASchool) -> None:
    """Then neither counts again; a second time there is nothing to take back."""
    _, second = two_days(school, other)
    choose(school.db, school.doing(), second, WHY)
    assert take_back(school.db, school.doing(), 1, "Too soon.").rivals.is_open
    assert school.status(1).status is Status.CONFLICT
    with pytest.raises(NotSettled, match="nothing to take back"):
        take_back(school.db, school.doing(), 1, "Again.")
    actions = [action for (action,) in school.db.execute("select action from audit where action like 'choice.%'")]
    assert actions == ["choice.made", "choice.taken_back"]


def test_showing_the_others_results_closes_nothing(school: ASchool, other: ASchool) -> None:
    """Their scores say nothing about this pupil's two checks."""
    _, second = two_days(school, other)
    _show(school, [2])
    assert not the_contest(school).shown
    choose(school.db, school.doing(), second, WHY)
    assert '"shown":false' in _last_audit(school)


def test_a_choice_after_this_pupils_result_was_shown_says_so_in_the_audit(school: ASchool, other: ASchool) -> None:
    """It is changed with a reason, and never in silence."""
    first, second = two_days(school, other)
    choose(school.db, school.doing(), second, WHY)
    _show(school, [1, 2])
    assert choose(school.db, school.doing(), first, "It was the other one.").shown
    assert '"shown":true' in _last_audit(school)
    assert take_back(school.db, school.doing(), 1, "No.").shown
    assert '"shown":true' in _last_audit(school)


def test_an_export_of_an_earlier_version_counts_as_shown_to_all(school: ASchool, other: ASchool) -> None:
    """Its audit row did not say which pupils had a score."""
    two_days(school, other)
    with change(school.db):
        audit(school.db, school.doing().stamp, RESULTS_SHOWN, "csv", after={"pupils": 2})
    assert the_contest(school).shown


@pytest.mark.parametrize("why", ["", "   ", "x" * 1001])
def test_a_choice_needs_a_reason_of_some_length(school: ASchool, other: ASchool, why: str) -> None:
    """None, or more than the column takes, is refused, and nothing is written."""
    first, _ = two_days(school, other)
    with pytest.raises(NotSettled, match="Say why"):
        choose(school.db, school.doing(), first, why)
    assert school.db.execute("select count(*) from choice").fetchone() == (0,)


def test_only_a_head_may_choose(school: ASchool, other: ASchool) -> None:
    """Nor may anybody else take a choice back."""
    first, _ = two_days(school, other)
    with pytest.raises(NotSettled, match="Only a head"):
        choose(school.db, school.doing(TEACHER), first, WHY)
    choose(school.db, school.doing(HEAD), first, WHY)
    with pytest.raises(NotSettled, match="Only a head"):
        take_back(school.db, school.doing(TEACHER), 1, WHY)


@pytest.mark.parametrize("digits", ["", "abcdefa", "0" * 12, "00000000"])
def test_digits_that_name_no_one_check_are_refused(desk: SchoolHome, digits: str) -> None:
    """Too few, those of none, or those of several."""
    _receive(desk, *TAKEN)
    with pytest.raises(NotSettled, match="list of conflicts"):
        choose(desk.db, NOW_HEAD, digits, WHY)


def test_a_restart_after_a_choice_waits_and_is_taken(school: ASchool, other: ASchool) -> None:
    """Neither check comes back by it, and the third one counts."""
    first, second = two_days(school, other)
    with pytest.raises(Refused, match="A head chooses which"):
        school.restart(1)
    choose(school.db, school.doing(), second, WHY)
    school.restart(1)
    assert school.status(1).status is Status.RESTART
    third = school.take(school.start([1]).pins[0])
    assert school.status(1).status is Status.COMPLETE
    derived = result(school).result
    assert (derived.has_two, derived.checks_taken) == (False, 3)
    assert third not in (first, second)


# -- any order of arrival


def _taken(number: int, minutes: int, code: str, **changes: object) -> Sealed:
    started = WALL_MS + minutes * 60_000
    about = detail(upn=upn(1), by=None)
    return check(finished_robot(), about=about, id=record_id(number), check_code=code, started_ms=started, **changes)


TAKEN = (
    _taken(1, 5, "one"),
    _taken(2, 3, "one"),
    _taken(3, 3, "two"),
    _taken(2, 3, "one", kiosk="hall-2"),
    _taken(4, 0, "three", chain="0" * 64),
)
"""Two under one PIN, one under another begun in the same millisecond, two records of one attempt, one broken."""

_TIED = sorted((1, 3), key=lambda index: TAKEN[index].sha256)
ORDER = (*_TIED, 2, 0, 4)
"""As they are listed: by when they were begun, by the attempt's number, by the record's; the broken one last."""


EXPECTED = [TAKEN[index].sha256 for index in ORDER[:-1]]
NOW_HEAD = StaffContext(now=NOW, rules=rules(), running=(), staff=HEAD)


def _receive(desk: SchoolHome, *given: Sealed) -> None:
    for sealed in given:
        take_in(desk.db, sealed, desk.here, ACT)


def _scores(desk: SchoolHome) -> list[int | None]:
    return [row.result.score for row in derive_results(desk.db, NOW_HEAD).rows]


@settings(max_examples=20, deadline=None)
@given(order=st.permutations(TAKEN), at=st.integers(2, len(TAKEN)), chance=st.integers(0, 2**32))
def test_any_order_of_arrival_gives_the_same_list_and_the_same_results(
    order: list[Sealed], at: int, chance: int
) -> None:
    """Whatever came first; and after a choice among what is there, whatever comes last."""
    with a_desk() as desk:
        _receive(desk, *order)
        (contest,) = contests(desk.db, ())
        assert [one.record for one in contest.rivals.could_count] == EXPECTED
        assert (contest.rivals.is_open, _scores(desk)) == (True, [None])
    with a_desk() as desk:
        _receive(desk, *order[:at])
        found = contests(desk.db, ())
        if not found:
            return
        chosen = random.Random(chance).choice(found[0].rivals.could_count)
        choose(desk.db, NOW_HEAD, chosen.record, WHY)
        _receive(desk, *order[at:])
        (contest,) = contests(desk.db, ())
        assert [one.record for one in contest.rivals.could_count] == [chosen.record]
        assert _scores(desk) == [4]
        came_late = {sealed.sha256 for sealed in order[at:]}
        assert {one.record for one in contest.rivals.unseen} == came_late


def _show(school: ASchool, pupil_ids: list[int]) -> None:
    with change(school.db):
        audit(school.db, school.doing().stamp, RESULTS_SHOWN, "csv", after={"pupils": 2, "scores": pupil_ids})


def _last_audit(school: ASchool) -> str:
    (after,) = school.db.execute("select after from audit order by id desc limit 1").fetchone()
    return str(after)
