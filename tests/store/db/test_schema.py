"""What the database itself holds: public columns, constraints, and triggers that refuse (docs/data.md)."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlite_utils

from mtc_kiosk.kiosk.view.controls import Feeling
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.journal.batch import Batch, Feedback
from mtc_kiosk.store.journal.batch_writer import BatchWriter
from tests.store.conftest import copied
from tests.store.examples import new_attempt, stamp, whole_check

PUBLIC = {
    "attempt": "id check_code session_id pupil_id kind form settings kiosk started_at finished_at outcome",
    "event": "attempt_id seq run at_us wall_time type data hash",
    "answer": "attempt_id number showing factor1 factor2 response shown_us at_us by stall",
    "input": "attempt_id number showing seq at_us input source",
}
T = "2027-06-07T09:00:00.000Z"
ANSWER = "insert into answer values ('a', {number}, {showing}, 7, 8, '{response}', 1, 2, '{by}', {stall})"
EVENT = "insert into event values ('a', {seq}, {run}, {at}, '{wall}', 'Noted', '{data}', '{hash}')"


@pytest.fixture(scope="module")
def written(empty_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A whole check, and an unfinished attempt ``a`` without an event."""
    home = copied(empty_home, tmp_path_factory.mktemp("written"))
    writer, robot = BatchWriter(connect(home.database)), whole_check()
    for ticket, turn in enumerate(robot.turns, start=1):
        new = new_attempt("done") if ticket == 1 else None
        writer.write([Batch(ticket, "done", turn, stamp(), attempt=new)])
    writer.write([Batch(999, "done", (), stamp(), feedback=Feedback("easy"))])
    writer.write([Batch(1000, "a", (), stamp(), attempt=new_attempt("a"))])
    writer.close()
    return home


@pytest.fixture
def db(written: Home, tmp_path: Path) -> Iterator[sqlite_utils.Database]:
    """A copy of it."""
    db = connect(copied(written, tmp_path / "home").database)
    yield db
    db.close()


def refuse(db: sqlite_utils.Database, sql: str, why: str) -> None:
    """This statement is refused, for this reason."""
    with pytest.raises(sqlite3.IntegrityError, match=why):
        db.execute(sql)


@pytest.mark.parametrize("name", PUBLIC)
def test_the_public_columns_are_those_of_the_design(db: sqlite_utils.Database, name: str) -> None:
    """By name and in this order."""
    columns = [row[1] for row in db.execute(f"pragma table_info({name})").fetchall()]
    assert columns == PUBLIC[name].split()


def test_every_table_is_strict(db: sqlite_utils.Database) -> None:
    """Also the one in which the library keeps its migrations."""
    tables = db.execute(
        "select name, strict from pragma_table_list where schema = 'main' and type = 'table'"
    ).fetchall()
    assert {name for name, strict in tables if not strict} <= {"sqlite_schema", "sqlite_sequence"}


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("busy_timeout", 1000),
        ("recursive_triggers", 1),
    ],
)
def test_every_connection_is_durable_and_careful(db: sqlite_utils.Database, pragma: str, value: object) -> None:
    """WAL, FULL, foreign keys, a second for a busy file."""
    assert db.execute(f"pragma {pragma}").fetchone() == (value,)


@pytest.mark.parametrize("table", ["event", "answer", "feedback"])
def test_rows_are_never_changed(db: sqlite_utils.Database, table: str) -> None:
    """Not even to what they are."""
    refuse(db, f"update {table} set attempt_id = attempt_id", "never changed")


@pytest.mark.parametrize("table", ["event", "answer", "feedback", "attempt"])
def test_rows_are_never_removed(db: sqlite_utils.Database, table: str) -> None:
    """Without a removal of the attempt."""
    db.execute("insert into refused (attempt_id, at, held, why) values ('done', ?, '', '')", (T,))
    for table_ in (table, "refused"):
        refuse(db, f"delete from {table_}", "kept")


@pytest.mark.parametrize("table", ["event", "answer", "feedback", "attempt"])
def test_rows_are_never_replaced(db: sqlite_utils.Database, table: str) -> None:
    """INSERT OR REPLACE takes a row away unseen, where a program did not ask for recursive triggers."""
    db.execute("pragma recursive_triggers = off")
    refuse(db, f"insert or replace into {table} select * from {table}", "never changed|goes to the end")


def test_an_answer_that_counts_is_never_replaced_by_another_showing(db: sqlite_utils.Database) -> None:
    """The same for the rule that one answer counts."""
    db.execute("pragma recursive_triggers = off")
    db.execute(ANSWER.format(number=1, showing=1, response="1", by="enter", stall=0))
    refuse(db, "insert or replace into answer values ('a', 1, 2, 7, 8, '2', 1, 2, 'timeout', 0)", "never changed")


