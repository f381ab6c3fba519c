"""One sheet of a workbook: its rows as Excel shows them, and what in it is hidden or merged.

openpyxl takes it apart row by row, so that a stray cell at the far end of the sheet costs nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree.ElementTree import Element

from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.utils.escape import unescape
from openpyxl.workbook import Workbook
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

from mtc_kiosk.class_list.limits import LONGEST_CELL, MOST_COLUMNS, NotAClassListFile, Shape
from mtc_kiosk.class_list.number_format import GENERAL, general, number_shown, text_shown
from mtc_kiosk.class_list.workbook_limits import DAMAGED
from mtc_kiosk.school.birth import british
from mtc_kiosk.school.names import tidy

Value = str | int | float | bool | date | time | timedelta | None
"""What a cell may hold; a datetime is a date."""

_A_BREATH = time(0, 0, 1)
"""Less than this after midnight is a remainder of reckoning, and no time that somebody wrote."""

_TRUE = ("1", "true")
_FORMULA = "f"


@dataclass(frozen=True)
class SheetRow:
    """A row that holds something: its values as they can be written again, and its cells as Excel shows them."""

    line: int
    values: tuple[Value, ...]
    texts: tuple[str, ...]
    hidden: bool


@dataclass(frozen=True)
class Area:
    """Merged cells: ``name`` such as B3:B30; columns are counted from 0, the last line and column are included."""

    name: str
    first_line: int
    last_line: int
    columns: range


@dataclass(frozen=True)
class Sheet:
    """A sheet that was read. ``odd_lines`` have numbers in a format that cannot be shown as Excel shows it.

    ``struck_lines`` have text that is struck through, as staff mark a pupil who has left.
    """

    title: str
    rows: tuple[SheetRow, ...]
    hidden_columns: frozenset[int]
    merged: tuple[Area, ...]
    odd_lines: tuple[int, ...]
    struck_lines: tuple[int, ...]


def read_sheet(workbook: Workbook, worksheet: Any, shape: Shape) -> Sheet:
    """The rows that hold something, without the empty cells behind; ``shape`` counts them."""
    formats = _Formats(workbook)
    rows: list[SheetRow] = []
    odd_lines: list[int] = []
    struck_lines: list[int] = []
    last_line = 0
    with worksheet._get_source() as source:
        parser = _Parser(
            source,
            worksheet._shared_strings,
            data_only=True,
            epoch=workbook.epoch,
            date_formats=workbook._date_formats,  # type: ignore[attr-defined]  # not in the stubs
            timedelta_formats=workbook._timedelta_formats,  # type: ignore[attr-defined]  # not in the stubs
        )
        for line, cells in parser.parse():
            if line <= last_line:
                raise NotAClassListFile(DAMAGED)
            last_line = line
            hidden = _is_hidden(parser.row_dimensions.pop(str(line), {}), "ht")
            row, is_odd = _row(line, cells, formats, hidden=hidden)
            if row is not None:
                shape.add(len(row.texts), sum(map(len, row.texts)))
                rows.append(row)
                odd_lines += [line] if is_odd else []
                struck_lines += [line] if any(map(formats.is_struck, cells)) else []
    return Sheet(
        worksheet.title, tuple(rows), _hidden_columns(parser), _merged(parser), tuple(odd_lines), tuple(struck_lines)
    )


class _Parser(WorkSheetParser):
    """openpyxl's, which also says where a formula has no result yet: Excel would reckon it when it opens the file."""

    def parse_cell(self, element: Element) -> dict[str, Any]:
        cell: dict[str, Any] = super().parse_cell(element)
        formula = element.find(FORMULA_TAG)
        # A formula whose result is an empty text says so by its type.
        if formula is not None and not element.findtext(VALUE_TAG) and element.get("t") != "str":
            cell["value"], cell["data_type"] = f"={formula.text or ''}", _FORMULA
        return cell


