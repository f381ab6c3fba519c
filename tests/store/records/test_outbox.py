"""The outbox: what each place lacks, whatever was delivered elsewhere and whenever a place was named."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mtc_kiosk.record.sealed import file_name
from mtc_kiosk.store.records.inbox import take_in
from mtc_kiosk.store.records.outbox import (
    Outgoing,
    delivered,
    gather,
    not_delivered,
    on_stick,
    outgoing,
    record_to_send,
    waiting_for,
)
from mtc_kiosk.store.records.rows import State, Table, rows
from tests.record.examples import WALL_MS, check, finished_robot, key, reason, record_id
from tests.record.homes import ACT, SchoolHome, attempt, school_home

TRUST, STICK = "/mnt/trust", "/media/stick"
PLACES = [TRUST, STICK]


@pytest.fixture
def school(tmp_path: Path) -> Iterator[SchoolHome]:
    """A home with two checks in its outbox."""
    with school_home(tmp_path / "home") as home:
        home.add_pupil()
        for number in (1, 2):
            home.seal(home.take(attempt(number), started_ms=WALL_MS + number * 1000))
        yield home


def lacking(school: SchoolHome, place: str) -> list[Outgoing]:
    """What a place lacks."""
    return [record for record in outgoing(school.db) if place not in record.has]


def ids(school: SchoolHome, place: str) -> list[str]:
    """What would be brought to a place."""
    return [record.record_id for record in lacking(school, place)]


def test_a_record_waits_for_each_place_by_itself(school: SchoolHome) -> None:
    """Delivered to one, it waits for the other; delivered to all, it is delivered."""
    first, second = lacking(school, TRUST)
    delivered(school.db, first.record_id, TRUST, PLACES, ACT)
    assert ids(school, TRUST) == [second.record_id]
    assert ids(school, STICK) == [first.record_id, second.record_id]
    assert {row.state for row in rows(school.db, Table.OUTBOX)} == {State.WAITING}
    delivered(school.db, first.record_id, STICK, PLACES, ACT)
    states = {row.record_id: row.state for row in rows(school.db, Table.OUTBOX)}
    assert states == {first.record_id: State.DELIVERED, second.record_id: State.WAITING}


def test_what_waits_is_counted_from_the_oldest_on(school: SchoolHome) -> None:
    """How many, and since when; nothing since never."""
    assert (waiting_for(school.db, TRUST).records, waiting_for(school.db, TRUST).since) == (2, first_at(school))
    for row in lacking(school, TRUST):
        delivered(school.db, row.record_id, TRUST, PLACES, ACT)
    assert (waiting_for(school.db, TRUST).records, waiting_for(school.db, TRUST).since) == (0, None)


def first_at(school: SchoolHome) -> str:
    """When the first check was finished."""
    (at,) = school.db.execute("select min(finished_at) from attempt").fetchone()
    return str(at)


def test_a_place_under_another_address_lacks_everything(school: SchoolHome) -> None:
    """It may be another stick; what is sent twice is received once."""
    for row in lacking(school, TRUST):
        delivered(school.db, row.record_id, TRUST, [TRUST], ACT)
    assert len(ids(school, "/mnt/new-trust")) == 2


def test_a_record_is_known_on_each_stick_of_a_place(school: SchoolHome) -> None:
    """The place has it once any of them does; which of them is kept beside."""
    row = lacking(school, TRUST)[0]
    for stick in ("a" * 32, "b" * 32):
        delivered(school.db, row.record_id, TRUST, [TRUST], ACT, stick)
    assert outgoing(school.db)[0].has == {TRUST, on_stick("a" * 32), on_stick("b" * 32)}
    assert record_to_send(school.db, row.record_id).state is State.DELIVERED


def test_the_size_of_a_record_is_that_of_its_file(school: SchoolHome) -> None:
    """So that a file's length shows whether it is whole, without reading it."""
    for record in outgoing(school.db):
        sealed = record_to_send(school.db, record.record_id).sealed()
        assert (record.size, file_name(record.type, record.sha256)) == (len(sealed.to_file()), sealed.file_name)


def test_a_try_in_vain_is_counted(school: SchoolHome) -> None:
    """And changes nothing else."""
    row = lacking(school, TRUST)[0]
    not_delivered(school.db, row.record_id)
    not_delivered(school.db, row.record_id)
    after = record_to_send(school.db, row.record_id)
    assert (after.tries, after.state, after.said) == (2, State.WAITING, None)


def test_what_came_in_before_a_destination_was_named_is_gathered_once(tmp_path: Path) -> None:
    """A school may name its trust in July; what it knows by then goes there too."""
    with school_home(tmp_path / "home", into_outbox=False) as school:
        school.add_pupil()
        school.seal(school.take(attempt(1)))
        assert waiting_for(school.db, TRUST).records == 1
        gather(school.db)
        gather(school.db)
        assert ids(school, TRUST) == [attempt(1).id]
        assert waiting_for(school.db, TRUST).records == 1


def test_what_came_from_another_home_is_sent_on_once_it_is_vouched_for(school: SchoolHome) -> None:
    """A desk sends its kiosks' records to the trust, but none of a device that nobody accepted."""
    take_in(school.db, reason(key(3), id=record_id(9)), school.here, ACT)
    gather(school.db)
    assert record_id(9) not in ids(school, TRUST)
    with school.db.atomic():
        school.db.execute("update device set accepted_at = ?, accepted_by = 'cli'", (ACT.at,))
    take_in(school.db, reason(key(3), id=record_id(9)), school.here, ACT)
    gather(school.db)
    assert record_id(9) in ids(school, TRUST)


def test_a_second_check_that_is_kept_aside_is_sent_on_too(school: SchoolHome) -> None:
    """Whoever collects is to see both."""
    row = (key(3).fingerprint, key(3).public, "pc-3", ACT.at, ACT.at)
    school.db.execute("insert into device values (?, ?, ?, ?, ?, 'cli')", row)
    take_in(school.db, reason(key(3), id=record_id(8)), school.here, ACT)
    take_in(school.db, reason(key(3), id=record_id(8), code="BLSTD"), school.here, ACT)
    gather(school.db)
    assert ids(school, TRUST).count(record_id(8)) == 1


def test_two_records_kept_aside_under_one_id_stand_in_no_ones_way(school: SchoolHome) -> None:
    """One of them is sent, the same one everywhere, and everything else with it."""
    row = (key(3).fingerprint, key(3).public, "pc-3", ACT.at, ACT.at)
    school.db.execute("insert into device values (?, ?, ?, ?, ?, 'cli')", row)
    for chain in ("0" * 64, "1" * 64):
        take_in(school.db, check(finished_robot(), key(3), id=record_id(8), chain=chain), school.here, ACT)
    gather(school.db)
    assert ids(school, TRUST).count(record_id(8)) == 1


def test_each_delivery_is_in_the_audit(school: SchoolHome) -> None:
    """Who carried what where."""
    row = lacking(school, TRUST)[0]
    delivered(school.db, row.record_id, TRUST, PLACES, ACT)
    found = school.db.execute("select account, action, subject, after from audit").fetchall()
    assert found == [("cli", "record.delivered", row.record_id, '{"to":"/mnt/trust"}')]
