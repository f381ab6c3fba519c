"""A workbook is read as a person sees it in Excel, or the difference is said before anything is saved."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet.worksheet import Worksheet

from mtc_kiosk.class_list.limits import Hidden, HiddenInTheFile, NotAClassListFile
from mtc_kiosk.class_list.read import Asked, ClassListFile, read_class_list_file
from mtc_kiosk.school.class_list import ClassListRefused, read_class_list
from mtc_kiosk.school.details import ReadingRules
from tests.class_list.typed import notes, refusal
from tests.school.made_up import AMY, BO, CY, HEADINGS, TODAY

WORKBOOKS = Path(__file__).parent / "workbooks"
SIX = HEADINGS.split(",")
PLAINLY = Asked()
Change = Callable[[Worksheet], None]


def book(change: Change, *lines: str) -> bytes:
    """A class list of these lines (three pupils without any), changed."""
    workbook = openpyxl.Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Class"
    for line in lines or (HEADINGS, AMY, BO, CY):
        sheet.append(line.split(","))
    change(sheet)
    return saved(workbook)


def saved(workbook: openpyxl.Workbook) -> bytes:
    """The workbook as a file."""
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def with_xml(content: bytes, *changes: tuple[str, str]) -> bytes:
    """The workbook with texts in its sheet replaced: for what openpyxl does not write."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                for before, after in changes:
                    assert before.encode() in part
                    part = part.replace(before.encode(), after.encode())
            new.writestr(name, part)
    return changed.getvalue()


def names(file: ClassListFile) -> list[str]:
    """The first names below the headings."""
    return [row.cells[1] for row in file.rows[1:]]


def mistakes(file: ClassListFile) -> list[tuple[int, str]]:
    """The lines with mistakes, and what is wrong."""
    with pytest.raises(ClassListRefused) as refused:
        read_class_list(file.rows, (), ReadingRules(TODAY))
    return [(remark.line, remark.fault.sentence) for remark in refused.value.remarks]


def case(name: str, asked: Asked = PLAINLY) -> ClassListFile:
    """One of the kept workbooks, read."""
    return read_class_list_file((WORKBOOKS / name).read_bytes(), asked)


def test_a_row_that_a_filter_hides_is_said_before_anything_is_saved() -> None:
    """With its line, and what can be done."""
    with pytest.raises(HiddenInTheFile) as refused:
        case("hidden_row.xlsx")
    assert refusal(refused.value) == (
        "Row 3 is hidden or filtered out in Excel. Show it in Excel, or import the file again"
        " with --hidden skip to leave it out or --hidden take to import it too."
    )


def test_hidden_rows_are_left_out_or_taken_as_staff_say() -> None:
    """And either is said."""
    left_out, taken = (case("hidden_row.xlsx", Asked(hidden=choice)) for choice in (Hidden.SKIP, Hidden.TAKE))
    assert (names(left_out), notes(left_out)) == (
        ["Ann"],
        ("Row 3 is hidden or filtered out in Excel, and left out of this import.",),
    )
    assert names(taken) == ["Ann", "Bob"]
    assert notes(taken) == ("Row 3 is hidden or filtered out in Excel, and read all the same.",)


def hide_columns(sheet: Worksheet) -> None:
    """Hide the middle names, and two pupils' rows."""
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[2].height = 99
    sheet.row_dimensions[4].hidden = True


def test_a_hidden_column_that_would_be_used_is_said_too() -> None:
    """By its letter and heading; rows without height are hidden as well."""
    content = with_xml(book(hide_columns), ('ht="99"', 'ht="0"'))
    with pytest.raises(HiddenInTheFile, match=r"^Rows 2, 4 and column C \(Middle name\(s\)\) are hidden"):
        read_class_list_file(content)
    left_out = read_class_list_file(content, Asked(hidden=Hidden.SKIP))
    assert [row.cells[1:3] for row in left_out.rows] == [("Forename", ""), ("Bo-Lin", "")]
    taken = read_class_list_file(content, Asked(hidden=Hidden.TAKE))
    assert [row.cells[2] for row in taken.rows] == ["Middle name(s)", "", "Kai", ""]


def test_what_is_hidden_and_never_used_is_nothing_to_ask_about() -> None:
    """A column of addresses, a title above the headings; a column named by hand is used."""

    def change(sheet: Worksheet) -> None:
        sheet.insert_rows(1)
        sheet["A1"] = "Larkfield Primary"
        sheet["G2"] = "Home address"
        sheet["G3"] = "1 Test Street"
        sheet.row_dimensions[1].hidden = True
        sheet.column_dimensions["G"].width = 99

    content = with_xml(book(change), ('width="99"', 'width="0"'))
    assert names(read_class_list_file(content))[1:] == ["Amy", "Bo-Lin", "Cy"]
    with pytest.raises(HiddenInTheFile, match=r"^Column G \(Home address\) is"):
        read_class_list_file(content, Asked(maps=["Group=home address"]))


