"""The workbooks of every export, opened by LibreOffice as an office has it, and read back from the file that it saves.

It is started once, without a screen, with a profile of its own. It drops frozen panes when it converts a file.
"""

import shutil
import subprocess
from datetime import datetime
from typing import Any, NamedTuple

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from mtc_kiosk.export.about import MADE_UP, OWN_CHECK
from mtc_kiosk.office.answers import write_answers
from mtc_kiosk.office.exports import Export
from mtc_kiosk.office.results import FileKind, write_reasons, write_results
from mtc_kiosk.school.staff import Role, staff_of

from .as_staff import open_as
from .with_results import AFTERNOON, OUT_OF, WithResults, points

pytestmark = pytest.mark.posix_only("LibreOffice is installed as a Debian package.")

ADMIN = staff_of("a.office", Role.ADMIN)
NAMES = (
    ("Siân", "O'Brien"),
    ("Łukasz", "Żółć"),
    ("Thị Hồng", "Nguyễn"),
    ("שרה", "כהן"),
    ("=1+1", "@SUM(A1)"),
    ("00123", "1/2"),
    ("<r>Ann</r>", "&amp; _x0041_"),
    ("Zoë", "Ní Dhomhnaill"),
)
"""The last pupil has a reason; all others took the check. The ref of pupil 6 is 000123."""
SHEETS = {
    Export.RESULTS: "Results",
    Export.REASONS: "Reasons",
    Export.ANSWERS: "Answers",
}
WRITE = {Export.RESULTS: write_results, Export.REASONS: write_reasons, Export.ANSWERS: write_answers}


class Opened(NamedTuple):
    """A workbook as we write it, and as LibreOffice saves it."""

    ours: Any
    saved: Any


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> dict[Export, Opened]:
    """Every export of one school."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed (Debian package libreoffice-calc-nogui).")
    folder = tmp_path_factory.mktemp("workbooks")
    school = WithResults(folder / "home", len(NAMES))
    for number in range(1, len(NAMES)):
        school.take(number, points(number % (OUT_OF + 1)))
    school.reason(len(NAMES))
    with school.opened() as home:
        for number, (forename, surname) in enumerate(NAMES, start=1):
            values = (forename, surname, "4E2" if number % 2 else "01", number)
            home.db.execute("update pupil set forename = ?, surname = ?, group_name = ? where id = ?", values)
        home.db.execute("update pupil set ref = '000123', upn = null where id = 6")
    with open_as(school.root, ADMIN, AFTERNOON) as office:
        ours = [WRITE[what](office, FileKind.XLSX, folder / f"{what}.xlsx").path for what in Export]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(folder / "saved")]
    subprocess.run([*command, *map(str, ours)], check=True, timeout=120, capture_output=True)
    return {
        what: Opened(load_workbook(path), load_workbook(folder / "saved" / path.name))
        for what, path in zip(Export, ours, strict=True)
    }


def rows_of(sheet: Any) -> list[dict[str, Any]]:
    """The rows below the headings, by heading."""
    header, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def as_read(value: Any) -> Any:
    """What LibreOffice has of a value: text as Excel shows it, and numbers of 15 digits."""
    if isinstance(value, float):
        return pytest.approx(value, rel=1e-14)
    return unescape(value) if isinstance(value, str) else value


@pytest.mark.parametrize("what", Export)
def test_every_cell_of_every_sheet_is_read_as_it_was_written(books: dict[Export, Opened], what: Export) -> None:
    """Texts, numbers, dates and empty cells; no cell is a formula, and none has become one."""
    ours, saved = books[what]
    assert saved.sheetnames == ours.sheetnames == [SHEETS[what], "Summary", "About this file"]
    for name in ours.sheetnames:
        mine, theirs = ours[name], saved[name]
        assert theirs.dimensions == mine.dimensions
        for cells in zip(mine.iter_rows(), theirs.iter_rows(), strict=True):
            for cell, read in zip(*cells, strict=True):
                assert (read.value, read.data_type) == (as_read(cell.value), cell.data_type), (name, cell.coordinate)
                assert read.data_type != "f"
                assert read.number_format.replace("\\", "") == cell.number_format, (name, cell.coordinate)


def test_names_refs_and_groups_are_text_as_they_were_entered(books: dict[Export, Opened]) -> None:
    """In any letters, from the right as well; a zero in front stays, and 4E2 is a class, not a number."""
    results = rows_of(books[Export.RESULTS].saved["Results"])
    assert {(row["Forename"], row["Surname"]) for row in results} >= set(NAMES)
    assert {row["Group"] for row in results} == {"4E2", "01"}
    assert [row["Pupil ref"] for row in results if row["UPN"] is None] == ["000123"]
    answers = rows_of(books[Export.ANSWERS].saved["Answers"])
    assert {(row["Forename"], row["Surname"]) for row in answers} >= set(NAMES[:-1])
    assert len(answers) == OUT_OF * (len(NAMES) - 1)
    (reason,) = rows_of(books[Export.REASONS].saved[SHEETS[Export.REASONS]])
    assert (reason["Forename"], reason["Surname"]) == NAMES[-1]


def test_dates_are_dates_and_scores_are_numbers(books: dict[Export, Opened]) -> None:
    """So that an office can sort and add up."""
    first, *_ = rows_of(books[Export.RESULTS].saved["Results"])
    assert isinstance(first["Date of birth"], datetime)
    assert isinstance(first["Completed at"], datetime)
    assert {type(row["Score"]) for row in rows_of(books[Export.RESULTS].saved["Results"])} == {int, type(None)}
    answer, *_ = rows_of(books[Export.ANSWERS].saved["Answers"])
    assert isinstance(answer["Started at"], datetime)
    assert {type(answer[name]) for name in ("Question", "First factor", "Second factor", "First key (ms)")} == {int}
    (reason,) = rows_of(books[Export.REASONS].saved[SHEETS[Export.REASONS]])
    assert isinstance(reason["Set at"], datetime)


@pytest.mark.parametrize("what", Export)
def test_filters_widths_and_the_page_are_kept(books: dict[Export, Opened], what: Export) -> None:
    """A4 on its side, one page wide, the headings on each page, and whose check it is."""
    ours, saved = (book[SHEETS[what]] for book in books[what])
    assert ours.freeze_panes == "A2"
    assert saved.auto_filter.ref == ours.auto_filter.ref == ours.dimensions
    assert (saved.print_title_rows, saved.page_setup.orientation, saved.page_setup.paperSize) == (
        "$1:$1",
        "landscape",
        9,
    )
    assert saved.print_area.replace("'", "") == ours.print_area.replace("'", "")
    assert saved.sheet_properties.pageSetUpPr.fitToPage
    assert (saved.page_setup.fitToWidth, saved.page_setup.fitToHeight) == (1, 0)
    for letter, column in saved.column_dimensions.items():
        assert column.width == pytest.approx(ours.column_dimensions[letter].width, abs=0.1), letter
    assert saved.oddHeader.left.text == ours.oddHeader.left.text
    assert OWN_CHECK in saved.oddFooter.left.text
    about = [cell.value for cell in books[what].saved["About this file"]["A"]]
    assert about[2:4] == [MADE_UP, OWN_CHECK]
