"""The 144 facts as a map, row by first number and column by second: a class's, and those that one pupil was asked."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from mtc_kiosk.check.form import Item
from mtc_kiosk.export.pictures import shapes
from mtc_kiosk.export.pictures.grid import NUMBERS, Grid, asked_in_words
from mtc_kiosk.export.pictures.national_shares import percent
from mtc_kiosk.export.pictures.picture import Picture, SameAsTable
from mtc_kiosk.insight.attempts import Answer, Attempt
from mtc_kiosk.insight.class_figures import FEWEST_ANSWERS, Row, Square

GRID = Grid(20)
ASKED = Grid(18)
ASKED_WIDTH = ASKED.right + 6
BAR_LEFT, BAR = GRID.right + 8, 37
SOME, MANY = 1 / 3, 0.6
"""Shares wrong from which a square is darker, and darkest."""

KEY = (("none", "nobody"), ("some", "under a third"), ("many", "up to 6 in 10"), ("most", "more"))
KEY_DIGIT = "3"
LOST = "taken away by a fault"
FEW = f"Where fewer than {FEWEST_ANSWERS} were asked the square stays pale. A dot: not asked."


def facts_picture(squares: Mapping[Item, Square], rows: Sequence[Row]) -> Picture:
    """A class's facts: the digit is how many had it wrong, the shade their share; beside each table its share right."""
    shown = {item: one for item, one in squares.items() if item in GRID and one.asked}
    few = shapes.lines_of(FEW, shapes.HALF - 12)
    below = GRID.bottom + 20
    parts = [
        *GRID.numbers(),
        *(GRID.dot(item) for item in GRID.items() if item not in shown),
        *(_square(one) for one in shown.values()),
        shapes.words(BAR_LEFT, GRID.top - 8, "right", look="soft"),
        *(_bar(row) for row in rows if row.table in NUMBERS and row.asked),
        *_key(below),
        *shapes.written(8, below + 62, few, shapes.HALF),
    ]
    size = (shapes.HALF, below + 62 + shapes.LINE * (len(few) - 1) + 6)
    return shapes.picture("facts", size, _sentence(list(shown.values())), parts, _table(shown, rows))


def facts_asked_picture(attempt: Attempt) -> Picture:
    """One pupil's facts. A fact asked twice has both signs, one asked more often how many were right.

    A question that a fault took away is outlined; a dot was not asked.
    """
    asked: dict[Item, list[Answer]] = {}
    for answer in attempt.answers:
        asked.setdefault(answer.item, []).append(answer)
    key = shapes.lines_of(_asked_key(asked), ASKED_WIDTH - ASKED.left)
    parts = [
        *ASKED.numbers(),
        *(ASKED.dot(item) for item in ASKED.items() if item not in asked),
        *(_asked_square(item, answers) for item, answers in sorted(asked.items()) if item in ASKED),
        *shapes.written(ASKED.left, ASKED.bottom + 19, key, ASKED_WIDTH),
    ]
    rows = tuple((str(answer.number), asked_in_words(answer.item), _outcome(answer)) for answer in attempt.answers)
    table = SameAsTable("Facts asked, in the order of the check", ("Question", "Fact", "Answer"), rows)
    size = (ASKED_WIDTH, ASKED.bottom + 19 + shapes.LINE * (len(key) - 1) + 7)
    return shapes.picture("asked", size, _asked_sentence(attempt), parts, table)


def shade_of(one: Square) -> str:
    """``none``, ``some``, ``many`` or ``most`` were wrong; of few answers never more than ``some``."""
    if not one.wrong:
        return "none"
    share = one.wrong / one.asked
    if one.asked < FEWEST_ANSWERS or share < SOME:
        return "some"
    return "many" if share <= MANY else "most"


def _square(one: Square) -> Markup:
    shade = shade_of(one)
    parts = [GRID.tile(one.item, shade)]
    if one.wrong:
        x, y = GRID.middle(one.item)
        look = _look(shade)
        parts.append(shapes.squeezed(x, y + 4.6, str(one.wrong), 16, size=13, anchor="middle", look=look))
    return shapes.titled(f"{asked_in_words(one.item)}: {one.wrong} of {one.asked} wrong", *parts)


def _look(shade: str) -> str:
    return {"many": "bold", "most": "bold light"}.get(shade, "")