def test_where_all_rows_are_hidden_nothing_is_left_to_read() -> None:
    """That is said, and is not an empty class."""

    def change(sheet: Worksheet) -> None:
        for letter in "ABCDEF":
            sheet.column_dimensions[letter].hidden = True

    with pytest.raises(NotAClassListFile, match="All rows"):
        read_class_list_file(book(change), Asked(hidden=Hidden.SKIP))


def test_a_strict_workbook_is_read_like_any_other() -> None:
    """Excel offers to save one."""
    assert names(case("strict.xlsx")) == ["Ann", "Bob"]
    assert case("strict.xlsx").rows[1].cells[3] == "14/03/2018"


def test_a_number_keeps_the_zeros_that_excel_shows() -> None:
    """The class that became a date is refused, and the file of errors can be read again to the same."""
    file = case("padded_number_and_date_group.xlsx")
    assert file.rows[1].cells == ("Alpha", "Ann", "14/03/2018", "F", "04/01/2026", "000012")
    said = "Group is a date (04/01/2026): if 4-1 became a date in Excel format the column as Text and type it again"
    assert mistakes(file) == [(2, said)]
    again = read_class_list_file(file.with_errors(1, {2: said}))
    assert again.rows[1].cells[:6] == file.rows[1].cells
    assert mistakes(again) == [(2, said)]


def test_a_breath_of_time_behind_a_date_is_dropped_and_an_hour_is_not() -> None:
    """Eleven at night may be midnight of the next day in summer: the day is in doubt."""
    file = case("date_with_time.xlsx")
    assert [row.cells[3] for row in file.rows[1:]] == ["13/06/2018 23:00", "14/03/2018"]
    said = "Date of birth: the cell holds a time too: check the day and type it without the time"
    assert mistakes(file) == [(2, said)]
    assert mistakes(read_class_list_file(file.with_errors(1, {2: said}))) == [(2, said)]


@pytest.mark.parametrize(
    ("serial", "shown"),
    [
        ("43173.0000115", "14/03/2018"),
        ("43173.000011574074", "14/03/2018 00:00"),
        ("43173.0000116", "14/03/2018 00:00"),
        ("43173.9999999999", "15/03/2018"),
        ("43173.999995", "14/03/2018 23:59"),
    ],
)
def test_a_second_after_midnight_is_a_time_and_less_is_none(serial: str, shown: str) -> None:
    """Just before midnight it is the day before, as Excel shows it, until the very last digits."""

    def change(sheet: Worksheet) -> None:
        sheet["D2"] = 1.5
        sheet["D2"].number_format = "dd/mm/yyyy"

    content = with_xml(book(change), ("<v>1.5</v>", f"<v>{serial}</v>"))
    assert read_class_list_file(content).rows[1].cells[3] == shown


def test_dates_of_the_1904_system_are_the_same_days() -> None:
    """Excel on old Macs counted from there."""
    workbook = openpyxl.Workbook()
    workbook.epoch = CALENDAR_MAC_1904
    sheet = workbook.worksheets[0]
    sheet.append(SIX)
    sheet.append([*AMY.split(",")[:3], date(2018, 3, 14), *AMY.split(",")[4:]])
    assert read_class_list_file(saved(workbook)).rows[1].cells[3] == "14/03/2018"


def test_merged_cells_of_a_used_column_are_refused() -> None:
    """Only the first of them holds the group that is seen beside every pupil."""

    def change(sheet: Worksheet) -> None:
        sheet["G1"] = "Group"
        sheet["G2"] = "4A"
        sheet.merge_cells("G2:G4")

    with pytest.raises(NotAClassListFile) as refused:
        read_class_list_file(book(change))
    assert str(refused.value) == ("Cells are merged: G2:G4. In Excel unmerge them and fill in every row.")


@pytest.mark.parametrize("area", ["A4:A5", "E1:E2"])
def test_merged_cells_that_reach_one_pupil_are_refused(area: str) -> None:
    """Into the last row, or out of the headings."""
    with pytest.raises(NotAClassListFile, match=area):
        read_class_list_file(book(lambda sheet: sheet.merge_cells(area)))


