"""The workbook of an export: what Excel shows and prints is what the CSV file has, and nothing in it is evaluated."""

import io
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from textwrap import wrap
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape
from xlsxwriter.packager import Packager

from mtc_kiosk.export.about import MADE_UP, OWN_CHECK, About
from mtc_kiosk.export.files import NotMade
from mtc_kiosk.export.results import results_table
from mtc_kiosk.export.summary import results_summary
from mtc_kiosk.export.table import Table, as_text, table
from mtc_kiosk.export.workbook import workbook_bytes

from .examples import NATIONAL, OWN, nothing, pupil, result, row

MADE_AT = datetime(2027, 6, 7, 10, tzinfo=UTC)
ABOUT = About("Results", "Larkfield & Holly Primary", MADE_AT, made_up=False)


def sheet_of(content: Table, about: About = ABOUT) -> Any:
    """The sheet, as openpyxl reads it back."""
    return load_workbook(io.BytesIO(workbook_bytes(content, about))).active


def shown(cell: Any) -> str:
    """The cell as Excel shows it, in the two formats that we use for dates."""
    text = as_text(cell.value)
    return text.removesuffix(" 00:00") if cell.number_format == "dd/mm/yyyy" else text


def test_every_cell_is_the_one_of_the_csv_file() -> None:
    """The headings, and a pupil with a result and one without."""
    content = results_table([row(), row(pupil(forename="Zoë", upn=None, ref="000123"), nothing())], OWN)
    read = [[shown(cell) for cell in line] for line in sheet_of(content)]
    assert read == [list(content.header), *([as_text(cell) for cell in line] for line in content.rows)]


def test_a_spreadsheet_can_sort_dates_and_add_up_scores() -> None:
    """Dates are dates, in British order; the score is a number; a ref keeps its zeros."""
    content = results_table([row(pupil(upn=None, ref="000123"), result(score=0))], OWN)
    cells = dict(zip(content.header, sheet_of(content)[2], strict=True))
    assert cells["Date of birth"].value.isoformat() == "2017-03-14T00:00:00"
    assert cells["Date of birth"].number_format == "dd/mm/yyyy"
    assert cells["Completed at"].value.isoformat() == "2026-06-03T09:41:00"
    assert cells["Completed at"].number_format == "dd/mm/yyyy hh:mm"
    assert (cells["Score"].value, cells["Pupil ref"].value) == (0, "000123")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@A1", "=HYPERLINK(A1)"])
def test_no_text_is_evaluated(text: str) -> None:
    """It is a text cell, and not altered."""
    cell = sheet_of(table(("A",), [(text,)]))["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


@pytest.mark.parametrize(
    "text", ["<r>Ann</r>", "<r><t>Ann</t></r>", "<r>A & B</r>", "</t><c/>", " Ann ", "A\x01b", "_x0041_"]
)
def test_text_that_looks_like_a_workbooks_own_is_text(text: str) -> None:
    """XlsxWriter takes some text for parts of a sheet that it has made itself: a name could break the file, or hide."""
    cell = sheet_of(table(("A",), [(text,)]))["A2"]
    assert unescape(str(cell.value)) == text


def test_it_prints_on_a4_as_it_is() -> None:
    """On its side, one page wide, as many long as needed, with the headings on each and nothing cut off."""
    content = results_table([row(what=result(label="Absent during check window")) for _ in range(60)], NATIONAL)
    sheet = sheet_of(content)
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.print_area == f"'Results'!$A$1:${sheet.cell(1, len(content.header)).column_letter}$61"
    for place, heading in enumerate(content.header):
        cell = sheet.cell(1, place + 1)
        width = sheet.column_dimensions[cell.column_letter].width
        assert width > max(len(as_text(line[place])) for line in content.rows), heading
        assert width > max(map(len, heading.split())), heading
        assert cell.alignment.wrap_text
        assert sheet.row_dimensions[1].height >= 15 * len(wrap(heading, int(width) - 1)), heading


def test_a_column_can_be_left_out_on_paper() -> None:
    """It is in the file, and has its filter."""
    sheet = sheet_of(Table(("A", "B", "C"), [("x", 1, 2)], unprinted=1))
    assert (sheet.print_area, sheet.auto_filter.ref) == ("'Results'!$A$1:$B$2", "A1:C2")


def test_every_sheet_is_one_page_wide_and_wide_enough_to_read() -> None:
    """The summary, whose second table has longer words than its first, and what the file says about itself."""
    rows = [row(what=nothing(label="Absent during check window"))]
    book = load_workbook(io.BytesIO(workbook_bytes(results_table(rows, OWN), ABOUT, results_summary(rows))))
    for sheet in book:
        assert sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.title
        assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0), sheet.title
    longest = max(len(str(cell.value)) for cell in book["Summary"]["A"] if cell.value)
    assert book["Summary"].column_dimensions["A"].width > longest
    turned = results_summary([row(pupil(group_name="Holly class of Mrs Lee"), nothing())])
    book = load_workbook(io.BytesIO(workbook_bytes(table(("A",), []), ABOUT, turned)))
    assert book["Summary"].column_dimensions["A"].width > len("Holly class of Mrs Lee")


