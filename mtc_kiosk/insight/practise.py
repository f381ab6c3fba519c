"""What a pupil should practise next: at most eight facts, each with its reason; and progress over several goes.

A fact is left out once its latest answer was right and not slow. The reasons come in this order, and within each the
slowest or hardest first: a fact that the check missed and that was missed before, one of a table that the pupil has not
got, one that the check missed, one right so far when its time ran out, one missed in an earlier go and not asked since,
and one that was right but slow. A fact and its reverse are one. No fact is called unknown for one answer: it is *missed
once*.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from mtc_kiosk.check.form import Item
from mtc_kiosk.check.framework import TABLES
from mtc_kiosk.insight.attempts import Answer, Attempt
from mtc_kiosk.insight.claims import Sure, TableClaim
from mtc_kiosk.insight.class_fit import ClassFit
from mtc_kiosk.insight.mistakes import Kind, kind_of

MOST = 8
MOST_OF_A_TABLE = 3
"""How many facts are added from a table that the pupil has not got."""

SLOW_MS = 3_000
"""Time to the first digit from which a right answer is worth practising (docs/insight.md has the sources)."""


class Why(StrEnum):
    """Why a fact is worth practising, the most pressing first."""

    MISSED_AGAIN = "missed_again"
    TABLE = "table"
    MISSED = "missed"
    UNFINISHED = "unfinished"
    EARLIER = "earlier"
    SLOW = "slow"


@dataclass(frozen=True)
class ToPractise:
    """A fact to practise, as it was asked last, and why, in words."""

    item: Item
    why: Why
    words: str


@dataclass(frozen=True)
class Go:
    """One attempt in a pupil's progress: its score and length; ``is_check`` for the check itself."""

    score: int
    of: int
    is_check: bool


@dataclass
class _Known:
    """What is known of a fact, over all the attempts. ``in_check``: the last attempt asked it."""

    last: Answer
    in_check: bool = False
    asked: int = 0
    missed: int = 0


def practise_next(attempts: Sequence[Attempt], claims: Sequence[TableClaim], fit: ClassFit) -> tuple[ToPractise, ...]:
    """At most eight facts. ``attempts`` are the pupil's, oldest first, the check last."""
    known = _facts(attempts)
    assisted = any(attempt.assisted for attempt in attempts)
    rows: dict[tuple[int, int], tuple[Why, float, ToPractise]] = {}
    for why, order, fact in (*_from_answers(known, fit, assisted), *_from_tables(known, claims, fit)):
        before = rows.get(fact.item.unordered)
        if before is None or list(Why).index(why) < list(Why).index(before[0]):
            rows[fact.item.unordered] = why, order, fact
    ordered = sorted(rows.values(), key=lambda row: (list(Why).index(row[0]), -row[1], row[2].item))
    return tuple(fact for _, _, fact in ordered[:MOST])


def progress(attempts: Sequence[tuple[Attempt, bool]]) -> tuple[Go, ...]:
    """A pupil's goes, oldest first; each attempt with whether it is the check."""
    return tuple(Go(attempt.score, len(attempt.answers), is_check) for attempt, is_check in attempts)


def _facts(attempts: Sequence[Attempt]) -> dict[tuple[int, int], _Known]:
    known: dict[tuple[int, int], _Known] = {}
    for go, attempt in enumerate(attempts, 1):
        for answer in attempt.counting:
            fact = known.setdefault(answer.item.unordered, _Known(answer))
            fact.last = answer
            fact.in_check = go == len(attempts)
            fact.asked += 1
            fact.missed += not answer.right
    return known


def _from_answers(
    known: dict[tuple[int, int], _Known], fit: ClassFit, assisted: bool
) -> Iterator[tuple[Why, float, ToPractise]]:
    for fact in known.values():
        item, think = fact.last.item, fact.last.think_ms or 0
        if not fact.last.right:
            why, order, words = _missed(fact, -fit.ease[item])
            yield why, order, ToPractise(item, why, words)
        elif think >= SLOW_MS and not assisted:
            words = f"right, after {think / 1000:.1f} seconds"
            yield Why.SLOW, think, ToPractise(item, Why.SLOW, words)


def _missed(fact: _Known, hard: float) -> tuple[Why, float, str]:
    """Why a fact is practised that was wrong at last, its order within that, and the words."""
    if not fact.in_check:
        return Why.EARLIER, fact.missed, "missed in an earlier try"
    if fact.missed > 1:
        return Why.MISSED_AGAIN, fact.missed, f"wrong {_share(fact)} it was asked"
    if _was_unfinished(fact.last):
        return Why.UNFINISHED, hard, "right so far when the time ran out"
    return Why.MISSED, hard, "missed once"


def _share(fact: _Known) -> str:
    """``both times``, ``all 3 times``, ``2 of the 3 times``."""
    if fact.missed < fact.asked:
        return f"{fact.missed} of the {fact.asked} times"
    return {2: "both times"}.get(fact.asked, f"all {fact.asked} times")


def _from_tables(
    known: dict[tuple[int, int], _Known], claims: Sequence[TableClaim], fit: ClassFit
) -> Iterator[tuple[Why, float, ToPractise]]:
    """The facts of tables that the pupil has not got: those that class and school miss most, not those just right."""
    for claim in claims:
        if claim.sure is Sure.CANNOT_TELL:
            continue
        facts = [Item(claim.table, factor) for factor in TABLES]
        missed = [item for item in facts if item.unordered not in known or not known[item.unordered].last.right]
        hardest = sorted(missed, key=lambda item: (fit.ease[item], item))[:MOST_OF_A_TABLE]
        word = "not got yet" if claim.sure is Sure.CLEAR else "perhaps not got yet"
        for item in hardest:
            yield Why.TABLE, -fit.ease[item], ToPractise(item, Why.TABLE, f"of the {claim.table}s, {word}")


def _was_unfinished(answer: Answer) -> bool:
    return kind_of(answer.item, answer.response, ran_out=answer.ran_out) is Kind.UNFINISHED