def test_a_line_that_is_there_twice_is_damage() -> None:
    """One of the two would be lost."""
    content = with_xml(book(lambda _: None), ('<row r="4">', '<row r="3">'))
    with pytest.raises(NotAClassListFile, match="damaged"):
        read_class_list_file(content)


def test_a_workbook_of_hidden_sheets_alone_says_so() -> None:
    """Excel shows an empty sheet, and the list is behind it."""
    workbook = openpyxl.Workbook()
    sheet = workbook.create_sheet("Data")
    sheet.append(SIX)
    sheet.sheet_state = "hidden"
    with pytest.raises(NotAClassListFile) as refused:
        read_class_list_file(saved(workbook))
    assert (
        refusal(refused.value)
        == "The sheets that Excel shows are empty. Hidden: Data. Choose one of them with --sheet."
    )


def test_a_merged_title_is_no_harm() -> None:
    """Nor are merged cells below the last pupil, or in a column that is not used."""

    def change(sheet: Worksheet) -> None:
        sheet.insert_rows(1)
        sheet["A1"] = "Class 4A"
        sheet.merge_cells("A1:F1")
        sheet.merge_cells("F2:G2")
        sheet.merge_cells("A20:F20")
        sheet["H2"] = "Notes"
        sheet.merge_cells("H3:H5")

    assert names(read_class_list_file(book(change)))[1:] == ["Amy", "Bo-Lin", "Cy"]


def test_a_formula_without_its_result_is_not_taken_as_nothing() -> None:
    """A program wrote the workbook, and Excel has not opened it yet; an empty result is empty."""
    formulas = (HEADINGS, AMY.replace(",,", ',=PROPER("jo"),'), BO.replace("Kai", "=UPPER(A3)"))
    content = book(lambda _: None, *formulas)
    sentence = "Middle name(s) has a formula without its result: open the file in Excel and save it or type the result"
    assert mistakes(read_class_list_file(content)) == [(2, sentence), (3, sentence)]
    done = with_xml(
        content,
        ('<c r="C2"><f>PROPER("jo")</f><v /></c>', '<c r="C2" t="str"><f>PROPER("jo")</f><v>Jo</v></c>'),
        ('<c r="C3"><f>UPPER(A3)</f><v /></c>', '<c r="C3" t="str"><f>UPPER(A3)</f><v></v></c>'),
    )
    assert [row.cells[2] for row in read_class_list_file(done).rows[1:]] == ["Jo", ""]


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#NAME?", "#DIV/0!"])
def test_an_error_of_excel_is_named(error: str) -> None:
    """In any column that is used, and once for each cell; elsewhere it is nothing to us."""

    def change(sheet: Worksheet) -> None:
        sheet["B2"] = sheet["D3"] = sheet["E3"] = sheet["F4"] = error
        sheet["B2"].data_type = sheet["D3"].data_type = sheet["E3"].data_type = sheet["F4"].data_type = "e"

    assert mistakes(read_class_list_file(book(change))) == [
        (line, f"{title} shows Excel's error {error}: type what should be there")
        for line, title in ((2, "Forename"), (3, "Date of birth"), (3, "Sex"), (4, "UPN"))
    ]


def test_a_number_too_long_for_excel_is_not_taken() -> None:
    """Its last digits are lost; 4E1 became 40 before anybody saw it."""

    def change(sheet: Worksheet) -> None:
        sheet["G1"], sheet["H1"] = "Pupil ref", "Group"
        sheet["G2"], sheet["H2"] = 1234567890123456, "4A"
        sheet["G3"], sheet["H3"] = "R-1", 40
        sheet["H3"].number_format = "0.00E+00"

    told = mistakes(read_class_list_file(book(change)))
    assert [(line, sentence.partition(":")[0]) for line, sentence in told] == [
        (2, "Pupil ref is a number that Excel changed (1.23457E+15)"),
        (3, "Group is a number that Excel changed (4.00E+01)"),
    ]


def test_numbers_in_a_format_that_is_not_known_are_said() -> None:
    """And read as they are."""

    def change(sheet: Worksheet) -> None:
        sheet["G1"], sheet["G2"] = "Group", 4
        sheet["G2"].number_format = "[<5]0000;0"

    file = read_class_list_file(book(change))
    assert file.rows[1].cells[6] == "4"
    assert notes(file) == ("Row 2: a number has a format that is not known here, and was read without it.",)