def _bar(row: Row) -> Markup:
    y = GRID.middle(Item(row.table, NUMBERS[0]))[1]
    share = row.share or 0.0
    return shapes.titled(
        f"{row.table} times table: {row.right} of {row.asked} right",
        shapes.box(BAR_LEFT, y - 4, BAR, 8, "bar-whole"),
        shapes.box(BAR_LEFT, y - 4, BAR * share, 8, "bar"),
        shapes.words(shapes.HALF - 1, y + 4.6, percent(share), anchor="end", look="bold"),
    )


def _key(y: float) -> list[Markup]:
    parts = [shapes.words(8, y, "Number in a square: how many had it wrong.", look="soft")]
    for place, (shade, said) in enumerate(KEY):
        x, line = 8 + place % 2 * 120, y + 9 + place // 2 * 19
        parts.append(shapes.box(x, line, 16, 16, f"tile-{shade}", round_by=3))
        if shade != "none":
            parts.append(shapes.words(x + 8, line + 12.5, KEY_DIGIT, anchor="middle", look=_look(shade)))
        parts.append(shapes.words(x + 22, line + 12.5, said, look="soft"))
    return parts


def _sentence(shown: Sequence[Square]) -> str:
    asked, wrong = sum(one.asked for one in shown), sum(one.wrong for one in shown)
    return f"{len(shown)} of {len(NUMBERS) ** 2} facts were asked; {wrong} of {asked} answers were wrong."


def _table(shown: Mapping[Item, Square], rows: Sequence[Row]) -> SameAsTable:
    by_table = {row.table: row for row in rows if row.asked}
    lines = []
    for first in NUMBERS:
        cells = (shown.get(Item(first, second)) for second in NUMBERS)
        row = by_table.get(first)
        right = f"{row.right} of {row.asked}, {percent(row.share or 0.0)}" if row else "–"
        lines.append((str(first), *(f"{one.wrong} of {one.asked}" if one else "–" for one in cells), right))
    caption = "How many answers were wrong, by first number (row) and second number (column); – was not asked"
    return SameAsTable(caption, ("First number", *(str(one) for one in NUMBERS), "Right"), tuple(lines))


def _asked_square(item: Item, answers: Sequence[Answer]) -> Markup:
    counting = [answer for answer in answers if answer.counts]
    said = f"{asked_in_words(item)}: {', '.join(_outcome(answer) for answer in answers)}"
    if not counting:
        return shapes.titled(said, ASKED.tile(item, "lost"))
    x, y = ASKED.middle(item)
    right = sum(answer.right for answer in counting)
    tile = ASKED.tile(item, "none" if right == len(counting) else "missed")
    if len(counting) == 1:
        return shapes.titled(said, tile, _sign(counting[0], x, y, 11))
    if len(counting) == 2:
        return shapes.titled(said, tile, _sign(counting[0], x - 3.8, y, 6), _sign(counting[1], x + 3.8, y, 6))
    score = shapes.squeezed(x, y + 4.4, f"{right}/{len(counting)}", 15, size=12.5, anchor="middle", look="bold")
    return shapes.titled(said, tile, score)


def _sign(answer: Answer, x: float, y: float, size: float) -> Markup:
    look = "" if size > 8 else "-small"
    return shapes.tick(x, y, size, look) if answer.right else shapes.cross(x, y, size, look)


def _asked_key(asked: Mapping[Item, Sequence[Answer]]) -> str:
    times = {sum(answer.counts for answer in answers) for answers in asked.values()}
    said = ["Dots were not asked."]
    if 2 in times:
        said.append("Two signs: asked twice.")
    if times and max(times) > 2:
        said.append("2/3: right two of three times.")
    if 0 in times:
        said.append("Dashed: taken away by a fault.")
    return " ".join(said)


def _outcome(answer: Answer) -> str:
    return "right" if answer.right else "not right" if answer.counts else LOST


def _asked_sentence(attempt: Attempt) -> str:
    counting = attempt.counting
    right, lost = sum(answer.right for answer in counting), len(attempt.answers) - len(counting)
    said = f"Of {len(attempt.answers)} facts asked {right} were right and {len(counting) - right} not."
    return f"{said} A fault took {lost} away." if lost else said
