"""The 144 facts as a map, row by first number and column by second: of a class, and those that one pupil was asked."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from mtc_kiosk.check.form import LARGEST_FACTOR, SMALLEST_FACTOR, Item
from mtc_kiosk.export.pictures import shapes
from mtc_kiosk.export.pictures.picture import Picture, SameAsTable
from mtc_kiosk.insight.attempts import Answer, Attempt
from mtc_kiosk.insight.class_figures import FEWEST_ANSWERS, Row, Square
from mtc_kiosk.school.words import counted

NUMBERS = range(SMALLEST_FACTOR, LARGEST_FACTOR + 1)
SQUARE = 32
LEFT, TOP = 28, 24
RIGHT = LEFT + SQUARE * len(NUMBERS)
BOTTOM = TOP + SQUARE * len(NUMBERS)
BAR = 72
WIDTH = RIGHT + 22 + BAR + 50
SOME, MANY = 1 / 3, 0.6
"""Shares wrong from which a square is darker, and darkest."""

MARK = 15


def facts_picture(squares: Mapping[Item, Square], rows: Sequence[Row]) -> Picture:
    """A class's facts: the digit is how many had it wrong, the shade their share; beside each table its share right."""
    shown = [one for one in squares.values() if one.item.factor1 in NUMBERS and one.item.factor2 in NUMBERS]
    parts = [
        *_numbers(),
        *(_dot(item) for item in _items() if item not in squares or not squares[item].asked),
        *(_square(one) for one in shown if one.asked),
        shapes.words(RIGHT + 16, TOP - 8, "right", look="soft"),
        *(part for row in rows if row.table in NUMBERS for part in _bar(row)),
        *_key(),
    ]
    asked, wrong = sum(one.asked for one in shown), sum(one.wrong for one in shown)
    different = sum(one.asked > 0 for one in shown)
    sentence = f"{counted(different, 'fact')} of {len(NUMBERS) ** 2} asked; {wrong} of {asked} answers not right."
    weakest = _weakest(rows)
    if weakest:
        sentence += f" The lowest share right by first number: {weakest}."
    return shapes.picture("facts", (WIDTH, BOTTOM + 72), sentence, parts, _table(squares, rows))


def facts_asked_picture(attempt: Attempt) -> Picture:
    """The facts that one pupil was asked, each with a tick or a cross; a dot was not asked.

    One that was asked several times has a sign for each time. One that a fault took away counts as not asked, and is
    outlined.
    """
    asked: dict[Item, list[Answer]] = {}
    for answer in attempt.answers:
        asked.setdefault(answer.item, []).append(answer)
    right = sum(answer.right for answer in attempt.counting)
    lost = len(attempt.answers) - len(attempt.counting)
    sentence = f"{counted(right, 'fact')} right, {len(attempt.counting) - right} not."
    sentence += f" {counted(lost, 'question')} taken away by a fault." if lost else ""
    parts = [
        *_numbers(),
        *(_dot(item) for item in _items() if item not in asked),
        *(_asked(item, answers) for item, answers in sorted(asked.items())),
        *_asked_key(any(len(answers) > 1 for answers in asked.values()), bool(lost)),
    ]
    rows = tuple(
        (
            str(answer.number),
            _sum(answer.item),
            "right" if answer.right else "not right" if answer.counts else "taken away by a fault",
        )
        for answer in attempt.answers
    )
    table = SameAsTable("Facts asked, in the order of the check", ("Question", "Fact", "Answer"), rows)
    return shapes.picture("asked", (RIGHT + 8, BOTTOM + 30), sentence, parts, table)


def _items() -> list[Item]:
    return [Item(first, second) for first in NUMBERS for second in NUMBERS]


def _place(item: Item) -> tuple[float, float]:
    """The upper left corner of a fact's square."""
    return LEFT + SQUARE * (item.factor2 - NUMBERS[0]), TOP + SQUARE * (item.factor1 - NUMBERS[0])


def _middle(item: Item) -> tuple[float, float]:
    x, y = _place(item)
    return x + SQUARE / 2, y + SQUARE / 2


def _sum(item: Item) -> str:
    return f"{item.factor1} × {item.factor2}"


def _numbers() -> list[Markup]:
    across = [
        shapes.words(LEFT + SQUARE * (place + 0.5), TOP - 8, str(one), size=13, anchor="middle")
        for place, one in enumerate(NUMBERS)
    ]
    down = [
        shapes.words(LEFT - 8, TOP + SQUARE * (place + 0.5) + 5, str(one), size=13, anchor="end")
        for place, one in enumerate(NUMBERS)
    ]
    return [shapes.words(LEFT - 8, TOP - 8, "×", size=13, anchor="end"), *across, *down]


def _dot(item: Item) -> Markup:
    return shapes.counter(*_middle(item), 1.5, "dot")


def _square(one: Square) -> Markup:
    x, y = _place(one.item)
    said = f"{_sum(one.item)}: {one.wrong} of {one.asked} not right"
    shade = shade_of(one)
    tile = shapes.box(x + 1.5, y + 1.5, SQUARE - 3, SQUARE - 3, f"tile tile-{shade}", round_by=5)
    if not one.wrong:
        return shapes.titled(said, tile)
    look = {"some": "", "many": "bold", "most": "bold light"}[shade]
    digit = shapes.squeezed(
        x + SQUARE / 2, y + SQUARE / 2 + 5, str(one.wrong), SQUARE - 6, size=14, anchor="middle", look=look
    )
    return shapes.titled(said, tile, digit)


