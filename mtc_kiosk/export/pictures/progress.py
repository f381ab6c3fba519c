"""A pupil's goes of "try it out" and the check, from left to right: so far."""

from collections.abc import Callable, Sequence

from markupsafe import Markup

from mtc_kiosk.export.pictures import shapes
from mtc_kiosk.export.pictures.picture import Picture, SameAsTable, number
from mtc_kiosk.export.reports.content import DatedGo
from mtc_kiosk.school.words import counted

WIDTH, LEFT, RIGHT = shapes.THIRD, 34, shapes.THIRD - 4
TOP, HEIGHT = 26, 100
BASE = TOP + HEIGHT
SQUARE = 20
FIRST, LAST = LEFT + 30, RIGHT - 32
"""Where the first go is, and the last."""


def progress_picture(goes: Sequence[DatedGo]) -> Picture:
    """A ring for each go of "try it out", a solid counter for the check; the height is the share right."""
    lengths = {one.go.of for one in goes}
    places = [_place(place, len(goes), one) for place, one in enumerate(goes)]
    days, scores = _with_words(goes, _short_day), _with_words(goes, _score)
    parts = [
        shapes.squared_paper(LEFT, TOP, RIGHT, BASE, SQUARE, SQUARE),
        *_ends(lengths),
        *_way(places),
        shapes.axis(LEFT - 4, RIGHT, BASE),
        *(_go(one, *where) for one, where in zip(goes, places, strict=True)),
        *(_score_label(goes, places, place) for place in sorted(scores)),
        *(part for place in sorted(days) for part in _day_label(goes, places, place)),
    ]
    rows = tuple((_day(one), _kind(one), f"{one.go.score} of {one.go.of}") for one in goes)
    table = SameAsTable("Goes so far, the oldest first", ("Day", "What", "Right"), rows)
    return shapes.picture("progress", (WIDTH, BASE + 42), _sentence(goes), parts, table)


def _place(place: int, count: int, one: DatedGo) -> tuple[float, float]:
    x = FIRST + (LAST - FIRST) * (place / (count - 1) if count > 1 else 0.5)
    share = one.go.score / one.go.of if one.go.of else 0.0
    return x, BASE - HEIGHT * min(max(share, 0.0), 1.0)


def _with_words(goes: Sequence[DatedGo], words: Callable[[DatedGo, Sequence[DatedGo]], str]) -> set[int]:
    """Which goes have these words: all, or where they would overlap every so many, back from the last."""
    if len(goes) < 2:
        return set(range(len(goes)))
    widest = max(shapes.width_of(words(one, goes), bold=True) for one in goes)
    every = -(-(widest + 6) * (len(goes) - 1) // (LAST - FIRST))
    return set(range(len(goes) - 1, -1, -max(1, int(every))))


def _ends(lengths: set[int]) -> list[Markup]:
    """What the axis at the left says: none to all right."""
    if not lengths:
        return []
    most = str(*lengths) if len(lengths) == 1 else "all"
    return [shapes.words(LEFT - 9, y + 4.5, said, anchor="end", look="soft") for y, said in ((BASE, "0"), (TOP, most))]


def _way(places: Sequence[tuple[float, float]]) -> list[Markup]:
    line = "L".join(f"{number(x)} {number(y)}" for x, y in places)
    return [shapes.path(f"M{line}", "way")] if len(places) > 1 else []


def _go(one: DatedGo, x: float, y: float) -> Markup:
    said = f"{_day(one)}, {_kind(one)}: {one.go.score} of {one.go.of}"
    return shapes.titled(said, shapes.counter(x, y, 5.5, "counter" if one.go.is_check else "ring"))


def _score_label(goes: Sequence[DatedGo], places: Sequence[tuple[float, float]], place: int) -> Markup:
    x, y = places[place]
    return shapes.words(x, y - 10, _score(goes[place], goes), anchor="middle", look="bold halo")


def _day_label(goes: Sequence[DatedGo], places: Sequence[tuple[float, float]], place: int) -> list[Markup]:
    """The day, and under the first and the last go what it is."""
    x, _ = places[place]
    day = shapes.words(x, BASE + 18, _short_day(goes[place], goes), anchor="middle")
    if 0 < place < len(goes) - 1:
        return [day]
    look = "bold" if goes[place].go.is_check else "soft"
    return [day, shapes.words(x, BASE + 18 + shapes.LINE, _kind(goes[place]), anchor="middle", look=look)]


def _score(one: DatedGo, goes: Sequence[DatedGo]) -> str:
    """``17``, and of how many where the goes have different lengths."""
    alike = len({other.go.of for other in goes}) == 1
    return str(one.go.score) if alike else f"{one.go.score}/{one.go.of}"


def _short_day(one: DatedGo, goes: Sequence[DatedGo]) -> str:
    """``9 Jun``, with the year where there are several."""
    years = {other.day.year for other in goes}
    return f"{one.day.day} {one.day:%b}" if len(years) == 1 else f"{one.day.day} {one.day:%b} {one.day.year}"


def _day(one: DatedGo) -> str:
    return f"{one.day.day} {one.day:%B} {one.day.year}"


def _kind(one: DatedGo) -> str:
    return "the check" if one.go.is_check else "try it out"


def _sentence(goes: Sequence[DatedGo]) -> str:
    if not goes:
        return "No go so far."
    first, last = (f"{_kind(one)} on {_day(one)}, {one.go.score} of {one.go.of}" for one in (goes[0], goes[-1]))
    return f"{counted(len(goes), 'go', 'goes')}. {first[0].upper()}{first[1:]}{f'; {last}' if len(goes) > 1 else ''}."
