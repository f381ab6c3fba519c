"""What may be said of a pupil's tables, and how sure it is.

*Clear* needs a probability of 95% or more, *likely* 80%, and both that a pupil without a gap would rarely get any such
claim (``control``). Otherwise one check cannot tell. A table of which fewer than two questions were asked, in either
order, is never claimed: one answer makes nothing clear.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from mtc_kiosk.insight.attempts import Answer
from mtc_kiosk.insight.class_fit import Marks
from mtc_kiosk.insight.control import Control, controls
from mtc_kiosk.insight.grid import Grid
from mtc_kiosk.insight.tables import TableChance, table_chances

CLEAR_FROM, LIKELY_FROM = 0.95, 0.80
FEWEST_ASKED = 2
MOST_TURNED = 2
"""So many right answers of a table at a time are taken for wrong, so that a form of one table does not take minutes."""


class Sure(StrEnum):
    """How sure a claim is."""

    CLEAR = "clear"
    LIKELY = "likely"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True)
class Bar:
    """What a claim needs: its own probability, and how rare it must be without a gap (``Control``).

    The two rarities share out what a report may claim wrongly in all: 2% of pupils for *clear*, 10% for *likely*.
    ``evidence``: a low score claims a table only if its own answers are this much likelier if it is lost than at the
    limit.
    """

    sure: Sure
    not_got: float
    beside: float
    overall: float
    evidence: float


BARS = (Bar(Sure.CLEAR, CLEAR_FROM, 0.018, 0.004, 20.0), Bar(Sure.LIKELY, LIKELY_FROM, 0.08, 0.02, 3.0))


@dataclass(frozen=True)
class TableClaim:
    """The claim that a pupil has not got a table. ``asked`` and ``right`` count its facts either way round.

    ``first_asked`` and ``first_right`` count those with the table as the first number. ``chance`` has the
    probabilities.
    """

    table: int
    sure: Sure
    chance: TableChance
    asked: int
    right: int
    first_asked: int
    first_right: int


def marks_of(answers: Sequence[Answer]) -> Marks:
    """The marks of the answers that say anything of the pupil."""
    return [(answer.item, answer.right) for answer in answers if answer.counts]


def table_claims(marks: Marks, grid: Grid) -> tuple[TableClaim, ...]:
    """A claim for each table, in order; most of them that one check cannot tell.

    A claim is made only if it would be made, at least as sure, with one or two of the table's right answers wrong: so
    with up to two of them right, one more never makes it surer that the table is not got.
    """
    chances = {chance.table: chance for chance in table_chances(marks, grid)}
    found = _stepped_down(marks, chances, grid)
    sure = {table: _weakest(table, one, marks, grid) for table, one in found.items()}
    return tuple(_claim(chance, sure.get(table, Sure.CANNOT_TELL), marks) for table, chance in chances.items())


def _stepped_down(marks: Marks, chances: Mapping[int, TableChance], grid: Grid) -> dict[int, Sure]:
    """How sure each claim is, of those that may be made.

    Once a table is claimed, its questions say nothing of the pupil's others, and the control of those is computed
    without them.
    """
    sure: dict[int, Sure] = {}
    rest = list(marks)
    while True:
        open_tables = [table for table, chance in chances.items() if table not in sure and _is_possible(chance, marks)]
        control = controls(rest, grid) if open_tables and rest else {}
        found = {table: _sure(chances[table], control[table]) for table in open_tables if table in control}
        found = {table: one for table, one in found.items() if one is not Sure.CANNOT_TELL}
        if not found:
            return sure
        sure |= found
        rest = [(item, right) for item, right in rest if not {item.factor1, item.factor2} & set(sure)]


def _weakest(table: int, sure: Sure, marks: Marks, grid: Grid) -> Sure:
    """How sure a claim is at the least, with up to two of the table's right answers wrong."""
    places = [place for place, (item, right) in enumerate(marks) if right and table in (item.factor1, item.factor2)]
    for count in range(1, min(len(places), MOST_TURNED) + 1):
        for wrong in combinations(places, count):
            worse = [(item, right and place not in wrong) for place, (item, right) in enumerate(marks)]
            chances = {chance.table: chance for chance in table_chances(worse, grid)}
            one = _stepped_down(worse, chances, grid).get(table, Sure.CANNOT_TELL)
            sure = max(sure, one, key=list(Sure).index)
            if sure is Sure.CANNOT_TELL:
                return sure
    return sure


def in_words(claim: TableClaim, explained: int = 0) -> str:
    """The claim as a sentence without a name; "" where one check cannot tell.

    ``explained`` is how many of its wrong answers another finding explains, such as a key that sticks.
    """
    if claim.sure is Sure.CANNOT_TELL:
        return ""
    has = "Has not got" if claim.sure is Sure.CLEAR else "Has probably not got"
    return f"{has} the {claim.table}s: {right_in_words(claim, explained)}"


def right_in_words(claim: TableClaim, explained: int) -> str:
    """``0 of 5 right, whichever way round.``, and how many of the wrong answers may have another reason."""
    sentence = f"{claim.right} of {claim.asked} right, whichever way round"
    if not explained:
        return f"{sentence}."
    which = "all" if explained == claim.asked - claim.right else str(explained)
    return f"{sentence}; {which} of the wrong answers may have another reason."


def _is_possible(chance: TableChance, marks: Marks) -> bool:
    """Whether a table may be claimed at all: enough of it was asked, not all of it right, and a claim is likely."""
    theirs = _of_table(chance.table, marks)
    return chance.not_got >= LIKELY_FROM and len(theirs) >= FEWEST_ASKED and not all(right for _, right in theirs)


def _of_table(table: int, marks: Marks) -> Marks:
    return [(item, right) for item, right in marks if table in (item.factor1, item.factor2)]


def _claim(chance: TableChance, sure: Sure, marks: Marks) -> TableClaim:
    theirs = _of_table(chance.table, marks)
    first = [right for item, right in theirs if item.factor1 == chance.table]
    return TableClaim(
        chance.table, sure, chance, len(theirs), sum(right for _, right in theirs), len(first), sum(first)
    )


def _sure(chance: TableChance, control: Control) -> Sure:
    for bar in BARS:
        low = control.overall <= bar.overall and control.at_limit >= bar.evidence
        if chance.not_got >= bar.not_got and (low or control.beside <= bar.beside):
            return bar.sure
    return Sure.CANNOT_TELL
