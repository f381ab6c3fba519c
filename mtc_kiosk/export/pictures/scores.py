"""How many pupils had each score, a counter a pupil, and where as many pupils of England would be.

What of England is not known is not drawn, and the picture says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil

from markupsafe import Markup

from mtc_kiosk.export.pictures import shapes
from mtc_kiosk.export.pictures.picture import Picture, SameAsTable, number
from mtc_kiosk.insight.class_figures import Distribution
from mtc_kiosk.insight.national import HIGHEST, NationalYear
from mtc_kiosk.school.words import counted, number_in_words

WIDTH = 580
LEFT = 18
HEIGHT = 231
"""The highest that counters are piled."""

WIDEST_COLUMN = 36
SMALLEST_COUNTER = 4.5
"""Below this, counters would be specks: columns are drawn in their place."""

FEWEST_SQUARES = 5
LABELS = 48
"""The room above the highest thing, for two labels."""

LABEL = 13
LONGEST_NAME = 28


def known_shares(national: NationalYear | None, out_of: int) -> Mapping[int, float]:
    """England's share at each score, as far as it was published; none for a check of another length.

    Where only the upper scores are known their pupils are divided by all pupils, which are had from the published
    count and share of those scores together.
    """
    if national is None or out_of != HIGHEST:
        return {}
    if national.is_whole:
        return {score: national.share(score) or 0.0 for score in range(HIGHEST + 1)}
    lowest = HIGHEST + 1
    while lowest - 1 in national.scores and lowest - 1 in national.at_least:
        lowest -= 1
    if lowest <= HIGHEST and national.at_least[lowest] > 0:
        upper = {score: national.scores[score] for score in range(lowest, HIGHEST + 1)}
        everybody = sum(upper.values()) / national.at_least[lowest]
        return {score: pupils / everybody for score, pupils in upper.items()} if everybody else {}
    return {HIGHEST: national.full_marks} if national.full_marks is not None else {}


def scores_picture(distribution: Distribution, national: NationalYear | None, whose: str) -> Picture:
    """The distribution of scores of ``whose`` pupils, such as ``4A``; beside it England's where it is known."""
    shares = known_shares(national, distribution.out_of)
    paper = _paper(distribution, shares)
    name = shapes.shortened(whose, LONGEST_NAME)
    parts = [
        shapes.squared_paper(LEFT, LABELS, paper.right, paper.base, paper.size, paper.size),
        *_outline(paper, shares),
        *(_column(paper, score, count) for score, count in enumerate(distribution.counts) if count),
        shapes.axis(LEFT - 6, paper.right + 6, paper.base),
        *_axis_numbers(paper),
        *_labels(paper, shares, name, national),
    ]
    notes = _notes(paper, shares, national)
    below = paper.base + 38
    parts += [shapes.words(LEFT, below + 18 * place, note, look="soft") for place, note in enumerate(notes)]
    size = (WIDTH, below + 18 * len(notes) - 8)
    return shapes.picture(
        "scores", size, _sentence(distribution, shares, whose, national), parts, _table(paper, shares, whose, national)
    )


@dataclass(frozen=True)
class _Paper:
    """Where things are: ``column`` is the width of a score, in which ``abreast`` counters of ``size`` are side by side.

    ``pupil`` is the height that a pupil adds on average. Without counters ``abreast`` is 0.
    """

    counts: tuple[int, ...]
    pupils: int
    column: float
    abreast: int
    size: float
    pupil: float
    base: float
    tops: Mapping[int, float]
    """How high the highest thing of each score is, counters or outline."""

    @property
    def right(self) -> float:
        return LEFT + self.column * len(self.counts)

    def left_of(self, score: int) -> float:
        return LEFT + self.column * score

    def piled(self, count: int) -> float:
        """How high so many counters are."""
        return ceil(count / self.abreast) * self.size if self.abreast else count * self.pupil


def _paper(distribution: Distribution, shares: Mapping[int, float]) -> _Paper:
    counts, pupils = distribution.counts, distribution.pupils
    column = min(WIDEST_COLUMN, (WIDTH - 2 * LEFT) / len(counts))
    outlined = {score: share * pupils for score, share in shares.items()}
    tallest = max(1, *counts, *(ceil(height) for height in outlined.values()))
    abreast = next((side for side in range(1, 9) if ceil(tallest / side) * column / side <= HEIGHT), 0)
    if not abreast or column / abreast < SMALLEST_COUNTER:
        abreast = 0
    size = column / abreast if abreast else column
    pupil = size / abreast if abreast else HEIGHT / tallest
    highest = ceil(tallest / abreast) * size if abreast else HEIGHT
    base = LABELS + max(highest, min(FEWEST_SQUARES * size, HEIGHT))
    made = _Paper(counts, pupils, column, abreast, size, pupil, base, {})
    tops = {score: max(made.piled(count), outlined.get(score, 0.0) * pupil) for score, count in enumerate(counts)}
    return _Paper(counts, pupils, column, abreast, size, pupil, base, tops)


