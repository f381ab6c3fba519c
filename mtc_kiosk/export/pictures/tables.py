"""The share right in each table, as bars with their number."""

from collections.abc import Sequence

from markupsafe import Markup

from mtc_kiosk.export.pictures import shapes
from mtc_kiosk.export.pictures.national_shares import percent
from mtc_kiosk.export.pictures.picture import Picture, SameAsTable
from mtc_kiosk.insight.class_figures import Row

LEFT, BAR, LINE = 34, 180, 24


def tables_picture(rows: Sequence[Row]) -> Picture:
    """A bar for each table, by its first number, as long as the share of right answers."""
    parts = [_row(row, 4 + LINE * (place + 0.5)) for place, row in enumerate(rows)]
    table = SameAsTable(
        "Share of right answers by table (the first number)",
        ("Table", "Right", "Answers", "Share right"),
        tuple((str(row.table), str(row.right), str(row.asked), _share(row)) for row in rows),
    )
    said = ", ".join(f"{row.table}s {_share(row)}" for row in rows if row.asked)
    sentence = f"Right answers by table: {said}." if said else "No table was asked."
    return shapes.picture("tables", (shapes.HALF, 8 + LINE * max(1, len(rows))), sentence, parts, table)


def _share(row: Row) -> str:
    return percent(row.share) if row.share is not None else "not asked"


def _row(row: Row, middle: float) -> Markup:
    name = shapes.words(LEFT - 8, middle + 4.7, f"{row.table}s", size=13.5, anchor="end", look="bold")
    if row.share is None:
        said = shapes.words(LEFT + 2, middle + 4.7, "not asked", look="soft")
        return shapes.titled(f"{row.table} times table: not asked", name, said)
    return shapes.titled(
        f"{row.table} times table: {row.right} of {row.asked} right",
        name,
        shapes.box(LEFT, middle - 7, BAR, 14, "bar-whole"),
        shapes.box(LEFT, middle - 7, BAR * row.share, 14, "bar"),
        shapes.words(LEFT + BAR + 7, middle + 4.7, percent(row.share), size=13.5, look="bold"),
        shapes.words(shapes.HALF - 4, middle + 4.7, f"{row.right} of {row.asked}", anchor="end", look="soft"),
    )
