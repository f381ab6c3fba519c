"""A pupil's answers in order: thinking, typing, and under each the sum with what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from mtc_kiosk.export.pictures import shapes
from mtc_kiosk.export.pictures.answer_key import key_of
from mtc_kiosk.export.pictures.answer_scale import CHART, Scale, scale_of, seconds_of
from mtc_kiosk.export.pictures.answer_words import in_words, sentence_of, showing_in_words, table_of, was_again
from mtc_kiosk.export.pictures.picture import Picture, number
from mtc_kiosk.insight.attempts import Answer
from mtc_kiosk.insight.pupil import PupilInsight

WIDTH = shapes.PAPER
LEFT, RIGHT = 38, 6
A_LINE = 25
"""So many answers beside each other; more are drawn in several lines."""

WIDEST = 40
NUMBER, CLOCK, UNDER, AGAIN, BETWEEN = 22, 16, 92, 16, 14
BAR = 0.58
SUM = 13.5
"""The size of the sums."""


@dataclass(frozen=True)
class _Line:
    """One line of answers: its upper edge, and how wide a column is. ``scale`` is None where no time is drawn.

    ``clocks`` and ``again`` say whether there is room for clocks over the chart, and for showings under the signs.
    """

    top: float
    column: float
    scale: Scale | None
    clocks: bool
    again: bool

    @property
    def base(self) -> float:
        """The axis."""
        return self.top + NUMBER + CLOCK * self.clocks + (CHART if self.scale else 0)

    @property
    def height(self) -> float:
        """With the sums."""
        return self.base - self.top + UNDER + AGAIN * self.again


def answers_picture(insight: PupilInsight) -> Picture:
    """The answers of one pupil's check. Where an assistant typed there is no time, and the picture says so."""
    attempt = insight.attempt
    mistakes = {mistake.answer.number: mistake for mistake in insight.mistakes}
    scale = None if attempt.assisted else scale_of(attempt)
    parts, top = key_of(attempt, LEFT, WIDTH)
    for answers in _lines(attempt.answers):
        line = _line(top, answers, scale)
        parts += [*_paper(line, len(answers)), *(_answer(line, place, one) for place, one in enumerate(answers))]
        top += line.height + BETWEEN
    return shapes.picture(
        "answers",
        (WIDTH, top - BETWEEN * bool(attempt.answers) + 2),
        sentence_of(attempt, mistakes),
        parts,
        table_of(attempt, mistakes),
    )


def _line(top: float, answers: Sequence[Answer], scale: Scale | None) -> _Line:
    column = min(WIDEST, (WIDTH - LEFT - RIGHT) / len(answers))
    clocks = scale is not None and any(answer.ran_out for answer in answers)
    return _Line(top, column, scale, clocks, any(was_again(answer) for answer in answers))


def _lines(answers: Sequence[Answer]) -> list[Sequence[Answer]]:
    """As few lines as there must be, about as long as each other."""
    count = -(-len(answers) // A_LINE)
    each = -(-len(answers) // count) if count else 1
    return [answers[first : first + each] for first in range(0, len(answers), each)]


def _paper(line: _Line, answers: int) -> list[Markup]:
    right = LEFT + line.column * answers
    if line.scale is None:
        return [shapes.axis(LEFT, right, line.base)]
    scale = line.scale
    seconds = seconds_of(scale)
    squares = shapes.squared_paper(
        LEFT, line.base - CHART, right, line.base, line.column, scale.height(1000 * (seconds[1] - seconds[0]))
    )
    said = [_second(line.base - scale.height(1000 * one), f"{one} s") for one in seconds]
    limit = []
    if scale.limit_ms is not None:
        y = line.base - scale.height(scale.limit_ms)
        limit.append(shapes.line(LEFT, y, right, y, "limit"))
        if scale.limit_ms % 1000 or scale.limit_ms // 1000 not in seconds:
            limit.append(_second(y, f"{scale.limit_ms / 1000:g} s"))
    return [squares, *said, *limit, shapes.axis(LEFT, right, line.base)]


def _second(y: float, said: str) -> Markup:
    return shapes.squeezed(LEFT - 6, y + 4.5, said, LEFT - 8, size=shapes.SMALLEST, anchor="end", look="soft")


def _answer(line: _Line, place: int, answer: Answer) -> Markup:
    left = LEFT + line.column * place
    middle = left + line.column / 2
    parts = [*_times(line, middle, answer), *_sum(line, left, answer)]
    parts.append(shapes.words(middle, line.top + 14, str(answer.number), anchor="middle", look="soft"))
    if answer.ran_out and line.scale is not None:
        parts.append(shapes.clock(middle, line.top + NUMBER + 5, 13))
    return shapes.titled(in_words(answer, timed=line.scale is not None), *parts)


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
    if scale.is_over(answer):
        parts.append(shapes.box(left - 2, base - CHART + 19, width + 4, 4, "break"))
        parts.append(shapes.words(middle, base - CHART + 14, f"{last / 1000:.0f}", anchor="middle", look="bold halo"))
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
        parts.append(shapes.box(left + 1, top, width - 2, UNDER - 10 + AGAIN * line.again, "missed", round_by=5))
    parts += [
        shapes.words(end, top + 17, str(answer.item.factor1), size=SUM, anchor="end", look=asked),
        shapes.words(end, top + 34, f"×{answer.item.factor2}", size=SUM, anchor="end", look=asked),
        shapes.line(middle - 11.5, top + 39.5, middle + 11.5, top + 39.5, "rule"),
        shapes.squeezed(
            end, top + 55, shapes.shortened(answer.response, 5) or "–", 24, size=SUM, anchor="end", look="bold"
        ),
    ]
    if answer.counts:
        parts.append(shapes.tick(middle, top + 70, 13) if answer.right else shapes.cross(middle, top + 70, 13))
    else:
        parts.append(shapes.path(f"M{number(middle - 5)} {number(top + 70)}h10", "small-lost"))
    if was_again(answer):
        parts.append(shapes.words(middle, top + 92, showing_in_words(answer), anchor="middle", look="soft"))
    return parts
