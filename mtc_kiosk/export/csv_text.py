"""Rows as CSV that Excel, LibreOffice and a school's own system read alike (RFC 4180).

UTF-8 with a byte order mark, so that Excel knows the accents; CRLF; quotes only where they are needed.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime, tzinfo

Cell = str | int | None

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A spreadsheet would calculate a cell that begins with one of these; with East Asian settings the wide ones too."""


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The bytes of a CSV file; None is an empty cell."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def guarded(cell: Cell) -> str:
    """A cell's text, with an apostrophe before a formula; nothing else is altered."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


def time_cell(instant: datetime, zone: tzinfo) -> str:
    """``07/06/2027 10:05``, as the date of birth beside it and as a spreadsheet takes it for a time."""
    return f"{instant.astimezone(zone):%d/%m/%Y %H:%M}"
