"""How many pupils had each score, a counter a pupil, and where as many pupils of England would be.

What of England is not known is not drawn, and the picture says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from markupsafe import Markup

from mtc_kiosk.export.pictures import shapes
from mtc_kiosk.export.pictures.national_shares import known_shares, percent
from mtc_kiosk.export.pictures.picture import Picture, SameAsTable, number
from mtc_kiosk.export.pictures.score_labels import Column, Label, placed
from mtc_kiosk.insight.class_figures import Distribution
from mtc_kiosk.insight.national import NationalYear
from mtc_kiosk.school.words import counted, number_in_words

LEFT = 8
WIDEST_COLUMN = 26
HEIGHT = 170
"""The highest that counters are piled."""

SMALLEST_COUNTER = 3.4
"""Below this, counters would be specks: columns are drawn in their place."""

FEWEST_SQUARES = 5
ABOVE = 18
"""The room above the paper for a label, so that two pictures to one scale have their axes beside each other."""

LONGEST_NAME = 24
EVERYBODY = "All pupils"


@dataclass(frozen=True)
class _Paper:
    """Where things are: ``column`` is the width of a score, in which ``abreast`` counters of ``size`` are side by side.

    ``pupil`` is the height that a pupil adds on average. Without counters ``abreast`` is 0.
    """

    distribution: Distribution
    shares: Mapping[int, float]
    column: float
    abreast: int
    size: float
    pupil: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left_of(len(self.distribution.counts))

    def left_of(self, score: int) -> float:
        """The left edge of a score's column."""
        return LEFT + self.column * score

    def piled(self, count: int) -> float:
        """How high so many pupils are."""
        return ceil(count / self.abreast) * self.size if self.abreast else count * self.pupil

    def outlined(self, score: int) -> float:
        """How high as many pupils of England are; 0 where that is not known."""
        return self.shares.get(score, 0.0) * self.distribution.pupils * self.pupil


def scores_picture(distribution: Distribution, national: NationalYear | None, whose: str, tallest: int = 0) -> Picture:
    """The distribution of scores of ``whose`` pupils, such as ``4A``; beside it England's where it is known.

    Two pictures are drawn to one scale if both are given the ``tallest`` count of the two.
    """
    paper = _paper(distribution, known_shares(national, distribution.out_of), tallest)
    name = whose or EVERYBODY
    said = placed(_labels(paper, shapes.shortened(name, LONGEST_NAME), national), _columns(paper), LEFT)
    base = 6 + max([paper.height + ABOVE * bool(tallest), *(one.top for one in said)])
    notes = [line for note in _notes(paper, national) for line in shapes.lines_of(note, shapes.HALF - LEFT)]
    parts = [
        shapes.squared_paper(LEFT, base - paper.height, paper.right, base, paper.size, paper.size),
        *_outline(paper, base, "nation"),
        *(_pile(paper, base, score, count) for score, count in enumerate(distribution.counts) if count),
        *_outline(paper, base, "nation-under"),
        *_outline(paper, base, "nation-edge"),
        shapes.axis(LEFT - 4, paper.right + 4, base),
        *_axis_numbers(paper, base),
        *(part for one in said for part in one.drawn(base)),
        *shapes.written(LEFT, base + 36, notes, shapes.HALF),
    ]
    size = (shapes.HALF, base + 36 + shapes.LINE * (len(notes) - 1) + 6)
    return shapes.picture("scores", size, _sentence(paper, name, national), parts, _table(paper, name, national))


def _paper(distribution: Distribution, shares: Mapping[int, float], tallest: int) -> _Paper:
    column = min(WIDEST_COLUMN, (shapes.HALF - 2 * LEFT) / len(distribution.counts))
    outlined = (ceil(share * distribution.pupils) for share in shares.values())
    most = max(1, tallest, *distribution.counts, *outlined)
    sides = (side for side in range(1, 9) if column / side >= SMALLEST_COUNTER)
    abreast = next((side for side in sides if ceil(most / side) * column / side <= HEIGHT), 0)
    if not abreast:
        return _Paper(distribution, shares, column, 0, column, HEIGHT / most, HEIGHT)
    size = column / abreast
    lines = max(ceil(most / abreast), min(FEWEST_SQUARES, int(HEIGHT / size)))
    return _Paper(distribution, shares, column, abreast, size, size / abreast, lines * size)


