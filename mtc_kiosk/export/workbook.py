"""A table as an Excel Workbook that prints as it is: A4 on its side, one page wide, the headings on each page.

A second sheet sums it up, and the last one has what the file must say about itself. Rows are written as they are read:
XlsxWriter keeps one in memory, and the sheet in a temporary file that only its owner may read.
"""

import io
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import repeat
from textwrap import wrap
from typing import TYPE_CHECKING

from mtc_kiosk.export.about import MADE_UP, OWN_CHECK, About
from mtc_kiosk.export.files import NotMade
from mtc_kiosk.export.table import Table, as_text
from mtc_kiosk.store.home.whole_files import what_is_wrong

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

    from mtc_kiosk.export.row_sheet import RowSheet

_A4 = 9
_NARROWEST, _WIDEST, _NOTES = 4, 40, 70
_SPARE = 8
_AIR = 2
"""How many characters a column is wider than its longest text."""
_HEADING, _LINE = 9, 15
"""A heading is broken into lines of so many characters where it can be, each so many points high. Most have two, so
that the button of the filter in the lowest line covers no letter."""
_MARGINS = {"left": 0.4, "right": 0.4, "top": 0.75, "bottom": 0.75}
"""Of a page, in inches."""
_LONGEST_NAME, _LONGEST_HEAD = 31, 100
"""Of a sheet, which Excel sets, and of the school in the head of a page, where 255 characters are allowed in all."""
SUMMARY_SHEET, ABOUT_SHEET = "Summary", "About this file"
_AMPERSAND = "&&"
"""One & as it is written in the head or foot of a page, where & begins a command."""
_AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def workbook_bytes(content: Table, about: About, summary: Sequence[Table] = ()) -> bytes:
    """The bytes of the workbook: dates as dates, numbers as numbers, all else as text that Excel does not evaluate.

    The tables of the ``summary`` come one below the other. NotMade if the temporary files cannot be written.
    """
    # Slow to import, and only a workbook needs it.
    from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415
    from xlsxwriter.workbook import Workbook  # noqa: PLC0415

    written = io.BytesIO()
    refused = ""
    try:
        # As Python makes the folder, only its owner may look into it.
        with tempfile.TemporaryDirectory() as folder:
            book = Workbook(written, {"constant_memory": True, "tmpdir": folder, **_AS_TEXT})
            try:
                _fill(book, content, about, summary)
                book.close()
            finally:
                # Windows removes no open file. Not by leaving the book: that would pack first what broke off.
                for sheet in book.worksheets():
                    sheet.let_go()
    except FileCreateError as problem:
        refused = what_is_wrong(problem.args[0])
    except OSError as problem:
        if problem.errno is None:  # of the rows
            raise
        refused = what_is_wrong(problem)
    if refused:
        # Without the frames of the problem: they keep a ZIP file that can only be closed while ``written`` is there.
        raise NotMade(f"The disk of temporary files cannot take the workbook: {refused}. Nothing was changed.")
    return written.getvalue()


def _fill(book: "Workbook", content: Table, about: About, summary: Sequence[Table]) -> None:
    from xlsxwriter.utility import xl_col_to_name  # noqa: PLC0415 - as above

    from mtc_kiosk.export.row_sheet import RowSheet, plain  # noqa: PLC0415

    book.set_properties({"title": about.what, "created": about.made_at.replace(tzinfo=None)})
    pen = _Pen(book)
    sheet = book.add_worksheet(_sheet_name(about.what), RowSheet)
    end = pen.tables(sheet, (content,))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, end - 1, len(content.header) - 1)
    # A response and class 01 are text; Excel would mark each such cell as a mistake.
    sheet.ignore_errors({"number_stored_as_text": f"A1:{xl_col_to_name(len(content.header) - 1)}{end}"})
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, end - 1, len(content.header) - content.unprinted - 1)
    sheet.set_landscape()
    _printed(sheet, about)
    if summary:
        sums = book.add_worksheet(SUMMARY_SHEET, RowSheet)
        pen.tables(sums, summary)
        _printed(sums, about)
    notes = book.add_worksheet(ABOUT_SHEET, RowSheet)
    notes.set_column(0, 0, _NOTES)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for line, text in enumerate(about.lines):
        # Not every program makes a line as high as its text, and few have the letters for which Excel counts widths.
        notes.set_row(line, _LINE * max(1, len(wrap(text, _NOTES - _SPARE))))
        notes.write_string(line, 0, plain(text), wrapped)
    _printed(notes, about)


def workbook_parts(content: Table, about: About, summary: Sequence[Table] = ()) -> Iterator[bytes]:
    """The workbook in one part, made when it is asked for: so a disk too full to make it is as one too full for it."""
    yield workbook_bytes(content, about, summary)


def _sheet_name(what: str) -> str:
    """What is in the table, or the first word of that where it is longer than Excel allows."""
    return what if len(what) <= _LONGEST_NAME else what.split(maxsplit=1)[0][:_LONGEST_NAME]


class _Pen:
    """Writes tables; a row must come after those above it, as none is kept in memory."""

    def __init__(self, book: "Workbook") -> None:
        looks = {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E7E7E7", "bottom": 1}
        self._heading = book.add_format(looks)
        self._formats: dict[type, Format] = {
            # A number ends a little before the next column's text; a date begins where text does.
            int: book.add_format({"align": "right", "indent": 1}),
            float: book.add_format({"num_format": "0.0", "align": "right", "indent": 1}),
            date: book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
            datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm", "align": "left"}),
        }

    def tables(self, sheet: "RowSheet", contents: Sequence[Table]) -> int:
        """Write tables one below the other, make the columns wide enough, and return the line below the last one."""
        widths: dict[int, int] = {}
        end = -1
        for content in contents:
            top = end + 1
            headings = [wrap(heading, _HEADING, break_long_words=False) for heading in content.header]
            sheet.set_row(top, _LINE * max(map(len, headings)))
            for place, heading in enumerate(content.header):
                sheet.write_string(top, place, heading, self._heading)
            end, longest = sheet.write_rows(top + 1, content.rows, self._formats)
            for place, (lines, text) in enumerate(zip(headings, longest or repeat(0), strict=False)):
                widths[place] = max(widths.get(place, _NARROWEST), text, *map(len, lines))
        for place, widest in widths.items():
            sheet.set_column(place, place, min(widest + _AIR, _WIDEST))
        return end


def _printed(sheet: "RowSheet", about: About) -> None:
    sheet.set_paper(_A4)
    sheet.set_margins(**_MARGINS)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(0)
    school = about.school[:_LONGEST_HEAD].replace("&", _AMPERSAND)
    sheet.set_header(f"&L{about.what.replace('&', _AMPERSAND)}: {school}&R{as_text(about.made_at)}")
    whose = f"{MADE_UP}\n{OWN_CHECK}" if about.made_up else OWN_CHECK
    sheet.set_footer(f"&L{whose}&R&P of &N")
