"""One decision of which pupil a record is of, however the register is read, and whichever way round it is asked."""

import contextlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mtc_kiosk.store.db.database import connect, open_database
from mtc_kiosk.store.db.migrations import migrations
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.home.home import Home, open_home
from mtc_kiosk.store.records.pupil_finder import RECORDS_OF, PupilFinder

OURS, THEIRS = "0" * 64, "1" * 64
AT = "2027-06-07T09:00:00.000Z"

CODES = st.sampled_from([None, "code-1", "code-2", "no-code"])
ATTEMPTS = st.sampled_from([None, "attempt-1", "attempt-2", "no-attempt"])
ABOUT = st.fixed_dictionaries(
    {},
    optional={
        "pupil": st.sampled_from([None, 1, 2, 9, 10**30]),
        "upn": st.sampled_from([None, "UPN-1", "UPN-2", "UPN-9", "EARLIER-1", "EARLIER-2"]),
        "ref": st.sampled_from([None, "", "4A/17", "4a/17", "4B/1"]),
    },
)


def filled(db: Database) -> None:
    """Two pupils, each with a PIN, an attempt and a corrected UPN, one with a ref; and a device of another PC."""
    for number, ref in ((1, "4a/17"), (2, None)):
        db.execute(
            "insert into pupil (id, upn, ref, surname, forename, date_of_birth, sex)"
            " values (?, ?, ?, 'Testerly', 'Amy', '2018-03-14', 'F')",
            (number, f"EARLIER-{number}", ref),
        )
        db.execute("update pupil set upn = ? where id = ?", (f"UPN-{number}", number))
        db.execute(
            "insert into attempt (id, pupil_id, kind, form, settings, kiosk, started_at)"
            " values (?, ?, 'official', '{}', '{}', 'PC1', ?)",
            (f"attempt-{number}", number, AT),
        )
    db.execute(
        f"insert into session values (1, 'official', 'cat29map', '', '{AT}', '{AT[:11]}16:00:00.000Z', 'x', null)"
    )
    for number in (1, 2):
        db.execute(f"insert into pin values ('code-{number}', 1, {number}, '234{number}', '{AT}', null)")
    db.execute(f"insert into device values ('{THEIRS}', x'00', 'hall-2', '{AT}', null, null)")


def keep(db: Database, table: str, record_id: str, body: bytes, detail: str | None) -> None:
    """A record of a check, whatever is in it."""
    db.execute(
        f"insert into {table} (record_id, type, sha256, body, detail, state, at)"
        " values (?, 'check', ?, ?, ?, 'taken', ?)",
        (record_id, "0" * 64, body, detail, AT),
    )


def of(db: Database, table: str, pupil_id: int) -> set[str]:
    """The records that may be this pupil's."""
    query = f"select record_id from {table} where rowid in ({RECORDS_OF.format(table=table)})"
    return {name for (name,) in db.execute(query, {"ids": json.dumps([pupil_id])}).fetchall()}


@pytest.fixture
def db(home: Home) -> Iterator[Database]:
    """A database with two pupils."""
    with contextlib.closing(connect(home.database)) as opened:
        filled(opened)
        yield opened


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(CODES, st.sampled_from([OURS, THEIRS]), ABOUT, ATTEMPTS)
def test_a_record_is_of_one_pupil_however_it_is_looked_for(
    db: Database, code: str | None, device: str, about: dict[str, Any], attempt_id: str | None
) -> None:
    """By the register as a whole, by one index at a time, and among the records of the pupil."""
    found = PupilFinder(db).find(code, device, about, attempt_id)
    assert PupilFinder(db, few=True).find(code, device, about, attempt_id) == found
    db.execute("begin")
    body = json.dumps({"content": {"check_code": code, "device": device}}).encode()
    for table in ("inbox", "conflict"):
        keep(db, table, attempt_id or "one", body, json.dumps(about))
        assert all(bool(of(db, table, pupil_id)) >= (found == pupil_id) for pupil_id in (1, 2))
    db.execute("rollback")


def test_a_code_comes_before_everything_else(db: Database) -> None:
    """Then the attempt, the home's own number with a UPN or ref of that pupil, UPN, and ref in any capitals."""
    everything = {"pupil": 1, "upn": "UPN-1", "ref": "4A/17"}
    for few in (False, True):
        finder = PupilFinder(db, few=few)
        assert finder.find("code-2", OURS, everything) == 2
        assert finder.find("no-code", THEIRS, everything, "attempt-2") == 2
        assert finder.find(None, OURS, {"pupil": 2, "upn": "EARLIER-2", "ref": "4A/17"}) == 2
        assert finder.find(None, THEIRS, {"pupil": 2, "upn": "UPN-1"}) == 1
        assert finder.find("elsewhere", THEIRS, {"upn": "UPN-9", "ref": "4A/17"}) == 1
        assert finder.find(None, OURS, {}) is None


def test_a_number_alone_is_no_pupil(db: Database) -> None:
    """In an earlier database of this home it may have been another child's: a UPN or ref must agree."""
    for few in (False, True):
        finder = PupilFinder(db, few=few)
        assert finder.find(None, OURS, {"pupil": 2}) is None
        assert finder.find(None, OURS, {"pupil": 2, "upn": "UPN-9", "ref": "9"}) is None
        assert finder.find(None, OURS, {"pupil": 2, "upn": "UPN-1"}) == 1
        assert finder.find(None, OURS, {"pupil": 2, "upn": "EARLIER-2"}) == 2
        assert finder.find(None, OURS, {"pupil": 1, "upn": "EARLIER-2"}) is None
        assert finder.find(None, OURS, {"pupil": 1, "ref": "4A/17"}) == 1
        assert finder.find(None, THEIRS, {"pupil": 2, "upn": "EARLIER-2"}) is None


def test_a_home_of_before_finds_its_records_by_pupil(new_home: Callable[[], Home]) -> None:
    """The indexes are filled when the database is brought up to date; rows that are no JSON are in no one's way."""
    home = open_home(new_home().root.parent / "older")
    home.database.touch()
    with contextlib.closing(connect(home.database)) as older:
        older.conn.execute("begin")
        migrations.apply(older.library, stop_before="m2026_11_27_records_by_pupil")
        if older.conn.in_transaction:
            older.conn.execute("commit")
        filled(older)
        for table in ("inbox", "conflict"):
            keep(older, table, "by code", b'{"content":{"check_code":"code-1"}}', None)
            keep(older, table, "by upn", b"{}", '{"upn":"UPN-1"}')
            keep(older, table, "no JSON", b"\xff\x00{", "no JSON {")
    with contextlib.closing(open_database(home)) as db:
        for table in ("inbox", "conflict"):
            assert of(db, table, 1) == {"by code", "by upn"}
            assert of(db, table, 2) == set()


def test_an_erased_detail_leaves_nothing_to_find(db: Database) -> None:
    """Neither in the table nor in an index."""
    keep(db, "inbox", "one", b"{}", '{"upn":"UPN-1"}')
    assert of(db, "inbox", 1) == {"one"}
    db.execute("update inbox set detail = null")
    assert of(db, "inbox", 1) == set()
    assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
