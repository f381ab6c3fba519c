"""Taking records in: once, however often and in whatever order; what may not count is kept apart or refused."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from mtc_kiosk.check.events import Stopped
from mtc_kiosk.record.sealed import Sealed, read_file
from mtc_kiosk.store.db.transaction import change
from mtc_kiosk.store.records.check_codes import new_code
from mtc_kiosk.store.records.devices import accept, find_device
from mtc_kiosk.store.records.inbox import Verdict, judge_waiting, take_in
from mtc_kiosk.store.records.rows import RecordRow, State, Table, rows
from tests.check.robot import Robot
from tests.record.examples import (
    OURS,
    THEIRS,
    WALL_MS,
    assistant,
    check,
    check_content,
    detail,
    feedback,
    finished_robot,
    key,
    reason,
    record_id,
    restart,
)
from tests.record.homes import ACT, SchoolHome, attempt, school_home


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[SchoolHome]:
    """A home that has accepted devices 1 and 2."""
    with school_home(tmp_path / "desk") as home:
        for number in (1, 2):
            trust(home, number)
        yield home


def trust(home: SchoolHome, number: int) -> None:
    """Accept one of the tests' devices before it sent anything."""
    device = key(number)
    row = (device.fingerprint, device.public, f"pc-{number}", ACT.at, ACT.at)
    with change(home.db):
        home.db.execute("insert into device values (?, ?, ?, ?, ?, 'cli')", row)


def receive(home: SchoolHome, *records: Sealed) -> list[Verdict]:
    """Take records in, one after another."""
    return [take_in(home.db, record, home.here, ACT).verdict for record in records]


def table(home: SchoolHome, name: Table) -> dict[str, State]:
    """Hash -> state of the records in a table."""
    return {row.sha256: row.state for row in rows(home.db, name)}


def tampered_journal() -> Sealed:
    """A check whose device signed an answer that was never given."""
    content = check_content(finished_robot(), key(), detail(by=None))
    events = tuple(
        e.model_copy(update={"data": e.data | {"response": "1"}}) if e.type == "Answered" else e for e in content.events
    )
    return check(finished_robot(), events=events)


@pytest.mark.parametrize("make", [reason, restart, feedback, assistant, lambda: check(finished_robot())])
def test_a_record_is_taken_in_once(desk: SchoolHome, make: type) -> None:
    """Received any number of times."""
    record = make()
    assert receive(desk, record, record, record) == [Verdict.NEW, Verdict.ALREADY_HAD, Verdict.ALREADY_HAD]
    assert table(desk, Table.INBOX) == {record.sha256: State.TAKEN}
    assert desk.count("conflict") == 0
    assert desk.count("audit", "action = 'record.received'") == 1


def test_what_was_sealed_here_is_already_had(desk: SchoolHome) -> None:
    """A home that receives its own folder learns nothing."""
    desk.add_pupil()
    desk.seal(desk.take(attempt(1)))
    (row,) = rows(desk.db, Table.INBOX)
    assert receive(desk, row.sealed()) == [Verdict.ALREADY_HAD]


def test_a_record_of_another_school_is_refused(desk: SchoolHome) -> None:
    """Whoever signed it; it is not kept, and the sentence names both schools."""
    told = take_in(desk.db, reason(school=THEIRS), desk.here, ACT)
    assert told.verdict is Verdict.ANOTHER_SCHOOLS
    assert told.sentence == (
        "It is from another school, Millbrook Juniors (URN 900002, LA 999, school number 1002)."
        " This is Larkfield Primary (URN 900001, LA 999, school number 1001)."
    )
    assert (desk.count("inbox"), desk.count("conflict"), desk.count("audit")) == (0, 0, 0)


def test_a_check_with_our_pin_is_ours_under_whatever_name_of_the_school(desk: SchoolHome) -> None:
    """The school was renamed while it was on its way: it counts, and so does what is about it; another's does not."""
    code = new_code(desk.db, desk.add_pupil())
    before = THEIRS
    taken = check(finished_robot(), school=before, check_code=code)
    about = feedback(school=before, attempt_id=record_id(), id=record_id(2))
    assert receive(desk, about, taken, about) == [Verdict.ANOTHER_SCHOOLS, Verdict.NEW, Verdict.NEW]
    strange = check(finished_robot(), school=before, check_code=str(UUID(int=7)), id=record_id(3))
    assert receive(desk, strange) == [Verdict.ANOTHER_SCHOOLS]
    assert receive(desk, reason(desk.sealer.key, school=before, id=record_id(4))) == [Verdict.NEW]


