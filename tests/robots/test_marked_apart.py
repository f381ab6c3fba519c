"""The robots' checks, marked a second time from ``mtc.db`` alone, with rules written here once more.

Nothing of the program reads or marks here: only SQLite, a hash and the few lines below, which rebuild every answer from
the keys and the moment its sum was shown. At the end it is compared with the robots' own diaries.
"""

import hashlib
import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

SIX_SECONDS, THREE_SECONDS = 6_000_000, 3_000_000
DIGITS = set("0123456789")


@dataclass(frozen=True)
class Rebuilt:
    """One showing of a question, as keys and times make it."""

    factors: tuple[int, int]
    shown_us: int
    response: str
    by: str
    at_us: int


@pytest.fixture
def db(database: Path) -> Iterator[sqlite3.Connection]:
    """The database, for reading only."""
    connection = sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


def shown(db: sqlite3.Connection) -> Iterator[tuple[str, int, dict[str, Any]]]:
    """Attempt, time and data of each sum that was shown and counts."""
    for row in db.execute("select attempt_id, at_us, data from event where type = 'Shown' order by attempt_id, seq"):
        data = json.loads(row["data"])
        if not data["practice"]:
            yield row["attempt_id"], row["at_us"], data


def rebuilt(db: sqlite3.Connection) -> dict[tuple[str, int, int], Rebuilt]:
    """Each showing, from its keys: five digits, rubbed out one by one; Enter ends it once there is a digit."""
    showings = {}
    for attempt, shown_us, data in shown(db):
        key = attempt, data["number"], data["showing"]
        over_us, typed, by, at_us = shown_us + SIX_SECONDS, "", "timeout", shown_us + SIX_SECONDS
        pressed = db.execute(
            "select at_us, input from input where attempt_id = ? and number = ? and showing = ? order by seq", key
        )
        for press in pressed:
            if not shown_us <= press["at_us"] < over_us:
                continue
            if press["input"] in DIGITS:
                typed = (typed + press["input"])[:5]
            elif press["input"] in ("Backspace", "Delete"):
                typed = typed[:-1]
            elif press["input"] == "Enter" and typed:
                by, at_us = "enter", press["at_us"]
                break
        assert key not in showings, "a showing is shown once"
        showings[key] = Rebuilt((data["factor1"], data["factor2"]), shown_us, typed, by, at_us)
    return showings


def answers(db: sqlite3.Connection) -> list[sqlite3.Row]:
    """Every answer, in the order of attempts and time."""
    return db.execute("select * from answer order by attempt_id, at_us").fetchall()


def test_every_answer_is_what_its_keys_and_its_flip_make_it(db: sqlite3.Connection) -> None:
    """Response, time and way of ending, of each showing and of no others."""
    expected = rebuilt(db)
    found = {(row["attempt_id"], row["number"], row["showing"]): row for row in answers(db)}
    assert found.keys() == expected.keys()
    for key, row in found.items():
        made = expected[key]
        assert ((row["factor1"], row["factor2"]), row["shown_us"]) == (made.factors, made.shown_us), key
        assert row["response"] == made.response, key
        if row["by"] != "void":
            assert (row["by"], row["at_us"], row["stall"]) == (made.by, made.at_us, 0), key


def test_each_question_has_exactly_one_answer_that_counts(db: sqlite3.Connection) -> None:
    """25 numbers in each complete attempt, each once; a void one has a later showing that counts."""
    complete = {row["id"] for row in db.execute("select id from attempt where outcome = 'complete'")}
    counting = defaultdict(list)
    for row in answers(db):
        if row["by"] != "void":
            counting[row["attempt_id"]].append(row["number"])
    assert complete == set(counting)
    assert all(numbers == list(range(1, 26)) for numbers in counting.values())


def test_showings_count_from_one_and_the_last_counts(db: sqlite3.Connection) -> None:
    """1, 2, 3 without a gap; all of them void but the last."""
    showings = defaultdict(list)
    for row in answers(db):
        showings[row["attempt_id"], row["number"]].append((row["showing"], row["by"] == "void"))
    for found in showings.values():
        assert found == [(showing, showing < len(found)) for showing in range(1, len(found) + 1)]


def test_the_questions_are_those_of_the_form(db: sqlite3.Connection) -> None:
    """First showings are the form's items in order; the others are its spares, of the same table."""
    forms = {row["id"]: json.loads(row["form"]) for row in db.execute("select id, form from attempt")}
    for row in answers(db):
        form, factors = forms[row["attempt_id"]], [row["factor1"], row["factor2"]]
        if row["showing"] == 1:
            assert factors == form["items"][row["number"] - 1]
        else:
            assert factors in form["spares"]
            assert factors[0] == form["items"][row["number"] - 1][0]


