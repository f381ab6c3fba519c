"""Class lists as bytes: what real schools have is read, and everything else is one refusal."""

import io
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mtc_kiosk.class_list.csv_file import ENCODINGS
from mtc_kiosk.class_list.limits import LARGEST_FILE, MOST_COLUMNS, MOST_ROWS, NotAClassListFile
from mtc_kiosk.class_list.read import Asked, ClassListFile, read_class_list_file
from mtc_kiosk.school.class_list import ClassListRefused, Row, read_class_list
from mtc_kiosk.school.columns import NotColumns
from mtc_kiosk.school.details import ReadingRules
from tests.check.profile import QUICK
from tests.class_list.typed import notes
from tests.class_list.typed import refusal as typed_refusal
from tests.school.made_up import AMY, BO, CY, HEADINGS, TODAY

LIST = "\r\n".join((HEADINGS, AMY, BO, CY, ""))
SIX = tuple(HEADINGS.split(","))
PLAINLY = Asked()
MIDNIGHT = datetime.combine(date(2018, 3, 14), time())
"""A date as Excel keeps it: with a time, and without a zone."""


def cells(file: ClassListFile) -> list[tuple[str, ...]]:
    """The cells of every row."""
    return [row.cells for row in file.rows]


def read(content: bytes, asked: Asked = PLAINLY) -> list[tuple[str, ...]]:
    """The cells of every row of a file."""
    return cells(read_class_list_file(content, asked))


def refusal(content: bytes, asked: Asked = PLAINLY) -> str:
    """The sentence of the refusal."""
    with pytest.raises(NotAClassListFile) as refused:
        read_class_list_file(content, asked)
    return typed_refusal(refused.value)


def workbook(*rows: list[object], sheets: dict[str, list[list[object]]] | None = None) -> bytes:
    """An Excel workbook of one sheet with these rows, or of several."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, content in (sheets or {"Class": list(rows)}).items():
        sheet = book.create_sheet(title)
        for row in content:
            sheet.append(row)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


PLAIN = read(LIST.encode())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_every_encoding_separator_and_line_end_gives_the_same_rows(
    encoding: str, separator: str, line_end: str
) -> None:
    """As Excel and others write them."""
    text = LIST.replace(",", separator).replace("\r\n", line_end)
    assert read(text.encode(encoding)) == PLAIN
    assert [SIX, tuple(AMY.split(",")), tuple(BO.split(",")), tuple(CY.split(","))] == PLAIN


def test_utf_16_is_told_by_its_mark_either_way_round() -> None:
    """Excel's "Unicode text", and the other order of bytes."""
    assert read(b"\xfe\xff" + LIST.encode("utf-16-be")) == PLAIN
    assert read(b"\xff\xfe" + LIST.encode("utf-16-le")) == PLAIN


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_more_byte_order_marks_than_one_are_no_text(encoding: str) -> None:
    """Before the first cell, and inside where two files were joined; the file of errors has one mark again."""
    quoted = "\r\n".join(f'\ufeff"{line.replace(",", chr(34) + "," + chr(34))}"' for line in LIST.split("\r\n")[:-1])
    file = read_class_list_file(quoted.encode(encoding))
    assert cells(file) == PLAIN
    assert file.with_errors(1, {}).decode(encoding).count("\ufeff") == 0


@pytest.mark.parametrize(
    ("name", "letters"), [("mac", "Jos\u00e9"), ("windows-1250", "\u0141ukasz"), ("iso-8859-15", "\u0160ime")]
)
def test_another_encoding_can_be_asked_for(name: str, letters: str) -> None:
    """Those that a file does not say of itself."""
    content = f"Surname\r\n{letters}\r\n".encode(ENCODINGS[name])
    assert read(content, Asked(encoding=name))[1] == (letters,)


def test_letters_read_as_windows_are_shown_to_be_looked_at() -> None:
    """They could be another system's; with plain letters, or where it was asked for, there is nothing to look at."""
    doubtful = read_class_list_file(LIST.encode("cp1252"))
    assert len(doubtful.notes) == 1
    assert "Samplé" in notes(doubtful)[0]
    assert read_class_list_file(LIST.encode()).notes == ()
    assert read_class_list_file(LIST.encode("cp1252"), Asked(encoding="windows-1252")).notes == ()