def _column(paper: _Paper, score: int, count: int) -> Markup:
    title = f"{counted(count, 'pupil')} had {score}"
    left = paper.left_of(score)
    if not paper.abreast:
        height = paper.piled(count)
        narrow = paper.column * 0.8
        bar = shapes.box(left + (paper.column - narrow) / 2, paper.base - height, narrow, height, "counter")
        return shapes.titled(title, bar)
    radius = paper.size * 0.42
    middles = (
        (left + (place % paper.abreast + 0.5) * paper.size, paper.base - (place // paper.abreast + 0.5) * paper.size)
        for place in range(count)
    )
    return shapes.titled(title, *(shapes.counter(x, y, radius) for x, y in middles))


def _outline(paper: _Paper, shares: Mapping[int, float]) -> list[Markup]:
    """England, dotted: a step for each score that is known."""
    if not shares:
        return []
    first = paper.left_of(min(shares))
    line = f"M{number(first)} {number(paper.base)}"
    for score in sorted(shares):
        top = paper.base - shares[score] * paper.pupils * paper.pupil
        line += f"V{number(top)}H{number(paper.left_of(score + 1))}"
    return [shapes.path(f"{line}V{number(paper.base)}", "nation")]


def _axis_numbers(paper: _Paper) -> list[Markup]:
    last = len(paper.counts) - 1
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, last + 1) if step * paper.column >= 28)
    shown = {score for score in range(0, last + 1, step) if score == 0 or (last - score) * paper.column >= 24}
    if paper.column >= 19:
        shown |= set(range(max(0, last - 5), last + 1))
    return [
        shapes.words(
            paper.left_of(score) + paper.column / 2,
            paper.base + 18,
            str(score),
            anchor="middle",
            look="bold" if score == last else "",
        )
        for score in sorted({*shown, last})
    ]


@dataclass(frozen=True)
class _Label:
    said: str
    look: str
    score: int
    top: float
    """How high the thing is that the label speaks of."""
    at: float
    """Where in the column its line ends, 0 to 1."""


def _labels(paper: _Paper, shares: Mapping[int, float], whose: str, national: NationalYear | None) -> list[Markup]:
    """What the counters are, and the outline, each with a line to it; neither lies on counters or on the other."""
    wanted = []
    had = [score for score, count in enumerate(paper.counts) if count]
    if had:
        best, last = had[-1], len(paper.counts) - 1
        said = f"{whose}: {number_in_words(paper.counts[best])} had {'all ' if best == last else ''}{best}"
        wanted.append(_Label(said, "bold", best, paper.piled(paper.counts[best]), 0.5))
    if shares and national is not None and paper.pupils:
        best = max(shares)
        said = f"England, {national.year}: {_percent(shares[best])} had all {best}"
        wanted.append(_Label(said, "", best, shares[best] * paper.pupils * paper.pupil, 0.12))
    placed = sorted(((_height(paper, label), label) for label in wanted), key=lambda row: row[0])
    parts: list[Markup] = []
    lowest = 0.0
    for wanted_height, label in placed:
        height = max(wanted_height, lowest)
        lowest = height + 20
        parts += _drawn(paper, label, height)
    return parts


def _span(paper: _Paper, label: _Label) -> tuple[float, float]:
    """From where to where the words go: left of their column, or from the left edge where there is no room."""
    width = shapes.width_of(label.said, LABEL, bold=label.look == "bold")
    end = max(paper.left_of(label.score) - 26, LEFT + width)
    return end - width, end


def _height(paper: _Paper, label: _Label) -> float:
    """How high above the axis the words must be: beside their thing, and above all that is under them."""
    start, end = _span(paper, label)
    under = [
        top
        for score, top in paper.tops.items()
        if paper.left_of(score) < end + 4 and paper.left_of(score + 1) > start - 4
    ]
    return max([label.top - 6, *(top + 7 for top in under)])


def _drawn(paper: _Paper, label: _Label, height: float) -> list[Markup]:
    _, end = _span(paper, label)
    y = paper.base - height
    x, top = paper.left_of(label.score) + paper.column * label.at, paper.base - label.top
    level = y - LABEL * 0.35
    bend = f"V{number(top)}" if top > level + 4 else ""
    leader = f"M{number(end + 5)} {number(level)}H{number(x)}{bend}"
    lines = [shapes.path(leader, "leader")] if end + 5 < x else []
    return [*lines, shapes.words(end, y, label.said, size=LABEL, anchor="end", look=label.look)]


def _notes(paper: _Paper, shares: Mapping[int, float], national: NationalYear | None) -> list[str]:
    counters = "A counter is a pupil." if paper.abreast else "The higher, the more pupils."
    notes = [f"Score out of {len(paper.counts) - 1}. {counters}"]
    if national is None:
        return notes
    if not shares:
        return [*notes, f"The figures of England in {national.year} cannot be shown beside these scores."]
    lowest = min(shares)
    notes.append(f"Dotted: as many pupils of England in {national.year}, in the statutory check.")
    if lowest > 0:
        notes.append(f"Below {lowest} England's figures are not known here, so nothing is drawn.")
    return notes


def _sentence(
    distribution: Distribution, shares: Mapping[int, float], whose: str, national: NationalYear | None
) -> str:
    had = [score for score, count in enumerate(distribution.counts) if count]
    if not had:
        return f"{whose}: no pupil has a score."
    full = distribution.counts[-1]
    said = f"{whose}: {counted(distribution.pupils, 'pupil')}, with scores from {had[0]} to {had[-1]}"
    said += f" out of {distribution.out_of}; {number_in_words(full)} had all {distribution.out_of}."
    if shares and national is not None:
        said += f" England, {national.year}, another check: {_percent(shares[max(shares)])} had all {max(shares)}."
    return said


def _table(paper: _Paper, shares: Mapping[int, float], whose: str, national: NationalYear | None) -> SameAsTable:
    heads = ["Score", "Pupils"]
    if national is not None and shares:
        heads.append(f"As many of England, {national.year}")
    rows = []
    for score, count in enumerate(paper.counts):
        known = f"{shares[score] * paper.pupils:.1f}" if score in shares else "not known"
        rows.append((str(score), str(count), known)[: len(heads)])
    return SameAsTable(f"How many pupils of {whose} had each score", tuple(heads), tuple(rows))


def _percent(share: float) -> str:
    """``34%``."""
    return "under 1%" if 0 < share < 0.005 else f"{100 * share:.0f}%"
