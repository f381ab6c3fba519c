"""Times of one pupil, and beside those who entered in the same way. Whole milliseconds.

Where somebody typed for the pupil no time is the pupil's, so there is none. The audio version, a check without the
number pad, another time limit, and other ways of entering are compared only within their kind (``Conditions``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from mtc_kiosk.insight.attempts import Attempt, Conditions, Way

FEWEST_GAPS = 10
"""A typing speed needs as many gaps between digits."""

FEWEST_OTHERS = 5
"""The middle of others is given only of so many, so that it is not one child's."""


@dataclass(frozen=True)
class Times:
    """The times of one attempt. ``think_ms`` is the median over questions with a digit; ``typing_ms`` over the gaps.

    Each is None where it cannot be known: an assistant, nothing typed, too few gaps.
    """

    conditions: Conditions
    think_ms: int | None
    typing_ms: int | None
    gaps: int


@dataclass(frozen=True)
class Beside:
    """The middle of the others in the same conditions; None for fewer than five of them."""

    others: int
    think_ms: int | None
    typing_ms: int | None


def times_of(attempt: Attempt) -> Times:
    """The times of one pupil's attempt."""
    if attempt.assisted:
        return Times(attempt.conditions, None, None, 0)
    thinks = [answer.think_ms for answer in attempt.counting if answer.think_ms is not None]
    gaps = [gap for answer in attempt.counting for gap in answer.gaps_ms]
    return Times(
        attempt.conditions,
        _middle(thinks, 1),
        _middle(gaps, FEWEST_GAPS),
        len(gaps),
    )


def beside(own: Times, others: Iterable[Times]) -> Beside:
    """The middle of others in the same conditions; several ways of entering, or none, are compared with nobody."""
    if own.conditions.way in (Way.MIXED, Way.NOTHING):
        return Beside(0, None, None)
    alike = [one for one in others if one.conditions == own.conditions and one.think_ms is not None]
    thinks = [one.think_ms for one in alike if one.think_ms is not None]
    typing = [one.typing_ms for one in alike if one.typing_ms is not None]
    return Beside(len(alike), _middle(thinks, FEWEST_OTHERS), _middle(typing, FEWEST_OTHERS))


def in_seconds(ms: int | None) -> str:
    """``1.4 s``; empty for none."""
    return f"{ms / 1000:.1f} s" if ms is not None else ""


def _middle(values: list[int], fewest: int) -> int | None:
    return round(median(values)) if len(values) >= fewest else None
