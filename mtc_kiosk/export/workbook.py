"""A table as an Excel Workbook that prints as it is: A4 on its side, one page wide, the headings on each page.

A second sheet sums it up, and the last one has what the file must say about itself. Rows are written as they are read:
XlsxWriter keeps one in memory, and the sheet in a temporary file that only its owner may read.
"""

import html
import io
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from mtc_kiosk.export.about import MADE_UP, OWN_CHECK, About
from mtc_kiosk.export.table import Cell, Table, as_text

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

_A4 = 9
_NARROWEST, _WIDEST, _NOTES = 6, 40, 90
_LONGEST_NAME, _LONGEST_HEAD = 31, 100
"""Of a sheet, which Excel sets, and of the school in the head of a page, where 255 characters are allowed in all."""
SUMMARY_SHEET, ABOUT_SHEET = "Summary", "About this file"
_AMPERSAND = "&&"
"""One & as it is written in the head or foot of a page, where & begins a command."""
_AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook_bytes(content: Table, about: About, summary: Sequence[Table] = ()) -> bytes:
    """The bytes of the workbook: dates as dates, numbers as numbers, all else as text that Excel does not evaluate.

    The tables of the ``summary`` come one below the other.
    """
    # Slow to import, and only a workbook needs it.
    from xlsxwriter.workbook import Workbook  # noqa: PLC0415

    written = io.BytesIO()
    # As Python makes the folder, only its owner may look into it. Leaving a book closes its files in there in any case:
    # Windows removes no open file.
    with (
        tempfile.TemporaryDirectory() as folder,
        Workbook(written, {"constant_memory": True, "tmpdir": folder, **_AS_TEXT}) as book,
    ):
        book.set_properties({"title": about.what, "created": about.made_at.replace(tzinfo=None)})
        pen = _Pen(book)
        sheet = book.add_worksheet(about.what[:_LONGEST_NAME])
        end = pen.table(sheet, content)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, end - 1, len(content.header) - 1)
        sheet.repeat_rows(0)
        _printed(sheet, about)
        if summary:
            _sum_up(pen, book.add_worksheet(SUMMARY_SHEET), summary, about)
        notes = book.add_worksheet(ABOUT_SHEET)
        notes.set_column(0, 0, _NOTES)
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for line, text in enumerate(about.lines):
            notes.write_string(line, 0, _plain(text), wrapped)
    return written.getvalue()


def workbook_parts(content: Table, about: About, summary: Sequence[Table] = ()) -> Iterator[bytes]:
    """The workbook in one part, made when it is asked for: so a disk too full to make it is as one too full for it."""
    yield workbook_bytes(content, about, summary)


class _Pen:
    """Writes cells; a row must come after those above it, as only one is in memory."""

    def __init__(self, book: "Workbook") -> None:
        self._bold = book.add_format({"bold": True})
        self._formats: dict[type, Format] = {
            date: book.add_format({"num_format": "dd/mm/yyyy"}),
            datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
            float: book.add_format({"num_format": "0.0"}),
        }

    def table(self, sheet: "Worksheet", content: Table, top: int = 0) -> int:
        """Write a table, make the columns of one at the top wide enough, and return the line below it."""
        for place, heading in enumerate(content.header):
            sheet.write_string(top, place, heading, self._bold)
        widths = [len(heading) for heading in content.header]
        line = top + 1
        for row in content.rows:
            for place, value in enumerate(row):
                if value is not None and value != "":
                    widths[place] = max(widths[place], self._cell(sheet, line, place, value))
            line += 1
        if top == 0:
            for place, longest in enumerate(widths):
                sheet.set_column(place, place, min(max(_NARROWEST, longest) + 3, _WIDEST))
        return line

    def _cell(self, sheet: "Worksheet", line: int, place: int, value: Cell) -> int:
        """Write a cell, and return how long its text is."""
        if isinstance(value, str):
            sheet.write_string(line, place, _plain(value))
            return len(value)
        if isinstance(value, int):
            sheet.write_number(line, place, value)
            return len(str(value))
        if isinstance(value, date):
            sheet.write_datetime(line, place, value, self._formats[type(value)])
        elif value is not None:
            sheet.write_number(line, place, value, self._formats[type(value)])
        return len(as_text(value))


def _plain(text: str) -> str:
    """The text, to be shown as it is: XlsxWriter copies ``<r>...</r>`` into a sheet as formatted text of its own."""
    if text.startswith("<r>") and text.endswith("</r>"):
        return f'<r><t xml:space="preserve">{html.escape(text, quote=False)}</t></r>'
    return text


def _sum_up(pen: _Pen, sheet: "Worksheet", summary: Sequence[Table], about: About) -> None:
    line = 0
    for each in summary:
        line = pen.table(sheet, each, line) + 1
    _printed(sheet, about)


def _printed(sheet: "Worksheet", about: About) -> None:
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(0)
    school = about.school[:_LONGEST_HEAD].replace("&", _AMPERSAND)
    sheet.set_header(f"&L{about.what.replace('&', _AMPERSAND)}: {school}&R{as_text(about.made_at)}")
    sheet.set_footer(f"&L{MADE_UP if about.made_up else OWN_CHECK}&R&P of &N")
