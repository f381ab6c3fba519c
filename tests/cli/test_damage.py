"""Damage in the database, met by every command: one sentence that names the table, a mark, and no name of a pupil."""

import contextlib
import json
import re
import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mtc_kiosk.cli import main
from mtc_kiosk.cli.options import Settled
from mtc_kiosk.cli.unforeseen import refusal_of
from mtc_kiosk.store.db import damage
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import open_made_up_home
from tests.school.made_up import upn
from tests.store.a_school import ASchool
from tests.store.alter import altered

ONE, TWO = upn(1), upn(2)
COMMANDS = (
    "pupils list",
    "pupils add --forename Bo --surname Other --date-of-birth 2018-03-14 --sex M --ref new-1",
    f"pupils edit {ONE} --group 4C",
    f"pupils leave {TWO}",
    "session list",
    f"session start --kind official {TWO}",
    "session end",
    "pins list",
    "status",
    f"restart give {ONE} --reason ITI",
    "reason list",
    f"reason set ABSNT {TWO}",
    f"arrangements show {ONE}",
    "assistant list",
    "export results --format csv",
    "export reasons --format csv",
    "sync status",
    "sync devices",
    "sync conflicts",
)
VALUES = {
    "date": "update pupil set date_of_birth = 'in March'",
    "choice": "update pupil set sex = 'X'",
    "text": "update pupil set surname = cast(x'5465737465726c79ff' as text)",
    "instant": "update session set opens_at = 'yesterday'",
    "kind": "update session set kind = 'exam'",
    "pin": "update pin set used_at = 'noon'",
    "attempt": "update attempt set started_at = 'early', outcome = 'won'",
    "event": "update event set data = '{'",
    "event text": "update event set data = cast(x'ff' as text)",
    "reason": "update reason set at = ''",
    "restart": "update restart set at = cast(x'ff' as text)",
    "record": "update inbox set body = x'ff', detail = '['",
    "deep": "update event set data = '" + "[" * 5_000 + "'",
}
NEVER_STOPS = ("record",)
"""A record that was altered beyond reading is ignored, and exports name it."""

TABLES = ("pupil", "session", "pin", "attempt", "event", "reason", "restart", "inbox")


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a made-up school in which something of everything has happened."""
    home = open_made_up_home(tmp_path_factory.mktemp("damage") / "home")
    open_database(home).close()
    with contextlib.closing(ASchool(home.database)) as school:
        school.pupils(4, "4A")
        started = school.start([1, 2, 3])
        school.take(started.pins[0])
        school.restart(1)
        school.reason(4)
    return home.database


@pytest.fixture
def home(tmp_path: Path, school: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A copy of it, at the time at which its session is open."""
    monkeypatch.setenv("MTC_KIOSK_NOW", "2027-06-07T09:30:00Z")
    home = open_made_up_home(tmp_path / "home")
    with contextlib.closing(sqlite3.connect(school)) as old, contextlib.closing(sqlite3.connect(home.database)) as new:
        old.backup(new)
    open_database(home).close()
    return home


def typed(home: Home, command: str, capsys: pytest.CaptureFixture[str]) -> list[tuple[str, str]]:
    """Code and message of each problem of a command; none if it succeeds."""
    out = ("--out", str(home.root / "out.csv")) if command.startswith("export") else ()
    with pytest.raises(SystemExit) as left:
        main([*command.split(), *out, "--json", "--home", str(home.root)])
    report = json.loads(capsys.readouterr().out)
    assert left.value.code in (0, 1), command
    return [(one["code"], one["message"]) for one in report["errors"]]


def assert_in_words(said: str) -> None:
    """One line, in words, that names no pupil and no exception."""
    assert len(said.strip().splitlines()) == 1, said
    assert not any(bad in said for bad in ("Traceback", "Error", "Testerly", "Amy", "isoformat", "utf-8")), said


