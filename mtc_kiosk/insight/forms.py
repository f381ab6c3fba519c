"""Forms differ: how hard a pupil's form was beside the others', and whether a gap is more than form and chance explain.

A form's hardness is the score that a pupil in the middle of the class would have on it, on average. Between two pupils
the difference of their forms is taken off, and what chance makes of 25 questions is counted as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, variance

from mtc_kiosk.check.form import Item
from mtc_kiosk.insight.class_fit import ClassFit, Marks, chance_of
from mtc_kiosk.insight.grid import ability_where

SURE = 1.96
"""Standard errors: chance alone goes further in 5 of 100 comparisons."""

A_LITTLE = 0.5
"""Marks: a form is called easier or harder from here."""


@dataclass(frozen=True)
class FormHardness:
    """What a pupil in the middle of the class would have scored on this form, and on the class's forms on average."""

    expected: float
    usual: float

    @property
    def easier_by(self) -> float:
        """In marks; below 0 for a harder form."""
        return self.expected - self.usual

    @property
    def words(self) -> str:
        """For the pupil's page."""
        if abs(self.easier_by) < A_LITTLE:
            return "The form was about as hard as the others'."
        kind = "easier" if self.easier_by > 0 else "harder"
        return f"The form was {kind} than the others', by about {abs(self.easier_by):.1f} marks."


@dataclass(frozen=True)
class Gap:
    """A difference of scores in marks, of which ``by_form`` comes from the forms; ``error`` is chance's own."""

    marks: float
    by_form: float
    error: float

    @property
    def left(self) -> float:
        """What the forms do not explain."""
        return self.marks - self.by_form

    @property
    def is_more(self) -> bool:
        """Whether what is left is more than chance explains."""
        return abs(self.left) > SURE * self.error

    @property
    def words(self) -> str:
        """One sentence."""
        if self.is_more:
            return "The gap is more than the forms and chance explain."
        return "A gap of this size can come from the forms and from chance."


def usual_score(forms: Sequence[Sequence[Item]], fit: ClassFit) -> float:
    """What a pupil in the middle of the class would score on the class's forms, on average."""
    return fmean(_expected(one, fit) for one in forms) if forms else 0.0


def form_hardness(form: Sequence[Item], usual: float, fit: ClassFit) -> FormHardness:
    """How hard a form was; ``usual`` is the ``usual_score`` on all the class's forms, its own among them."""
    return FormHardness(_expected(form, fit), usual)


def gap_of_pupils(one: Marks, other: Marks, fit: ClassFit) -> Gap:
    """Whether two pupils' scores differ by more than form and chance; each has as many questions as the other."""
    ability = _ability([*one, *other], fit)
    scores, expected, spread = zip(*(_score_and_chance(marks, ability, fit) for marks in (one, other)), strict=True)
    return Gap(scores[0] - scores[1], expected[0] - expected[1], sqrt(spread[0] + spread[1]))


def gap_of_groups(one: Sequence[Marks], other: Sequence[Marks], fit: ClassFit) -> Gap | None:
    """Whether two classes' or two years' mean scores differ by more than forms and chance; None below two pupils each.

    Chance includes which children happen to be in a class, so pupils' own spread is the measure, but never less than
    that of the answers. It is hardly known of a few pupils, so their gap needs to be wider (Student's t). ``fit`` is of
    both together.
    """
    if min(len(one), len(other)) < 2:
        return None
    ability = _ability([mark for marks in (*one, *other) for mark in marks], fit)
    sides = []
    for group in (one, other):
        rows = [_score_and_chance(marks, ability, fit) for marks in group]
        left = [score - expected for score, expected, _ in rows]
        spread = max(variance(left), fmean(row[2] for row in rows))
        sides.append((fmean(row[0] for row in rows), fmean(row[1] for row in rows), spread / len(rows)))
    (score, expected, spread), (others_score, others_expected, others_spread) = sides
    error = sqrt(spread + others_spread) * _wider(len(one) + len(other) - 2)
    return Gap(score - others_score, expected - others_expected, error)


def _wider(free: int) -> float:
    """How much further chance goes where a spread is known from so many pupils beside two means (Student's t)."""
    return 1 + (SURE**2 + 1) / (4 * free) + (5 * SURE**4 + 16 * SURE**2 + 3) / (96 * free**2)


def _expected(form: Sequence[Item], fit: ClassFit) -> float:
    return sum(chance_of(fit.middle + fit.ease[item]) for item in form)


def _ability(marks: Marks, fit: ClassFit) -> float:
    """One ability that explains all these answers together."""
    share = min(max(sum(right for _, right in marks) / len(marks), 0.02), 0.98)
    return ability_where([fit.ease[item] for item, _ in marks], share)


def _score_and_chance(marks: Marks, ability: float, fit: ClassFit) -> tuple[float, float, float]:
    """A score, what it would be on average, and its variance."""
    chances = [chance_of(ability + fit.ease[item]) for item, _ in marks]
    return float(sum(right for _, right in marks)), sum(chances), sum(chance * (1 - chance) for chance in chances)