def test_letters_that_no_encoding_has_are_refused() -> None:
    """With what to do."""
    assert "--encoding" in refusal(b"Surname,Forename\r\nJos\x8f,\xff\r\n")


def test_the_line_that_names_the_separator_is_no_row() -> None:
    """Excel writes and reads it; lines are counted as in the file."""
    file = read_class_list_file(b"sep=;\r\nSurname;Forename\r\nA,b;C\r\n")
    assert file.rows == (Row(2, ("Surname", "Forename")), Row(3, ("A,b", "C")))


def test_the_separator_is_the_one_that_makes_headings() -> None:
    """Commas within cells do not count against the semicolons between them."""
    assert read(b"Surname;Forename;DOB\r\nA, b, c, d;E, f, g;1\r\n")[1] == ("A, b, c, d", "E, f, g", "1")


def test_rows_with_nothing_to_be_seen_are_left_out() -> None:
    """Excel's empty tails, spaces and all; lines keep their numbers."""
    file = read_class_list_file(f"{HEADINGS}\n,,,,,\n\n{AMY}\n , ,\u00a0,,,\u200b\n,,,,,\n".encode())
    assert [row.line for row in file.rows] == [1, 4]


def test_a_cell_may_have_commas_quotes_and_lines() -> None:
    """In quotation marks; the rows behind keep their lines."""
    file = read_class_list_file(b'Surname,Forename\n"A ""B"", c","D\nE"\nF,G\n')
    assert file.rows[1:] == (Row(2, ('A "B", c', "D\nE")), Row(4, ("F", "G")))


def test_a_quotation_mark_inside_a_cell_is_kept() -> None:
    """Only one at the beginning of a cell opens a quotation."""
    assert read(b'Surname,Forename\nA "B" C,D\n')[1] == ('A "B" C', "D")


@pytest.mark.parametrize("wrong", ['"Testerly,Amy\nO,B\n', '"Test"erly,Amy\n'])
def test_a_quotation_mark_that_is_never_closed_is_told_by_its_line(wrong: str) -> None:
    """Else it would swallow the pupils behind it."""
    assert refusal(f"Surname,Forename\nA,B\n{wrong}".encode()).startswith("Line 3: a quotation mark")


def test_the_end_mark_of_old_programs_is_passed_over() -> None:
    """Ctrl+Z at the end of a file."""
    assert read(LIST.encode() + b"\x1a") == PLAIN


@pytest.mark.parametrize("content", [b"", b"\r\n\r\n", b",,,\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1a", b"sep=;\r\n"])
def test_a_file_with_nothing_in_it_is_empty(content: bytes) -> None:
    """One sentence."""
    assert refusal(content) == "The file is empty."


@pytest.mark.parametrize(
    "content", [b"Surname,Forename\x00\n", b"\x7fELF\x01\x01", b"PK\x05\x06" + bytes(18), b"\x00\x01"]
)
def test_a_file_of_no_known_kind_is_no_text(content: bytes) -> None:
    """Whatever its name says."""
    assert "neither text nor an Excel Workbook" in refusal(content)


def test_a_file_that_is_far_too_large_is_refused() -> None:
    """Before it is looked at."""
    assert "too large" in refusal(b"x" * (LARGEST_FILE + 1))
    assert "more than" in refusal(b"a,b\n" * (MOST_ROWS + 1))
    assert "columns" in refusal(b"a," * (MOST_COLUMNS + 1) + b"b\n")
    assert len(read(b"a,b\n" * MOST_ROWS)) == MOST_ROWS