def test_made_up_pupils_and_real_ones_never_meet(desk: SchoolHome, tmp_path: Path) -> None:
    """Neither way."""
    assert receive(desk, reason(made_up=True)) == [Verdict.OTHER_PUPILS]
    with school_home(tmp_path / "made-up", made_up=True) as made_up:
        assert receive(made_up, reason()) == [Verdict.OTHER_PUPILS]
    assert desk.count("inbox") == 0


def test_a_record_of_an_unknown_device_waits(desk: SchoolHome) -> None:
    """It is kept, counts for nothing, and says so however often it comes."""
    record = reason(key(3))
    assert receive(desk, record, record) == [Verdict.WAITS, Verdict.WAITS]
    assert table(desk, Table.CONFLICT) == {record.sha256: State.WAITING}
    assert desk.count("inbox") == 0
    assert desk.count("audit", "action = 'record.received'") == 1


def test_what_waited_is_taken_in_when_its_device_is_accepted(desk: SchoolHome) -> None:
    """All of it, once; what another unknown device sent waits on."""
    receive(desk, reason(key(3)), check(finished_robot(), key(3), id=record_id(2)), reason(key(4), id=record_id(3)))
    accept(desk.db, [find_device(desk.db, key(3).fingerprint)], ACT)
    assert [told.verdict for told in judge_waiting(desk.db, desk.here, ACT)] == [Verdict.NEW, Verdict.NEW]
    assert judge_waiting(desk.db, desk.here, ACT) == ()
    assert list(table(desk, Table.INBOX).values()) == [State.TAKEN, State.TAKEN]
    assert sorted(table(desk, Table.CONFLICT).values()) == [State.TAKEN, State.TAKEN, State.WAITING]


def test_receiving_again_takes_in_what_waited_for_a_device_now_accepted(desk: SchoolHome) -> None:
    """A crash between accepting and taking in loses nothing."""
    record = reason(key(3))
    receive(desk, record)
    accept(desk.db, [find_device(desk.db, key(3).fingerprint)], ACT)
    assert receive(desk, record, record) == [Verdict.NEW, Verdict.ALREADY_HAD]


def test_what_was_erased_while_it_waited_stays_erased(desk: SchoolHome) -> None:
    """Receiving the file again does not bring the details back."""
    record = reason(key(3))
    receive(desk, record)
    desk.db.execute("update conflict set detail = null")
    accept(desk.db, [find_device(desk.db, key(3).fingerprint)], ACT)
    receive(desk, record)
    (row,) = rows(desk.db, Table.INBOX)
    assert (row.state, row.detail) == (State.TAKEN, None)


def test_an_unknown_device_cannot_take_the_place_of_a_record(desk: SchoolHome) -> None:
    """A record under an id that it guessed gives way to the true one, and to nothing else."""
    squatter, true = reason(key(3), code="BLSTD"), reason()
    receive(desk, squatter)
    assert receive(desk, true) == [Verdict.NEW]
    assert table(desk, Table.INBOX) == {true.sha256: State.TAKEN}
    assert table(desk, Table.CONFLICT) == {squatter.sha256: State.WAITING}
    assert receive(desk, squatter, true) == [Verdict.WAITS, Verdict.ALREADY_HAD]


def test_a_check_that_does_not_prove_itself_is_kept_and_left_out(desk: SchoolHome) -> None:
    """Its device signed it, so it is evidence; but it does not come among those that count."""
    record = tampered_journal()
    told = take_in(desk.db, record, desk.here, ACT)
    assert told.verdict is Verdict.BROKEN
    assert told.sentence.startswith("Kept, but left out of the results. The chain of its journal is broken")
    assert table(desk, Table.CONFLICT) == {record.sha256: State.BROKEN}
    assert desk.count("inbox") == 0
    assert receive(desk, record) == [Verdict.ALREADY_HAD]


def test_a_broken_record_stands_in_no_ones_way(desk: SchoolHome) -> None:
    """Under the same id, whichever came first."""
    broken, true = tampered_journal(), check(finished_robot(), key(2))
    assert receive(desk, broken, true) == [Verdict.BROKEN, Verdict.NEW]
    assert table(desk, Table.INBOX) == {true.sha256: State.TAKEN}
    assert table(desk, Table.CONFLICT) == {broken.sha256: State.BROKEN}


