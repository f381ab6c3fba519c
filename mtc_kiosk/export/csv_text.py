"""Rows as CSV that Excel, LibreOffice and schools' systems read alike (RFC 4180).

UTF-8 with a byte order mark, so that Excel shows accents; CRLF; quotes only where needed.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

Cell = str | int | None

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A spreadsheet calculates a cell that begins with one of these (the wide ones under East Asian settings)."""


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The bytes of a CSV file; None is an empty cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def guarded(cell: Cell) -> str:
    """A cell's text, with an apostrophe before a formula and otherwise unchanged."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


def time_cell(instant: datetime, zone: tzinfo) -> str:
    """``07/06/2027 10:05``, in the same order as dates of birth; spreadsheets read it as a time."""
    return f"{instant.astimezone(zone):%d/%m/%Y %H:%M}"
