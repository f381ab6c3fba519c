"""A pupil's answers in order: thinking, typing, and under each the sum with what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from markupsafe import Markup

from mtc_kiosk.export.pictures import shapes
from mtc_kiosk.export.pictures.answer_words import ASSISTED, in_words, sentence_of, table_of
from mtc_kiosk.export.pictures.picture import Picture, number
from mtc_kiosk.insight.attempts import Answer, Attempt
from mtc_kiosk.insight.pupil import PupilInsight

WIDTH = shapes.PAPER
LEFT, RIGHT = 38, 6
A_LINE = 25
"""So many answers beside each other; more are drawn in several lines."""

WIDEST = 40
KEY, NUMBER, CHART, UNDER, BETWEEN = 26, 22, 150, 106, 16
BAR = 0.58
SUM = 14.5
"""The size of the sums."""

FAR = 3.0
"""Without a time limit: a time this many times the middle one is cut off, with its number written on it."""


@dataclass(frozen=True)
class _Scale:
    """The seconds of the chart; ``limit_ms`` is where the dashed line is."""

    top_ms: int
    limit_ms: int | None

    def height(self, ms: float) -> float:
        """How high a time is, never over the chart."""
        return CHART * min(max(0.0, ms), self.top_ms) / self.top_ms


@dataclass(frozen=True)
class _Line:
    """One line of answers: its upper edge, and how wide a column is. ``scale`` is None where no time is drawn."""

    top: float
    column: float
    scale: _Scale | None

    @property
    def base(self) -> float:
        """The axis."""
        return self.top + NUMBER + (CHART if self.scale else 0)

    @property
    def height(self) -> float:
        """With the sums."""
        return self.base - self.top + UNDER


def answers_picture(insight: PupilInsight) -> Picture:
    """The answers of one pupil's check. Where an assistant typed there is no time, and the picture says so."""
    attempt = insight.attempt
    mistakes = {mistake.answer.number: mistake for mistake in insight.mistakes}
    scale = None if attempt.assisted else _scale(attempt)
    parts, top = list(_key(attempt)), float(KEY)
    for answers in _lines(attempt.answers):
        line = _Line(top, min(WIDEST, (WIDTH - LEFT - RIGHT) / len(answers)), scale)
        parts += [*_paper(line, len(answers)), *(_answer(line, place, one) for place, one in enumerate(answers))]
        top += line.height + BETWEEN
    return shapes.picture(
        "answers",
        (WIDTH, max(top - BETWEEN + 4, KEY + 4)),
        sentence_of(attempt, mistakes),
        parts,
        table_of(attempt, mistakes),
    )