def test_a_workbook_gives_the_rows_a_csv_would() -> None:
    """Dates as dd/mm/yyyy, whole numbers without a point, rows by their own numbers."""
    rows: list[list[object]] = [
        [*SIX, "Pupil ref"],
        ["Testerly", "Amy", None, MIDNIGHT, "F", "G201100120001", 1234],
        [None],
        ["O'Example", "Bo-Lin", "Kai", date(2017, 9, 2), "M", "W201100120002", 7.0],
    ]
    file = read_class_list_file(workbook(*rows))
    assert file.rows == (
        Row(1, (*SIX, "Pupil ref")),
        Row(2, ("Testerly", "Amy", "", "14/03/2018", "F", "G201100120001", "1234")),
        Row(4, ("O'Example", "Bo-Lin", "Kai", "02/09/2017", "M", "W201100120002", "7")),
    )
    assert (file.ending, file.notes) == ("xlsx", ())


def test_cells_of_other_kinds_are_text() -> None:
    """Whatever a spreadsheet holds is shown as somebody might have written it."""
    values: list[object] = [True, 1.5, MIDNIGHT.replace(hour=9, minute=30), time(9, 30), timedelta(hours=30)]
    assert read(workbook(["Surname"] * 5, values))[1] == (
        "TRUE",
        "1.5",
        "14/03/2018 09:30",
        "09:30:00",
        "30:00:00",
    )


def test_only_the_first_sheet_with_rows_is_read_and_the_others_are_named() -> None:
    """Another can be asked for."""
    content = workbook(sheets={"Notes": [], "4A": [["Surname"], ["A"]], "4B": [["Surname"], ["B"]]})
    file = read_class_list_file(content)
    assert (file.rows[1].cells, len(file.notes)) == (("A",), 1)
    assert "4A" in notes(file)[0]
    assert "4B" in notes(file)[0]
    assert read(content, Asked(sheet="4B"))[1] == ("B",)
    assert refusal(content, Asked(sheet="4C")) == "There is no sheet 4C: the file has Notes, 4A, 4B."
    assert refusal(content, Asked(sheet="Notes")) == "The sheet Notes is empty."


def test_a_hidden_sheet_is_not_read_unless_asked_for() -> None:
    """Reports keep their workings there."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(sheets={"Data": [["x"]], "4A": [["Surname"], ["A"]]})))
    book["Data"].sheet_state = "hidden"
    saved = io.BytesIO()
    book.save(saved)
    assert read(saved.getvalue())[1] == ("A",)
    assert read(saved.getvalue(), Asked(sheet="Data")) == [("x",)]


def test_an_empty_workbook_is_empty() -> None:
    """One sentence."""
    assert refusal(workbook([])) == "The workbook is empty."


def test_a_stray_cell_at_the_far_end_of_a_sheet_costs_nothing() -> None:
    """A space in the last row of a sheet is nothing to be seen, and there are a million rows before it."""
    book = openpyxl.load_workbook(io.BytesIO(workbook(list(SIX), list(AMY.split(",")))))
    book.worksheets[0]["A1048576"] = " "
    saved = io.BytesIO()
    book.save(saved)
    assert read(saved.getvalue()) == PLAIN[:2]


def test_a_workbook_that_would_unpack_to_gigabytes_is_refused() -> None:
    """Before it is unpacked."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 61_000_000)
    assert "too large" in refusal(content.getvalue())


ERRORS = {2: "Sex must be M or F, UPN is missing", 4: 'Forename must not have " in it'}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_csv_with_its_errors_is_the_same_file_with_one_column_more(encoding: str, separator: str) -> None:
    """The same encoding, mark, separator, line ends and lines; empty rows stay where they are."""
    text = f"{HEADINGS}\r\n{AMY}\r\n,,,,,\r\n{BO}\r\n\r\n".replace(",", separator)
    file = read_class_list_file(text.encode(encoding))
    written = file.with_errors(1, ERRORS)
    expected = f"{HEADINGS},Errors\r\n{AMY},{{0}}\r\n,,,,,\r\n{BO},{{1}}\r\n\r\n".replace(",", separator).format(
        f'"{ERRORS[2]}"' if separator == "," else ERRORS[2], '"Forename must not have "" in it"'
    )
    assert written.decode(encoding) == expected
    assert written.startswith(b"\xef\xbb\xbf") is (encoding == "utf-8-sig")


