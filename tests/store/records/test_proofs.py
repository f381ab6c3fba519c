"""A check is proven once: its proof is kept, and trusted while it is this home's and prover's, and of these bytes."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.school.received_check import ReceivedCheck
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.journal.attempts import NewAttempt
from mtc_kiosk.store.journal.batch import Stamp
from mtc_kiosk.store.journal.journal import Journal
from mtc_kiosk.store.records import proofs, prover
from mtc_kiosk.store.records.findings import Findings, found_from, stated_in
from mtc_kiosk.store.records.inbox import take_in
from mtc_kiosk.store.records.proofs import prove_missing, prove_one
from mtc_kiosk.store.records.prover import found_in
from mtc_kiosk.store.records.received_checks import received_checks
from mtc_kiosk.store.school.journal_hooks import SchoolHooks
from mtc_kiosk.store.school.pupil_facts import load_facts
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


@pytest.fixture
def proven(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the checks that were proven since, by the real prover."""
    ids: list[str] = []
    real = prover.prove
    monkeypatch.setattr(prover, "prove", lambda check: (ids.append(check.id), real(check))[1])
    return ids


def receive(desk: SchoolHome, number: int = 1, **changes: object) -> None:
    """A check of pupil 1 comes in from device 1."""
    about = detail(upn=upn(1), by=None)
    take_in(desk.db, check(finished_robot(), about=about, id=record_id(number), **changes), desk.here, ACT)


def read(desk: SchoolHome, with_key: DeviceKey | None = None) -> list[ReceivedCheck]:
    """What results are derived from."""
    return list(received_checks(desk.db, with_key or desk.sealer.key))


def unlock(desk: SchoolHome) -> None:
    """Take away what refuses changes, as whoever writes the file can."""
    desk.db.execute("drop trigger inbox_is_not_changed")


def test_a_check_that_came_in_is_proven_once(desk: SchoolHome, proven: list[str]) -> None:
    """However often its result is looked at, and it says the same as a proof made anew."""
    receive(desk)
    assert proven == [record_id(1)]
    kept = read(desk)
    assert read(desk) == kept
    assert proven == [record_id(1)]
    assert list(received_checks(desk.db)) == kept
    assert proven == [record_id(1)] * 2
    assert kept[0].answers


@pytest.mark.parametrize(
    "statement",
    [
        'update inbox set body = cast(replace(cast(body as text), \'"response":"56"\', \'"response":"57"\') as blob)',
        "update inbox set body = x'00'",
        "update inbox set sha256 = '" + "0" * 64 + "'",
        "update inbox set detail = replace(detail, 'G2011', 'W2011')",
        "update inbox set record_id = 'another'",
    ],
)
def test_a_record_that_was_altered_is_caught_beside_its_proof(desk: SchoolHome, statement: str) -> None:
    """The proof is of other bytes, and the record is no record any more."""
    receive(desk)
    unlock(desk)
    desk.db.execute(statement)
    (one,) = read(desk)
    assert (one.fault, one.answers) == ("Its record was changed in the database after it was received.", ())


@pytest.mark.parametrize(
    "statement",
    [
        'update proof set found = replace(found, \'"response":"56"\', \'"response":"57"\')',
        "update proof set found = '{}'",
        "update proof set prover = prover + 1",
        "update proof set body_sha256 = '" + "0" * 64 + "'",
        "update proof set seal = '" + "0" * 64 + "'",
        "update proof set found = cast(x'22ff22' as text)",
        "update proof set body_sha256 = cast(replace(hex(zeroblob(63)), '00', '0') || x'ff' as text)",
        "update proof set seal = cast(replace(hex(zeroblob(63)), '00', '0') || x'ff' as text)",
        "delete from proof",
    ],
)
def test_a_proof_that_is_not_this_homes_own_is_none(desk: SchoolHome, proven: list[str], statement: str) -> None:
    """Whatever is written there, the answers are those of the journal, proven anew."""
    receive(desk)
    before, takings = read(desk), load_facts(desk.db, ())[1].takings
    assert takings
    assert desk.db.execute(statement).rowcount == 1
    assert load_facts(desk.db, ())[1].takings == takings
    assert read(desk) == before
    assert proven == [record_id(1)] * 2


def test_a_home_that_was_restored_elsewhere_proves_anew(desk: SchoolHome, proven: list[str]) -> None:
    """Another home has another key, and trusts none but its own proofs."""
    receive(desk)
    assert prove_missing(desk.db, DeviceKey.new()) == 1
    assert proven == [record_id(1)] * 2


