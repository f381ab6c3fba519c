"""What records that came in add: checks taken elsewhere, reasons and restarts given there."""

import contextlib
from collections.abc import Callable, Iterator

import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.record.sealed import Sealed
from mtc_kiosk.school.obstacle import Refused
from mtc_kiosk.school.status import Status
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.records.inbox import put
from mtc_kiosk.store.records.rows import RecordRow, State, Table, insert
from mtc_kiosk.store.records.rows import rows as records
from mtc_kiosk.store.school.pupil_facts import load_facts
from tests.store.a_school import ASchool


@pytest.fixture
def schools(new_home: Callable[[], Home]) -> Iterator[tuple[ASchool, ASchool]]:
    """Two homes of one school with the same two pupils: the office, and a PC that knows nothing of it."""
    with (
        contextlib.closing(ASchool(new_home().database)) as office,
        contextlib.closing(ASchool(new_home().database)) as pc,
    ):
        office.pupils(2)
        pc.pupils(2)
        yield office, pc


def sent(school: ASchool) -> list[Sealed]:
    """Every record of a home, the first one first."""
    return [row.sealed() for row in records(school.db, Table.INBOX)]


def carry(from_home: ASchool, to_home: ASchool) -> None:
    """Bring every record that is not there yet from one home to another."""
    for sealed in sent(from_home):
        there = to_home.db.execute("select 1 from inbox where record_id = ?", (sealed.content.id,)).fetchone()
        if there is None:
            put(to_home.db, RecordRow.of(sealed, State.TAKEN, written(to_home.now)), sealed.content)


def test_a_check_taken_elsewhere_is_a_check(schools: tuple[ASchool, ASchool]) -> None:
    """The pupil gets no PIN here any more, and may have a restart."""
    office, pc = schools
    pc.take(pc.start([1]).pins[0])
    carry(pc, office)
    assert office.status(1).status is Status.COMPLETE
    with pytest.raises(Refused):
        office.start([1])
    office.restart(1)
    assert office.status(1).status is Status.RESTART
    assert office.start([1]).pins


def test_reasons_and_restarts_given_elsewhere_hold_here(schools: tuple[ASchool, ASchool]) -> None:
    """And end here when they are taken back there."""
    office, pc = schools
    pc.take(pc.start([1]).pins[0])
    pc.restart(1)
    pc.reason(2)
    carry(pc, office)
    assert (office.status(1).status, office.status(2).status) == (Status.RESTART, Status.REASON)
    pc.unrestart(1)
    pc.unreason(2)
    carry(pc, office)
    assert (office.status(1).status, office.status(2).status) == (Status.COMPLETE, Status.NOT_STARTED)


def test_a_record_of_our_own_row_adds_nothing(schools: tuple[ASchool, ASchool]) -> None:
    """It is in the inbox of the home that made it: counted once, and taken back once."""
    office, _ = schools
    office.reason(1)
    office.unreason(1)
    office.reason(1, "LEFTT")
    known = load_facts(office.db, office.running)[1]
    assert [row.id for row in known.reasons] == ["1", "2", "3"]
    assert office.status(1).label == "Left school"


def test_what_is_decided_here_stands_last(schools: tuple[ASchool, ASchool]) -> None:
    """An annulment of the office's over a reason from elsewhere, whichever clock was ahead."""
    office, pc = schools
    pc.later(hours=3)
    pc.reason(1)
    carry(pc, office)
    office.reason(1, "ANLLQ")
    assert office.status(1).label == "Maladministration"


def test_two_checks_on_two_pcs_are_a_conflict(schools: tuple[ASchool, ASchool]) -> None:
    """Neither knew of the other: a head has to look at it."""
    office, pc = schools
    office.take(office.start([1]).pins[0])
    pc.take(pc.start([1]).pins[0])
    carry(pc, office)
    assert office.status(1).status is Status.CONFLICT
    assert office.status(2).status is Status.NOT_STARTED


def test_a_second_record_for_one_attempt_is_a_conflict(schools: tuple[ASchool, ASchool]) -> None:
    """It came, and was not the same."""
    office, _ = schools
    office.take(office.start([1]).pins[0])
    (row,) = records(office.db, Table.INBOX)
    other = RecordRow(row.record_id, row.type, "0" * 64, row.body, row.detail, State.OPEN, row.at)
    insert(office.db, Table.CONFLICT, other)
    assert office.status(1).status is Status.CONFLICT


def test_a_check_that_does_not_prove_itself_is_an_error(schools: tuple[ASchool, ASchool]) -> None:
    """Until another comes that does."""
    office, pc = schools
    pc.take(pc.start([1]).pins[0])
    (sealed,) = sent(pc)
    insert(office.db, Table.CONFLICT, RecordRow.of(sealed, State.BROKEN, written(office.now)))
    assert office.status(1).status is Status.ERROR
    carry(pc, office)
    assert office.status(1).status is Status.COMPLETE


def test_what_waits_for_its_device_says_nothing_yet(schools: tuple[ASchool, ASchool]) -> None:
    """Nobody vouches for it."""
    office, pc = schools
    pc.take(pc.start([1]).pins[0])
    pc.reason(2)
    for sealed in sent(pc):
        insert(office.db, Table.CONFLICT, RecordRow.of(sealed, State.WAITING, written(office.now)))
    assert {office.status(pupil).status for pupil in (1, 2)} == {Status.NOT_STARTED}


def test_a_try_out_taken_elsewhere_is_no_check(schools: tuple[ASchool, ASchool]) -> None:
    """It came in, and never counts."""
    office, pc = schools
    pc.take(pc.start([1], Kind.TRY).pins[0])
    carry(pc, office)
    assert office.status(1).status is Status.NOT_STARTED


def test_records_of_strangers_are_passed_over(schools: tuple[ASchool, ASchool]) -> None:
    """A pupil whom this register does not have."""
    office, pc = schools
    (third,) = pc.pupils(1)
    pc.reason(third)
    carry(pc, office)
    assert {office.status(pupil).status for pupil in (1, 2)} == {Status.NOT_STARTED}


def test_an_ended_check_that_is_not_here_is_being_processed(new_home: Callable[[], Home]) -> None:
    """Until its record comes in."""
    with contextlib.closing(ASchool(new_home().database, delivers=False)) as school:
        school.pupils(1)
        attempt = school.take(school.start([1]).pins[0])
        assert school.status(1).status is Status.PROCESSING
        school.deliver(attempt)
        assert school.status(1).status is Status.COMPLETE


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b'{"content": {}}', b'{"content": 7}', b"\xff\xfe"])
def test_an_altered_row_says_nothing_and_stops_nobody(schools: tuple[ASchool, ASchool], body: bytes) -> None:
    """Whoever wrote into the database file: the other pupils' statuses and sign-ins go on."""
    office, pc = schools
    pc.take(pc.start([1]).pins[0])
    carry(pc, office)
    query = "select name from sqlite_master where type = 'trigger' and tbl_name = 'inbox'"
    for (name,) in office.db.execute(query).fetchall():
        office.db.execute(f"drop trigger {name}")
    office.db.execute("update inbox set body = ?", (body,))
    assert office.status(1).status is Status.NOT_STARTED
    assert office.start([2]).pins
