"""The hash chain: whatever is changed in an attempt's events, it shows (docs/data.md)."""

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlite_utils
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mtc_kiosk.record.canonical import canonical
from mtc_kiosk.record.chain import FIRST, ChainRow, next_hash
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.journal.attempts import first_broken as broken_by_values
from mtc_kiosk.store.journal.attempts import is_as_written
from mtc_kiosk.store.journal.batch import Batch
from mtc_kiosk.store.journal.batch_writer import BatchWriter
from tests.store.conftest import copied
from tests.store.examples import BEGAN, new_attempt, stamp, typed

ROWS = 8
COLUMNS = ("attempt_id", "seq", "run", "at_us", "wall_time", "type", "data", "hash")


def first_broken(db: sqlite_utils.Database, attempt_id: str) -> int | None:
    """The first broken row; the quick look at the rows' bytes agrees whether there is one."""
    found = broken_by_values(db, attempt_id)
    assert is_as_written(db, attempt_id) is (found is None)
    return found


@pytest.fixture(scope="module")
def written(empty_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Two attempts of eight rows each, in a database without its triggers."""
    home = copied(empty_home, tmp_path_factory.mktemp("written"))
    writer = BatchWriter(connect(home.database))
    for ticket, attempt_id in enumerate("ab", start=1):
        turn = (BEGAN, *(typed(at) for at in range(1, ROWS)))
        writer.write([Batch(ticket, attempt_id, turn, stamp(), attempt=new_attempt(attempt_id))])
    writer.close()
    db = connect(home.database)
    for trigger in db.query("select name from sqlite_master where type = 'trigger'"):
        db.execute(f"drop trigger {trigger['name']}")
    db.close()
    return home


@pytest.fixture
def db(written: Home, tmp_path: Path) -> Iterator[sqlite_utils.Database]:
    """A copy of it."""
    db = connect(copied(written, tmp_path / "home").database)
    yield db
    db.close()


def test_the_recipe_is_the_one_that_others_can_follow(db: sqlite_utils.Database) -> None:
    """SHA-256 over the raw bytes of the hash before, zeros at first, and canonical JSON of the seven columns."""
    previous = bytes(32)
    for row in db.query("select * from event where attempt_id = 'a' order by seq"):
        said = {name: row[name] for name in COLUMNS[:-1]} | {"data": json.loads(row["data"])}
        text = json.dumps(said, sort_keys=True, separators=(",", ":"))  # the same as RFC 8785 for plain data
        previous = hashlib.sha256(previous + text.encode()).digest()
        assert row["hash"] == previous.hex()


def test_an_untouched_chain_holds(db: sqlite_utils.Database) -> None:
    """Both attempts, each by itself."""
    assert (first_broken(db, "a"), first_broken(db, "b")) == (None, None)


def test_an_attempt_without_events_has_nothing_broken(db: sqlite_utils.Database) -> None:
    """There is no row that could be altered."""
    assert first_broken(db, "nobody") is None


@pytest.mark.parametrize("seq", range(1, ROWS + 1))
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("run", 2),
        ("at_us", 12_345),
        ("wall_time", "2027-06-07T09:59:00.000Z"),
        ("type", "Noted"),
        ("data", "{}"),
        ("hash", "0" * 64),
        ("seq", 99),
    ],
)
def test_one_changed_cell_is_found_where_it_is(db: sqlite_utils.Database, column: str, value: object, seq: int) -> None:
    """Every column of every row; a hash shows in its own row, as do the others."""
    db.execute(f"update event set {column} = ? where attempt_id = 'a' and seq = ?", (value, seq))
    assert (first_broken(db, "a"), first_broken(db, "b")) == (seq, None)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(":", ": ", 1),
        lambda text: text.replace('"7"', '"8"'),
        lambda text: text.replace('"7"', "7"),
        lambda text: text.replace("false", "0", 1),
        lambda text: text.replace("{", '{"more":1,', 1),
        lambda text: text.replace("{", '{"input":"0",', 1),
        lambda text: text.replace('"number":1', '"number":1.0'),
        lambda text: json.dumps(dict(reversed(json.loads(text).items())), separators=(",", ":")),
    ],
)
def test_a_change_inside_the_data_is_found(db: sqlite_utils.Database, change: Callable[[str], str]) -> None:
    """A digit, a type, a space, a second key of the same name, another order: the text itself is covered."""
    ((before,),) = db.execute("select data from event where attempt_id = 'a' and seq = 5").fetchall()
    assert change(before) != before
    db.execute("update event set data = ? where attempt_id = 'a' and seq = 5", (change(before),))
    assert first_broken(db, "a") == 5


def test_half_a_character_in_the_data_is_found(db: sqlite_utils.Database) -> None:
    """Text that no UTF-8 can write breaks the chain, not the program."""
    db.execute("""update event set data = '{"x":"\\ud800"}' where attempt_id = 'a' and seq = 2""")
    assert first_broken(db, "a") == 2


@pytest.mark.parametrize("seq", range(1, ROWS))
def test_a_missing_row_is_found(db: sqlite_utils.Database, seq: int) -> None:
    """The first, or one in the middle."""
    db.execute("delete from event where attempt_id = 'a' and seq = ?", (seq,))
    assert first_broken(db, "a") == seq


@pytest.mark.parametrize("seq", range(1, ROWS))
def test_a_missing_row_is_found_where_the_others_move_up(db: sqlite_utils.Database, seq: int) -> None:
    """Numbers without a gap prove nothing."""
    db.execute("delete from event where attempt_id = 'a' and seq = ?", (seq,))
    for later in range(seq + 1, ROWS + 1):
        db.execute("update event set seq = ? where attempt_id = 'a' and seq = ?", (later - 1, later))
    assert first_broken(db, "a") == seq


def test_a_gap_is_found_even_where_the_hashes_were_made_to_fit(db: sqlite_utils.Database) -> None:
    """Whoever knows the recipe can make hashes, but not a row where there is none."""
    db.execute("delete from event where attempt_id = 'a' and seq = 3")
    previous = FIRST
    for row in list(db.query("select * from event where attempt_id = 'a' order by seq")):
        row["data"] = json.loads(row["data"])
        del row["hash"]
        previous = next_hash(previous, ChainRow(**row))
        db.execute("update event set hash = ? where attempt_id = 'a' and seq = ?", (previous, row["seq"]))
    assert first_broken(db, "a") == 3


def test_rows_missing_from_the_end_change_the_last_hash(db: sqlite_utils.Database) -> None:
    """The chain alone cannot see it: the last hash, which is signed in the record, can."""
    ends = "select hash from event where attempt_id = 'a' order by seq desc limit 1"
    ((before,),) = db.execute(ends).fetchall()
    db.execute("delete from event where attempt_id = 'a' and seq = ?", (ROWS,))
    ((after,),) = db.execute(ends).fetchall()
    assert first_broken(db, "a") is None
    assert before != after


@settings(deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pair=st.lists(st.integers(1, ROWS), min_size=2, max_size=2, unique=True).map(sorted))
def test_two_swapped_rows_are_found(db: sqlite_utils.Database, pair: list[int]) -> None:
    """The earlier of the two is the first that is wrong."""
    first, second = pair
    db.execute("begin")
    for seq, moved in ((first, 99), (second, first), (99, second)):
        db.execute("update event set seq = ? where attempt_id = 'a' and seq = ?", (moved, seq))
    assert first_broken(db, "a") == first
    db.rollback()


def test_a_row_of_another_attempt_is_found(db: sqlite_utils.Database) -> None:
    """The attempt's name is in the hash: a row cannot be lent."""
    db.execute("delete from event where attempt_id = 'a' and seq = ?", (ROWS,))
    db.execute("update event set attempt_id = 'a' where attempt_id = 'b' and seq = ?", (ROWS,))
    assert first_broken(db, "a") == ROWS


def test_data_is_kept_in_its_canonical_form(db: sqlite_utils.Database) -> None:
    """So that a reader can hash the stored text."""
    for (text,) in db.execute("select data from event").fetchall():
        assert text.encode() == canonical(json.loads(text))
