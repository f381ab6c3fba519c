"""Opening the database: whole, in the newest shape, and never at another's cost (docs/data.md)."""

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from mtc_kiosk.store.db import damage
from mtc_kiosk.store.db.database import DatabaseRefused, connect, open_database, snapshot
from mtc_kiosk.store.db.migrations import known
from mtc_kiosk.store.home.home import Home, open_home
from mtc_kiosk.store.home.kiosk_lock import kiosk_lock
from tests.store.examples import BEGAN, new_attempt, stamp, typed
from tests.store.listening import Listening
from tests.store.processes import heard_from, process, tell

OLD = "delete from _sqlite_migrations where name = (select max(name) from _sqlite_migrations)"
NEWER = "insert into _sqlite_migrations (migration_set, name, applied_at) values ('mtc_kiosk', 'm999_later', '')"


def change(home: Home, *statements: str) -> None:
    """Do this to a home's database."""
    db = connect(home.database)
    for statement in statements:
        db.execute(statement)
    db.close()


def unmigrate(home: Home) -> None:
    """Make the database that of a program without any migration."""
    home.database.unlink()
    home.database.touch()


def migrations_in(home: Home) -> list[str]:
    """The migrations that the database has had."""
    db = connect(home.database)
    names = [row["name"] for row in db["_sqlite_migrations"].rows]
    db.close()
    return names


# -- the shape


def test_a_new_database_has_every_migration(home: Home) -> None:
    """Once each, and opening it again adds none."""
    open_database(home).close()
    assert sorted(migrations_in(home)) == sorted(known())


def test_a_database_of_a_newer_program_is_refused_and_left_alone(home: Home) -> None:
    """A program that does not know a table may break what it means."""
    change(home, NEWER)
    with pytest.raises(DatabaseRefused, match="newer version of mtc-kiosk"):
        open_database(home)
    assert "m999_later" in migrations_in(home)


def test_the_shape_is_not_changed_while_another_kiosk_runs(home: Home) -> None:
    """The sentence names it; the kiosk's own lock does not block it."""
    unmigrate(home)
    with kiosk_lock(home, "library"):
        for asking in (None, "hall"):
            with pytest.raises(DatabaseRefused, match="Close the kiosk library first"):
                open_database(home, as_kiosk=asking)
        open_database(home, as_kiosk="library").close()
    assert sorted(migrations_in(home)) == sorted(known())


def test_a_database_in_the_newest_shape_opens_while_kiosks_run(home: Home) -> None:
    """A console beside them, or one more kiosk."""
    with kiosk_lock(home, "library"):
        open_database(home).close()


def test_processes_that_open_a_new_home_at_once_share_one_database(tmp_path: Path) -> None:
    """The first migrates, the others wait for it; none is refused, although SQLite says "busy" to some at once."""
    homes = [open_home(tmp_path / str(count)) for count in range(40)]
    with contextlib.ExitStack() as running:
        started = [running.enter_context(process("opens_database")) for _ in range(4)]
        assert {heard_from(one) for one in started} == {"ready"}
        for home in homes:
            for one in started:
                tell(one, home.root)
            assert {heard_from(one) for one in started} == {"opened"}
            assert sorted(migrations_in(home)) == sorted(known())


def test_of_two_kiosks_on_an_old_database_the_first_to_ask_makes_way(tmp_path: Path) -> None:
    """Each has its lock before it asks, so the first sees the other; once it has ended, the other migrates."""
    home = open_home(tmp_path / "home")
    with process("opens_database", "hall") as hall, process("opens_database", "library") as library:
        for one in (hall, library):
            tell(one, home.root)
            assert heard_from(one) == "ready"
        tell(hall, home.root)
        assert "Close the kiosk library first" in heard_from(hall)
        hall.communicate("", timeout=30)
        tell(library, home.root)
        assert heard_from(library) == "opened"


def test_a_migration_that_fails_leaves_the_database_as_it_was(home: Home) -> None:
    """Every step of a change of shape is in one transaction."""
    unmigrate(home)
    change(home, "create table removal (mine text)")
    with pytest.raises(DatabaseRefused, match="cannot be opened"):
        open_database(home)
    db = connect(home.database)
    assert db.table_names() == ["removal"]
    db.close()


# -- damage


def write_check(home: Home) -> None:
    """A check that is on the disk."""
    with Listening(home) as loop:
        loop.journal.begin(new_attempt(), (BEGAN, *(typed(at) for at in range(1, 500))), stamp())
        loop.all()


def spoil(path: Path, at: int = 4096 * 5) -> None:
    """Write nonsense into the middle of a file."""
    with path.open("r+b") as file:
        file.seek(at)
        file.write(b"nonsense" * 2000)


def test_a_file_that_is_no_database_is_set_aside(home: Home) -> None:
    """Not a byte of it is lost, and the next start has a new one."""
    home.database.write_bytes(b"what somebody wanted to keep" * 100)
    with pytest.raises(DatabaseRefused, match=r"kept as mtc\.db\.damaged-.*start again"):
        open_database(home)
    (aside,) = home.root.glob("mtc.db.damaged-*")
    assert aside.read_bytes() == b"what somebody wanted to keep" * 100
    open_database(home).close()


