"""Ways of answering that run through a check: adding, swapping digits, a key that sticks, freezing, guessing.

Each compares two accounts of how often something happened: the usual one, and one in which the pupil mostly does it.
What is done by nobody but one in a hundred is believed only on strong evidence: the probability is Bayes's, from
``UNUSUAL`` beforehand. One answer alone is never a pattern. Typing speed is in ``slow_typing``.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from math import erf, exp, lgamma, log, sqrt
from statistics import fmean, median, pstdev

from mtc_kiosk.insight.attempts import Answer, Attempt
from mtc_kiosk.insight.claims import CLEAR_FROM, LIKELY_FROM, Sure
from mtc_kiosk.insight.mistakes import Kind, Mistake, doublings, mistakes
from mtc_kiosk.insight.timing import FEWEST_GAPS, times_of
from mtc_kiosk.school.words import counted

UNUSUAL = 0.01
"""How many pupils do any one of these, beforehand."""

FREEZING, STICKING = 0.045, 0.003
"""The same of freezing, and of each key that it sticks."""

FEWEST_TIMES = 2
"""What happened once is no pattern."""

MOSTLY = (0.3, 0.6, 0.9)
"""How often a pupil who does it does it."""

SLIP, DOUBLED_SLIP, UNRELATED_USUALLY = 0.01, 0.002, 0.15
"""The usual share of sums and of swapped digits, of doubled digits, and of wrong answers that fit no kind."""

BLANKS_BEFOREHAND = (1.0, 15.0)
"""A beta distribution of how often a pupil types nothing."""

BLANK_WHEN_FROZEN = (0.7, 0.9, 0.99)
SHORTEST_PART = 4
"""A check that stopped has as many questions before and after."""

MOST_RIGHT_BY_GUESSING = 0.4
SLOW_GAP_MS = 1_000
"""From one digit to the next; pupils of this age mostly need under half of that on a keyboard."""


class Pattern(StrEnum):
    """The patterns."""

    ADDS = "adds"
    SWAPS = "swaps"
    STICKS = "sticks"
    FREEZES = "freezes"
    GUESSES = "guesses"
    SLOW_TYPING = "slow_typing"


_MARKS = {Pattern.ADDS: Kind.ADDED, Pattern.SWAPS: Kind.SWAPPED, Pattern.STICKS: Kind.DOUBLED}
"""The kind of mistake that a pattern makes."""

_NOT_FINISHED = (Kind.NOTHING, Kind.UNFINISHED, Kind.CUT_OFF)


@dataclass(frozen=True)
class Found:
    """A pattern in a check: it happened ``times`` of the ``of`` times that it could, with this probability.

    ``after`` is the last question before a pupil froze; ``key`` is the key that sticks.
    """

    pattern: Pattern
    sure: Sure
    probability: float
    times: int
    of: int
    words: str
    after: int = 0
    key: str = ""


def patterns(attempt: Attempt) -> tuple[Found, ...]:
    """The patterns that are at least likely, in the order of ``Pattern``."""
    wrong = mistakes(attempt.answers)
    possible = (
        _adds(attempt.counting, wrong),
        _swaps(attempt.counting, wrong),
        _sticks(attempt.counting, wrong),
        _freezes(attempt.counting),
        _guesses(attempt.counting, wrong),
        _types_slowly(attempt, wrong),
    )
    return tuple(one for one in possible if one is not None and one.sure is not Sure.CANNOT_TELL)


def explained(wrong: Sequence[Mistake], found: Sequence[Found]) -> tuple[Mistake, ...]:
    """The mistakes that say little of a table: right so far when the time ran out, or of a pattern that was found."""
    kinds = {_MARKS[one.pattern] for one in found if one.pattern in _MARKS}
    return tuple(mistake for mistake in wrong if mistake.may_have_known or mistake.kind in kinds)


def before_freezing(answers: Sequence[Answer], found: Sequence[Found]) -> tuple[Answer, ...]:
    """The answers before a pupil froze: what came after says nothing of the pupil's tables."""
    after = next((one.after for one in found if one.pattern is Pattern.FREEZES), 0)
    return tuple(answer for answer in answers if not after or answer.number <= after)


def _found(pattern: Pattern, probability: float, times: int, of: int, words: str) -> Found:
    sure = Sure.CANNOT_TELL
    if times >= FEWEST_TIMES and probability >= LIKELY_FROM:
        sure = Sure.CLEAR if probability >= CLEAR_FROM else Sure.LIKELY
    return Found(pattern, sure, probability, times, of, words)


def _believed(times: int, of: int, usual: float, rates: Sequence[float], beforehand: float = UNUSUAL) -> float:
    """The probability that something is done at one of ``rates`` and not at the usual one."""
    evidence = fmean((rate / usual) ** times * ((1 - rate) / (1 - usual)) ** (of - times) for rate in rates)
    return _after(evidence, beforehand)


def _after(evidence: float, beforehand: float) -> float:
    return evidence * beforehand / (evidence * beforehand + 1 - beforehand)


def _of_kind(wrong: Sequence[Mistake], kind: Kind) -> list[Mistake]:
    return [mistake for mistake in wrong if mistake.kind is kind]