class _Formats:
    """The number formats of a workbook, and which text it strikes through, by the style of a cell."""

    def __init__(self, workbook: Workbook) -> None:
        self._styles = workbook._cell_styles  # type: ignore[attr-defined]  # not in the stubs
        self._own = workbook._number_formats  # type: ignore[attr-defined]  # not in the stubs
        self._fonts = workbook._fonts  # type: ignore[attr-defined]  # not in the stubs
        self._found: dict[int, str] = {}

    def code(self, style: int) -> str:
        """The format as it is written, such as 000000."""
        if style not in self._found:
            self._found[style] = self._look_up(style)
        return self._found[style]

    def is_struck(self, cell: Mapping[str, Any]) -> bool:
        """Whether a cell holds something that is struck through."""
        style = cell["style_id"]
        font = self._styles[style].fontId if style < len(self._styles) else 0
        return cell["value"] is not None and font < len(self._fonts) and bool(self._fonts[font].strike)

    def _look_up(self, style: int) -> str:
        number = self._styles[style].numFmtId if style < len(self._styles) else 0
        if number < BUILTIN_FORMATS_MAX_SIZE:
            return str(BUILTIN_FORMATS.get(number, GENERAL))
        place = number - BUILTIN_FORMATS_MAX_SIZE
        return str(self._own[place]) if place < len(self._own) else GENERAL


def _row(line: int, cells: list[dict[str, Any]], formats: _Formats, *, hidden: bool) -> tuple[SheetRow | None, bool]:
    """The row, None if nothing in it can be seen; and whether it has a number whose format is not understood."""
    found: dict[int, tuple[Value, str]] = {}
    is_odd = False
    for cell in cells:
        if cell["value"] is None:
            continue
        value, text, understood = _cell(cell, formats)
        found[cell["column"] - 1] = value, text
        is_odd = is_odd or not understood
    last = max((place for place, (_, text) in found.items() if tidy(text)), default=-1)
    if last < 0:
        return None, False
    if last >= MOST_COLUMNS:
        Shape().add(last + 1, 0)
    each = [found.get(place, (None, "")) for place in range(last + 1)]
    return SheetRow(line, tuple(value for value, _ in each), tuple(text for _, text in each), hidden), is_odd


def _cell(cell: Mapping[str, Any], formats: _Formats) -> tuple[Value, str, bool]:
    """A cell's value, its text, and whether that is what Excel shows."""
    value = cell["value"]
    code = formats.code(cell["style_id"])
    match value:
        case bool():
            return value, str(value).upper(), True
        case int() | float():
            return _number(value, code)
        case datetime():
            return _dated(value)
        case date():
            return value, british(value), True
        case time():
            return value, str(value), True
        case timedelta():
            return value, _lasting(value), True
        case _ if cell["data_type"] == _FORMULA:
            return None, str(value)[:LONGEST_CELL], True
    text = unescape(str(value)[:LONGEST_CELL])
    shown = text_shown(text, code)
    return shown, shown, True


def _number(value: float, code: str) -> tuple[Value, str, bool]:
    plain = general(value)
    shown = number_shown(value, code)
    if shown is None:
        return value, plain, False
    # As text, a number keeps the zeros in front of it when it is written again.
    return (value, plain, True) if shown == plain else (shown, shown, True)


def _dated(value: datetime) -> tuple[Value, str, bool]:
    if value.time() < _A_BREATH:
        day = value.date()
        return day, british(day), True
    return value, f"{british(value)} {value:%H:%M}", True


def _lasting(value: timedelta) -> str:
    """A length of time in hours, as Excel shows it with the format [h]:mm:ss."""
    minutes, seconds = divmod(int(value.total_seconds()), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"


def _is_hidden(attributes: Mapping[str, str], size: str) -> bool:
    """Whether a row or a column is hidden, or has no height or width."""
    return attributes.get("hidden") in _TRUE or attributes.get(size) in ("0", "0.0")


def _hidden_columns(parser: WorkSheetParser) -> frozenset[int]:
    hidden = [each for each in parser.column_dimensions.values() if _is_hidden(each, "width")]
    places: set[int] = set()
    for each in hidden[:MOST_COLUMNS]:
        places.update(range(int(each["min"]) - 1, min(int(each["max"]), MOST_COLUMNS)))
    return frozenset(places)


def _merged(parser: WorkSheetParser) -> tuple[Area, ...]:
    cells = parser.merged_cells.mergeCell if parser.merged_cells is not None else ()
    return tuple(Area(each.coord, each.min_row, each.max_row, range(each.min_col - 1, each.max_col)) for each in cells)