@pytest.mark.parametrize("column", PUBLIC["attempt"].split())
def test_an_attempt_changes_only_when_it_ends(db: sqlite_utils.Database, column: str) -> None:
    """Each column of an attempt that goes on, and of one that is over."""
    value = {"finished_at": f"'{T}'", "outcome": "'stopped'", "session_id": "7", "pupil_id": "7"}.get(column, "'{}'")
    refuse(db, f"update attempt set {column} = {value} where id = 'done'", "changes once")
    if column not in {"finished_at", "outcome"}:
        ends = f"finished_at = '{T}', outcome = 'stopped'"
        refuse(db, f"update attempt set {ends}, {column} = {value} where id = 'a'", "changes once")


def test_an_attempt_ends_once(db: sqlite_utils.Database) -> None:
    """It may end, and then nothing more."""
    db.execute("update attempt set finished_at = ?, outcome = 'stopped' where id = 'a'", (T,))
    refuse(db, "update attempt set finished_at = null, outcome = null where id = 'a'", "changes once")


def test_an_attempt_ends_with_both_or_neither(db: sqlite_utils.Database) -> None:
    """A time without an outcome, or an outcome without a time, is no end."""
    refuse(db, "update attempt set outcome = 'stopped' where id = 'a'", "CHECK")


@pytest.mark.parametrize(
    ("by", "then", "allowed"),
    [
        ("void", "enter", True),
        ("void", "void", True),
        ("enter", "void", True),
        ("enter", "timeout", False),
        ("timeout", "enter", False),
        ("forfeit", "enter", False),
        ("enter", "forfeit", False),
    ],
)
def test_one_answer_counts_per_question(db: sqlite_utils.Database, by: str, then: str, allowed: bool) -> None:
    """Voids do not count; of the others there is one (check.machine, rule 9)."""
    db.execute(ANSWER.format(number=1, showing=1, response="1", by=by, stall=0))
    second = ANSWER.format(number=1, showing=2, response="2", by=then, stall=0)
    if allowed:
        db.execute(second)
    else:
        refuse(db, second, "never changed")


def test_the_rule_of_one_answer_is_an_index_as_well(db: sqlite_utils.Database) -> None:
    """Unique over (attempt_id, number) where by is not void (docs/data.md)."""
    db.execute("drop trigger answer_is_never_replaced")
    db.execute(ANSWER.format(number=1, showing=1, response="1", by="enter", stall=0))
    refuse(db, ANSWER.format(number=1, showing=2, response="2", by="timeout", stall=0), "UNIQUE")
    refuse(db, ANSWER.format(number=1, showing=1, response="2", by="void", stall=0), "UNIQUE")


@pytest.mark.parametrize(
    "wrong",
    [{"number": 0}, {"showing": 0}, {"response": "123456"}, {"by": "magic"}, {"stall": 2}, {"stall": "'no'"}],
)
def test_a_malformed_answer_is_refused(db: sqlite_utils.Database, wrong: dict[str, object]) -> None:
    """Numbers count from 1, an answer has five digits at most, and so on."""
    values = {"number": 1, "showing": 1, "response": "56", "by": "enter", "stall": 0} | wrong
    refuse(db, ANSWER.format(**values), "CHECK|cannot store")


@pytest.mark.parametrize(
    "wrong",
    [
        {"seq": 2},
        {"seq": 0},
        {"run": 0},
        {"at": "'soon'"},
        {"wall": "2027-06-07T09:00:00Z"},
        {"data": "{"},
        {"hash": "0" * 63},
        {"hash": "A" * 64},
    ],
)
def test_a_malformed_event_is_refused(db: sqlite_utils.Database, wrong: dict[str, object]) -> None:
    """Out of its order, in another writing of time, without JSON, without a hash."""
    values = {"seq": 1, "run": 1, "at": 0, "wall": T, "data": "{}", "hash": "0" * 64} | wrong
    refuse(db, EVENT.format(**values), "CHECK|goes to the end|cannot store")


@pytest.mark.parametrize(
    "wrong", [{"id": ""}, {"kind": "practice"}, {"form": "{"}, {"settings": ""}, {"started_at": "now"}]
)
def test_a_malformed_attempt_is_refused(db: sqlite_utils.Database, wrong: dict[str, str]) -> None:
    """No name, another kind, no JSON, another writing of time."""
    row = {"id": "x", "kind": "try", "form": "{}", "settings": "{}", "kiosk": "k", "started_at": T} | wrong
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        db.execute(
            "insert into attempt (id, kind, form, settings, kiosk, started_at)"
            " values (:id, :kind, :form, :settings, :kiosk, :started_at)",
            row,
        )


@pytest.mark.parametrize("table", ["event", "answer", "feedback"])
def test_rows_belong_to_an_attempt(db: sqlite_utils.Database, table: str) -> None:
    """Foreign keys are on."""
    sql = {
        "event": EVENT.format(seq=1, run=1, at=0, wall=T, data="{}", hash="0" * 64),
        "answer": ANSWER.format(number=1, showing=1, response="1", by="enter", stall=0),
        "feedback": f"insert into feedback (attempt_id, at, by, choice) values ('a', '{T}', 'pupil', 'easy')",
    }[table]
    refuse(db, sql.replace("'a'", "'nobody'"), "FOREIGN KEY")


