"""A pupil's goes of "try it out" and the check, from left to right: so far."""

from collections.abc import Sequence

from markupsafe import Markup

from mtc_kiosk.export.pictures import shapes
from mtc_kiosk.export.pictures.picture import Picture, SameAsTable, number
from mtc_kiosk.export.reports.content import DatedGo

WIDTH, LEFT, RIGHT = 460, 44, 22
TOP, HEIGHT = 26, 100
BASE = TOP + HEIGHT
APART = 62
"""How far two days' words are apart at least."""


def progress_picture(goes: Sequence[DatedGo]) -> Picture:
    """A ring for each go of "try it out", a solid counter for the check; the height is the share right."""
    alike = len({one.go.of for one in goes}) <= 1
    most = goes[0].go.of if goes and alike else 0
    places = _places(goes)
    said = _labelled(len(goes))
    parts = [
        shapes.squared_paper(LEFT, TOP, WIDTH - RIGHT, BASE, 20, 20),
        *(shapes.words(LEFT - 8, y + 5, text, anchor="end", look="soft") for y, text in _scale(most)),
        *(
            [shapes.path("M" + "L".join(f"{number(x)} {number(y)}" for x, y in places), "way")]
            if len(places) > 1
            else []
        ),
        shapes.axis(LEFT, WIDTH - RIGHT, BASE),
        *(_go(one, *places[place], place in said, alike) for place, one in enumerate(goes)),
    ]
    rows = tuple((_day(one), _kind(one), f"{one.go.score} of {one.go.of}") for one in goes)
    table = SameAsTable("Goes so far, the oldest first", ("Day", "What", "Right"), rows)
    return shapes.picture("progress", (WIDTH, BASE + 44), _sentence(goes), parts, table)


def _places(goes: Sequence[DatedGo]) -> list[tuple[float, float]]:
    inside = WIDTH - LEFT - RIGHT - 60
    step = inside / (len(goes) - 1) if len(goes) > 1 else 0
    first = LEFT + 30 if len(goes) > 1 else LEFT + 30 + inside / 2
    return [
        (first + step * place, BASE - HEIGHT * (one.go.score / one.go.of if one.go.of else 0))
        for place, one in enumerate(goes)
    ]


def _labelled(count: int) -> set[int]:
    """Which goes have words: all, or where they would overlap every so many, back from the last."""
    inside = WIDTH - LEFT - RIGHT - 60
    step = inside / (count - 1) if count > 1 else inside
    every = max(1, -(-APART // max(1, int(step))))
    return set(range(count - 1, -1, -every))


def _scale(most: int) -> list[tuple[float, str]]:
    return [(BASE, "0"), (TOP, str(most))] if most else [(BASE, "none"), (TOP, "all")]


def _go(one: DatedGo, x: float, y: float, is_labelled: bool, alike: bool) -> Markup:
    score = str(one.go.score) if alike else f"{one.go.score} of {one.go.of}"
    parts = [shapes.counter(x, y, 6.5, "counter" if one.go.is_check else "ring")]
    if is_labelled:
        parts.append(shapes.words(x, y - 12, score, size=14, anchor="middle", look="bold"))
        parts.append(shapes.words(x, BASE + 18, f"{one.day.day} {one.day:%b}", anchor="middle"))
        parts.append(
            shapes.words(x, BASE + 34, _kind(one), anchor="middle", look="bold" if one.go.is_check else "soft")
        )
    return shapes.titled(f"{_day(one)}, {_kind(one)}: {one.go.score} of {one.go.of}", *parts)


def _day(one: DatedGo) -> str:
    return f"{one.day.day} {one.day:%B %Y}"


def _kind(one: DatedGo) -> str:
    return "the check" if one.go.is_check else "try it out"


def _sentence(goes: Sequence[DatedGo]) -> str:
    if not goes:
        return "No go so far."
    return "So far: " + "; ".join(f"{_day(one)}, {_kind(one)}, {one.go.score} of {one.go.of}" for one in goes) + "."