def test_a_newer_prover_proves_anew_and_keeps_it(
    desk: SchoolHome, proven: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once, and no more after that."""
    receive(desk)
    monkeypatch.setattr(proofs, "PROVER", proofs.PROVER + 1)
    assert prove_missing(desk.db, desk.sealer.key) == 1
    assert prove_missing(desk.db, desk.sealer.key) == 0
    assert proven == [record_id(1)] * 2


def test_what_does_not_prove_itself_is_known_as_such_without_a_second_look(desk: SchoolHome, proven: list[str]) -> None:
    """The reason is kept with it."""
    receive(desk, chain="0" * 64)
    (one,) = read(desk)
    assert one.fault.startswith("The chain of its journal is broken")
    assert proven == [record_id(1)]


def test_missing_proofs_are_made_in_batches(desk: SchoolHome, monkeypatch: pytest.MonkeyPatch) -> None:
    """No transaction is long, and the last batch is not forgotten."""
    monkeypatch.setattr(proofs, "BATCH", 2)
    for number in range(1, 6):
        receive(desk, number)
    desk.db.execute("delete from proof")
    begun: list[str] = []
    desk.db.conn.set_trace_callback(lambda statement: begun.append(statement) if "begin" in statement else None)
    assert prove_missing(desk.db, desk.sealer.key) == 5
    desk.db.conn.set_trace_callback(None)
    assert begun == ["begin immediate"] * 3
    assert desk.count("proof") == 5


def test_a_record_that_cannot_be_read_keeps_the_others_from_nothing(desk: SchoolHome) -> None:
    """It is named by every export, as before."""
    receive(desk, 1)
    receive(desk, 2, check_code="code-2")
    desk.db.execute("delete from proof")
    unlock(desk)
    desk.db.execute("update inbox set body = x'00' where record_id = ?", (record_id(1),))
    assert prove_missing(desk.db, desk.sealer.key) == 1


def test_a_proof_goes_with_its_record(desk: SchoolHome) -> None:
    """What is erased leaves no answers behind."""
    receive(desk)
    desk.db.execute(f"insert into removal values ('{record_id(1)}', '{ACT.at}', 'cli', 'erasure_order')")
    desk.db.execute("delete from inbox")
    assert desk.count("proof") == 0


@pytest.mark.parametrize("into_inbox", [True, False])
def test_a_check_taken_here_is_proven_when_its_end_is_on_the_disk(tmp_path: Path, into_inbox: bool) -> None:
    """By the thread that writes, behind the commit; not where its record goes elsewhere."""
    with school_home(tmp_path / "home", into_inbox=into_inbox) as home:
        home.add_pupil()
        journal, robot = Journal(home.home, hooks=SchoolHooks(home.sealer)), finished_robot()
        stamp = Stamp(run=1, now_us=0, wall_ms=WALL_MS)
        journal.begin(_of(robot), robot.journal, stamp)
        journal.close()
        assert home.count("proof") == int(into_inbox)
        (state,) = home.db.execute("select outcome from attempt").fetchone()
        assert state == Outcome.COMPLETE


def test_a_proof_never_waits_for_the_lock_where_a_check_is_written(desk: SchoolHome) -> None:
    """Another program has it: the check is kept, and proven by whoever needs it."""
    desk.seal(desk.take(attempt(1)))
    with contextlib.closing(connect(desk.home.database)) as other:
        other.execute("begin immediate")
        desk.db.execute("pragma busy_timeout = 0")
        with pytest.raises(sqlite3.OperationalError):
            prove_one(desk.db, attempt(1).id, desk.sealer.key)
        other.rollback()
    assert prove_missing(desk.db, desk.sealer.key) == 1


def test_what_was_found_is_the_same_after_it_was_kept() -> None:
    """Answers, times, faults: through JSON and back; and reading without a proof gives the same pupil and times."""
    content = check_content(finished_robot(), key(), detail(by=None))
    whole = found_in(content)
    assert found_from(whole.to_text()) == whole
    said = stated_in(content.model_dump(mode="json", by_alias=True))
    assert said == Findings(**{**vars(whole), "answers": (), "voids": 0, "changed_rules": False})


def test_status_reads_the_same_with_and_without_proofs(desk: SchoolHome) -> None:
    """A home from before there were any, and one pupil alone as a kiosk asks for."""
    receive(desk)
    desk.add_pupil(2)
    kept = load_facts(desk.db, ())
    desk.db.execute("delete from proof")
    assert load_facts(desk.db, ()) == kept
    assert load_facts(desk.db, (), [1]) == {1: kept[1]}
    assert kept[1].takings[0].begun_at is not None


def _of(robot: Robot) -> NewAttempt:
    return attempt(1, 1, robot)
