"""The writer against a plain telling of what should be in the tables (docs/data.md)."""

from collections.abc import Callable
from dataclasses import dataclass, field

import sqlite_utils
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mtc_kiosk.check.facts import Answered, AnsweredBy, Fact, Finished
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.journal.attempts import load_attempt
from mtc_kiosk.store.journal.batch import Batch
from mtc_kiosk.store.journal.batch_writer import BatchWriter
from tests.store.examples import facts, new_attempt, stamp

ATTEMPTS = ("a", "b", "c")
TABLES = settings(
    max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass
class Told:
    """What the tables should have, without SQL."""

    facts: dict[str, list[Fact]] = field(default_factory=dict)
    answers: dict[str, list[Answered]] = field(default_factory=dict)
    outcomes: dict[str, str] = field(default_factory=dict)
    left_out: int = 0

    def hear(self, attempt_id: str, batch: list[Fact]) -> None:
        """Facts of one turn."""
        self.facts.setdefault(attempt_id, []).extend(batch)
        for fact in batch:
            if isinstance(fact, Answered):
                self._answered(self.answers.setdefault(attempt_id, []), fact)
            elif isinstance(fact, Finished):
                self.left_out += attempt_id in self.outcomes
                self.outcomes.setdefault(attempt_id, str(fact.outcome))

    def _answered(self, before: list[Answered], fact: Answered) -> None:
        well_formed = fact.number > 0 and fact.showing > 0 and len(fact.response) <= 5
        shown_before = any((a.number, a.showing) == (fact.number, fact.showing) for a in before)
        counts = fact.by is not AnsweredBy.VOID
        counted_before = any(a.number == fact.number and a.by is not AnsweredBy.VOID for a in before)
        if well_formed and not shown_before and not (counts and counted_before):
            before.append(fact)
        else:
            self.left_out += 1


def answers_of(db: sqlite_utils.Database, attempt_id: str) -> list[tuple[object, ...]]:
    """The rows of ``answer``."""
    columns = "number, showing, factor1, factor2, response, shown_us, at_us, by, stall"
    query = f"select {columns} from answer where attempt_id = ? order by number, showing"
    return db.execute(query, (attempt_id,)).fetchall()


def as_rows(answers: list[Answered]) -> list[tuple[object, ...]]:
    """The rows that answers should leave."""
    return sorted(
        (a.number, a.showing, a.factor1, a.factor2, a.response, a.shown_us, a.at, str(a.by), int(a.stall))
        for a in answers
    )


turns = st.tuples(st.sampled_from(ATTEMPTS), st.lists(facts(), max_size=4))
groups = st.lists(st.lists(turns, min_size=1, max_size=4), min_size=1, max_size=4)
lives = st.lists(groups, min_size=1, max_size=3)


@given(lives=lives)
@TABLES
def test_any_facts_in_any_groups_over_any_lives_come_back(
    new_home: Callable[[], Home], lives: list[list[list[tuple[str, list[Fact]]]]]
) -> None:
    """The same facts, their answers, the outcome, and a whole chain; refused rows are reported."""
    home, told, ticket, refused = new_home(), Told(), 0, 0
    for run, life in enumerate(lives, start=1):
        writer = BatchWriter(connect(home.database))
        for group in life:
            batches = []
            for attempt_id, turn in group:
                ticket += 1
                new = None if attempt_id in told.facts else new_attempt(attempt_id)
                told.hear(attempt_id, turn)
                batches.append(Batch(ticket, attempt_id, tuple(turn), stamp(run=run), attempt=new))
            written = writer.write(batches)
            assert written.kept == [batch.ticket for batch in batches]
            refused += len(written.refused)
        writer.close()
    db = connect(home.database)
    for attempt_id, expected in told.facts.items():
        stored = load_attempt(db, attempt_id)
        assert list(stored.facts) == expected
        assert (stored.broken_at, stored.outcome) == (None, told.outcomes.get(attempt_id))
        assert answers_of(db, attempt_id) == as_rows(told.answers.get(attempt_id, []))
    assert refused == told.left_out == db["refused"].count
    db.close()
