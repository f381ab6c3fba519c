"""A program that runs for long reads the bytes of a record once; what may change of a row is read each time."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from mtc_kiosk.school.received_check import ReceivedCheck
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.db.opened import Database, Memory
from mtc_kiosk.store.records import prover
from mtc_kiosk.store.records.inbox import take_in
from mtc_kiosk.store.records.proofs import prove_missing
from mtc_kiosk.store.records.received_checks import received_checks
from mtc_kiosk.store.school.pupil_facts import load_facts
from tests.record.examples import check, detail, finished_robot, key, record_id
from tests.record.homes import ACT, SchoolHome, school_home, upn

OTHER = 'replace(cast(body as text), \'"response":"56"\', \'"response":"57"\')'
TAMPER = f"update inbox set body = cast({OTHER} as blob)"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[SchoolHome]:
    """A home that has accepted device 1, and two checks of its pupils from there."""
    with school_home(tmp_path / "desk") as home:
        row = (key(1).fingerprint, key(1).public, "pc-1", ACT.at, ACT.at)
        home.db.execute("insert into device values (?, ?, ?, ?, ?, 'cli')", row)
        for number in (1, 2):
            home.add_pupil(number)
            about = detail(upn=upn(number), by=None)
            sealed = check(finished_robot(), about=about, id=record_id(number), check_code=f"c-{number}")
            take_in(home.db, sealed, home.here, ACT)
        home.db.execute("drop trigger inbox_is_not_changed")  # as whoever writes the file can
        yield home


@contextlib.contextmanager
def reader(desk: SchoolHome, memory: Memory | None = None) -> Iterator[Database]:
    """A connection of a program with this memory."""
    with contextlib.closing(connect(desk.home.database, memory=memory)) as db:
        yield db


def read(desk: SchoolHome, memory: Memory | None = None) -> list[ReceivedCheck]:
    """What results are derived from, as a program with this memory has it."""
    with reader(desk, memory) as db:
        return list(received_checks(db, desk.sealer.key))


def test_a_program_with_a_memory_finds_what_one_without_finds(desk: SchoolHome) -> None:
    """The first time, and after that."""
    memory: Memory = {}
    assert read(desk, memory) == read(desk, memory) == read(desk)
    with reader(desk, memory) as db, reader(desk) as plain:
        assert load_facts(db, ()) == load_facts(db, ()) == load_facts(plain, ())


def test_what_is_changed_in_the_file_later_changes_no_score(desk: SchoolHome) -> None:
    """A page of a running console has the proven answers; a program that starts now names the change."""
    memory: Memory = {}
    before = read(desk, memory)
    desk.db.execute(TAMPER)
    assert read(desk, memory) == before
    assert all(one.fault for one in read(desk))


def test_what_was_changed_before_is_not_trusted(desk: SchoolHome) -> None:
    """A memory holds only what was proven."""
    desk.db.execute(TAMPER)
    memory: Memory = {}
    first, again = read(desk, memory), read(desk, memory)
    assert first == again == read(desk)
    assert not any(one.answers for one in first)


def test_a_forged_proof_is_not_remembered_as_one(desk: SchoolHome) -> None:
    """Status reads proofs without their seal; what it read is never a score."""
    forged = 'replace(found, \'"response":"56"\', \'"response":"57"\')'
    desk.db.execute(f"update proof set found = {forged}")
    memory: Memory = {}
    with reader(desk, memory) as db:
        load_facts(db, ())
    assert read(desk, memory) == read(desk)
    assert all("57" not in [one.response for one in check.answers] for check in read(desk, memory))


def test_an_erased_detail_is_erased_at_once(desk: SchoolHome) -> None:
    """Whose check it was is read from the row each time."""
    memory: Memory = {}
    assert [one.pupil_id for one in read(desk, memory)] == [1, 2]
    desk.db.execute("update inbox set detail = null where record_id = ?", (record_id(1),))
    assert [one.pupil_id for one in read(desk, memory)] == [None, 2]


def test_the_detail_of_another_record_is_refused(desk: SchoolHome) -> None:
    """Also where both were read before."""
    memory: Memory = {}
    read(desk, memory)
    other = "(select detail from inbox as other where other.record_id = ?)"
    desk.db.execute(f"update inbox set detail = {other} where record_id = ?", (record_id(1), record_id(2)))
    assert [one.fault != "" for one in read(desk, memory)] == [one.fault != "" for one in read(desk)]
    assert any(one.fault for one in read(desk, memory))


def test_only_a_new_check_is_proven(desk: SchoolHome, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of those that are known, none is looked at again; one without a stored proof is."""
    memory: Memory = {}
    read(desk, memory)
    desk.db.execute("delete from proof")
    third = check(finished_robot(), about=detail(upn=upn(1), by=None), id=record_id(3), check_code="c-3")
    take_in(desk.db, third, desk.here, ACT)
    desk.db.execute("delete from proof")
    ids: list[str] = []
    real = prover.prove
    monkeypatch.setattr(prover, "prove", lambda check: (ids.append(check.id), real(check))[1])
    with reader(desk, memory) as db:
        assert prove_missing(db, desk.sealer.key) == 1
    assert ids == [record_id(3)]


def test_without_the_home_s_key_everything_is_proven_anew(desk: SchoolHome) -> None:
    """A memory is not used there."""
    memory: Memory = {}
    read(desk, memory)
    desk.db.execute(TAMPER)
    with reader(desk, memory) as db:
        assert all(one.fault for one in received_checks(db))


def test_status_compares_the_bytes_before_it_remembers_them(desk: SchoolHome) -> None:
    """A record that was altered into no record at all is no check of anybody, now and when it is read again."""
    desk.db.execute("update inbox set body = x'00' where record_id = ?", (record_id(1),))
    memory: Memory = {}
    with reader(desk, memory) as db, reader(desk) as plain:
        facts = load_facts(db, ())
        assert facts == load_facts(db, ()) == load_facts(plain, ())
    assert [len(facts[number].takings) for number in (1, 2)] == [0, 1]
