"""What the school's tables refuse, whatever program asks."""

import contextlib
import sqlite3
from collections.abc import Iterator

import pytest

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.school.pin_cancel import cancel_pins
from tests.store.a_school import ASchool

AT = "'2027-06-07T10:00:00.000Z'"
APPEND_ONLY = (
    "restart",
    "reason",
    "declaration",
    "audit",
    "session",
    "pin",
    "cancelled_pin",
    "inbox",
    "outbox",
    "conflict",
    "assistant",
    "preference",
    "note",
)


@pytest.fixture
def school(home: Home) -> Iterator[ASchool]:
    """A school with a row in every table."""
    with contextlib.closing(ASchool(home.database)) as made:
        one, other = made.pupils(2)
        attempt = made.take(made.start([one]).pins[0], outcome=Outcome.STOPPED)
        made.restart(one)
        made.start([other])
        cancel_pins(made.db, made.doing(), [other])
        made.end()
        made.start([one, other], Kind.TRY)
        made.reason(other)
        made.db.execute(f"insert into declaration (at, by, code, detail) values ({AT}, 'cli', 'NOC', 'words')")
        made.db.execute(
            "insert into assistant (attempt_id, at, by, forename, surname, why)"
            f" values ('{attempt}', {AT}, 'cli', 'A', 'B', 'words')"
        )
        made.db.execute(
            f"insert into preference (pupil_id, attempt_id, at, size) values ({one}, '{attempt}', {AT}, 'XXL')"
        )
        made.db.execute(
            f"insert into note (pupil_id, at, by, code, detail) values ({one}, {AT}, 'cli', 'written', 'words')"
        )
        for table in ("outbox", "conflict"):
            made.db.execute(f"insert into {table} select * from inbox where type = 'check'")
        yield made


def refused(school: ASchool, statement: str) -> bool:
    """Whether the database refuses a statement."""
    try:
        school.db.execute(statement)
    except sqlite3.IntegrityError:
        return True
    return False


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_nothing_is_deleted(school: ASchool, table: str) -> None:
    """Facts are only ever added to."""
    assert school.db.execute(f"select count(*) from {table}").fetchone()[0] > 0
    assert refused(school, f"delete from {table}")


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_nothing_is_replaced(school: ASchool, table: str) -> None:
    """INSERT OR REPLACE takes a row away without asking, so it is refused as well."""
    assert refused(school, f"insert or replace into {table} select * from {table}")


@pytest.mark.parametrize(
    "change",
    [
        "update restart set code = 'LOI'",
        "update reason set by = 'somebody'",
        "update audit set account = 'somebody'",
        "update declaration set code = 'YES'",
        "update declaration set detail = 'other words'",
        "update assistant set by = 'somebody', forename = null, surname = null",
        "update assistant set forename = 'Other'",
        "update assistant set forename = null, surname = null",
        "update assistant set forename = null, surname = null, why = 'other words'",
        "update preference set size = 'VSM'",
        "update note set detail = 'other words'",
        "update note set by = 'somebody', detail = null",
        "update session set password = 'cat22map'",
        "update session set closes_at = '2028-01-01T00:00:00.000Z'",
        "update pin set pin = '9999'",
        "update pin set expires_at = '2028-01-01T00:00:00.000Z' where used_at is null",
        "update pin set used_at = null",
        *(
            f"update {table} set {column} = {value}"
            for table in ("inbox", "outbox", "conflict")
            for column, value in (
                ("body", "x'00'"),
                ("record_id", "'other'"),
                ("type", "'other'"),
                ("sha256", f"'{'0' * 64}'"),
                ("detail", "'other'"),
            )
        ),
    ],
)
def test_what_was_said_stays_said(school: ASchool, change: str) -> None:
    """No fact, no password, no PIN and no record is changed."""
    assert refused(school, change)


@pytest.mark.parametrize(
    "change",
    [
        f"update session set closed_at = {AT} where closed_at is null",
        "update declaration set detail = null",
        "update assistant set forename = null, surname = null, why = null",
        "update note set detail = null",
        "update inbox set detail = null",
        "update outbox set state = 'delivered', tries = tries + 1, said = '[]'",
        "update conflict set state = 'passed_over', said = 'why'",
        "update pupil set surname = '', forename = ''",
    ],
)
def test_what_may_be_changed(school: ASchool, change: str) -> None:
    """A session ends, a record is delivered, a conflict is settled, names and details are erased."""
    assert not refused(school, change)


