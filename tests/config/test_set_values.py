"""A value set in a settings file: the value changes, and not one character beside it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.config.configuration import SCHOOL
from mtc_kiosk.config.reading import read_as
from mtc_kiosk.config.school_file import SchoolFile
from mtc_kiosk.config.set_values import with_values
from mtc_kiosk.config.yaml_text import parse
from mtc_kiosk.resources import shipped_config

SHIPPED = shipped_config(SCHOOL).read_bytes()


def set_in(text: str, values: dict[tuple[str, ...], str]) -> str | None:
    """The text with these values."""
    changed = with_values(text.encode(), SCHOOL, values)
    return None if changed is None else changed.decode()


def read_name(written: bytes) -> str:
    """The school's name as the program reads it."""
    school, mistakes = read_as(SchoolFile, parse(written, SCHOOL))
    assert school is not None, mistakes
    return school.name


def test_only_the_lines_of_the_values_change() -> None:
    """In the file that ships: every note stays, and every line but three."""
    values = {("name",): "Larkfield", ("scheme",): "own", ("window", "check_opens"): "2027-06-07"}
    changed = with_values(SHIPPED, SCHOOL, values)
    assert changed is not None
    before, after = SHIPPED.decode().splitlines(), changed.decode().splitlines()
    assert len(before) == len(after)
    differ = [(was, now) for was, now in zip(before, after, strict=True) if was != now]
    assert differ == [("name: Our school", "name: Larkfield"), ("  check_opens: none", "  check_opens: 2027-06-07")]


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark_stay(ending: str, mark: str) -> None:
    """As Notepad writes them."""
    text = f"{mark}# ours{ending}name: Old  # the name{ending}la: none{ending}"
    assert set_in(text, {("name",): "New"}) == f"{mark}# ours{ending}name: New  # the name{ending}la: none{ending}"
    added = set_in(text, {("urn",): "100000"})
    assert added == f"{text}urn: 100000{ending}"


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("name: A\n", "name: A\nwindow:\n  check_opens: 2027-06-07\n"),
        ("name: A\nwindow:\n", "name: A\nwindow:\n  check_opens: 2027-06-07\n"),
        (
            "window:\n    check_closes: none\nname: A\n",
            "window:\n    check_opens: 2027-06-07\n    check_closes: none\nname: A\n",
        ),
        ("window: {check_closes: none}\n", "window: {check_opens: 2027-06-07, check_closes: none}\n"),
        ("window: {check_opens: none}\n", "window: {check_opens: 2027-06-07}\n"),
        ("window:\n  check_opens:\nname: A\n", "window:\n  check_opens: 2027-06-07\nname: A\n"),
        ("window:\n  check_opens: 'none' # note\n", "window:\n  check_opens: 2027-06-07 # note\n"),
    ],
)
def test_a_value_gets_its_place_however_the_group_is_written(text: str, changed: str) -> None:
    """Below its group, in braces, in place of nothing."""
    assert set_in(text, {("window", "check_opens"): "2027-06-07"}) == changed


@pytest.mark.parametrize("text", ["name: [a\n", "- name\n", "", "name: a\nname: b\n", "window: 5\n"])
def test_a_file_that_cannot_be_read_with_certainty_is_left_alone(text: str) -> None:
    """With a mistake in it, or with a value where the group should be."""
    assert set_in(text, {("window", "check_opens"): "2027-06-07"}) is None


_NAMES = st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), min_size=1, max_size=40).filter(
    lambda text: text.strip() == text and text.isprintable()
)


@given(_NAMES)
def test_every_name_is_read_as_it_was_typed(name: str) -> None:
    """Colons, hashes, quotes, other alphabets; or it is refused, and never something else."""
    changed = with_values(SHIPPED, SCHOOL, {("name",): name})
    assert changed is None or read_name(changed) == name


@pytest.mark.parametrize(
    "name", ["St John's: Upper", '"Oak" #2', "- dash", "yes", "none", "Écòle 5", "{x}", "12:30", "\\o"]
)
def test_names_with_signs_are_put_in_quotes(name: str) -> None:
    """Where YAML would read them as something else."""
    changed = with_values(SHIPPED, SCHOOL, {("name",): name})
    assert changed is not None
    assert read_name(changed) == name
