"""An empty class list: written, filled in, and imported."""

import io
from pathlib import Path

import openpyxl
import pytest

from mtc_kiosk.office.class_list import import_file
from mtc_kiosk.office.class_list_template import write_template
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.store.home.home import Home
from tests.office.acting import acting, under_the_national_scheme
from tests.school.made_up import AMY, HEADINGS

OURS = (*HEADINGS.split(","), "Pupil ref", "Group")


def test_a_workbook_filled_in_is_imported(home: Home, tmp_path: Path) -> None:
    """As Excel keeps what is typed: dates as dates, all else as text, so that nothing loses its zeros."""
    path = tmp_path / "class.xlsx"
    with acting(home) as office:
        assert write_template(office, path).headings == OURS
        workbook = openpyxl.load_workbook(path)
        sheet = workbook["Class list"]
        assert tuple(cell.value for cell in sheet[1]) == OURS
        assert sheet.freeze_panes == "A2"
        formats = {sheet.cell(line, place).number_format for line in (2, 1_001) for place in (1, 2, 3, 5, 6, 7, 8)}
        assert (formats, sheet["D2"].number_format, sheet["D1001"].number_format) == ({"@"}, "dd/mm/yyyy", "dd/mm/yyyy")
        *names, _, sex, upn = AMY.split(",")
        for place, typed in enumerate((*names, None, sex, upn, "000123", "4-1"), start=1):
            sheet.cell(2, place).value = typed
        sheet["D2"] = 43173
        workbook.save(path)
        (pupil,) = import_file(office, path).added
    assert (pupil.forename, pupil.date_of_birth.isoformat()) == ("Amy", "2018-03-14")
    assert (pupil.ref, pupil.group_name) == ("000123", "4-1")


def test_a_csv_file_filled_in_is_imported(home: Home, tmp_path: Path) -> None:
    """It begins with the mark by which Excel knows its letters."""
    path = tmp_path / "class.CSV"
    with acting(home) as office:
        write_template(office, path)
        written = path.read_bytes()
        assert written == b"\xef\xbb\xbf" + ",".join(OURS).encode() + b"\r\n"
        path.write_bytes(written + f"{AMY.replace('Amy', 'Amélie')},,4A\r\n".encode())
        assert [pupil.forename for pupil in import_file(office, path).added] == ["Amélie"]


@pytest.mark.parametrize("name", ["class.csv", "class.xlsx"])
def test_an_empty_list_has_no_pupils(home: Home, tmp_path: Path, name: str) -> None:
    """Imported as it is, it says so."""
    with acting(home) as office:
        write_template(office, tmp_path / name)
        with pytest.raises(OfficeRefused) as refused:
            import_file(office, tmp_path / name)
    assert [each.code for each in refused.value.problems] == ["no_pupils"]


def test_the_national_scheme_has_the_national_columns_alone(home: Home, tmp_path: Path) -> None:
    """A list with others would be refused."""
    under_the_national_scheme(home)
    with acting(home) as office:
        assert write_template(office, tmp_path / "class.xlsx").headings == tuple(HEADINGS.split(","))


def test_each_column_says_what_belongs_in_it(home: Home, tmp_path: Path) -> None:
    """Excel shows it beside the cell that is chosen, and lets nothing but M or F into the column Sex."""
    with acting(home) as office:
        write_template(office, tmp_path / "class.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO((tmp_path / "class.xlsx").read_bytes())).worksheets[0]
    found = sheet.data_validations.dataValidation
    assert [each.promptTitle for each in found] == list(OURS)
    assert all(each.prompt and len(each.prompt) <= 255 for each in found)
    assert [each.formula1 for each in found if each.type == "list"] == ['"M,F"']


def test_a_file_that_is_there_is_replaced_only_when_asked(home: Home, tmp_path: Path) -> None:
    """It may be the list that somebody has filled in."""
    path = tmp_path / "class.csv"
    path.write_text("mine", encoding="utf-8")
    with acting(home) as office:
        with pytest.raises(OfficeRefused) as refused:
            write_template(office, path)
        assert [each.code for each in refused.value.problems] == ["file_exists"]
        assert path.read_text(encoding="utf-8") == "mine"
        write_template(office, path, force=True)
    assert path.read_bytes().startswith(b"\xef\xbb\xbfSurname")


@pytest.mark.parametrize(("name", "code"), [("class.xls", "file_ending"), ("gone/class.csv", "unwritable")])
def test_a_name_that_cannot_be_is_refused(home: Home, tmp_path: Path, name: str, code: str) -> None:
    """Before anything is written."""
    with acting(home) as office, pytest.raises(OfficeRefused) as refused:
        write_template(office, tmp_path / name)
    assert [each.code for each in refused.value.problems] == [code]
    assert list(tmp_path.glob("**/class.*")) == []
