"""The rows of an export before they become a CSV file (``export.csv_text``) or a workbook (``export.workbook``)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from mtc_kiosk.school.birth import british

Cell = str | int | float | date | datetime | None
"""A date, or a time in the school's zone without one of its own, as spreadsheets have them; None is an empty cell."""


@dataclass(frozen=True)
class Table:
    """The headings, and the rows below them, which may be made while they are read and then are there once.

    So many of the last columns are left out on paper as ``unprinted`` says.
    """

    header: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]
    unprinted: int = 0


def table(header: Iterable[str], rows: Iterable[Iterable[Cell]]) -> Table:
    """A table of these rows."""
    return Table(tuple(header), tuple(tuple(row) for row in rows))


def school_time(instant: datetime | None, zone: tzinfo) -> datetime | None:
    """An instant as the clock at the school shows it, to the minute."""
    if instant is None:
        return None
    return instant.astimezone(zone).replace(second=0, microsecond=0, tzinfo=None)


def as_text(cell: Cell) -> str:
    """A cell as people read it: ``14/03/2018``, ``07/06/2027 10:05``; spreadsheets read both as what they are."""
    # Most are text: a file of answers has 400,000 cells.
    if isinstance(cell, str):
        return cell
    if isinstance(cell, datetime):
        return f"{british(cell)} {cell:%H:%M}"
    if isinstance(cell, date):
        return british(cell)
    if isinstance(cell, float):
        return f"{cell:.1f}"
    return "" if cell is None else str(cell)
