"""Sealing: what was done in a home becomes a record in the same transaction, a walk-up never does."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.record.content import Check, Feedback, Reason, Restart
from mtc_kiosk.record.proof import prove
from mtc_kiosk.record.sealed import Sealed
from mtc_kiosk.store.db.transaction import change
from mtc_kiosk.store.records.rows import State, Table, rows
from tests.check.robot import Robot
from tests.record.examples import WALL_MS
from tests.record.homes import SchoolHome, attempt, school_home

AT = "2027-06-07T10:00:00.000Z"


@pytest.fixture
def school(tmp_path: Path) -> Iterator[SchoolHome]:
    """A home with one pupil."""
    with school_home(tmp_path / "home") as home:
        home.add_pupil()
        yield home


def kept(school: SchoolHome, table: Table = Table.INBOX) -> list[Sealed]:
    """The records in a table."""
    return [row.sealed() for row in rows(school.db, table)]


def test_a_finished_check_becomes_a_record(school: SchoolHome) -> None:
    """With the attempt's own id, its whole journal, and the pupil beside the signed bytes."""
    assert school.seal(school.take(attempt(1))) == attempt(1).id
    (sealed,) = kept(school)
    content = sealed.content
    assert isinstance(content, Check)
    assert (content.id, content.check_code, content.outcome) == (attempt(1).id, "code-1", "complete")
    assert sealed.detail is not None
    assert (sealed.detail.upn, sealed.detail.pupil) == ("G201100100001", 1)
    assert len(content.events) == school.count("event")
    assert len(prove(content).answers) == 4


def test_the_record_ends_with_the_last_hash_of_the_journal(school: SchoolHome) -> None:
    """So that not even its end can be taken away."""
    school.seal(school.take(attempt(1)))
    (last,) = school.db.execute("select hash from event order by seq desc limit 1").fetchone()
    content = kept(school)[0].content
    assert isinstance(content, Check)
    assert content.chain == last


def test_a_home_that_is_its_own_desk_and_sends_on_has_it_twice(school: SchoolHome) -> None:
    """The very same record is taken in and waits to be sent."""
    school.seal(school.take(attempt(1)))
    (taken,), (waiting,) = rows(school.db, Table.INBOX), rows(school.db, Table.OUTBOX)
    assert (taken.state, waiting.state) == (State.TAKEN, State.WAITING)
    assert (taken.sha256, taken.body, taken.detail) == (waiting.sha256, waiting.body, waiting.detail)


@pytest.mark.parametrize(("into_inbox", "into_outbox"), [(True, False), (False, True), (False, False)])
def test_a_record_goes_where_the_home_says(tmp_path: Path, into_inbox: bool, into_outbox: bool) -> None:
    """Its own desk, a desk elsewhere, or neither."""
    with school_home(tmp_path / "home", into_inbox=into_inbox, into_outbox=into_outbox) as school:
        school.add_pupil()
        school.seal(school.take(attempt(1)))
        assert (school.count("inbox"), school.count("outbox")) == (into_inbox, into_outbox)


def test_a_walk_up_is_never_sealed(school: SchoolHome) -> None:
    """Who has no PIN stays on this PC."""
    assert school.seal(school.take(attempt(1, None, kind=Kind.TRY, check_code=None))) is None
    assert (school.count("inbox"), school.count("outbox")) == (0, 0)


def test_a_try_of_a_pupil_is_delivered_as_a_try(school: SchoolHome) -> None:
    """It is a record, and says that it never counts."""
    school.seal(school.take(attempt(1, kind=Kind.TRY)))
    content = kept(school)[0].content
    assert isinstance(content, Check)
    assert content.kind == "try"


def test_an_attempt_that_is_not_over_is_not_sealed(school: SchoolHome) -> None:
    """There is no record of half a check."""
    robot = Robot()
    robot.reach(2)
    school.take(attempt(1), robot)
    with pytest.raises(KeyError):
        school.seal(attempt(1).id)
    assert school.count("inbox") == 0


def test_what_is_rolled_back_leaves_no_record(school: SchoolHome) -> None:
    """The record belongs to the transaction that finishes the check: both are there, or neither."""
    school.take(attempt(1))

    def fails() -> None:
        with change(school.db):
            school.sealer.check(school.db, attempt(1).id)
            raise sqlite3.OperationalError("disk I/O error")

    with pytest.raises(sqlite3.OperationalError):
        fails()
    assert (school.count("inbox"), school.count("outbox")) == (0, 0)
    assert school.seal(attempt(1).id) == attempt(1).id


