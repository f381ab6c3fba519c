"""Rows as CSV that Excel, LibreOffice and schools' systems read alike (RFC 4180).

UTF-8 with a byte order mark, so that Excel shows accents; CRLF; quotes only where needed.
"""

import codecs
import csv
import io
from collections.abc import Iterator

from mtc_kiosk.export.table import Cell, Table, as_text

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A spreadsheet calculates a cell that begins with one of these (the wide ones under East Asian settings)."""

_PART = 2**16


def csv_bytes(content: Table) -> bytes:
    """The bytes of a CSV file."""
    return b"".join(csv_parts(content))


def csv_parts(content: Table) -> Iterator[bytes]:
    """The same in parts, made while the rows are read."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(content.header)
    yield codecs.BOM_UTF8
    for row in content.rows:
        writer.writerow([guarded(cell) for cell in row])
        if text.tell() > _PART:
            yield _taken(text)
    yield _taken(text)


def _taken(text: io.StringIO) -> bytes:
    taken = text.getvalue().encode()
    text.seek(0)
    text.truncate()
    return taken


def guarded(cell: Cell) -> str:
    """A cell's text, with an apostrophe before a formula and otherwise unchanged."""
    text = as_text(cell)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text