def test_a_session_ends_once(school: ASchool) -> None:
    """Its end is not moved afterwards."""
    assert refused(school, "update session set closed_at = '2028-01-01T00:00:00.000Z'")


def test_a_record_that_was_delivered_may_go(school: ASchool) -> None:
    """Out of the outbox alone."""
    for table in ("outbox", "inbox", "conflict"):
        school.db.execute(f"update {table} set state = 'delivered'")
    assert not refused(school, "delete from outbox")
    assert refused(school, "delete from inbox")
    assert refused(school, "delete from conflict")


def test_what_belongs_to_a_removed_attempt_goes_with_it(school: ASchool) -> None:
    """Its assistant's row and what the pupil chose in it; its record may be taken out too."""
    school.db.execute(f"insert into removal select id, {AT}, 'cli', 'erasure_order' from attempt")
    for table in ("assistant", "preference"):
        assert school.db.execute(f"select count(*) from {table}").fetchone() == (0,)
    assert not refused(school, "delete from inbox where type = 'check'")
    assert refused(school, "delete from inbox")


@pytest.mark.parametrize("table", ["restart", "reason"])
def test_a_row_takes_back_one_of_the_same_pupil_once(school: ASchool, table: str) -> None:
    """Not another pupil's, not one that takes something back itself, not one that is taken back already."""
    row_id, pupil = school.db.execute(f"select id, pupil_id from {table}").fetchone()
    insert = f"insert into {table} (pupil_id, at, by, code, undoes) values ({{}}, {AT}, 'cli', 'X', {{}})"
    assert refused(school, insert.format(3 - pupil, row_id))
    assert refused(school, insert.format(pupil, 99))
    assert not refused(school, insert.format(pupil, row_id))
    assert refused(school, insert.format(pupil, row_id))
    assert refused(school, insert.format(pupil, f"(select max(id) from {table})"))


@pytest.mark.parametrize(
    "row",
    [
        "session (kind, password, opens_at, closes_at, opened_by) values ('exam', 'a', '2027-06-07T09:00:00.000Z',"
        " '2027-06-07T10:00:00.000Z', 'cli')",
        f"session (kind, password, opens_at, closes_at, opened_by) values ('try', 'a', {AT}, {AT}, 'cli')",
        "session (kind, password, opens_at, closes_at, opened_by) values ('try', 'a', 'today', 'tomorrow', 'cli')",
        f"pin (check_code, session_id, pupil_id, pin, expires_at) values ('x', 1, 2, '12345', {AT})",
        f"pin (check_code, session_id, pupil_id, pin, expires_at) values ('x', 9, 2, '2345', {AT})",
        f"pin (check_code, session_id, pupil_id, pin, expires_at) values ('x', 1, 1, '2222', {AT})",
        f"pin (check_code, session_id, pupil_id, pin, expires_at) select 'x', 1, 2, pin, {AT} from pin",
        f"sign_in (at, kiosk, result) values ({AT}, 'PC1', 'maybe')",
        f"restart (pupil_id, at, by, code) values (99, {AT}, 'cli', 'ITI')",
        f"audit (at, account, action, subject, after) values ({AT}, 'cli', 'a', 's', 'no json')",
        f"note (pupil_id, at, by, code, detail) values (1, {AT}, 'cli', 'written', '')",
        f"note (pupil_id, at, by, code, detail) values (1, {AT}, 'cli', 'corrected', 'words')",
        f"note (pupil_id, at, by, code, detail, undoes) values (1, {AT}, 'cli', 'written', 'words', 1)",
        f"note (pupil_id, at, by, code, detail, undoes) values (1, {AT}, 'cli', 'taken_back', 'words', 1)",
        f"note (pupil_id, at, by, code, detail, undoes) values (2, {AT}, 'cli', 'corrected', 'words', 1)",
    ],
)
def test_rows_that_make_no_sense_are_refused(school: ASchool, row: str) -> None:
    """A kind there is not, times the wrong way round, a PIN or a pupil twice in one session, a restart of no pupil.

    A note with no text, one that follows none, and one that follows another pupil's.
    """
    assert refused(school, f"insert into {row}")
