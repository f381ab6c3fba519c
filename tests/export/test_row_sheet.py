"""Rows written whole are, byte by byte, what XlsxWriter writes cell by cell."""

import io
import sys
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from xlsxwriter.workbook import Workbook

from mtc_kiosk.export import row_sheet
from mtc_kiosk.export.row_sheet import RowSheet, plain
from mtc_kiosk.export.table import Cell

AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FORMATS = {date: "dd/mm/yyyy", datetime: "dd/mm/yyyy hh:mm", float: "0.0"}
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["", " a", "a ", "<r>A</r>", "<r><t>x", "&<>\"'", "_x0041_", "\x01", "\n", "=1", "Łukasz", "Nguyễn", "שרה", "١٢"]
)
CELLS: st.SearchStrategy[Cell] = (
    TEXTS
    | st.none()
    | st.integers(-(10**18), 10**18)
    | st.sampled_from([0, 1, 0.0, 1.0, 22.5])
    | st.floats(-1e9, 1e9).map(lambda number: number + 0.0)  # nobody tells -0.0 from 0.0
    | st.dates(date(1990, 1, 1), date(2100, 1, 1))
    | st.builds(datetime.combine, st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.times())
)
WIDE = 28
ROWS = st.integers(1, 5).flatmap(lambda wide: st.lists(st.tuples(*[CELLS] * wide), max_size=8))


def cell_by_cell(sheet: Any, top: int, rows: Sequence[tuple[Cell, ...]], formats: dict[type, Any]) -> None:
    """Write with the library's own functions."""
    for line, row in enumerate(rows, start=top):
        for place, value in enumerate(row):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                sheet.write_string(line, place, plain(value))
            elif isinstance(value, date):
                sheet.write_datetime(line, place, value, formats[type(value)])
            else:
                sheet.write_number(line, place, value, formats.get(type(value)))


def sheet_of(rows: Sequence[tuple[Cell, ...]], *, whole: bool) -> str:
    """The sheet as it is in the file: these rows below headings, and again below another heading."""
    written = io.BytesIO()
    with Workbook(written, {"constant_memory": True, **AS_TEXT}) as book:
        formats = {kind: book.add_format({"num_format": shown}) for kind, shown in FORMATS.items()}
        sheet = book.add_worksheet("A", RowSheet)
        top = 0
        for _ in range(2):
            sheet.set_row(top, 30)
            for place in range(WIDE):
                sheet.write_string(top, place, "Heading")
            if whole:
                end, _ = sheet.write_rows(top + 1, rows, formats)
                assert end == top + 1 + len(rows)
            else:
                cell_by_cell(sheet, top + 1, rows, formats)
            top += len(rows) + 2
    with zipfile.ZipFile(written) as packed:
        return packed.read("xl/worksheets/sheet1.xml").decode()


@settings(max_examples=50, deadline=None)
@given(rows=ROWS)
@example(rows=[])
@example(rows=[tuple(range(WIDE)), ("",) * WIDE, (None,) * (WIDE - 1) + ("Z",)])
def test_every_cell_is_the_librarys(rows: list[tuple[Cell, ...]]) -> None:
    """Texts that look like a sheet's own, any letters, numbers that are equal and of another kind, empty rows."""
    assert sheet_of(rows, whole=True) == sheet_of(rows, whole=False)


def test_more_values_than_are_kept_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered has an end; what is written has not, and the library is asked again."""
    asked: list[Cell] = []

    class Counting(RowSheet):
        def _known(self, line: int, value: Cell, formats: Any) -> tuple[str, int]:
            asked.append(value)
            return super()._known(line, value, formats)

    rows = [(number % 7, f"text {number % 5}") for number in range(40)]
    before = sheet_of(rows, whole=False)
    monkeypatch.setattr(row_sheet, "_KEPT", 3)
    monkeypatch.setattr(sys.modules[__name__], "RowSheet", Counting)
    assert sheet_of(rows, whole=True) == before
    assert len(asked) > 2 * 2 * (7 + 5)


def test_the_longest_text_of_each_column_is_known() -> None:
    """As it is shown, also of a value that another column had before; nothing without rows."""
    with Workbook(io.BytesIO(), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("A", RowSheet)
        formats = {date: book.add_format({"num_format": "dd/mm/yyyy"})}
        rows: list[tuple[Cell, ...]] = [("four", "a", 1, None), ("b", "four", 12345, date(2027, 6, 7))]
        assert sheet.write_rows(0, rows, formats) == (2, [4, 4, 5, 10])
        assert sheet.write_rows(2, [], formats) == (2, [])
