"""A database that was opened without the library is the library's own for whoever asks it for more."""

import contextlib
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlite_utils

from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.db.opened import OpenedDatabase
from mtc_kiosk.store.home.files import make_private


@pytest.fixture
def db(tmp_path: Path) -> Iterator[OpenedDatabase]:
    """A new database, opened."""
    make_private(tmp_path / "new.db")
    with contextlib.closing(connect(tmp_path / "new.db")) as opened:
        assert isinstance(opened, OpenedDatabase)
        yield opened


def settings(db: sqlite_utils.Database) -> dict[str, object]:
    """Every setting of a connection that has one value."""
    names = [name for (name,) in db.execute("select name from pragma_pragma_list").fetchall()]
    heard = ("recursive_triggers", "foreign_keys", "synchronous", "journal_mode", "fullfsync", "checkpoint_fullfsync")
    assert set(heard) <= set(names)
    return {name: db.execute(f"pragma {name}").fetchone() for name in heard}


def test_it_needs_no_library_to_read_and_write(tmp_path: Path) -> None:
    """The process that only does this has not imported it."""
    make_private(tmp_path / "new.db")
    script = """
import pathlib, sys
from mtc_kiosk.store.db.database import connect
db = connect(pathlib.Path(sys.argv[1]))
db.execute("begin"); db.execute("create table t (a)"); db.execute("insert into t values (?)", (1,)); db.commit()
db.execute("begin"); db.execute("delete from t"); db.rollback()
print(db.execute("select a from t").fetchone(), "sqlite_utils" in sys.modules)
db.close()
"""
    said = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "new.db"], capture_output=True, text=True, check=True
    )
    assert said.stdout == "(1,) False\n"


def test_the_library_works_on_the_same_connection(db: OpenedDatabase) -> None:
    """Its tables, queries and transactions; a row it inserts is seen at once."""
    db["child"].insert({"id": 1, "name": "Ann"}, pk="id")
    assert list(db.query("select name from child")) == [{"name": "Ann"}]
    with pytest.raises(sqlite3.IntegrityError), db.atomic():
        db["child"].insert_all([{"id": 2, "name": "Bo"}, {"id": 1, "name": "Cy"}])
    assert db.execute("select count(*) from child").fetchone() == (1,)
    assert db.table_names() == ["child"]
    assert db.library.conn is db.conn


def test_the_connection_is_set_up_as_the_library_sets_it_up(db: OpenedDatabase) -> None:
    """Asking for the library changes nothing of it."""
    before = settings(db)
    assert settings(db.library) == before
    assert before["recursive_triggers"] == (1,)


def test_it_ends_no_transaction_where_there_is_none(db: OpenedDatabase) -> None:
    """As the library: what is open is known to the connection."""
    db.commit()
    db.rollback()
    db.execute("begin")
    db.rollback()
    assert not db.conn.in_transaction


def test_what_the_library_does_not_have_it_has_not_either(db: OpenedDatabase) -> None:
    """A slip of the pen is an AttributeError, and a closed database is closed for both."""
    with pytest.raises(AttributeError):
        db.tabel_names()  # type: ignore[attr-defined]
    whole = db.library
    db.close()
    with pytest.raises(sqlite3.ProgrammingError):
        whole.execute("select 1")
