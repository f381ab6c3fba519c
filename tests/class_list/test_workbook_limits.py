"""A workbook is looked through before it is read: what is just allowed is read, and one more is refused."""

import io
import zipfile
from pathlib import Path

import pytest

from benchmarks.hostile_makers import MAIN, OFFICE, book, sheet, wrapped
from mtc_kiosk.class_list.limits import MOST_TEXT, NotAClassListFile
from mtc_kiosk.class_list.read import read_class_list_file
from mtc_kiosk.class_list.workbook_limits import LAST_ROW, MOST_PARTS, MOST_SHEETS, MOST_WORK_US

CELL = "<row><c><v>1</v></c></row>"
DEEPEST = 100
"""Elements within elements; the sheet and its data are two of them."""


def rows_of(path: Path) -> int:
    """How many rows are read; NotAClassListFile where the workbook is refused."""
    return len(read_class_list_file(path.read_bytes()).rows)


def workbook(path: Path, rows: str) -> Path:
    """A workbook of one sheet."""
    book(path, {"xl/worksheets/sheet1.xml": sheet([rows])})
    return path


def with_sheets(path: Path, count: int, *, one_part: bool) -> Path:
    """A workbook of so many sheets, each a part of its own or all of them the same."""
    parts = {f"xl/worksheets/sheet{number}.xml": sheet([CELL]) for number in range(1, count + 1)}
    targets = [f"worksheets/sheet{1 if one_part else number}.xml" for number in range(1, count + 1)]
    named = "".join(f'<sheet name="S{n}" sheetId="{n}" r:id="rId{n}"/>' for n in range(1, count + 1))
    relations = "".join(
        f'<Relationship Id="rId{n}" Type="{OFFICE}/worksheet" Target="{target}"/>'
        for n, target in enumerate(targets, start=1)
    )
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    book(
        path,
        {
            **parts,
            "xl/workbook.xml": wrapped(f'workbook xmlns:r="{OFFICE}"', [f"<sheets>{named}</sheets>"]),
            "xl/_rels/workbook.xml.rels": [f'<Relationships xmlns="{package}">{relations}</Relationships>'],
        },
    )
    return path


def test_excels_last_row_is_read_and_none_beyond(tmp_path: Path) -> None:
    """However the number is written."""
    assert rows_of(workbook(tmp_path / "a.xlsx", f'<row r="{LAST_ROW}"><c><v>1</v></c></row>')) == 1
    for number in (LAST_ROW + 1, 10**9, "1e9", "-1", "x"):
        with pytest.raises(NotAClassListFile, match="beyond 1048576"):
            rows_of(workbook(tmp_path / "a.xlsx", f'<row r="{number}"><c><v>1</v></c></row>'))


def test_as_many_sheets_as_are_allowed_are_read(tmp_path: Path) -> None:
    """One more is too large."""
    assert rows_of(with_sheets(tmp_path / "a.xlsx", MOST_SHEETS, one_part=False)) == 1
    with pytest.raises(NotAClassListFile, match="too large"):
        rows_of(with_sheets(tmp_path / "a.xlsx", MOST_SHEETS + 1, one_part=False))


def test_two_sheets_are_two_parts(tmp_path: Path) -> None:
    """A part that is several sheets would be read for each of them."""
    assert rows_of(with_sheets(tmp_path / "a.xlsx", 2, one_part=False)) == 1
    with pytest.raises(NotAClassListFile, match="damaged"):
        rows_of(with_sheets(tmp_path / "a.xlsx", 2, one_part=True))


def test_the_work_of_all_parts_is_one_sum(tmp_path: Path) -> None:
    """Half of it in the strings and half in the sheet is as much as all of it in one."""
    strings, rows = MOST_WORK_US // 2 // 10, MOST_WORK_US // 2 // 12
    kept = {"xl/sharedStrings.xml": ["<si><t/></si>" * strings], "xl/worksheets/sheet1.xml": ["<row/>" * rows]}

    def made(share: dict[str, int]) -> Path:
        book(
            tmp_path / "a.xlsx",
            {
                "xl/sharedStrings.xml": wrapped("sst", kept["xl/sharedStrings.xml"] * share["strings"]),
                "xl/worksheets/sheet1.xml": sheet([CELL, *kept["xl/worksheets/sheet1.xml"] * share["rows"]]),
            },
        )
        return tmp_path / "a.xlsx"

    assert rows_of(made({"strings": 1, "rows": 0})) == 1
    assert rows_of(made({"strings": 0, "rows": 1})) == 1
    with pytest.raises(NotAClassListFile, match="too large"):
        rows_of(made({"strings": 1, "rows": 1}))


def test_text_is_counted_over_all_parts(tmp_path: Path) -> None:
    """Also that of attributes; a single text has a bound of its own."""
    path = tmp_path / "a.xlsx"
    for long in (f'<row a="{"x" * 500_000}"/>', f"<row>{'x' * 500_000}</row>"):
        assert rows_of(workbook(path, CELL + long)) == 1
        with pytest.raises(NotAClassListFile, match="too large"):
            rows_of(workbook(path, CELL + long * (MOST_TEXT // 500_000)))
    with pytest.raises(NotAClassListFile, match="too large"):
        rows_of(workbook(path, CELL + f"<row>{'x' * 1_100_000}</row>"))


def test_as_deep_as_is_allowed_and_one_deeper(tmp_path: Path) -> None:
    """Excel needs no ten."""
    for depth, refused in ((DEEPEST - 2, False), (DEEPEST - 1, True)):
        path = workbook(tmp_path / "a.xlsx", CELL + "<ext>" * depth + "</ext>" * depth)
        if refused:
            with pytest.raises(NotAClassListFile, match="damaged"):
                rows_of(path)
        else:
            assert rows_of(path) == 1


def test_pictures_and_other_parts_that_are_no_xml_are_passed_over(tmp_path: Path) -> None:
    """A school's crest in the heading is nothing to refuse a list for."""
    path = workbook(tmp_path / "a.xlsx", CELL)
    with zipfile.ZipFile(path, "a") as packed:
        packed.writestr("xl/media/image1.png", b"\x89PNG\r\n\x1a\n" + bytes(200_000))
        packed.writestr("xl/printerSettings/printerSettings1.bin", "A4".encode("utf-16") * 5_000)
    assert rows_of(path) == 1


def test_a_zip_of_too_many_parts_is_not_even_listed() -> None:
    """Its list alone would take a kilobyte for each."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for number in range(MOST_PARTS + 1):
            packed.writestr(zipfile.ZipInfo(str(number)), b"")
    with pytest.raises(NotAClassListFile, match="too large"):
        read_class_list_file(content.getvalue())


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    """No program for tables writes one, and it may hold entities in entities."""
    plain = f"<worksheet {MAIN}><sheetData>{CELL}</sheetData></worksheet>"
    book(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": [plain]})
    assert rows_of(tmp_path / "a.xlsx") == 1
    book(tmp_path / "a.xlsx", {"xl/worksheets/sheet1.xml": [f"<!DOCTYPE worksheet>{plain}"]})
    with pytest.raises(NotAClassListFile, match="damaged"):
        rows_of(tmp_path / "a.xlsx")
