"""The seconds of a pupil's answers: how high a time is drawn, and which seconds have a line."""

from dataclasses import dataclass
from statistics import median

from mtc_kiosk.insight.attempts import NATIONAL_LIMIT_MS, Answer, Attempt

CHART = 150
"""How high the chart is."""

FAR = 3.0
"""Without a time limit: a time this many times the middle one is cut off, with its number written on it."""

STEPS = (1, 2, 3, 5, 10, 15, 30, 60, 120, 300, 600)
"""Seconds from one line to the next."""


@dataclass(frozen=True)
class Scale:
    """The seconds of the chart; ``limit_ms`` is where the dashed line is."""

    top_ms: int
    limit_ms: int | None

    def is_over(self, answer: Answer) -> bool:
        """Whether an answer took longer than the chart shows."""
        return (answer.last_key_ms or 0) > self.top_ms

    def height(self, ms: float) -> float:
        """How high a time is, never over the chart."""
        return CHART * min(max(0.0, ms), self.top_ms) / self.top_ms


def scale_of(attempt: Attempt) -> Scale:
    """The chart's seconds: up to the time limit, or without one up to the longest time that is not far off."""
    limit = attempt.conditions.limit_ms
    lasts = sorted(max(0, answer.last_key_ms) for answer in attempt.answers if answer.last_key_ms is not None)
    if limit is not None and limit > 0:
        return Scale(max(limit, min(lasts[-1] if lasts else 0, 2 * limit)), limit)
    longest = lasts[-1] if lasts else 0
    usual = median(lasts) if lasts else 0
    return Scale(max(NATIONAL_LIMIT_MS, round(min(longest, FAR * usual))), None)


def seconds_of(scale: Scale) -> list[int]:
    """The seconds that have a line: about four, none close under the limit's own."""
    step = next((step for step in STEPS if 1000 * step * 4 >= scale.top_ms), 3600)
    marks = list(range(0, scale.top_ms // 1000 + 1, step))
    limit = scale.limit_ms
    kept = [
        one
        for one in marks
        if limit is None or one * 1000 == limit or abs(scale.height(limit) - scale.height(one * 1000)) > 14
    ]
    return kept if len(kept) > 1 else [0, max(1, scale.top_ms // 1000)]