def test_a_void_is_where_the_power_failed(db: sqlite3.Connection) -> None:
    """A new run voids at most the one showing that was open, and the check is held by it."""
    voids = Counter(row["attempt_id"] for row in answers(db) if row["by"] == "void")
    runs = {row[0]: row[1] for row in db.execute("select attempt_id, max(run) from event group by attempt_id")}
    holds = {
        row[0]: row[1] for row in db.execute("select attempt_id, count(*) from event where type = 'Held' group by 1")
    }
    assert sum(voids.values()) > 0
    assert max(runs.values()) > 1
    for attempt, run in runs.items():
        assert voids[attempt] <= run - 1
        assert holds.get(attempt, 0) <= run - 1


def test_nothing_was_taken_before_its_time(db: sqlite3.Connection) -> None:
    """Three seconds at least between an answer, a button or a teacher's release, and the next sum."""
    before: dict[str, int] = {}
    pauses = 0
    query = "select attempt_id, at_us, type, data from event order by attempt_id, seq"
    for row in db.execute(query):
        if row["type"] == "Shown":
            assert row["at_us"] - before[row["attempt_id"]] >= THREE_SECONDS, dict(row)
            pauses += 1
        elif row["type"] in ("Entered", "TimedOut", "NextPressed", "Released"):
            before[row["attempt_id"]] = row["at_us"]
    assert pauses >= 28 * 22


def test_sums_and_answers_follow_one_another_in_time(db: sqlite3.Connection) -> None:
    """Shown, answered, shown, answered: by number, by showing and by time alike."""
    last: dict[str, tuple[int, int, int]] = {}
    for row in answers(db):
        # After a power cut the time goes on from the last row on the disk, which may be the flip itself.
        assert row["shown_us"] + (row["by"] != "void") <= row["at_us"] <= row["shown_us"] + SIX_SECONDS
        here = row["number"], row["showing"], row["shown_us"]
        previous = last.get(row["attempt_id"], (0, 0, 0))
        assert here > previous
        assert row["shown_us"] > previous[2]
        last[row["attempt_id"]] = here[0], here[1], row["at_us"]


def test_the_chain_of_hashes_holds(db: sqlite3.Connection) -> None:
    """Each row's hash covers the row and the hash before it, from 32 zero bytes on; ``seq`` counts without a gap."""
    previous: dict[str, tuple[int, bytes]] = {}
    for row in db.execute("select * from event order by attempt_id, seq"):
        seq, hash_before = previous.get(row["attempt_id"], (0, bytes(32)))
        body = {name: row[name] for name in ("attempt_id", "seq", "run", "at_us", "wall_time", "type")}
        # Keys are plain ASCII and numbers whole, so that sorted compact JSON is the canonical one of RFC 8785.
        text = json.dumps(
            {**body, "data": json.loads(row["data"])}, sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
        digest = hashlib.sha256(hash_before + text.encode()).digest()
        assert (row["seq"], row["hash"]) == (seq + 1, digest.hex())
        previous[row["attempt_id"]] = row["seq"], digest
    assert len(previous) == 22


def test_practice_leaves_no_inputs_and_no_answers(db: sqlite3.Connection) -> None:
    """Every input is of a sum that counts, and the practice's keys are events all the same."""
    sums = {(attempt, data["number"], data["showing"]) for attempt, _, data in shown(db)}
    inputs = db.execute("select distinct attempt_id, number, showing from input").fetchall()
    assert {tuple(row) for row in inputs} <= sums
    practised = db.execute(
        "select count(*) from event where type = 'Typed' and json_extract(data, '$.practice')"
    ).fetchone()[0]
    assert practised > 22


def test_the_answers_are_what_the_robots_meant(db: sqlite3.Connection, taken: tuple[Any, ...]) -> None:
    """Sum by sum, the diaries say what the database says; and both come to the same scores."""
    for pupil in taken:
        (attempt,) = pupil.attempts
        rows = [row for row in answers(db) if row["attempt_id"] == attempt.id]
        assert [(entry.number, entry.sum) for entry in pupil.meant] == [
            (row["number"], (row["factor1"], row["factor2"])) for row in rows
        ]
        for entry, row in zip(pupil.meant, rows, strict=True):
            if entry.spoilt:
                assert row["by"] == "void"
            else:
                by = "enter" if entry.entered else "timeout"
                assert (row["response"], row["by"]) == (entry.response, by), (pupil.kind, dict(row))
        right = sum(
            row["by"] != "void" and int(row["response"] or -1) == row["factor1"] * row["factor2"] for row in rows
        )
        meant = sum(
            not entry.spoilt and int(entry.response or -1) == entry.sum[0] * entry.sum[1] for entry in pupil.meant
        )
        assert right == meant


def test_robots_are_no_clever_machines(db: sqlite3.Connection) -> None:
    """Scores vary from nothing to nearly all, as those of a class do."""
    scores = Counter[str]()
    for row in answers(db):
        scores[row["attempt_id"]] += (
            row["by"] != "void" and int(row["response"] or -1) == row["factor1"] * row["factor2"]
        )
    assert min(scores.values()) == 0
    assert max(scores.values()) >= 20
    assert len(set(scores.values())) >= 8