def shade_of(one: Square) -> str:
    """``none``, ``some``, ``many`` or ``most`` were wrong; of few answers never more than ``some``."""
    if not one.wrong:
        return "none"
    share = one.wrong / one.asked
    if one.asked < FEWEST_ANSWERS or share < SOME:
        return "some"
    return "many" if share <= MANY else "most"


def _bar(row: Row) -> list[Markup]:
    left, y = RIGHT + 16, TOP + SQUARE * (row.table - NUMBERS[0] + 0.5)
    if row.share is None:
        return []
    said = f"{row.table} times table: {row.right} of {row.asked} right"
    whole = shapes.box(left, y - 5, BAR, 10, "bar-whole", round_by=2)
    part = shapes.box(left, y - 5, BAR * row.share, 10, "bar", round_by=2)
    return [
        shapes.titled(said, whole, part, shapes.words(left + BAR + 6, y + 5, _percent(row.share), size=13, look="bold"))
    ]


def _key() -> list[Markup]:
    y = BOTTOM + 22
    parts = [shapes.words(LEFT, y, "Number in a square: how many had it wrong.", look="soft")]
    x = float(LEFT)
    for shade, digit, said in (
        ("none", "", "nobody"),
        ("some", "2", "under a third"),
        ("many", "5", "up to 6 in 10"),
        ("most", "9", "more"),
    ):
        look = {"some": "", "many": "bold", "most": "bold light"}.get(shade, "")
        parts.append(shapes.box(x, y + 8, 18, 18, f"tile tile-{shade}", round_by=4))
        if digit:
            parts.append(shapes.words(x + 9, y + 21.5, digit, anchor="middle", look=look))
        parts.append(shapes.words(x + 24, y + 21.5, said, look="soft"))
        x += 24 + shapes.width_of(said) + 18
    few = f"Never darker than this where fewer than {FEWEST_ANSWERS} were asked. A dot: nobody was."
    return [*parts, shapes.words(LEFT, y + 44, few, look="soft")]


def _asked(item: Item, answers: Sequence[Answer]) -> Markup:
    x, y = _place(item)
    counting = [answer for answer in answers if answer.counts]
    if not counting:
        return shapes.titled(
            f"{_sum(item)}: taken away by a fault",
            shapes.box(x + 2, y + 2, SQUARE - 4, SQUARE - 4, "tile tile-lost", round_by=5),
        )
    wrong = sum(not answer.right for answer in counting)
    right = len(counting) - wrong
    said = f"{_sum(item)}: " + ", ".join("right" if answer.right else "not right" for answer in counting)
    tile = shapes.box(
        x + 2, y + 2, SQUARE - 4, SQUARE - 4, "tile tile-missed" if wrong else "tile tile-none", round_by=5
    )
    if len(counting) == 1:
        return shapes.titled(said, tile, _sign(counting[0].right, *_middle(item), MARK))
    middle_x, middle_y = _middle(item)
    if len(counting) == 2:
        first, second = counting
        return shapes.titled(
            said,
            tile,
            _sign(first.right, middle_x - 6.5, middle_y, 10),
            _sign(second.right, middle_x + 6.5, middle_y, 10),
        )
    score = shapes.squeezed(
        middle_x, middle_y + 4.5, f"{right}/{right + wrong}", SQUARE - 8, size=12.5, anchor="middle", look="bold"
    )
    return shapes.titled(said, tile, score)


def _sign(right: bool, x: float, y: float, size: float) -> Markup:
    return shapes.tick(x, y, size) if right else shapes.cross(x, y, size)


def _asked_key(repeated: bool, lost: bool) -> list[Markup]:
    said = "Dots were not asked."
    said += " Two signs: asked twice." if repeated else ""
    said += " Dashed: taken away by a fault." if lost else ""
    return [shapes.words(LEFT, BOTTOM + 20, said, look="soft")]


def _table(squares: Mapping[Item, Square], rows: Sequence[Row]) -> SameAsTable:
    shares = {row.table: row for row in rows}
    lines = []
    for first in NUMBERS:
        cells = (squares.get(Item(first, second)) for second in NUMBERS)
        row = shares.get(first)
        right = (
            f"{_percent(row.share)} ({row.right} of {row.asked})" if row is not None and row.share is not None else "–"
        )
        lines.append(
            (str(first), *(f"{one.wrong} of {one.asked}" if one and one.asked else "–" for one in cells), right)
        )
    caption = "Answers not right, of how many, by first number (row) and second number (column); – was not asked"
    return SameAsTable(caption, ("First number", *(str(one) for one in NUMBERS), "Right"), tuple(lines))


def _weakest(rows: Sequence[Row]) -> str:
    asked = [(row.share, row.table) for row in rows if row.share is not None]
    if not asked:
        return ""
    share, table = min(asked)
    return f"the {table}s, {_percent(share)}"


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"