@pytest.mark.parametrize("content", [LIST.encode(), workbook(*(row.split(",") for row in (HEADINGS, AMY, BO, CY)))])
def test_errors_of_last_time_give_way_to_those_of_this_time(content: bytes) -> None:
    """However often a file comes back, it has one column Errors."""
    once = read_class_list_file(content).with_errors(1, ERRORS)
    twice = read_class_list_file(once).with_errors(1, {3: "Sex must be M or F"})
    assert read(twice) == [(*SIX, "Errors"), (*PLAIN[1], ""), (*PLAIN[2], "Sex must be M or F"), (*PLAIN[3], "")]


def test_a_row_with_a_cell_too_many_keeps_it_beside_its_error() -> None:
    """Nothing that a teacher wrote is lost."""
    file = read_class_list_file(f"{HEADINGS}\n{AMY},more\n".encode())
    assert read(file.with_errors(1, {2: "wrong"})) == [(*SIX, "", "Errors"), (*PLAIN[1], "more", "wrong")]


def test_a_character_that_the_file_cannot_hold_is_written_by_its_number() -> None:
    """An error may name what the encoding has not."""
    file = read_class_list_file(LIST.encode("cp1252"))
    assert b"\\u0301" in file.with_errors(1, {2: "Surname must not have \u0301 in it"})


def test_a_workbook_with_its_errors_keeps_its_values_and_rows() -> None:
    """Dates stay dates, text that looks like a formula stays text, every row stays on its line."""
    given_rows: list[list[object]] = [
        ["Class 4A"],
        [*SIX],
        [None],
        ["'=1+1", "Amy", None, MIDNIGHT, "X", "U"],
    ]
    file = read_class_list_file(workbook(*given_rows))
    book = openpyxl.load_workbook(io.BytesIO(file.with_errors(2, {4: "=wrong"})))
    assert book.sheetnames == ["Class"]
    assert [cell.value for cell in book.worksheets[0][4]] == [
        "'=1+1",
        "Amy",
        None,
        MIDNIGHT,
        "X",
        "U",
        "=wrong",
    ]
    assert book.worksheets[0]["G4"].data_type == "s"
    assert book.worksheets[0]["G2"].value == "Errors"


@pytest.mark.parametrize(
    "content", [LIST.encode("cp1252"), workbook(*(row.split(",") for row in (HEADINGS, AMY, BO, CY)))]
)
def test_a_corrected_file_of_errors_is_read_as_it_is(content: bytes) -> None:
    """The column Errors need not be cleared."""
    file = read_class_list_file(content)
    again = read_class_list_file(file.with_errors(1, {3: "wrong"}))
    rules = ReadingRules(TODAY)
    assert read_class_list(again.rows, (), rules).pupils == read_class_list(file.rows, (), rules).pupils


SCRAPS = st.lists(
    st.sampled_from(
        [
            *(LIST.encode(), HEADINGS.encode(), AMY.encode(), "é".encode(), "é".encode("cp1252"), b"sep=;\n"),
            *(b",", b";", b"|", b'"', b"\r\n", b"\n", b"\r", b"\t", b"\x00", b"\x1a", b"\x81"),
            *(b"\xef\xbb\xbf", b"\xff\xfe", b"PK\x03\x04", b"<table>"),
        ]
    )
    | st.binary(max_size=12),
    max_size=12,
).map(b"".join)


def outcome(content: bytes, asked: Asked = PLAINLY) -> ClassListFile | None:
    """A file that has rows, or None where it was refused; any other exception comes through."""
    try:
        file = read_class_list_file(content, asked)
    except NotAClassListFile:
        return None
    assert file.rows
    assert not any(row.is_empty for row in file.rows)
    return file


