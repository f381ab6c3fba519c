"""Rows as CSV that Excel, LibreOffice and schools' systems read alike (RFC 4180).

UTF-8 with a byte order mark, so that Excel shows accents; CRLF; quotes only where needed.
"""

import csv
import io

from mtc_kiosk.export.table import Cell, Table, as_text

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A spreadsheet calculates a cell that begins with one of these (the wide ones under East Asian settings)."""


def csv_bytes(content: Table) -> bytes:
    """The bytes of a CSV file."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(content.header)
    writer.writerows([guarded(cell) for cell in row] for row in content.rows)
    return text.getvalue().encode("utf-8-sig")


def guarded(cell: Cell) -> str:
    """A cell's text, with an apostrophe before a formula and otherwise unchanged."""
    text = as_text(cell)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text
