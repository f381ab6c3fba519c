"""The share right in each table, as bars with their number."""

from collections.abc import Sequence

from markupsafe import Markup

from mtc_kiosk.export.pictures import shapes
from mtc_kiosk.export.pictures.picture import Picture, SameAsTable
from mtc_kiosk.insight.class_figures import Row

LEFT, BAR = 44, 300
WIDTH = LEFT + BAR + 176
LINE = 26


def tables_picture(rows: Sequence[Row]) -> Picture:
    """A bar for each table, by its first number, as long as the share of right answers."""
    parts = [part for place, row in enumerate(rows) for part in _row(row, 8 + LINE * place)]
    table = SameAsTable(
        "Share of right answers by table (the first number)",
        ("Table", "Right", "Answers", "Share right"),
        tuple((str(row.table), str(row.right), str(row.asked), share_in_words(row)) for row in rows),
    )
    asked = [row for row in rows if row.share is not None]
    said = ", ".join(f"{row.table}s {share_in_words(row)}" for row in asked)
    sentence = f"Right answers by table: {said}." if asked else "No table was asked."
    return shapes.picture("tables", (WIDTH, 16 + LINE * max(1, len(rows))), sentence, parts, table)


def share_in_words(row: Row) -> str:
    """``89%``."""
    return f"{100 * row.share:.0f}%" if row.share is not None else "not asked"


def _row(row: Row, top: float) -> list[Markup]:
    middle = top + LINE / 2
    name = shapes.words(LEFT - 10, middle + 5, f"{row.table}s", size=14, anchor="end", look="bold")
    if row.share is None:
        return [name, shapes.words(LEFT + 2, middle + 5, "not asked", size=13, look="soft")]
    whole = shapes.box(LEFT, middle - 8, BAR, 16, "bar-whole", round_by=3)
    bar = shapes.box(LEFT, middle - 8, BAR * row.share, 16, "bar", round_by=3)
    share = shapes.words(LEFT + BAR + 10, middle + 5, share_in_words(row), size=14, look="bold")
    count = shapes.words(LEFT + BAR + 62, middle + 5, f"{row.right} of {row.asked}", size=13, look="soft")
    return [shapes.titled(f"{row.table} times table: {row.right} of {row.asked} right", name, whole, bar, share, count)]
