"""A database of an earlier version: it takes on the newest shape with everything that is in it."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlite_utils

from mtc_kiosk.store.db.database import connect, open_database
from mtc_kiosk.store.db.migration_names import NAMES, applied
from mtc_kiosk.store.db.migrations import known, migrations
from mtc_kiosk.store.home.files import make_private
from mtc_kiosk.store.home.home import Home, open_home

AT = "2027-06-07T10:00:00.000Z"


@pytest.fixture
def before(tmp_path: Path) -> Home:
    """A home from before there were arrangements, with an assistant in it and a key that repeats."""
    home = open_home(tmp_path / "home")
    make_private(home.database)
    with contextlib.closing(connect(home.database)) as db:
        migrations.apply(db, stop_before="m003_arrangements")
        db.execute(
            f"insert into attempt values ('a', null, null, null, 'try', '{{}}', '{{}}', 'k', '{AT}', null, null)"
        )
        db.execute(
            f"insert into assistant (attempt_id, at, by, forename, surname) values ('a', '{AT}', 'cli', 'Ann', 'First')"
        )
        data = '{"input":"Tab","number":1,"practice":false,"showing":1,"source":"keyboard","stall":false}'
        row = ("a", 1, 1, 5, AT, "Repeated", data, "0" * 64)
        db.execute("insert into event values (?, ?, ?, ?, ?, ?, ?, ?)", row)
        assert db.execute("select count(*) from input").fetchone() == (0,)
    return home


@pytest.fixture
def after(before: Home) -> Iterator[sqlite_utils.Database]:
    """The same, opened by this version."""
    with contextlib.closing(open_database(before)) as db:
        yield db


def test_what_was_there_stays(after: sqlite_utils.Database) -> None:
    """With null in the new columns, and it may still be erased."""
    query = "select forename, surname, why from assistant"
    assert after.execute(query).fetchone() == ("Ann", "First", None)
    after.execute("update assistant set forename = null, surname = null, why = null")
    assert after.execute(query).fetchone() == (None, None, None)


def test_what_a_head_once_chose_by_record_is_open_again(tmp_path: Path) -> None:
    """A choice was about records under one check code; now it is about a pupil, with all their checks."""
    home = open_home(tmp_path / "home")
    make_private(home.database)
    with contextlib.closing(connect(home.database)) as db:
        migrations.apply(db, stop_before="m2026_11_27_choices")
        for table, kind, state in (("inbox", "check", "passed_over"), ("conflict", "check", "chosen")):
            row = (kind, "0" * 64, state, AT)
            db.execute(
                f"insert into {table} (record_id, type, sha256, body, state, at) values ('r', ?, ?, x'', ?, ?)", row
            )
        db.execute("update conflict set said = 'why' where type = 'check'")
    with contextlib.closing(open_database(home)) as db:
        found = [db.execute(f"select state, said from {table}").fetchone() for table in ("inbox", "conflict")]
        assert found == [("taken", None), ("open", None)]


def test_a_key_that_repeats_is_a_key(after: sqlite_utils.Database) -> None:
    """Also one that was pressed before."""
    assert after.execute("select number, input, source from input").fetchall() == [(1, "Tab", "keyboard")]


def test_the_list_of_migrations_names_each_of_them() -> None:
    """By it a kiosk knows at its start, without the library, that its database is in the newest shape."""
    assert known() == NAMES


def test_the_library_and_the_list_agree_on_what_was_applied(before: Home, tmp_path: Path) -> None:
    """In a database without a table of migrations, in an earlier one, and in one of the newest shape."""
    empty = tmp_path / "empty.db"
    make_private(empty)
    found = []
    for path in (empty, before.database):
        with contextlib.closing(connect(path)) as db:
            found.append(applied(db))
            assert {migration.name for migration in migrations.applied(db)} == applied(db)
    open_database(before).close()
    with contextlib.closing(connect(before.database)) as db:
        assert [*found, applied(db)] == [frozenset(), frozenset({"m001_attempts", "m002_school"}), NAMES]
