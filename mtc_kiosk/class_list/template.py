"""An empty class list with the right headings, to be filled in by hand: CSV or Excel Workbook."""

import io
from collections.abc import Sequence

from mtc_kiosk.school.columns import NATIONAL, TITLES, Field

OWN_SCHEME = (*NATIONAL, Field.REF, Field.GROUP)
"""The columns that a school under its own scheme may fill in."""

ENDINGS = (".csv", ".xlsx")
_LAST_ROW = 1_001
_WIDTH = 18
_TEXT, _DATE = "@", "dd/mm/yyyy"
_PROMPTS = {
    Field.SURNAME: "The last name, with capitals and accents as the pupil writes it.",
    Field.FORENAME: "The first name.",
    Field.MIDDLE_NAMES: "Middle names, or nothing.",
    Field.DATE_OF_BIRTH: "Day, month and year, such as 14/03/2018.",
    Field.SEX: "M or F.",
    Field.UPN: "The unique pupil number: 13 characters. It may be left out where there is a Pupil ref.",
    Field.REF: "The school's own number for the pupil, if there is no UPN: letters and digits, such as 4A-17.",
    Field.GROUP: "The class, such as 4A. It may be left out.",
}
"""What Excel says beside a cell that is chosen."""

_NATIONAL_UPN = "The unique pupil number: 13 characters."


def columns_of(*, national: bool) -> tuple[Field, ...]:
    """The columns of a list to be filled in, in their order."""
    return NATIONAL if national else OWN_SCHEME


def csv_template(columns: Sequence[Field]) -> bytes:
    """The headings as a CSV file, with the mark by which Excel knows its letters."""
    return (",".join(TITLES[field] for field in columns) + "\r\n").encode("utf-8-sig")


def xlsx_template(columns: Sequence[Field]) -> bytes:
    """The headings as a workbook: dates are dates, all else is text, so that Excel changes nothing that is typed."""
    # Slow to import, and only a workbook needs it.
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415
    from openpyxl.workbook import Workbook  # noqa: PLC0415
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415
    from openpyxl.worksheet.worksheet import Worksheet  # noqa: PLC0415

    workbook = Workbook()
    sheet = workbook.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a sheet")
    sheet.title = "Class list"
    sheet.freeze_panes = "A2"
    for place, field in enumerate(columns, start=1):
        letter = get_column_letter(place)
        cell = sheet.cell(1, place, TITLES[field])
        cell.font = Font(bold=True)
        sheet.column_dimensions[letter].width = _WIDTH
        form = _DATE if field is Field.DATE_OF_BIRTH else _TEXT
        sheet.column_dimensions[letter].number_format = form
        for line in range(2, _LAST_ROW + 1):
            sheet.cell(line, place).number_format = form
        prompt = _NATIONAL_UPN if field is Field.UPN and Field.REF not in columns else _PROMPTS[field]
        help_text = DataValidation(
            type="list" if field is Field.SEX else None,
            formula1='"M,F"' if field is Field.SEX else None,
            allow_blank=True,
            showErrorMessage=field is Field.SEX,
            showInputMessage=True,
            promptTitle=TITLES[field],
            prompt=prompt,
            error="M or F.",
        )
        help_text.add(f"{letter}2:{letter}{_LAST_ROW}")
        sheet.add_data_validation(help_text)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()
