"""A class list as an Excel workbook: the rows of one of its sheets as text, and the sheet again with its errors.

openpyxl reads it row by row, so that a stray cell at the far end of the sheet costs nothing.
"""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mtc_kiosk.class_list.limits import LONGEST_CELL, NotAClassListFile, Shape
from mtc_kiosk.class_list.workbook_limits import refuse_hostile, refuse_many_parts
from mtc_kiosk.school.birth import british
from mtc_kiosk.school.class_list import Row
from mtc_kiosk.school.columns import ERRORS
from mtc_kiosk.school.names import tidy

Value = str | int | float | bool | date | time | timedelta | None
"""What a cell may hold; a datetime is a date."""

_DAMAGED = "The file is damaged, or no Excel Workbook. Open it in Excel and save it again, or save it as CSV."
_WIDEST_COLUMN = 60
_MOST_CELLS_WRITTEN = 60_000
"""A workbook of more takes openpyxl over three seconds, and 600 bytes a cell."""

_LONGEST_TITLE = 31


@dataclass(frozen=True)
class XlsxFile:
    """A sheet that was read. ``values`` are those of ``rows``, as Excel keeps them."""

    rows: tuple[Row, ...]
    notes: tuple[str, ...]
    values: tuple[tuple[Value, ...], ...]
    sheet: str

    @property
    def ending(self) -> str:
        """The ending of the name of the file with its errors: that of a CSV file where a workbook would take long."""
        return "xlsx" if sum(map(len, self.values)) <= _MOST_CELLS_WRITTEN else "csv"

    def with_errors(self, headings: int, errors: Mapping[int, str]) -> bytes:
        """This sheet alone, every row on its own line, with a last column Errors: a workbook or a CSV file."""
        named = next(row.cells for row in self.rows if row.line == headings)
        place = named.index(ERRORS) if ERRORS in named else max(len(row.cells) for row in self.rows)
        if self.ending == "csv":
            return self._as_csv(place, {headings: ERRORS, **errors})
        workbook = Workbook()
        sheet = workbook.active
        if not isinstance(sheet, Worksheet):
            raise TypeError("a new workbook has a sheet")
        sheet.title = re.sub(r"[\[\]:*?/\\]", " ", self.sheet)[:_LONGEST_TITLE] or "Class list"
        for row, values in zip(self.rows, self.values, strict=True):
            for column, value in enumerate(values, start=1):
                if column != place + 1:
                    _put(sheet, row.line, column, value)
            if said := ERRORS if row.line == headings else errors.get(row.line, ""):
                _put(sheet, row.line, place + 1, said)
        _dress(sheet, headings, [*self.rows, *(Row(line, ("",) * place + (said,)) for line, said in errors.items())])
        content = io.BytesIO()
        workbook.save(content)
        return content.getvalue()

    def _as_csv(self, place: int, errors: Mapping[int, str]) -> bytes:
        text = io.StringIO(newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        next_line = 1
        for row in self.rows:
            text.write("\r\n" * (row.line - next_line))
            cells = [*row.cells, *[""] * (place + 1 - len(row.cells))]
            cells[place] = errors.get(row.line, "")
            # A line end within a cell would move the rows behind it.
            writer.writerow([" ".join(cell.splitlines()) for cell in cells])
            next_line = row.line + 1
        return text.getvalue().encode("utf-8-sig")


def read(content: bytes, wanted: str | None) -> XlsxFile:
    """The rows of the wanted sheet, else of the first that has any; NotAClassListFile where there are none."""
    try:
        refuse_many_parts(content)
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            refuse_hostile(packed)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts of a workbook that no class list needs
            reader = _Reader(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            reader.read()
            return _read_sheets(reader.wb, wanted)
    except NotAClassListFile:
        raise
    except Exception as problem:
        # What a damaged workbook makes the library raise is named nowhere: KeyError, ValueError, BadZipFile and others.
        raise NotAClassListFile(_DAMAGED) from problem


class _Reader(ExcelReader):
    """openpyxl's reader, for a workbook in which no two sheets are the same part: each may be read once."""

    def read_worksheets(self) -> None:
        targets = [relation.target for _, relation in self.parser.find_sheets()]
        if len(set(targets)) < len(targets):
            raise NotAClassListFile(_DAMAGED)
        super().read_worksheets()


def _read_sheets(workbook: Workbook, wanted: str | None) -> XlsxFile:
    sheets = {
        sheet.title: sheet for sheet in workbook.worksheets if sheet.sheet_state == "visible" or sheet.title == wanted
    }
    if wanted is not None and wanted not in sheets:
        raise NotAClassListFile(f"There is no sheet {wanted}: the file has {', '.join(sheets)}.")
    filled: dict[str, list[tuple[int, tuple[Value, ...]]]] = {}
    shape = Shape()
    for title in [wanted] if wanted is not None else sheets:
        if found := list(_filled(sheets[title], shape)):
            filled[title] = found
    if not filled:
        raise NotAClassListFile("The workbook is empty." if wanted is None else f"The sheet {wanted} is empty.")
    title, found = next(iter(filled.items()))
    width = max(len(values) for _, values in found)
    values = tuple((*each, *[None] * (width - len(each))) for _, each in found)
    rows = tuple(Row(line, tuple(map(_text, each))) for (line, _), each in zip(found, values, strict=True))
    others = [other for other in filled if other != title]
    notes = (f"Only the sheet {title} was read; choose another with --sheet: {', '.join(others)}.",) if others else ()
    return XlsxFile(rows, notes, values, title)


def _filled(sheet: Worksheet, shape: Shape) -> Iterator[tuple[int, tuple[Value, ...]]]:
    """The rows that hold something, without the empty cells behind, each with its number in the sheet."""
    # The size that a file states of itself may be wrong, and then rows would be cut off.
    sheet.reset_dimensions()  # type: ignore[attr-defined]  # a read-only sheet, which the stubs do not know
    for line, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        places = [place for place, value in enumerate(row) if value is not None]
        values = tuple(map(_value, row[: places[-1] + 1])) if places else ()
        last = max((place for place in places if tidy(_text(values[place]))), default=-1)
        if last >= 0:
            shape.add(last + 1, sum(len(value) for value in values if isinstance(value, str)))
            yield line, values[: last + 1]


def _value(value: object) -> Value:
    if value is None or isinstance(value, str | int | float | date | time | timedelta):
        return value[:LONGEST_CELL] if isinstance(value, str) else value
    return str(value)[:LONGEST_CELL]


def _text(value: Value) -> str:
    """A cell as the national columns would have it: dates as dd/mm/yyyy, whole numbers without a point."""
    match value:
        case None:
            return ""
        case bool():
            return str(value).upper()
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() != time():
            return f"{british(value)} {value:%H:%M}"
        case date():
            return british(value)
        case _:
            return str(value)


def _put(sheet: Worksheet, line: int, column: int, value: Value) -> None:
    """Write a value as what it is: text that looks like a formula stays text."""
    cell = sheet.cell(line, column)
    if isinstance(cell, MergedCell):
        raise TypeError("a new sheet has no merged cells")
    if isinstance(value, str):
        cell.value = ILLEGAL_CHARACTERS_RE.sub("", value)
        cell.data_type = "s"
        cell.number_format = "@"
        return
    cell.value = value
    if isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"


def _dress(sheet: Worksheet, headings: int, rows: Sequence[Row]) -> None:
    """Make it readable: headings in bold and always in view, columns as wide as what is in them."""
    for cell in sheet[headings]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(vertical="top")
    sheet.freeze_panes = f"A{headings + 1}"
    for place in range(max(len(row.cells) for row in rows)):
        longest = max(len(row.cells[place]) for row in rows if place < len(row.cells))
        sheet.column_dimensions[get_column_letter(place + 1)].width = min(longest + 2, _WIDEST_COLUMN)