@given(st.binary(max_size=200) | SCRAPS, st.sampled_from([None, *ENCODINGS]))
@example(b"Surname;Forename\n\x0bA;B\n", None)
@QUICK
def test_any_bytes_are_rows_or_one_refusal(content: bytes, encoding: str | None) -> None:
    """Never another exception; and rows go on to be a class list or a refusal."""
    file = outcome(content, Asked(encoding=encoding))
    if file is None:
        return
    file.with_errors(file.rows[0].line, {row.line: "wrong" for row in file.rows[1:]})
    try:
        read_class_list(file.rows, (), ReadingRules(TODAY))
    except (NotColumns, ClassListRefused):
        return


CELL = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters=[chr(code) for code in range(32)])
    | st.sampled_from("\n\r\t\",;'= "),
    max_size=8,
)


@given(
    st.lists(st.lists(CELL, min_size=1, max_size=5), max_size=5),
    st.sampled_from(["\r\n", "\n", "\r"]),
    st.sampled_from([",", ";", "\t"]),
)
@QUICK
def test_a_csv_with_errors_loses_nothing(rows: list[list[str]], line_end: str, separator: str) -> None:
    """Whatever its cells hold, each comes back; twice written is once written."""
    named = separator.join(SIX)
    lines = [separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    file = read_class_list_file(line_end.join([named, *lines]).encode())
    again = read_class_list_file(file.with_errors(1, {}))
    assert [tuple(filter(None, row.cells)) for row in again.rows[1:]] == [
        tuple(filter(None, row.cells)) for row in file.rows[1:]
    ]
    assert again.with_errors(1, {}) == file.with_errors(1, {})


BOOK = workbook(list(SIX), list(AMY.split(",")), ["O'Example", "Bo-Lin", 1.5, MIDNIGHT, True, "W201100120002"])


@st.composite
def damaged_workbooks(draw: st.DrawFn) -> bytes:
    """A workbook with bytes of its parts changed, cut out or put in, packed again."""
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(BOOK)) as packed:
        for name in packed.namelist():
            parts[name] = packed.read(name)
    for _ in range(draw(st.integers(1, 3))):
        name = draw(st.sampled_from(sorted(parts)))
        place = draw(st.integers(0, len(parts[name])))
        cut = draw(st.integers(0, 40))
        put = draw(
            st.sampled_from([b"", b"0", b"-1", b"99999999999", b"<", b'"', b"</row>", b"xyz", b"&#0;", b"1e999"])
        )
        parts[name] = parts[name][:place] + put + parts[name][place + cut :]
    for name in draw(st.sets(st.sampled_from(sorted(parts)), max_size=1)):
        del parts[name]
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return content.getvalue()


@given(damaged_workbooks())
@QUICK
def test_a_damaged_workbook_is_rows_or_one_refusal(content: bytes) -> None:
    """Whatever is wrong inside it; and what is read can be written again."""
    file = outcome(content)
    if file is not None:
        assert outcome(file.with_errors(file.rows[0].line, {row.line: "wrong" for row in file.rows})) is not None


@given(st.integers(0, len(BOOK)), st.binary(max_size=8), st.integers(0, 30))
@QUICK
def test_a_workbook_with_a_bad_spot_is_rows_or_one_refusal(place: int, put: bytes, cut: int) -> None:
    """A stick that was pulled out, or a byte that turned over."""
    outcome(BOOK[:place] + put + BOOK[place + cut :])


def test_a_large_workbook_has_its_errors_in_a_csv_file() -> None:
    """Every row on its line, also behind an empty one and a cell of two lines; read again it is the same list."""
    rows: list[list[object]] = [[*SIX, "Note"], *([f"a{n}", "b\nc", *["d"] * 5] for n in range(10_000 - 2))]
    content = workbook(rows[0], [], *rows[1:])
    file = read_class_list_file(content)
    assert file.ending == "csv"
    written = file.with_errors(1, {3: "wrong, here", 7: "there"})
    again = read_class_list_file(written)
    assert [row.line for row in again.rows] == [row.line for row in file.rows]
    assert again.rows[0].cells[-1] == "Errors"
    assert [row.cells[-1] for row in again.rows[1:6]] == ["wrong, here", "", "", "", "there"]
    assert again.rows[1].cells[:3] == ("a0", "b c", "d")