def _pile(paper: _Paper, base: float, score: int, count: int) -> Markup:
    title = f"{counted(count, 'pupil')} had {score}"
    left = paper.left_of(score)
    if not paper.abreast:
        height = paper.piled(count)
        bar = shapes.box(left + paper.column * 0.1, base - height, paper.column * 0.8, height, "counter")
        return shapes.titled(title, bar)
    size, abreast = paper.size, paper.abreast
    places = (divmod(place, abreast) for place in range(count))
    return shapes.titled(
        title,
        *(shapes.counter(left + (side + 0.5) * size, base - (line + 0.5) * size, size * 0.42) for line, side in places),
    )


def _outline(paper: _Paper, base: float, look: str) -> list[Markup]:
    """England: a step for each score that is known."""
    if not paper.shares or not paper.distribution.pupils:
        return []
    steps = (
        f"V{number(base - paper.outlined(score))}H{number(paper.left_of(score + 1))}" for score in sorted(paper.shares)
    )
    first = paper.left_of(min(paper.shares))
    return [shapes.path(f"M{number(first)} {number(base)}{''.join(steps)}V{number(base)}", look)]


def _axis_numbers(paper: _Paper, base: float) -> list[Markup]:
    last = paper.distribution.out_of
    step = next(step for step in (1, 5, 10, 20, 50, 100, last + 1) if step * paper.column >= 20)
    shown = [score for score in range(0, last, step) if (last - score) * paper.column >= 20]
    return [
        shapes.words(paper.left_of(score) + paper.column / 2, base + 18, str(score), anchor="middle", look=look)
        for score, look in (*((score, "") for score in shown), (last, "bold"))
    ]


def _columns(paper: _Paper) -> list[Column]:
    return [
        Column(paper.left_of(score), paper.left_of(score + 1), max(paper.piled(count), paper.outlined(score)))
        for score, count in enumerate(paper.distribution.counts)
    ]


def _labels(paper: _Paper, name: str, national: NationalYear | None) -> list[Label]:
    """What the counters are, at the highest score that somebody had, and what the outline is."""
    had = _had(paper)
    if not had:
        return []
    best = had[-1]
    count = paper.distribution.counts[best]
    every = "all " if best == paper.distribution.out_of else ""
    said = f"{name}: {number_in_words(count)} had {every}{best}"
    edges = paper.left_of(best), paper.left_of(best + 1)
    labels = [Label(said, "bold", *edges, paper.piled(count), on_top=True)]
    if paper.shares and national is not None:
        best = max(paper.shares)
        said = f"England, {national.year}: {percent(paper.shares[best])} had all {best}"
        labels.append(Label(said, "", paper.left_of(best), paper.left_of(best + 1), paper.outlined(best), on_top=False))
    return labels


def _had(paper: _Paper) -> Sequence[int]:
    """The scores that somebody had."""
    return [score for score, count in enumerate(paper.distribution.counts) if count]


def _notes(paper: _Paper, national: NationalYear | None) -> list[str]:
    counters = "A counter is a pupil." if paper.abreast else "The higher, the more pupils."
    notes = [f"Score out of {paper.distribution.out_of}. {counters}"]
    if national is None or not paper.distribution.pupils:
        return notes
    if not paper.shares:
        return [*notes, f"England's figures of {national.year} cannot be set beside these scores."]
    lowest = min(paper.shares)
    dotted = "Dotted: as many pupils of England, in another check."
    return [*notes, f"{dotted} Below {lowest} it is not known." if lowest else dotted]


def _sentence(paper: _Paper, name: str, national: NationalYear | None) -> str:
    had = _had(paper)
    if not had:
        return f"{name}: no pupil has a score."
    distribution = paper.distribution
    scores = f"scores from {had[0]} to {had[-1]}" if len(had) > 1 else f"the score {had[0]}"
    full = number_in_words(distribution.counts[-1]) if distribution.counts[-1] else "none"
    said = (
        f"{name}: {counted(distribution.pupils, 'pupil')}, with {scores} out of "
        f"{distribution.out_of}; {full} had all {distribution.out_of}."
    )
    if not paper.shares or national is None:
        return said
    best = max(paper.shares)
    return f"{said} England, {national.year}, in another check: {percent(paper.shares[best])} had all {best}."


def _table(paper: _Paper, name: str, national: NationalYear | None) -> SameAsTable:
    heads = ["Score", "Pupils"]
    if national is not None and paper.shares:
        heads.append(f"As many of England, {national.year}")
    rows = []
    for score, count in enumerate(paper.distribution.counts):
        of_england = paper.shares.get(score)
        known = "not known" if of_england is None else f"{of_england * paper.distribution.pupils:.1f}"
        rows.append((str(score), str(count), known)[: len(heads)])
    return SameAsTable(f"How many pupils had each score: {name}", tuple(heads), tuple(rows))
