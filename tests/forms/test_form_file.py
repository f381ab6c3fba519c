"""Form files: the shape is strict, the line ends are not, and the same lines are the same form everywhere."""

import hashlib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.check.draw import draw
from mtc_kiosk.check.form import Item
from mtc_kiosk.check.form_file import FileFault, NotAFormFile, form_id, form_of, form_text, read_form
from mtc_kiosk.check.framework import FormRules, broken_rules

RULES = FormRules()
LINES = [f"{factor1},{factor2}" for factor1 in (6, 7, 8, 9, 12) for factor2 in (1, 3, 4, 10, 11)]
NOT_TWO = " is not two whole numbers with a comma between them, such as 3,8."
TEXT = "".join(f"{line}\n" for line in LINES)

factors = st.integers(min_value=1, max_value=12)


def faults(text: str) -> tuple[FileFault, ...]:
    """What is wrong with a text that is no form."""
    with pytest.raises(NotAFormFile) as refusal:
        read_form(text, RULES)
    return refusal.value.faults


@given(st.lists(st.builds(Item, factors, factors), min_size=25, max_size=25))
def test_what_is_written_reads_back(items: list[Item]) -> None:
    """Any 25 pairs of factors from 1 to 12 are a form, and the same form when read again."""
    form = form_of(items, RULES)
    assert form.items == tuple(items)
    assert read_form(form_text(items), RULES) == form


@pytest.mark.parametrize(
    "text",
    [
        "\ufeff" + TEXT,
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n", "\r"),
        TEXT.rstrip("\n"),
        TEXT + "\n",
        TEXT + " \r\n\r\n",
        TEXT.replace(",", " , "),
        TEXT.replace("6,", "06,", 1),
    ],
    ids=["byte order mark", "CRLF", "CR", "no last line end", "blank line", "blank lines", "spaces", "zero"],
)
def test_how_the_lines_are_ended_makes_no_other_form(text: str) -> None:
    """Editors and spreadsheets write the same form differently; its id and spares stay the same."""
    assert read_form(text, RULES) == read_form(TEXT, RULES)


def test_the_id_begins_the_sha256_of_the_file() -> None:
    """``sha256sum`` of a file that was made here begins with the form's id."""
    assert hashlib.sha256(TEXT.encode()).hexdigest().startswith(read_form(TEXT, RULES).id)


def test_items_and_spares_are_told_apart_in_an_id() -> None:
    """A question more is not the same form as a spare more."""
    question, other = Item(3, 8), Item(7, 4)
    assert len({form_id([question, other]), form_id([question], [other]), form_id([question, other], [])}) == 3


def test_spares_come_from_the_lines_alone() -> None:
    """The spares of this file are these, on every machine and with every Python."""
    spares = " ".join(map(str, read_form(TEXT, RULES).spares))
    assert spares == "6x7 6x8 7x5 7x7 8x9 8x8 9x2 9x6 12x12 12x2"


def test_other_lines_have_other_spares() -> None:
    """The same questions in another order are another form, with other spares."""
    turned = "".join(f"{line}\n" for line in reversed(LINES))
    form, other = read_form(TEXT, RULES), read_form(turned, RULES)
    assert form.id != other.id
    assert form.spares != other.spares


def test_a_form_that_keeps_the_rules_has_two_spares_a_table_from_the_check() -> None:
    """Spares of an official file are of the 2 to 12 tables, both numbers."""
    chance = random.Random(3)
    for _ in range(20):
        form = form_of(draw(chance, RULES).items, RULES)
        assert len(form.spares) == 2 * len({item.table for item in form.items})
        assert not any(rule.rule == "outside_the_tables" for rule in broken_rules(form.spares, RULES))


def test_the_1_times_table_has_spares_too() -> None:
    """A form for "try it out" may hold the 1 table; a fault there is made good as well."""
    form = read_form("1,7\n" + "".join(f"{line}\n" for line in LINES[1:]), RULES)
    assert [spare.table for spare in form.spares][:2] == [1, 1]


@pytest.mark.parametrize(
    ("text", "line", "fault", "sentence"),
    [
        (TEXT.replace("7,4", "7;4"), 8, "not_two_numbers", f'"7;4"{NOT_TWO}'),
        (TEXT.replace("7,4", ""), 8, "not_two_numbers", f"A blank line{NOT_TWO}"),
        (TEXT.replace("7,4", "7,4,28"), 8, "not_two_numbers", f'"7,4,28"{NOT_TWO}'),
        (TEXT.replace("7,4", "7,-4"), 8, "not_two_numbers", f'"7,-4"{NOT_TWO}'),
        (TEXT.replace("7,4", "٧,٤"), 8, "not_two_numbers", f'"٧,٤"{NOT_TWO}'),
        (TEXT.replace("7,4", "x" * 50), 8, "not_two_numbers", f'"{"x" * 30}..."{NOT_TWO}'),
        (TEXT.replace("7,4", "7,13"), 8, "factor_range", "13 is not allowed. Write a whole number from 1 to 12."),
        (TEXT.replace("7,4", "0,4"), 8, "factor_range", "0 is not allowed. Write a whole number from 1 to 12."),
        (TEXT + "3,8\n", 26, "line_count", "The file has 26 lines. A form has 25, one for each question."),
        (TEXT.replace("12,11\n", ""), 24, "line_count", "The file has 24 lines. A form has 25, one for each question."),
        ("3,8", 1, "line_count", "The file has 1 line. A form has 25, one for each question."),
        ("", 1, "line_count", "The file has 0 lines. A form has 25, one for each question."),
    ],
)  # fmt: skip
def test_a_file_of_another_shape_is_refused_by_line(text: str, line: int, fault: str, sentence: str) -> None:
    """What is wrong, on which line, and what is allowed."""
    assert [(each.line, each.fault, each.sentence) for each in faults(text)] == [(line, fault, sentence)]


def test_every_wrong_line_is_named_at_once() -> None:
    """Two wrong lines and one too many are three faults."""
    text = TEXT.replace("6,3", "six,3").replace("9,1\n", "9,99\n") + "3,8\n"
    assert [fault.line for fault in faults(text)] == [2, 16, 26]


def test_the_refusal_is_a_sentence_by_itself() -> None:
    """Whoever only prints the error still says the line."""
    with pytest.raises(NotAFormFile, match=r"^Line 8: 13 is not allowed. Write a whole number from 1 to 12\.$"):
        read_form(TEXT.replace("7,4", "7,13"), RULES)


@given(st.text(max_size=200))
def test_any_other_text_is_refused_and_nothing_worse(text: str) -> None:
    """No text makes the reader fail in another way."""
    with pytest.raises(NotAFormFile):
        read_form(text, RULES)
