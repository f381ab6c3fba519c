"""Tables that a class as a whole finds hard, and what may be said of a pupil who lacks one with it.

The control of a claim (``control``) compares a pupil's table with how hard it is for the class, so that a pupil who
lacks what the class lacks stands out by nothing. No claim is made of that pupil, but what was right is said.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from mtc_kiosk.insight.claims import FEWEST_ASKED, LIKELY_FROM, Sure, TableClaim, right_in_words
from mtc_kiosk.insight.class_fit import Marks
from mtc_kiosk.insight.grid import HAS_NOT_GOT

FEWEST_PUPILS = 5
"""Fewer are no class of which anything is said as a whole."""


@dataclass(frozen=True)
class WithClass:
    """A table that a pupil lacks like the class, as a sentence without a name. It is no claim of this pupil."""

    table: int
    words: str


def hard_tables(marks: Mapping[int, Marks]) -> frozenset[int]:
    """The tables of which the class had fewer than 6 in 10 answers right, whichever way round."""
    if len(marks) < FEWEST_PUPILS:
        return frozenset()
    asked: Counter[int] = Counter()
    had: Counter[int] = Counter()
    for item, right in (mark for row in marks.values() for mark in row):
        for table in {item.factor1, item.factor2}:
            asked[table] += 1
            had[table] += right
    return frozenset(table for table, times in asked.items() if had[table] < HAS_NOT_GOT * times)


def with_class(
    claims: Sequence[TableClaim], hard: Collection[int], explained: Mapping[int, int]
) -> tuple[WithClass, ...]:
    """What to say of tables that are hard for the class and of which one check cannot tell.

    Only those that are likely not got, and could be claimed: enough asked, not all right. ``explained``: by table, how
    many of the wrong answers another finding explains.
    """
    return tuple(
        WithClass(claim.table, _words(claim, explained.get(claim.table, 0)))
        for claim in claims
        if claim.table in hard and _is_unclaimed(claim)
    )


def _is_unclaimed(claim: TableClaim) -> bool:
    could = claim.asked >= FEWEST_ASKED and claim.right < claim.asked and claim.chance.not_got >= LIKELY_FROM
    return could and claim.sure is Sure.CANNOT_TELL


def _words(claim: TableClaim, explained: int) -> str:
    hard = f"The class as a whole finds the {claim.table}s hard, so one check cannot set this pupil apart"
    return f"{hard}: {right_in_words(claim, explained)}"