def test_texts_are_read_as_excel_shows_them() -> None:
    """Rich text, escapes, an apostrophe that marks a text, formats beside it, a percentage."""
    content = book(lambda sheet: sheet.__setitem__("A2", "TEXT"))
    rich = "<is><r><t>Tes</t></r><r><rPr><b/></rPr><t>terly_x000D_</t></r></is>"
    rows = read_class_list_file(with_xml(content, ("<is><t>TEXT</t></is>", rich))).rows
    assert rows[1].cells[0] == "Testerly\r"

    def change(sheet: Worksheet) -> None:
        sheet["A2"].quotePrefix = True
        sheet["A3"].number_format = '0;0;0;"Ms "@'
        sheet["B3"].number_format = ";;;"
        sheet["G1"], sheet["G2"] = "Note", 0.5
        sheet["G2"].number_format = "0%"

    rows = read_class_list_file(book(change)).rows
    assert (rows[1].cells[0], rows[1].cells[6], rows[2].cells[:2]) == ("Testerly", "50%", ("Ms O'Example", ""))


def test_the_sheet_with_a_class_list_is_read_and_the_others_are_named() -> None:
    """Also where notes come first, and where there are sheets that Excel does not show."""
    workbook = openpyxl.Workbook()
    workbook.worksheets[0].append(["Please check the names"])
    workbook.worksheets[0].title = "Read me"
    for title, state in (
        ("Empty", "visible"),
        ("4A", "visible"),
        ("4B", "visible"),
        ("Data", "hidden"),
        ("More", "veryHidden"),
    ):
        sheet = workbook.create_sheet(title)
        sheet.sheet_state = state
        if title != "Empty":
            sheet.append(SIX)
            sheet.append([title, *AMY.split(",")[1:]])
    file = read_class_list_file(saved(workbook))
    assert file.rows[1].cells[0] == "4A"
    assert notes(file) == (
        "The sheet 4A was read. Not read: Read me, 4B, Data, More (hidden in Excel). Use --sheet to choose another.",
    )
    asked_for = read_class_list_file(saved(workbook), Asked(sheet="More"))
    assert (asked_for.rows[1].cells[0], notes(asked_for)) == ("More", ())


def test_a_file_of_errors_keeps_what_excel_showed() -> None:
    """Numbers with their zeros, times beside dates."""

    def change(sheet: Worksheet) -> None:
        sheet["G1"], sheet["G2"], sheet["G3"] = "Pupil ref", 12, datetime(2026, 1, 4, 9, 30)  # noqa: DTZ001 - Excel's
        sheet["G2"].number_format = "000000"

    file = read_class_list_file(book(change))
    again = read_class_list_file(file.with_errors(1, {}))
    assert [row.cells[6] for row in again.rows[:3]] == ["Pupil ref", "000012", "04/01/2026 09:30"]


def test_the_sheet_that_excel_opens_with_is_read_if_it_is_a_class_list() -> None:
    """A workbook of the whole school, saved with Year 4 in front, must not import another year."""
    workbook = openpyxl.Workbook()
    for title in ("Year 6", "Year 5", "Year 4"):
        sheet = workbook.create_sheet(title)
        sheet.append(SIX)
        sheet.append([title, *AMY.split(",")[1:]])
    workbook.worksheets[0].append(["Please check the names"])
    workbook.active = workbook.worksheets[-1]
    file = read_class_list_file(saved(workbook))
    assert file.rows[1].cells[0] == "Year 4"
    assert notes(file) == (
        "The sheet Year 4 was read. Not read: Sheet, Year 6, Year 5. Use --sheet to choose another.",
    )
    workbook.active = workbook.worksheets[0]
    assert read_class_list_file(saved(workbook)).rows[1].cells[0] == "Year 6"


def test_headings_merged_down_over_an_empty_row_are_no_harm() -> None:
    """No pupil is in such a row; one who is there would be without the cell."""

    def change(sheet: Worksheet) -> None:
        sheet.insert_rows(2)
        for column in "ABCDEF":
            sheet.merge_cells(f"{column}1:{column}2")

    assert names(read_class_list_file(book(change))) == ["Amy", "Bo-Lin", "Cy"]


def test_a_pupil_struck_through_is_named_before_anything_is_saved() -> None:
    """Offices strike out a pupil who has left; headings, empty cells and other rows do not count."""

    def change(sheet: Worksheet) -> None:
        for cell in ("A1", "B3", "H4"):
            sheet[cell].font = Font(strike=True)
        sheet["A2"].font = Font(bold=True)

    file = read_class_list_file(book(change))
    assert notes(file) == ("Row 3: struck through in Excel, and read like any other.",)
    assert names(file) == ["Amy", "Bo-Lin", "Cy"]
