"""A table as an Excel Workbook that prints as it is: A4 on its side, one page wide, the headings on each page.

A second sheet has what the file must say about itself.
"""

import io
from datetime import date, datetime

from mtc_kiosk.export.about import MADE_UP, OWN_CHECK, About
from mtc_kiosk.export.table import Cell, Table, as_text

_A4 = 9
_NARROWEST, _WIDEST, _NOTES = 6, 40, 90
ABOUT_SHEET = "About this file"
_AMPERSAND = "&&"
"""One & as it is written in the head or foot of a page, where & begins a command."""
_DATE, _TIME = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"


def workbook_bytes(content: Table, about: About) -> bytes:
    """The bytes of the workbook: dates as dates, numbers as numbers, all else as text that Excel does not evaluate."""
    # Slow to import, and only a workbook needs it.
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.workbook import Workbook  # noqa: PLC0415
    from openpyxl.worksheet.header_footer import HeaderFooterItem  # noqa: PLC0415
    from openpyxl.worksheet.properties import PageSetupProperties  # noqa: PLC0415
    from openpyxl.worksheet.worksheet import Worksheet  # noqa: PLC0415

    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a sheet")
    sheet.title = about.what[:31]
    for place, heading in enumerate(content.header, start=1):
        sheet.cell(1, place, heading).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = _width([heading, *_column(content, place - 1)])
    for line, row in enumerate(content.rows, start=2):
        for place, value in enumerate(row, start=1):
            cell = sheet.cell(line, place, value)
            if isinstance(value, str):
                cell.data_type = "s"
            elif isinstance(value, date):
                cell.number_format = _TIME if isinstance(value, datetime) else _DATE
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = sheet.dimensions
    sheet.print_title_rows = "1:1"
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.print_options.gridLines = True
    above, below = HeaderFooterItem(), HeaderFooterItem()
    above.left.text = f"{about.what}: {about.school}".replace("&", _AMPERSAND)
    above.right.text = as_text(about.made_at)
    below.left.text = MADE_UP if about.made_up else OWN_CHECK
    below.right.text = "&P of &N"
    sheet.oddHeader, sheet.oddFooter = above, below
    notes = book.create_sheet(ABOUT_SHEET)
    notes.column_dimensions["A"].width = _NOTES
    for line, text in enumerate(about.lines, start=1):
        cell = notes.cell(line, 1, text)
        cell.data_type, cell.alignment = "s", Alignment(wrap_text=True, vertical="top")
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _column(content: Table, place: int) -> list[Cell]:
    return [row[place] for row in content.rows]


def _width(cells: list[Cell]) -> int:
    """Wide enough for every cell, so that nothing is cut off or shown as ####, with room for the filter's button."""
    return min(max(_NARROWEST, *(len(as_text(cell)) for cell in cells)) + 3, _WIDEST)