def test_the_five_feelings_are_the_ones_that_a_pupil_is_asked_for(db: sqlite_utils.Database) -> None:
    """Every choice of the page is kept; another is refused."""
    for feeling in Feeling:
        db.execute("insert into feedback (attempt_id, at, by, choice) values ('a', ?, 'pupil', ?)", (T, str(feeling)))
    refuse(db, f"insert into feedback (attempt_id, at, by, choice) values ('a', '{T}', 'pupil', 'meh')", "CHECK")
    refuse(db, f"insert into feedback (attempt_id, at, by) values ('a', '{T}', 'pupil')", "CHECK")


def test_a_feedback_may_be_taken_back(db: sqlite_utils.Database) -> None:
    """By another row that points at it."""
    ((said,),) = db.execute("select id from feedback").fetchall()
    db.execute("insert into feedback (attempt_id, at, by, undoes) values ('done', ?, 'head', ?)", (T, said))
    refuse(db, f"insert into feedback (attempt_id, at, by, undoes) values ('done', '{T}', 'head', 99)", "FOREIGN KEY")


@pytest.mark.parametrize("reason", ["past_its_days", "erasure_order", "made_up"])
def test_a_removal_takes_everything_of_one_attempt(db: sqlite_utils.Database, reason: str) -> None:
    """Its own row stays and says who, when and why; the other attempt stays whole."""
    db.execute("insert into refused (attempt_id, at, held, why) values ('done', ?, '', '')", (T,))
    db.execute("insert into assistant (attempt_id, at, by) values ('done', ?, 'head')", (T,))
    db.execute("insert into removal values ('done', ?, 'head', ?)", (T, reason))
    for table in ("event", "answer", "feedback", "refused", "assistant"):
        assert db[table].count == 0
    assert [row["id"] for row in db["attempt"].rows] == ["a"]
    assert db.execute("select * from removal").fetchall() == [("done", T, "head", reason)]


def test_a_removal_is_not_for_any_reason(db: sqlite_utils.Database) -> None:
    """Only those of the design, and for made-up homes."""
    refuse(db, f"insert into removal values ('a', '{T}', 'head', 'untidy')", "CHECK")


@pytest.mark.parametrize("sql", ["update removal set by = 'me'", "delete from removal"])
def test_a_removal_is_never_undone(db: sqlite_utils.Database, sql: str) -> None:
    """Its row is as lasting as what it removed."""
    db.execute("insert into removal values ('a', ?, 'head', 'made_up')", (T,))
    refuse(db, sql, "never changed|kept")


def test_a_removed_attempt_never_comes_back(db: sqlite_utils.Database) -> None:
    """Not from an old backup, nor by replacing the removal."""
    db.execute("insert into removal values ('a', ?, 'head', 'erasure_order')", (T,))
    attempt = f"(id, kind, form, settings, kiosk, started_at) values ('a', 'try', '{{}}', '{{}}', 'k', '{T}')"
    refuse(db, f"insert into attempt {attempt}", "was removed")
    refuse(db, f"insert or replace into removal values ('a', '{T}', 'me', 'made_up')", "never changed")


def test_inputs_are_the_keys_of_real_questions(db: sqlite_utils.Database) -> None:
    """Also keys that did nothing; not those of practice, before the sum was shown or after the time."""
    kinds = "('Typed', 'Erased', 'Entered', 'Ignored')"
    keys = db.execute(f"select type, json(data) as data, seq from event where type in {kinds}").fetchall()
    assert {'"practice":true' in data for _, data, _ in keys} == {True, False}
    expected = [
        seq
        for _, data, seq in keys
        if '"practice":false' in data and '"before_shown"' not in data and '"late"' not in data
    ]
    rows = db.execute("select * from input order by seq").fetchall()
    assert [row[3] for row in rows] == expected
    assert (rows[0][0], *rows[0][1:3], *rows[0][5:]) == ("done", 1, 1, "5", "keyboard")
    assert "Alt+Tab" in {row[5] for row in rows}


@pytest.mark.parametrize(("why", "counts"), [("before_shown", 0), ("late", 0), ("full", 1), ("empty", 1), ("chord", 1)])
def test_an_ignored_key_is_an_input_only_inside_its_question(db: sqlite_utils.Database, why: str, counts: int) -> None:
    """The national record has none from before the sum nor from after the time (docs/reference/pupil-client.md)."""
    data = f'{{"input":"7","number":1,"practice":false,"showing":1,"source":"keyboard","stall":false,"why":"{why}"}}'
    sql = EVENT.replace("'Noted'", "'Ignored'").format(seq=1, run=1, at=0, wall=T, data=data, hash="0" * 64)
    db.execute(sql)
    assert db.execute("select count(*) from input where attempt_id = 'a'").fetchone() == (counts,)
