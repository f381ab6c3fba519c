"""CSV as schools' programs read it: RFC 4180, UTF-8 with a mark, CRLF, and no cell that a spreadsheet would reckon."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.export.csv_text import STARTS_A_FORMULA, csv_bytes, guarded
from mtc_kiosk.export.table import table

CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)


def test_the_bytes_are_those_that_excel_expects() -> None:
    """A byte order mark, CRLF behind every row, quotes only where they are needed."""
    assert csv_bytes(table(("A", "B"), [("x", 1), ('say "hi"', None), ("a,b", "c\nd")])) == (
        b'\xef\xbb\xbfA,B\r\nx,1\r\n"say ""hi""",\r\n"a,b","c\nd"\r\n'
    )


@pytest.mark.parametrize("start", "=+-@\t\r＝＋－＠")
def test_a_cell_that_would_be_reckoned_has_an_apostrophe(start: str) -> None:
    """One apostrophe before it, and nothing else is altered."""
    assert guarded(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("cell", ["O'Example", "Bo-Lin", "'quoted", " =1", "1-2", "a=b", "", 0, 25])
def test_every_other_cell_is_as_it_is(cell: str | int) -> None:
    """Hyphens inside a name, an apostrophe of its own, a space before the sign."""
    assert guarded(cell) == str(cell)


def test_an_empty_cell_is_empty() -> None:
    """An unknown value is an empty cell."""
    assert guarded(None) == ""


@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6))
def test_any_text_comes_back(rows: list[tuple[str, str, str]]) -> None:
    """Accents, quotes, commas, line ends, emoji: what a reader of CSV gets is what was written, guarded."""
    text = csv_bytes(table(("a", "b", "c"), rows)).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline="")))[1:] == [[guarded(cell) for cell in row] for row in rows]


@given(cell=CELLS)
def test_no_cell_of_a_file_begins_a_formula(cell: str) -> None:
    """Whatever it is."""
    assert not guarded(cell).startswith(STARTS_A_FORMULA)
