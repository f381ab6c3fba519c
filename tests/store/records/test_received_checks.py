"""What results are derived from: proven anew at every reading, with the pupil found, and what fails named."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.record.sealed import Sealed
from mtc_kiosk.school.received_check import ReceivedCheck
from mtc_kiosk.store.db.times import iso
from mtc_kiosk.store.records.inbox import take_in
from mtc_kiosk.store.records.received_checks import received_checks
from tests.check.robot import Robot
from tests.record.examples import WALL_MS, check, check_content, detail, finished_robot, key, record_id
from tests.record.homes import ACT, SchoolHome, attempt, school_home, upn


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[SchoolHome]:
    """A home with one pupil that has accepted device 1."""
    with school_home(tmp_path / "desk") as home:
        row = (key(1).fingerprint, key(1).public, "pc-1", ACT.at, ACT.at)
        home.db.execute("insert into device values (?, ?, ?, ?, ?, 'cli')", row)
        home.add_pupil()
        yield home


def read(desk: SchoolHome) -> list[ReceivedCheck]:
    """Everything that results are derived from."""
    return list(received_checks(desk.db))


def receive(desk: SchoolHome, record: Sealed) -> None:
    """Take a record in."""
    take_in(desk.db, record, desk.here, ACT)


def test_a_check_sealed_here_is_read_with_its_answers(desk: SchoolHome) -> None:
    """Begun at its first real pause, not when the pupil signed in."""
    desk.seal(desk.take(attempt(1)))
    (found,) = read(desk)
    assert (found.id, found.pupil_id, found.kind, found.check_code) == (attempt(1).id, 1, "official", "code-1")
    assert [answer.response for answer in found.answers] == ["56", "54", "12", "132"]
    assert (found.outcome, found.voids, found.changed_rules, found.fault) == (Outcome.COMPLETE, 0, False, "")
    (first_pause,) = desk.db.execute(
        "select min(wall_time) from event where type = 'StepBegan' and data like '%\"pause\"%'"
        " and data like '%\"practice\":false%'"
    ).fetchone()
    assert found.begun_at is not None
    assert iso(round(found.begun_at.timestamp() * 1000)) == first_pause
    assert found.started_at < found.begun_at < found.finished_at


def test_spoilt_questions_are_counted(desk: SchoolHome) -> None:
    """Every void is in the results."""
    robot = Robot()
    robot.reach(2)
    robot.void()
    robot.reach_end()
    desk.seal(desk.take(attempt(1), robot))
    assert read(desk)[0].voids == 1


def test_an_attempt_that_never_left_the_practice_did_not_begin(desk: SchoolHome) -> None:
    """It is read, and counts for nothing."""
    robot = Robot()
    robot.reach(1, practice=True)
    receive(desk, check(robot, outcome="superseded"))
    assert read(desk)[0].begun_at is None


@pytest.mark.parametrize(
    "statement",
    [
        'update inbox set body = cast(replace(cast(body as text), \'"response":"56"\', \'"response":"57"\') as blob)',
        "update inbox set sha256 = '" + "0" * 64 + "'",
        "update inbox set detail = replace(detail, 'G2011', 'W2011')",
        "update inbox set body = x'00'",
        "update inbox set record_id = 'another'",
    ],
)
def test_a_record_that_was_changed_in_the_database_is_named_and_not_believed(desk: SchoolHome, statement: str) -> None:
    """Whoever changes the file cannot change a result in silence."""
    desk.seal(desk.take(attempt(1)))
    desk.db.execute("drop trigger inbox_is_not_changed")
    desk.db.execute(statement)
    (found,) = read(desk)
    assert found.fault == "Its record was changed in the database after it was received."
    assert found.answers == ()


def test_whose_changed_record_it_was_may_stand_in_the_attempts_own_row(desk: SchoolHome) -> None:
    """So that results can name the pupil."""
    desk.seal(desk.take(attempt(1)))
    desk.db.execute("drop trigger inbox_is_not_changed")
    desk.db.execute("update inbox set body = x'00'")
    (found,) = read(desk)
    assert (found.pupil_id, found.kind) == (1, "official")


def test_a_check_that_does_not_prove_itself_is_read_with_its_fault(desk: SchoolHome) -> None:
    """It is left out by name, not in silence."""
    content = check_content(finished_robot(), key(), detail(by=None))
    receive(desk, check(finished_robot(), chain="0" * 64, at=content.at))
    (found,) = read(desk)
    assert found.fault.startswith("The chain of its journal is broken")
    assert (found.id, found.answers) == (record_id(), ())


def test_what_waits_for_its_device_is_not_read(desk: SchoolHome) -> None:
    """Nobody vouches for it."""
    receive(desk, check(finished_robot(), key(3)))
    assert read(desk) == []


@pytest.mark.parametrize("first_received", [0, 1])
def test_of_two_records_for_one_id_the_one_begun_first_is_read_first(desk: SchoolHome, first_received: int) -> None:
    """Whoever looks for the record of an attempt finds the one that counts."""
    records = [check(finished_robot(), started_ms=WALL_MS), check(finished_robot(), started_ms=WALL_MS + 60_000)]
    receive(desk, records[first_received])
    receive(desk, records[1 - first_received])
    assert [found.started_at.minute for found in read(desk)] == [0, 1]


def test_a_check_is_its_pupils_by_the_check_code(desk: SchoolHome) -> None:
    """A code was issued to one pupil, whatever UPN the PC that took the check knew."""
    desk.add_pupil(2)
    desk.add_pin("code-1", 2)
    receive(desk, check(finished_robot(), about=detail(upn=upn(1), by=None)))
    assert read(desk)[0].pupil_id == 2


def test_a_check_of_this_home_stays_its_pupils_when_the_upn_is_corrected(desk: SchoolHome) -> None:
    """A temporary UPN becomes a permanent one."""
    desk.seal(desk.take(attempt(1)))
    desk.db.execute("update pupil set upn = 'T20110001804V'")
    assert read(desk)[0].pupil_id == 1


@pytest.mark.parametrize(
    ("numbers", "pupil_id"),
    [
        ({"upn": upn(1)}, 1),
        ({"upn": upn(9)}, None),
        ({"upn": None, "ref": "4a/17"}, 2),
        ({"upn": upn(9), "ref": "4A/17"}, 2),
        ({"upn": None, "ref": "4A/18"}, None),
        ({"upn": None, "ref": None}, None),
    ],
)
def test_a_check_from_elsewhere_finds_its_pupil_by_upn_or_ref(
    desk: SchoolHome, numbers: dict[str, str | None], pupil_id: int | None
) -> None:
    """A ref in any capitals; the other home's own number of the pupil means nothing here."""
    desk.add_pupil(2)
    desk.db.execute("update pupil set upn = null, ref = '4A/17' where id = 2")
    receive(desk, check(finished_robot(), about=detail(**({"by": None, "pupil": 1} | numbers))))
    assert read(desk)[0].pupil_id == pupil_id
