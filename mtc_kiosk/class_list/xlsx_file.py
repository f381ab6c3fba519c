"""A class list as an Excel workbook: the rows of one of its sheets as text, and the sheet again with its errors."""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from mtc_kiosk.class_list.file_kinds import refuse_other_zips, refuse_plain_zips
from mtc_kiosk.class_list.hidden_parts import settle_hidden
from mtc_kiosk.class_list.limits import Hidden, NotAClassListFile, Shape
from mtc_kiosk.class_list.sheet_reader import Sheet, Value, read_sheet
from mtc_kiosk.class_list.strict_workbook import StrictWorkbook, is_strict
from mtc_kiosk.class_list.workbook_limits import DAMAGED, refuse_hostile, refuse_many_parts
from mtc_kiosk.school.class_list import ROWS_LOOKED_AT_FOR_HEADINGS, Row
from mtc_kiosk.school.columns import ERRORS, HEADINGS_LOOKED_FOR, known
from mtc_kiosk.school.next_step import Hint, NextStep, Step

_WIDEST_COLUMN = 60
_MOST_CELLS_WRITTEN = 60_000
"""A workbook of more takes openpyxl over three seconds, and 600 bytes a cell."""

_LONGEST_TITLE = 31


@dataclass(frozen=True)
class XlsxFile:
    """A sheet that was read. ``values`` are those of ``rows``, as Excel keeps them."""

    rows: tuple[Row, ...]
    notes: tuple[Hint, ...]
    values: tuple[tuple[Value, ...], ...]
    sheet: str
    sheets: tuple[str, ...]
    read_as = ""

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


def read(content: bytes, wanted: str | None, hidden: Hidden | None, maps: Sequence[str]) -> XlsxFile:
    """The rows of the wanted sheet; else of that which Excel opens with or the first, if it has headings.

    NotAClassListFile where there are none; HiddenInTheFile where some are hidden and ``hidden`` does not say what to do
    with them. a column that ``maps`` name is used.
    """
    try:
        refuse_many_parts(content)
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            refuse_other_zips(packed)
            refuse_hostile(packed)
            refuse_plain_zips(packed)
            strict = is_strict(packed)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts of a workbook that no class list needs
            reader = _Reader(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            if strict:
                reader.archive = StrictWorkbook(io.BytesIO(content))
            reader.read()
            sheet, notes = _chosen(reader.wb, wanted)
            sheets = tuple(each.title for each in reader.wb.worksheets)
    except NotAClassListFile:
        raise
    except Exception as problem:
        # What a damaged workbook makes the library raise is named nowhere: KeyError, ValueError, BadZipFile and others.
        raise NotAClassListFile(DAMAGED) from problem
    sheet, said = settle_hidden(sheet, hidden, maps)
    return _as_file(sheet, (*notes, *said), sheets)


class _Reader(ExcelReader):
    """openpyxl's reader, for a workbook in which no two sheets are the same part: each may be read once."""

    def read_worksheets(self) -> None:
        targets = [relation.target for _, relation in self.parser.find_sheets()]
        if len(set(targets)) < len(targets):
            raise NotAClassListFile(DAMAGED)
        super().read_worksheets()


def _chosen(workbook: Workbook, wanted: str | None) -> tuple[Sheet, tuple[Hint, ...]]:
    """The sheet that is the class list, and a sentence that names those that were not read."""
    titles = [sheet.title for sheet in workbook.worksheets]
    visible = [sheet.title for sheet in workbook.worksheets if sheet.sheet_state == "visible"]
    if wanted is not None and wanted not in titles:
        raise NotAClassListFile(f"There is no sheet {wanted}: the file has {', '.join(visible)}.")
    shape = Shape()
    read = [
        read_sheet(workbook, sheet, shape)
        for sheet in workbook.worksheets
        if sheet.title == (wanted or sheet.title) and (wanted or sheet.sheet_state == "visible")
    ]
    filled = [sheet for sheet in read if sheet.rows]
    unseen = [title for title in titles if title not in visible]
    if not filled:
        raise _empty(wanted, unseen)
    opened_with = _opened_with(workbook)
    in_front = sorted(filled, key=lambda sheet: sheet.title != opened_with)
    chosen = next(filter(_has_headings, in_front), filled[0])
    if wanted is not None:
        return chosen, ()
    others = [sheet.title for sheet in filled if sheet is not chosen]
    return chosen, _not_read(chosen.title, others, unseen)


def _opened_with(workbook: Workbook) -> str | None:
    """The title of the sheet that Excel shows when it opens the file."""
    place = workbook.views[0].activeTab if workbook.views else 0
    sheets = workbook.worksheets
    return sheets[place].title if place is not None and 0 <= place < len(sheets) else None


def _empty(wanted: str | None, unseen: Sequence[str]) -> NotAClassListFile:
    if wanted is not None:
        return NotAClassListFile(f"The sheet {wanted} is empty.")
    if unseen:
        said = f"The sheets that Excel shows are empty. Hidden: {', '.join(unseen)}."
        return NotAClassListFile(said, NextStep(Step.CHOOSE_SHEET, tuple(unseen)))
    return NotAClassListFile("The workbook is empty.")


def _has_headings(sheet: Sheet) -> bool:
    first = sheet.rows[:ROWS_LOOKED_AT_FOR_HEADINGS]
    return any(known(row.texts, ()) >= HEADINGS_LOOKED_FOR for row in first)


def _not_read(title: str, others: Sequence[str], unseen: Sequence[str]) -> tuple[Hint, ...]:
    named = [", ".join(others)] if others else []
    named += [f"{', '.join(unseen)} (hidden in Excel)"] if unseen else []
    if not named:
        return ()
    other = NextStep(Step.OTHER_SHEET, (*others, *unseen))
    return (Hint(f"The sheet {title} was read. Not read: {', '.join(named)}.", other),)


def _as_file(sheet: Sheet, notes: Sequence[Hint], sheets: tuple[str, ...]) -> XlsxFile:
    """The sheet's rows, all of one width."""
    width = max(len(row.texts) for row in sheet.rows)
    values = tuple((*row.values, *[None] * (width - len(row.values))) for row in sheet.rows)
    rows = tuple(Row(row.line, (*row.texts, *[""] * (width - len(row.texts)))) for row in sheet.rows)
    return XlsxFile(rows, tuple(notes), values, sheet.title, sheets)


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
        cell.number_format = "dd/mm/yyyy hh:mm" if isinstance(value, datetime) else "dd/mm/yyyy"


def _dress(sheet: Worksheet, headings: int, rows: Sequence[Row]) -> None:
    """Make it readable: headings in bold and always in view, columns as wide as what is in them."""
    for cell in sheet[headings]:
        cell.font = Font(bold=True)
        cell.alignment = Alignment(vertical="top")
    sheet.freeze_panes = f"A{headings + 1}"
    for place in range(max(len(row.cells) for row in rows)):
        longest = max(len(row.cells[place]) for row in rows if place < len(row.cells))
        sheet.column_dimensions[get_column_letter(place + 1)].width = min(longest + 2, _WIDEST_COLUMN)