def _adds(answers: Sequence[Answer], wrong: Sequence[Mistake]) -> Found:
    of = [answer for answer in answers if answer.item.factor1 + answer.item.factor2 != answer.item.product]
    times = len(_of_kind(wrong, Kind.ADDED))
    words = f"Added instead of multiplying in {times} of {counted(len(of), 'question')}."
    return _found(Pattern.ADDS, _believed(times, len(of), SLIP, MOSTLY), times, len(of), words)


def _swaps(answers: Sequence[Answer], wrong: Sequence[Mistake]) -> Found:
    of = [answer for answer in answers if len(set(str(answer.item.product)[-2:])) > 1]
    times = len(_of_kind(wrong, Kind.SWAPPED))
    words = f"Typed digits the other way round in {times} of {counted(len(of), 'answer')}."
    return _found(Pattern.SWAPS, _believed(times, len(of), SLIP, MOSTLY), times, len(of), words)


def _sticks(answers: Sequence[Answer], wrong: Sequence[Mistake]) -> Found:
    """The key most likely to stick: what has it came out doubled, where it was otherwise right."""
    doubled = [_doubled_key(mistake.answer) for mistake in _of_kind(wrong, Kind.DOUBLED)]
    counts = [
        (
            doubled.count(key),
            doubled.count(key) + sum(answer.right and key in answer.response for answer in answers),
            key,
        )
        for key in "0123456789"
    ]
    scored = [(_believed(times, of, DOUBLED_SLIP, MOSTLY, STICKING), times, of, key) for times, of, key in counts]
    probability, times, of, key = max(scored, key=lambda one: one[:2])
    words = f"The key {key} came twice in {times} of {counted(of, 'answer')} with it: look at the keyboard."
    return replace(_found(Pattern.STICKS, probability, times, of, words), key=key)


def _doubled_key(answer: Answer) -> str:
    product, typed = str(answer.item.product), answer.response.lstrip("0")
    return next(digit for digit in product if typed in doublings(product, digit))


def _freezes(answers: Sequence[Answer]) -> Found | None:
    """Nothing typed from some question on, beside one rate of empty boxes throughout."""
    blank = [not answer.response for answer in answers]
    places = range(SHORTEST_PART, len(blank) - SHORTEST_PART + 1)
    if not places:
        return None
    throughout = _log_beta_chance(sum(blank), len(blank))
    scores = {}
    for place in places:
        after = blank[place:]
        frozen = [sum(after) * log(rate) + (len(after) - sum(after)) * log(1 - rate) for rate in BLANK_WHEN_FROZEN]
        before = _log_beta_chance(sum(blank[:place]), place)
        scores[place] = before + log(fmean(exp(one) for one in frozen)) - throughout
    place = max(scores, key=lambda one: scores[one])
    probability = _after(fmean(exp(min(score, 500.0)) for score in scores.values()), FREEZING)
    number, times, of = answers[place - 1].number, sum(blank[place:]), len(blank) - place
    share = "all" if times == of else str(times)
    words = f"Typed nothing in {share} of the last {of} questions, after question {number}."
    return replace(_found(Pattern.FREEZES, probability, times, of, words), after=number)


def _log_beta_chance(times: int, of: int) -> float:
    """The log of the chance of one order of ``times`` in ``of``, the rate having its beta distribution."""
    first, second = BLANKS_BEFOREHAND
    whole = lgamma(first + second) - lgamma(first) - lgamma(second)
    return whole + lgamma(first + times) + lgamma(second + of - times) - lgamma(first + second + of)


def _guesses(answers: Sequence[Answer], wrong: Sequence[Mistake]) -> Found:
    """Wrong answers that fit no kind, where little is right."""
    typed = [mistake for mistake in wrong if mistake.kind not in _NOT_FINISHED]
    times = sum(mistake.kind in (Kind.SOMETHING_ELSE, Kind.OTHER_FACT) for mistake in typed)
    little = sum(answer.right for answer in answers) <= MOST_RIGHT_BY_GUESSING * len(answers)
    probability = _believed(times, len(typed), UNRELATED_USUALLY, (0.5, 0.65, 0.8)) if little else 0.0
    words = f"{times} of {len(typed)} wrong answers have nothing to do with the question: they may be guesses."
    return _found(Pattern.GUESSES, probability, times, len(typed), words)


def _types_slowly(attempt: Attempt, wrong: Sequence[Mistake]) -> Found | None:
    own = times_of(attempt)
    if own.typing_ms is None:
        return None
    logs = [log(max(gap, 1)) for answer in attempt.counting for gap in answer.gaps_ms]
    error = max(1.25 * pstdev(logs), 0.1) / sqrt(max(len(logs), FEWEST_GAPS))
    probability = _normal((median(logs) - log(SLOW_GAP_MS)) / error)
    cut_off = len(_of_kind(wrong, Kind.UNFINISHED))
    words = f"Types slowly: {own.typing_ms / 1000:.1f} s from one digit to the next"
    what = counted(cut_off, "answer was", "answers were")
    words += f"; {what} right so far when the time ran out." if cut_off else "."
    slow = sum(gap >= SLOW_GAP_MS for answer in attempt.counting for gap in answer.gaps_ms)
    return _found(Pattern.SLOW_TYPING, probability, slow, own.gaps, words)


def _normal(value: float) -> float:
    return (1 + erf(value / sqrt(2))) / 2