def leave_log(home: Home) -> None:
    """Make it look as if the last end was not in good order."""
    (home.root / "mtc.db-wal").write_bytes(b"\0" * 32)


def test_a_damaged_file_is_found_behind_an_end_that_was_in_no_order(home: Home) -> None:
    """The log is still there: the file is looked through, and set aside with its log."""
    write_check(home)
    spoil(home.database)
    leave_log(home)
    with pytest.raises(DatabaseRefused, match="is kept as"):
        open_database(home)
    assert not home.database.exists()


def test_a_damaged_file_is_found_behind_a_mark(home: Home) -> None:
    """A run found damage and left a mark; once the file is set aside the mark is gone."""
    write_check(home)
    spoil(home.database)
    damage.suspect(home.database)
    with pytest.raises(DatabaseRefused, match="is kept as"):
        open_database(home)
    open_database(home).close()
    assert not damage.is_suspect(home.database)


def test_a_whole_file_with_a_mark_is_used_and_the_mark_is_gone(home: Home) -> None:
    """A suspicion that was wrong costs one look."""
    write_check(home)
    damage.suspect(home.database)
    open_database(home).close()
    assert not damage.is_suspect(home.database)
    db = connect(home.database)
    assert db["event"].count == 500
    db.close()


def test_a_file_with_odd_values_alone_is_whole(home: Home) -> None:
    """A value that no column may have is one row's matter: the file behind its mark stays, and the rest is good."""
    row = "insert into pupil (upn, ref, surname, forename, date_of_birth, sex) values (null, 'r', null, 'Bo', '', 'X')"
    with contextlib.closing(sqlite3.connect(home.database, isolation_level=None)) as beside:
        (sql,) = beside.execute("select sql from sqlite_master where name = 'pupil'").fetchone()
        beside.execute("pragma writable_schema = on")
        beside.execute("pragma ignore_check_constraints = on")
        write = "update sqlite_master set sql = ? where name = 'pupil'"
        beside.execute(write, (sql.replace("surname text not null", "surname text"),))
        beside.execute("pragma writable_schema = reset")
        beside.execute(row)
        beside.execute("pragma writable_schema = on")
        beside.execute(write, (sql,))
    damage.suspect(home.database)
    open_database(home).close()
    assert not damage.is_suspect(home.database)
    assert not list(home.root.glob("*.damaged-*"))


def test_a_mark_waits_until_no_other_kiosk_runs(home: Home) -> None:
    """To look through a file that is written meanwhile proves nothing."""
    write_check(home)
    damage.suspect(home.database)
    with kiosk_lock(home, "library"):
        open_database(home, as_kiosk="hall").close()
    assert damage.is_suspect(home.database)


def test_a_start_behind_an_end_in_good_order_looks_through_nothing(home: Home) -> None:
    """A pupil does not wait for a look through every check of the year."""
    write_check(home)
    assert not damage.is_suspect(home.database)


def test_a_file_in_use_is_not_set_aside(home: Home) -> None:
    """While another kiosk runs, it is refused, and stays where it is."""
    home.database.write_bytes(b"no database" * 100)
    with kiosk_lock(home, "library"), pytest.raises(DatabaseRefused, match="Close the kiosk library"):
        open_database(home, as_kiosk="hall")
    assert home.database.exists()


def test_files_set_aside_in_one_second_all_stay(home: Home) -> None:
    """A name that is taken is not taken again."""
    for content in (b"one", b"two", b"three"):
        home.database.write_bytes(content)
        damage.set_aside(home.database)
    assert sorted(path.read_bytes() for path in home.root.glob("mtc.db.damaged-*")) == [b"one", b"three", b"two"]


# -- connections


def test_a_connection_makes_no_file(tmp_path: Path) -> None:
    """Only the opening of a home does."""
    with pytest.raises(sqlite3.OperationalError):
        connect(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def test_a_snapshot_stays_as_it_was(home: Home) -> None:
    """What is written meanwhile shows in the next one; the writer waits for neither."""
    write_check(home)
    with snapshot(home.database) as db, Listening(home) as loop:
        assert db["event"].count == 500
        loop.journal.keep("a", (typed(600),), stamp())
        loop.all()
        assert db["event"].count == 500
        with snapshot(home.database) as later:
            assert later["event"].count == 501


def test_a_snapshot_writes_nothing(home: Home) -> None:
    """A reading cannot change what it reads."""
    with snapshot(home.database) as db, pytest.raises(sqlite3.OperationalError):
        db.execute("insert into removal values ('a', '2027-06-07T09:00:00.000Z', 'me', 'made_up')")


def test_a_database_of_a_killed_process_goes_on(new_home: Callable[[], Home]) -> None:
    """Its log is read, looked through and used."""
    home, killed = new_home(), new_home()
    with Listening(home) as loop:
        loop.journal.begin(new_attempt(), (BEGAN, *(typed(at) for at in range(1, 500))), stamp())
        loop.all()
        for ending in ("", "-wal"):
            Path(f"{killed.database}{ending}").write_bytes(Path(f"{home.database}{ending}").read_bytes())
    assert damage.is_suspect(killed.database)
    open_database(killed).close()
    db = connect(killed.database)
    assert db["event"].count == 500
    db.close()
