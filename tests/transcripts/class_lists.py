"""Class lists of made-up pupils, as a school's office would export them."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook

AMY, BO, CY, DEE = "G201100120001", "W201100120002", "G20110012003A", "A999100000004"
HEADINGS = "Surname,Forename,Middle name(s),Date of birth,Sex,UPN,Group"
PUPILS = (
    f"Testerly,Amy,,14/03/2018,F,{AMY},4A",
    f"O'Example,Bo-Lin,Kai,02/09/2017,M,{BO},4A",
    f"Samplé,Cy,,31/08/2018,M,{CY},4B",
)


def csv(*lines: str, headings: str = HEADINGS) -> str:
    """A file of commas."""
    return "".join(f"{line}\r\n" for line in (headings, *lines))


def workbook(*lines: str, headings: str = HEADINGS, sheet: str = "Year 4", hidden: Sequence[int] = ()) -> bytes:
    """An Excel workbook whose second sheet has the list, some rows of it hidden."""
    book = Workbook()
    book.active.title = "Notes"
    page = book.create_sheet(sheet)
    for line in (headings, *lines):
        page.append(line.split(","))
    for row in hidden:
        page.row_dimensions[row].hidden = True
    written = BytesIO()
    book.save(written)
    return written.getvalue()
