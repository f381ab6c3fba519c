"""Everything insight says of one pupil's check, in one value: what a page or a report of a pupil shows.

The class is needed too: how hard facts are, how hard the form was beside the others', whose times are alike.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mtc_kiosk.insight.attempts import Attempt
from mtc_kiosk.insight.claims import Sure, TableClaim, in_words, marks_of, table_claims
from mtc_kiosk.insight.class_fit import ClassFit, Marks
from mtc_kiosk.insight.doubts import Doubt, doubts
from mtc_kiosk.insight.fitting import fit_class
from mtc_kiosk.insight.forms import FormHardness, form_hardness, usual_score
from mtc_kiosk.insight.grid import Grid
from mtc_kiosk.insight.mistakes import Mistake, OfKind, by_kind, mistakes
from mtc_kiosk.insight.patterns import Found, before_freezing, explained, patterns
from mtc_kiosk.insight.practise import ToPractise, practise_next
from mtc_kiosk.insight.timing import Beside, Times, beside, times_of
from mtc_kiosk.insight.with_class import WithClass, hard_tables, with_class


@dataclass(frozen=True)
class ClassContext:
    """What one pupil is seen beside. Mappings are by pupil; ``marks`` are those that say something of tables.

    ``usual_score`` is what a pupil in the middle of the class would score on the class's forms, on average. ``hard``
    are the tables that the class as a whole finds hard.
    """

    attempts: Mapping[int, Attempt]
    found: Mapping[int, tuple[Found, ...]]
    marks: Mapping[int, Marks]
    times: Mapping[int, Times]
    fit: ClassFit
    grid: Grid
    usual_score: float
    hard: frozenset[int]


@dataclass(frozen=True)
class PupilInsight:
    """One pupil's check. ``may_know`` counts answers that were right so far when the time ran out.

    ``claims`` has every table, most of them as one check cannot tell; ``gaps`` says those that are claimed, a sentence
    each. ``with_class`` says those that are not, of tables that the class as a whole finds hard.
    """

    attempt: Attempt
    may_know: int
    claims: tuple[TableClaim, ...]
    gaps: tuple[str, ...]
    with_class: tuple[WithClass, ...]
    found: tuple[Found, ...]
    mistakes: tuple[Mistake, ...]
    kinds: tuple[OfKind, ...]
    times: Times
    beside: Beside
    form: FormHardness
    practise: tuple[ToPractise, ...]
    doubts: tuple[Doubt, ...]

    @property
    def claimed(self) -> tuple[TableClaim, ...]:
        """The tables that are claimed."""
        return tuple(claim for claim in self.claims if claim.sure is not Sure.CANNOT_TELL)


def context_of(attempts: Mapping[int, Attempt], earlier: Sequence[Marks] = ()) -> ClassContext:
    """The context of a class: the check of each pupil that counts, by pupil.

    ``earlier`` are the marks of the school's other pupils and years (``claims.marks_of``); more make facts' hardness
    surer.
    """
    counting = {pupil: attempt for pupil, attempt in attempts.items() if attempt.counting}
    found = {pupil: patterns(attempt) for pupil, attempt in counting.items()}
    marks = {pupil: marks_of(before_freezing(one.answers, found[pupil])) for pupil, one in counting.items()}
    fit = fit_class(list(marks.values()), earlier)
    times = {pupil: times_of(attempt) for pupil, attempt in counting.items()}
    forms = [[answer.item for answer in attempt.answers] for attempt in counting.values()]
    return ClassContext(counting, found, marks, times, fit, Grid(fit), usual_score(forms, fit), hard_tables(marks))


def pupil_insight(
    pupil: int, context: ClassContext, *, tries: Sequence[Attempt] = (), has_note: bool = False
) -> PupilInsight:
    """What the pupil's check says; ``tries`` are their signed-in goes of "try it out", oldest first."""
    attempt, found = context.attempts[pupil], context.found[pupil]
    claims = table_claims(context.marks[pupil], context.grid)
    wrong = mistakes(attempt.answers)
    tried = replace(attempt, answers=before_freezing(attempt.answers, found))
    known = _of_tables(explained(mistakes(tried.answers), found))
    others = [times for other, times in context.times.items() if other != pupil]
    return PupilInsight(
        attempt=attempt,
        may_know=sum(mistake.may_have_known for mistake in wrong),
        claims=claims,
        gaps=tuple(words for claim in claims if (words := in_words(claim, known[claim.table]))),
        with_class=with_class(claims, context.hard, known),
        found=found,
        mistakes=wrong,
        kinds=by_kind(wrong),
        times=context.times[pupil],
        beside=beside(context.times[pupil], others),
        form=form_hardness([answer.item for answer in attempt.answers], context.usual_score, context.fit),
        practise=practise_next([*tries, tried], claims, context.fit),
        doubts=doubts(attempt, found, practised=tries[-1] if tries else None, has_note=has_note),
    )


def _of_tables(known: Sequence[Mistake]) -> Counter[int]:
    """How many of these mistakes are of each table, whichever way round."""
    items = [mistake.answer.item for mistake in known]
    return Counter(table for item in items for table in {item.factor1, item.factor2})