def test_a_superseded_attempt_is_sealed_as_it_stands(school: SchoolHome) -> None:
    """A restart ends a held check in the middle of its journal; what there is of it is kept."""
    robot = Robot()
    robot.reach(2)
    robot.failed(robot.now)
    school.take(attempt(1), robot)
    school.db.execute("update attempt set finished_at = ?, outcome = 'superseded'", (AT,))
    school.seal(attempt(1).id)
    content = kept(school)[0].content
    assert isinstance(content, Check)
    assert content.outcome == "superseded"
    prove(content)


def test_feedback_of_a_pupil_is_a_record_of_its_own(school: SchoolHome) -> None:
    """It names the attempt, and is not part of the check's record."""
    school.seal(school.take(attempt(1)))
    school.db.execute(
        "insert into feedback (attempt_id, at, by, choice) values (?, ?, 'pupil', 'easy')", (attempt(1).id, AT)
    )
    with change(school.db):
        school.sealer.feedback(school.db, 1)
    (content,) = [sealed.content for sealed in kept(school) if sealed.content.type == "feedback"]
    assert isinstance(content, Feedback)
    assert (content.attempt_id, content.choice, content.undoes) == (attempt(1).id, "easy", None)


def test_feedback_of_a_walk_up_is_no_record(school: SchoolHome) -> None:
    """As the check itself is none."""
    school.take(attempt(1, None, kind=Kind.TRY, check_code=None))
    school.db.execute(
        "insert into feedback (attempt_id, at, by, choice) values (?, ?, 'pupil', 'easy')", (attempt(1).id, AT)
    )
    assert school.sealer.feedback(school.db, 1) is None
    assert school.count("inbox") == 0


def test_a_reason_and_its_undoing_are_two_records(school: SchoolHome) -> None:
    """The later names the earlier, which stays as it was."""
    for undoes in (None, 1):
        row = (AT, "t.admin", undoes)
        school.db.execute("insert into reason (pupil_id, at, by, code, undoes) values (1, ?, ?, 'ABSNT', ?)", row)
    with change(school.db):
        given, taken_back = school.sealer.reason(school.db, 1), school.sealer.reason(school.db, 2)
    by_id = {sealed.content.id: sealed for sealed in kept(school)}
    first, second = by_id[given].content, by_id[taken_back].content
    assert isinstance(first, Reason)
    assert isinstance(second, Reason)
    assert (first.code, first.undoes) == ("ABSNT", None)
    assert (second.code, second.undoes) == ("ABSNT", first.id)
    about = by_id[given].detail
    assert about is not None
    assert about.by == "t.admin"


def test_a_restart_names_the_attempt_whose_place_it_takes(school: SchoolHome) -> None:
    """And whether only a head could give it."""
    row = (AT, attempt(1).id)
    school.db.execute(
        "insert into restart (pupil_id, at, by, code, origin_attempt, by_head) values (1, ?, 'cli', 'ITI', ?, 1)", row
    )
    with change(school.db):
        school.sealer.restart(school.db, 1)
    content = kept(school)[0].content
    assert isinstance(content, Restart)
    assert (content.code, content.origin_attempt, content.by_head) == ("ITI", attempt(1).id, True)


def test_no_name_and_no_number_of_a_pupil_is_in_the_signed_bytes(school: SchoolHome) -> None:
    """Whatever the record is of."""
    school.seal(school.take(attempt(1)))
    school.db.execute("insert into reason (pupil_id, at, by, code) values (1, ?, 't.admin', 'ABSNT')", (AT,))
    with change(school.db):
        school.sealer.reason(school.db, 1)
    for row in rows(school.db, Table.INBOX):
        for text in (b"Testerly", b"Amy", b"G2011", b"t.admin", b"2017-03-14"):
            assert text not in row.body


def test_what_was_not_sealed_is_caught_up_with_once(school: SchoolHome) -> None:
    """An attempt of a pupil that ended without a record gets one; walk-ups and sealed ones are passed over."""
    school.seal(school.take(attempt(1)))
    school.take(attempt(2), started_ms=WALL_MS + 1)
    school.take(attempt(3, None, kind=Kind.TRY, check_code=None))
    with change(school.db):
        assert school.sealer.catch_up(school.db) == (attempt(2).id,)
        assert school.sealer.catch_up(school.db) == ()
    assert school.count("inbox") == 2


def test_a_row_that_is_not_there_is_a_key_error(school: SchoolHome) -> None:
    """Nothing is sealed of it."""
    for seal in (school.sealer.reason, school.sealer.restart, school.sealer.feedback):
        with pytest.raises(KeyError):
            seal(school.db, 9)


def test_the_settings_of_the_attempt_travel_with_it(school: SchoolHome) -> None:
    """So that a replay elsewhere runs by the rules the check was taken by."""
    school.seal(school.take(attempt(1)))
    content = kept(school)[0].content
    assert isinstance(content, Check)
    (settings,) = school.db.execute("select settings from attempt").fetchone()
    assert content.settings == json.loads(settings)