@contextlib.contextmanager
def page_overwritten(home: Home, table: str) -> Iterator[None]:
    """The first page of a table is overwritten; only the file can tell."""
    with contextlib.closing(sqlite3.connect(home.database)) as beside:
        (page,) = beside.execute("select rootpage from sqlite_master where name = ?", (table,)).fetchone()
        (size,) = beside.execute("pragma page_size").fetchone()
        beside.execute("pragma wal_checkpoint(truncate)").fetchall()
    with home.database.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)
    yield


@pytest.mark.parametrize("kind", VALUES)
def test_an_odd_value_is_one_sentence_in_every_command(
    home: Home, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """What reads it says which table, and marks the file; what does not goes on. The file is never set aside for it."""
    met = []
    with altered(home.database, VALUES[kind]):
        for command in COMMANDS:
            problems = typed(home, command, capsys)
            assert not [problem for problem in problems if problem[0] == "fault"], (command, problems)
            for _, said in (problem for problem in problems if problem[0] == "database_damaged"):
                assert_in_words(said)
                assert damage.is_suspect(home.database)
                met.append((command, said))
    assert met or kind in NEVER_STOPS, met
    assert not list(home.root.glob("*.damaged-*"))
    assert typed(home, "pupils list", capsys) == []


@pytest.mark.parametrize("table", TABLES)
def test_a_damaged_page_is_one_sentence_and_the_next_start_sets_the_file_aside(
    home: Home, table: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first command that meets it names the table and leaves the mark; the next one finds the file set aside."""
    with page_overwritten(home, table):
        for command in COMMANDS:
            problems = typed(home, command, capsys)
            if problems and problems[0][0] == "database_damaged":
                break
        ((code, said),) = problems
        assert code == "database_damaged"
        assert_in_words(said)
        assert re.search(rf"at the table [a-z_ ]*\b{table}\b", said), (command, said)
        assert damage.is_suspect(home.database)
        assert "is kept as" in typed(home, "status", capsys)[0][1]
    assert list(home.root.glob("mtc.db.damaged-*"))
    assert typed(home, "status", capsys) == []


def test_damage_is_one_sentence_on_a_terminal(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """Without ``--json``: table and row, on standard error."""
    with altered(home.database, VALUES["date"]), pytest.raises(SystemExit) as left:
        main(["status", "--home", str(home.root)])
    out, said = capsys.readouterr()
    assert (left.value.code, out) == (1, "")
    assert_in_words(said)
    assert "Row 1 of the table pupil" in said
    assert "Restore a backup with mtc-kiosk restore FILE" in said, "a refusal names a way out"


def test_a_fault_nobody_foresaw_is_one_sentence(home: Home, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that no system can have: no traceback, and the place in the program is named."""
    with pytest.raises(SystemExit) as left:
        main(["status", "--home", "\0"])
    assert left.value.code == 1
    said = capsys.readouterr().err
    assert len(said.strip().splitlines()) == 1
    assert "Traceback" not in said
    assert "ValueError at " in said


def test_what_is_written_down_of_a_fault_holds_no_value(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kinds and places alone, at the home's time: what an exception says may be a name or a date of birth."""
    monkeypatch.setenv("MTC_KIOSK_NOW", "2031-06-07T09:00:00Z")
    try:
        try:
            date.fromisoformat("Testerly, Amy")
        except ValueError as odd:
            raise RuntimeError("Testerly, Amy") from odd
    except RuntimeError as problem:
        refusal = refusal_of(problem, Settled(home=home.root))
    log = home.faults_log.read_text(encoding="utf-8")
    assert log.startswith("2031-06-07T09:0")
    assert "RuntimeError at test_damage.py:" in log
    assert "from ValueError at" in log
    assert "Amy" not in log + str(refusal)
    assert str(home.faults_log) in str(refusal)


def test_another_program_that_keeps_the_database_is_one_sentence(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    """A change that cannot have the lock for a second says so, and changes nothing."""
    with contextlib.closing(sqlite3.connect(home.database, isolation_level=None)) as beside:
        beside.execute("begin immediate")
        ((code, said),) = typed(home, f"reason set ABSNT {TWO}", capsys)
    assert code == "database_refused"
    assert "Another program is using the database" in said