def _lines(answers: Sequence[Answer]) -> list[Sequence[Answer]]:
    """As few lines as there must be, about as long as each other."""
    count = -(-len(answers) // A_LINE)
    each = -(-len(answers) // count) if count else 1
    return [answers[first : first + each] for first in range(0, len(answers), each)]


def _scale(attempt: Attempt) -> _Scale:
    limit = attempt.conditions.limit_ms
    lasts = sorted(max(0, answer.last_key_ms) for answer in attempt.answers if answer.last_key_ms is not None)
    if limit is not None and limit > 0:
        return _Scale(max(limit, min(lasts[-1] if lasts else 0, 2 * limit)), limit)
    longest = lasts[-1] if lasts else 0
    usual = median(lasts) if lasts else 0
    return _Scale(max(6_000, round(min(longest, FAR * usual))), None)


def _paper(line: _Line, answers: int) -> list[Markup]:
    right = LEFT + line.column * answers
    if line.scale is None:
        return [shapes.axis(LEFT, right, line.base)]
    scale = line.scale
    seconds = _seconds(scale)
    squares = shapes.squared_paper(
        LEFT, line.base - CHART, right, line.base, line.column, scale.height(1000 * (seconds[1] - seconds[0]))
    )
    said = [
        shapes.words(LEFT - 6, line.base - scale.height(1000 * one) + 4.5, f"{one} s", anchor="end", look="soft")
        for one in seconds
    ]
    limit = []
    if scale.limit_ms is not None:
        y = line.base - scale.height(scale.limit_ms)
        limit.append(shapes.line(LEFT, y, right, y, "limit"))
        if scale.limit_ms % 1000 or scale.limit_ms // 1000 not in seconds:
            limit.append(shapes.words(LEFT - 6, y + 4.5, f"{scale.limit_ms / 1000:g} s", anchor="end", look="soft"))
    return [squares, *said, *limit, shapes.axis(LEFT, right, line.base)]


def _seconds(scale: _Scale) -> list[int]:
    """The seconds that have a line: about four, none close under the limit's own."""
    step = next((step for step in (1, 2, 3, 5, 10, 15, 30, 60, 120, 300, 600) if 1000 * step * 4 >= scale.top_ms), 3600)
    marks = list(range(0, scale.top_ms // 1000 + 1, step))
    limit = scale.limit_ms
    kept = [
        one
        for one in marks
        if limit is None or one * 1000 == limit or abs(scale.height(limit) - scale.height(one * 1000)) > 14
    ]
    return kept if len(kept) > 1 else [0, max(1, scale.top_ms // 1000)]


def _answer(line: _Line, place: int, answer: Answer) -> Markup:
    left = LEFT + line.column * place
    middle = left + line.column / 2
    parts = [*_times(line, middle, answer), *_sum(line, left, answer)]
    if answer.ran_out and line.scale is not None:
        parts.append(shapes.clock(middle, line.top + 10, 13))
    else:
        parts.append(shapes.words(middle, line.top + 14, str(answer.number), anchor="middle", look="soft"))
    return shapes.titled(in_words(answer), *parts)


def _times(line: _Line, middle: float, answer: Answer) -> list[Markup]:
    """The bar: thinking solid, typing outlined above it, dotted from there where the time ran out."""
    scale = line.scale
    if scale is None:
        return []
    width = min(line.column * BAR, 20)
    left, base = middle - width / 2, line.base
    if answer.in_doubt or not answer.counts:
        return [shapes.words(middle, base - 6, "?" if answer.in_doubt else "–", size=14, anchor="middle", look="soft")]
    think, last = answer.think_ms or 0, answer.last_key_ms or 0
    low, high = scale.height(think), scale.height(last)
    parts = []
    if answer.ran_out:
        end = scale.height(scale.limit_ms if scale.limit_ms is not None else scale.top_ms)
        if end - high > 3:
            parts.append(_box(left, base - end, width, end - high, "waiting"))
    if high - low > 1:
        parts.append(_box(left, base - high, width, high - low, "typing"))
    if low > 0:
        parts.append(shapes.box(left, base - low, width, low, "thinking"))
    if last > scale.top_ms:
        parts.append(shapes.words(middle, base - CHART + 14, f"{last / 1000:.0f}", anchor="middle", look="bold over"))
    return parts


def _box(left: float, top: float, width: float, height: float, look: str) -> Markup:
    """An outlined box, whose line is inside it."""
    return shapes.box(left + 1, top + 0.75, width - 2, max(0.5, height - 1), look, round_by=3)


def _sum(line: _Line, left: float, answer: Answer) -> list[Markup]:
    """The sum as in a maths book, what was typed, and a tick or a cross."""
    top, width = line.base + 8, line.column
    middle, end = left + width / 2, left + width / 2 + 12
    asked = "" if answer.shown and answer.counts else "soft"
    parts = []
    if answer.counts and not answer.right:
        parts.append(shapes.box(left + 0.75, top, width - 1.5, UNDER - 12, "missed", round_by=5))
    parts += [
        shapes.words(end, top + 17, str(answer.item.factor1), size=SUM, anchor="end", look=asked),
        shapes.words(end, top + 34, f"×{answer.item.factor2}", size=SUM, anchor="end", look=asked),
        shapes.line(middle - 13, top + 39.5, middle + 13, top + 39.5, "rule"),
        shapes.squeezed(
            end, top + 55, shapes.shortened(answer.response, 5) or "–", 25, size=SUM, anchor="end", look="bold"
        ),
    ]
    if answer.counts:
        parts.append(shapes.tick(middle, top + 70, 13) if answer.right else shapes.cross(middle, top + 70, 13))
    else:
        parts.append(shapes.path(f"M{number(middle - 5)} {number(top + 70)}h10", "small-lost"))
    if answer.showing > 1 or answer.voids:
        again = {2: "2nd", 3: "3rd"}.get(answer.showing, f"{answer.showing}th")
        parts.append(shapes.words(middle, top + 90, again, anchor="middle", look="soft"))
    return parts


def _key(attempt: Attempt) -> list[Markup]:
    """What the bars mean, at the top; only what there is."""
    if attempt.assisted:
        return [shapes.words(LEFT, 14, ASSISTED, look="soft")]
    x, parts = float(LEFT), []
    for sign, said in _signs(attempt):
        shown = {
            "clock": shapes.clock(x + 7, 10, 13),
            "?": shapes.words(x + 7, 14.5, "?", size=14, anchor="middle", look="soft"),
            "–": shapes.words(x + 7, 14.5, "–", size=14, anchor="middle", look="soft"),
            "2nd": shapes.words(x - 3, 14.5, "2nd", look="bold"),
        }.get(sign) or (shapes.box(x + 1, 3.5, 11, 13, sign, round_by=0 if sign == "thinking" else 3))
        width = shapes.width_of(said) * 0.9
        parts += [shown, shapes.words(x + (24 if sign == "2nd" else 19), 14.5, said, look="soft")]
        x += 19 + width + 16
    return parts


def _signs(attempt: Attempt) -> list[tuple[str, str]]:
    answers = attempt.answers
    signs = [("thinking", "thinking"), ("typing", "typing")]
    if any(answer.ran_out for answer in answers):
        signs += [("waiting", "nothing typed"), ("clock", "time ran out")]
    if any(answer.in_doubt for answer in answers):
        signs.append(("?", "times uncertain"))
    if any(not answer.counts for answer in answers):
        signs.append(("–", "lost to a fault"))
    if any(answer.showing > 1 or answer.voids for answer in answers):
        signs.append(("2nd", "shown again after a fault"))
    return signs