def test_what_a_file_says_about_itself_is_read_whole_on_a_page() -> None:
    """Each line is as high as its text, which is no wider than a sheet of A4."""
    about = replace(ABOUT, notes=("word " * 60, "short"))
    sheet = load_workbook(io.BytesIO(workbook_bytes(table(("A",), []), about)))["About this file"]
    width = sheet.column_dimensions["A"].width
    assert width < 80
    for line, text in enumerate(about.lines, start=1):
        assert (sheet.row_dimensions[line].height or 15) >= 15 * len(wrap(text, int(width * 0.9))), text
        assert sheet.cell(line, 1).alignment.wrap_text


def test_a_number_keeps_away_from_the_next_text_and_a_date_begins_where_text_does() -> None:
    """On paper a score is read beside a status, and a date beside a letter."""
    cells = sheet_of(table(("A", "B", "C"), [(25, 22.5, MADE_AT.date())]))[2]
    assert [(cell.alignment.horizontal, cell.alignment.indent) for cell in cells] == [
        ("right", 1),
        ("right", 1),
        ("left", 0),
    ]


def test_each_page_says_which_check_it_is() -> None:
    """The school (an ampersand is none of Excel's commands) and the time above, whose check it is below."""
    sheet = sheet_of(table(("A",), [("x",)]))
    assert sheet.oddHeader.left.text == "Results: Larkfield && Holly Primary"
    assert sheet.oddHeader.right.text == "07/06/2027 10:00"
    assert sheet.oddFooter.left.text == OWN_CHECK
    made_up = About("Results", "Larkfield", MADE_AT, made_up=True)
    assert sheet_of(table(("A",), []), made_up).oddFooter.left.text == f"{MADE_UP}\n{OWN_CHECK}"


def test_no_rows_are_the_headings() -> None:
    """As in the CSV file."""
    assert [cell.value for cell in sheet_of(table(("A", "B"), []))[1]] == ["A", "B"]


def test_the_headings_stay_in_sight_and_every_column_has_a_filter() -> None:
    """Over all rows, and no more."""
    sheet = sheet_of(table(("A", "B"), [("x", 1), ("y", 2)]))
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:B3")


def test_excel_marks_no_digits_that_are_text_as_a_mistake() -> None:
    """A response is text, as it was typed; a green corner in each of 17,500 cells would look like damage."""
    content = table(("Response", "Group"), [("56", "01")] * 3)
    with zipfile.ZipFile(io.BytesIO(workbook_bytes(content, ABOUT))) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml").decode()
    assert '<ignoredError sqref="A1:B4" numberStoredAsText="1"/>' in sheet


def test_the_summary_has_the_school_and_each_group() -> None:
    """Pupils without a score are counted, and are in no average."""
    rows = [
        row(pupil(group_name="4A"), result(score=20)),
        row(pupil(group_name="4A"), result(score=25)),
        row(pupil(group_name=None), nothing()),
    ]
    made = workbook_bytes(results_table(rows, OWN), ABOUT, results_summary(rows))
    lines = list(load_workbook(io.BytesIO(made))["Summary"].iter_rows(values_only=True))
    assert lines[1:4] == [("All", 3, 2, 22.5, 20, 25), ("4A", 2, 2, 22.5, 20, 25), ("No group", 1, 0, None, None, None)]
    assert [line[:2] for line in lines[5:]] == [("Status", "Pupils"), ("Complete", 2), ("Not started", 1)]


def test_no_temporary_file_with_names_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor where the rows break off."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    seen: list[Path] = []

    def rows() -> Iterator[tuple[str]]:
        yield ("Siân",)
        seen.extend(path for path in tmp_path.iterdir())
        raise OSError("the database went away")

    with pytest.raises(OSError, match=r"^the database went away$"):
        workbook_bytes(Table(("A",), rows()), ABOUT)
    assert seen
    assert list(tmp_path.iterdir()) == []


@pytest.mark.posix_only("a limit on the size of files is set with a call of POSIX systems")
@pytest.mark.parametrize("missing", [20_000, 50])
def test_a_disk_that_fills_up_midway_is_an_error_of_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: int
) -> None:
    """While rows are written, and while a sheet is made of them: no caller knows the library."""
    import resource  # noqa: PLC0415 - Windows has none

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    content = table(("A",), [(f"pupil {number}",) for number in range(2000)])
    with zipfile.ZipFile(io.BytesIO(workbook_bytes(content, ABOUT))) as packed:
        whole = packed.getinfo("xl/worksheets/sheet1.xml").file_size
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (whole - missing, before[1]))
    try:
        with pytest.raises(NotMade, match="temporary files cannot take the workbook: it is full"):
            workbook_bytes(content, ABOUT)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


def test_a_workbook_that_is_stopped_is_not_packed_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C stops it at once, and leaves nothing."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def rows() -> Iterator[tuple[str]]:
        yield ("Siân",)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Packager, "_create_package", lambda _: pytest.fail("it was packed"))
        with pytest.raises(KeyboardInterrupt):
            workbook_bytes(Table(("A",), rows()), ABOUT)
    assert list(tmp_path.iterdir()) == []
