"""Everything insight says of a class, in one value: what the class's page or report shows."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from mtc_kiosk.check.form import Item
from mtc_kiosk.check.framework import TABLES
from mtc_kiosk.insight.attempts import Attempt
from mtc_kiosk.insight.claims import Sure
from mtc_kiosk.insight.class_figures import (
    Distribution,
    Row,
    Square,
    TeachAgain,
    by_table,
    distribution,
    fact_map,
    teach_again,
)
from mtc_kiosk.insight.doubts import Doubt, Reason
from mtc_kiosk.insight.pupil import ClassContext, PupilInsight, pupil_insight

MOST_DOUBTS = 4
"""So many reasons to look twice are shown for a class."""


@dataclass(frozen=True)
class TableOfClass:
    """A table in a class. ``without`` is how many pupils have not got it, on average of what is likely.

    ``clear`` and ``likely`` count the pupils of whom that may be said.
    """

    table: int
    without: float
    clear: int
    likely: int


@dataclass(frozen=True)
class ClassInsight:
    """A class. ``pupils`` is by pupil; ``doubts`` are the weightiest reasons to look twice, with their pupils.

    ``more_doubts`` are the other pupils with a reason, the weightiest first, and last those with a note alone.
    ``distribution`` is None, and so are ``average`` and ``middle``, where checks have different lengths or rules.
    """

    pupils: Mapping[int, PupilInsight]
    distribution: Distribution | None
    average: float | None
    middle: float | None
    full_marks: int
    squares: Mapping[Item, Square]
    rows: tuple[Row, ...]
    tables: tuple[TableOfClass, ...]
    teach_again: tuple[TeachAgain, ...]
    doubts: tuple[tuple[int, Doubt], ...]
    more_doubts: tuple[int, ...]


def class_insight(
    context: ClassContext,
    *,
    tries: Mapping[int, Sequence[Attempt]] | None = None,
    noted: Collection[int] = (),
    known: Mapping[int, PupilInsight] | None = None,
) -> ClassInsight:
    """What a class's checks say. ``tries`` are goes of "try it out" by pupil; ``noted`` are pupils with a note.

    ``known`` are insights made before, such as those of pupils in several classes, each beside their own.
    """
    goes, made = tries or {}, known or {}
    pupils = {
        pupil: made.get(pupil) or pupil_insight(pupil, context, tries=goes.get(pupil, ()), has_note=pupil in noted)
        for pupil in context.attempts
    }
    scores = [one.attempt.score for one in pupils.values()]
    kinds = {(len(one.attempt.answers), one.attempt.changed_rules) for one in pupils.values()}
    alike = len(kinds) == 1
    firsts = _weightiest(pupils)
    shown = [(pupil, doubt) for pupil, doubt in firsts if doubt.reason is not Reason.NOTE][:MOST_DOUBTS]
    marks = [[(answer.item, answer.right) for answer in one.attempt.counting] for one in pupils.values()]
    return ClassInsight(
        pupils=pupils,
        distribution=distribution(scores, next(iter(kinds))[0]) if alike else None,
        average=fmean(scores) if alike else None,
        middle=float(median(scores)) if alike else None,
        full_marks=sum(one.attempt.score == len(one.attempt.answers) for one in pupils.values()),
        squares=fact_map(marks),
        rows=by_table(marks),
        tables=_tables(list(pupils.values())),
        teach_again=teach_again(list(context.marks.values()), context.fit),
        doubts=tuple(shown),
        more_doubts=tuple(pupil for pupil, _ in firsts[len(shown) :]),
    )


def _tables(pupils: Sequence[PupilInsight]) -> tuple[TableOfClass, ...]:
    found = []
    for place, table in enumerate(TABLES):
        claims = [pupil.claims[place] for pupil in pupils]
        sure = [claim.sure for claim in claims]
        without = sum(claim.chance.not_got for claim in claims)
        found.append(TableOfClass(table, without, sure.count(Sure.CLEAR), sure.count(Sure.LIKELY)))
    return tuple(found)


def _weightiest(pupils: Mapping[int, PupilInsight]) -> list[tuple[int, Doubt]]:
    """One reason a pupil, the weightiest, in the order of their weight: of answers that ran out, most of them first."""
    firsts = [(pupil, one.doubts[0]) for pupil, one in pupils.items() if one.doubts]

    def weight(row: tuple[int, Doubt]) -> tuple[int, int, int]:
        pupil, doubt = row
        ran_out = pupils[pupil].may_know if doubt.reason is Reason.UNFINISHED else 0
        return list(Reason).index(doubt.reason), -ran_out, pupil

    return sorted(firsts, key=weight)
