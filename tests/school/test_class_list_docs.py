"""``docs/class-list.md`` says what the code does."""

import re
from pathlib import Path

import pytest

from mtc_kiosk.class_list.csv_file import ENCODINGS
from mtc_kiosk.class_list.limits import LARGEST_FILE, MOST_COLUMNS, MOST_ROWS
from mtc_kiosk.school.birth import BirthFault, year_four
from mtc_kiosk.school.columns import NATIONAL, PASSED_OVER, SYSTEMS, TITLES, ColumnFault
from mtc_kiosk.school.details import DetailFault, DetailNote
from mtc_kiosk.school.fault import RowFault
from mtc_kiosk.school.names import LONGEST_GROUP, LONGEST_NAME
from mtc_kiosk.school.pupil_ref import LONGEST_REF
from mtc_kiosk.school.spreadsheet import CellFault
from mtc_kiosk.school.upn import UpnFault
from mtc_kiosk.school.words import date_in_words
from tests.school.made_up import AMY, HEADINGS, TODAY

PAGE = (Path(__file__).parents[2] / "docs" / "class-list.md").read_text(encoding="utf-8")


def row(title: str) -> list[str]:
    """What stands in backquotes in the table row of this title."""
    (line,) = re.findall(rf"^\| {re.escape(title)} \|(.+)\|$", PAGE, re.MULTILINE)
    return re.findall("`([^`]+)`", line)


@pytest.mark.parametrize("field", SYSTEMS)
def test_the_headings_of_other_systems_are_those_of_the_code(field: str) -> None:
    """In the order in which they are preferred."""
    headings = [heading for heading in row(TITLES[field]) if not heading.startswith("scheme")]
    assert tuple(headings) == SYSTEMS[field]


def test_the_national_columns_are_those_of_the_code() -> None:
    """In their order, with a pupil below that can be imported."""
    assert ",".join(TITLES[field] for field in NATIONAL) == HEADINGS
    assert f"{HEADINGS}\n{AMY}\n" in PAGE


def test_every_code_is_in_the_page() -> None:
    """Programs may rely on them."""
    for kind in (ColumnFault, DetailFault, DetailNote, BirthFault, UpnFault, RowFault, CellFault):
        for code in kind:
            assert f"`{code}`" in PAGE, code


@pytest.mark.parametrize("word", [*ENCODINGS, *PASSED_OVER])
def test_every_encoding_and_every_heading_passed_over_is_named(word: str) -> None:
    """So that a teacher finds it."""
    assert f"`{word}`" in PAGE


def test_numbers_are_those_of_the_code() -> None:
    """Limits and the dates of year 4."""
    for number in (LONGEST_NAME, LONGEST_GROUP, LONGEST_REF, MOST_COLUMNS):
        assert re.search(rf"\b{number}\b", PAGE)
    assert f"{LARGEST_FILE // 1_000_000} MB" in PAGE
    assert f"{MOST_ROWS:,}" in PAGE
    born = year_four(TODAY)
    assert f"{date_in_words(born.first)} to {date_in_words(born.last)}" in " ".join(PAGE.split())