def second_check(number: int, *, minutes: int, device: int = 2, code: str = "code-1", **changes: Any) -> Sealed:
    """A check taken on another PC so many minutes after nine."""
    started = WALL_MS + minutes * 60_000
    return check(finished_robot(), key(device), id=record_id(number), check_code=code, started_ms=started, **changes)


def test_a_second_check_for_one_code_is_kept_beside_the_first(desk: SchoolHome) -> None:
    """Whichever was begun first; a head is to look, and coming again changes nothing."""
    early, late = second_check(1, minutes=0, device=1), second_check(2, minutes=5)
    assert receive(desk, late, early, late, early) == [
        Verdict.NEW,
        Verdict.CONFLICT,
        Verdict.ALREADY_HAD,
        Verdict.ALREADY_HAD,
    ]
    assert table(desk, Table.INBOX) == {late.sha256: State.TAKEN}
    assert table(desk, Table.CONFLICT) == {early.sha256: State.OPEN}


def test_a_second_record_for_one_id_is_kept_beside_the_first(desk: SchoolHome) -> None:
    """The same reason signed twice with other words: neither is lost."""
    first, second = reason(), reason(code="BLSTD")
    assert receive(desk, first, second, second) == [Verdict.NEW, Verdict.CONFLICT, Verdict.ALREADY_HAD]
    assert table(desk, Table.INBOX) == {first.sha256: State.TAKEN}
    assert table(desk, Table.CONFLICT) == {second.sha256: State.OPEN}


@pytest.mark.parametrize(
    ("kind", "outcome", "begun"),
    [("try", "complete", True), ("official", "superseded", True), ("official", "stopped", False)],
)
def test_what_is_no_second_check_contests_nothing(desk: SchoolHome, kind: str, outcome: str, begun: bool) -> None:
    """A try on the same PIN, an attempt that a restart ended, and one that never got beyond the practice."""
    robot = Robot()
    robot.reach(2 if begun else 1, practice=not begun)
    robot.failed(robot.now)
    if outcome == "stopped":
        robot.hear(Stopped(robot.now))
    elif outcome == "complete":
        robot = finished_robot()
    first = second_check(1, minutes=0, device=1)
    other = check(robot, key(2), id=record_id(2), kind=kind, outcome=outcome, started_ms=WALL_MS - 60_000)
    assert receive(desk, first, other) == [Verdict.NEW, Verdict.NEW]
    assert desk.count("conflict") == 0


def test_a_check_sealed_here_meets_one_that_came_before(desk: SchoolHome) -> None:
    """The home's own check is no exception to the rule."""
    theirs = second_check(9, minutes=-10)
    receive(desk, theirs)
    desk.add_pupil()
    desk.seal(desk.take(attempt(1)))
    assert table(desk, Table.INBOX) == {theirs.sha256: State.TAKEN}
    assert list(table(desk, Table.CONFLICT).values()) == [State.OPEN]


def test_a_rival_that_was_changed_in_the_database_contests_nothing(desk: SchoolHome) -> None:
    """An altered record blocks no other, and sealing a check never fails because of it."""
    receive(desk, second_check(9, minutes=-10))
    desk.db.execute("drop trigger inbox_is_not_changed")
    desk.db.execute("update inbox set body = cast(replace(cast(body as text), 'hall-1', 'hall-2') as blob)")
    desk.add_pupil()
    desk.seal(desk.take(attempt(1)))
    assert desk.count("inbox") == 2
    assert desk.count("conflict") == 0


def test_a_record_without_a_detail_is_taken_in(desk: SchoolHome) -> None:
    """It was erased before it was sent; a check code may still find its pupil."""
    erased = read_file(check(finished_robot()).body + b"\n\n")
    assert receive(desk, erased) == [Verdict.NEW]
    (row,) = rows(desk.db, Table.INBOX)
    assert row.detail is None


def test_a_school_that_is_not_filled_in_takes_what_accepted_devices_send(tmp_path: Path) -> None:
    """Which devices are ours is for staff to say; settings that say nothing contradict nothing."""
    unnamed = OURS.model_copy(update={"name": None, "la": None, "estab": None, "urn": None})
    with school_home(tmp_path / "new", school=unnamed) as home:
        trust(home, 1)
        assert receive(home, reason()) == [Verdict.NEW]


def test_a_row_is_what_was_received(desk: SchoolHome) -> None:
    """The signed bytes, the hash and the detail, unchanged."""
    record = reason()
    receive(desk, record)
    assert list(rows(desk.db, Table.INBOX)) == [RecordRow.of(record, State.TAKEN, ACT.at)]
