"""YAML as text with lines: nothing is guessed, nothing is expanded, nothing is dropped in silence."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.config.mistakes import Code
from mtc_kiosk.config.shape import LARGEST_FILE
from mtc_kiosk.config.yaml_text import DEEPEST, parse
from mtc_kiosk.config.yaml_tree import Document, line_of, plain


def _parse(text: str) -> Document:
    return parse(text.encode(), "f.yaml")


def _plain(text: str) -> object:
    document = _parse(text)
    assert document.mistakes == ()
    assert document.root is not None
    return plain(document.root)


@pytest.mark.parametrize("written", ["0417", "NO", "1:30", "2027-06-31", "1_000", "0x1F", "1e3", ".inf", "null", "~"])
def test_a_plain_value_is_the_text_that_was_written(written: str) -> None:
    """No number, date, yes or nothing is guessed from how a value looks."""
    assert _plain(f"a: {written}\n") == {"a": written}


def test_a_value_left_out_is_nothing_and_empty_quotes_are_empty_text() -> None:
    """``a:`` has no value; ``a: ''`` has the empty text."""
    assert _plain("a:\nb: ''\n") == {"a": None, "b": ""}


def test_lists_and_groups_keep_their_order() -> None:
    """A tree comes out as it was written."""
    assert _plain("b: [2, 1]\na:\n  d: x\n  c: {e: y}\n") == {"b": ["2", "1"], "a": {"d": "x", "c": {"e": "y"}}}


def test_a_byte_order_mark_and_windows_line_ends_are_no_part_of_it() -> None:
    """A file saved by Notepad reads as any other, on the same lines."""
    document = parse("\ufeffa: 1\r\n\r\nb: 2\r\n".encode(), "f.yaml")
    assert document.root is not None
    assert (plain(document.root), line_of(document.root, ("b",))) == ({"a": "1", "b": "2"}, 3)


def test_a_key_written_twice_is_said_with_both_lines() -> None:
    """A duplicate key is an error, never "the last one wins"."""
    (mistake,) = _parse("a: 1\nb: 2\na: 3\n").mistakes
    assert str(mistake) == "f.yaml:3: 'a' is already on line 1. Delete one of them."


def test_every_key_written_twice_is_said_at_once() -> None:
    """All duplicate keys of a file, in whatever group."""
    mistakes = _parse("a: 1\na: 2\nb:\n  c: 1\n  c: 2\n  c: 3\n").mistakes
    assert [(mistake.line, mistake.code) for mistake in mistakes] == [(2, "twice"), (5, "twice"), (6, "twice")]


def test_the_same_key_in_two_groups_is_not_written_twice() -> None:
    """Only the same group counts."""
    assert _plain("a: {c: 1}\nb: {c: 1}\n") == {"a": {"c": "1"}, "b": {"c": "1"}}


@pytest.mark.parametrize("text", ["a: &x 1\nb: 2\n", "a: 1\nb: *x\n", "a: !!python/object:os.system x\n", "a: !x y\n"])
def test_references_and_tags_are_refused(text: str) -> None:
    """No reference is resolved, and no object is made from a file."""
    assert {mistake.code for mistake in _parse(text).mistakes} == {Code.NEEDS_QUOTES}


def test_references_within_references_do_no_harm() -> None:
    """The "billion laughs" is refused without being expanded first."""
    laughs = "a0: &a0 [x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 60))
    assert {mistake.code for mistake in _parse(laughs).mistakes} == {Code.NEEDS_QUOTES}


def test_a_merge_key_is_a_name_like_any_other() -> None:
    """``<<`` merges nothing; the files that know no such setting refuse it."""
    assert _plain("<<: {a: 1}\n") == {"<<": {"a": "1"}}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_nesting_past_reason_is_refused(opening: str) -> None:
    """A hundred thousand brackets do not exhaust the stack."""
    (mistake,) = _parse("a:\n  " + opening * 100_000).mistakes
    assert mistake.code == Code.TOO_DEEP


def test_the_deepest_group_is_read() -> None:
    """The limit itself is allowed; one deeper is not."""
    assert [mistake.code for mistake in _parse("a: " + "[" * DEEPEST + "]" * DEEPEST).mistakes] == []
    assert [mistake.code for mistake in _parse("a: " + "[" * (DEEPEST + 1)).mistakes] == [Code.TOO_DEEP]


def test_a_file_past_reason_is_refused() -> None:
    """A film renamed school.yaml is not read to its end."""
    (mistake,) = parse(b"#" * (LARGEST_FILE + 1), "f.yaml").mistakes
    assert (mistake.line, mistake.code) == (None, Code.TOO_LARGE)


def test_the_largest_file_is_read() -> None:
    """The limit itself is allowed."""
    document = parse(b"a: 1\n".ljust(LARGEST_FILE, b"#"), "f.yaml")
    assert document.root is None or plain(document.root) == {"a": "1"}
    assert Code.TOO_LARGE not in {mistake.code for mistake in document.mistakes}


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("a",), 1),
        (("b",), 2),
        (("b", "c"), 3),
        (("b", "d"), 5),
        (("b", "d", 0), 6),
        (("b", "d", 1), 7),
        (("e",), 8),
        (("b", 1, "x"), 5),
        (("b", "missing"), 2),
        (("b", "d", 9), 5),
        (("missing",), 1),
    ],
)
def test_a_place_has_the_line_of_its_key_or_value(place: tuple[str | int, ...], line: int) -> None:
    """A value's own line, the key of a group or list, and for a missing setting the line of its group."""
    root = _parse("a: 1\nb:\n  c:\n    2\n  d:\n    - x\n    - y\ne:\n").root
    assert root is not None
    expected = 4 if place == ("b", "c") else line
    assert line_of(root, place) == expected


@given(st.text())
def test_any_text_gives_a_root_or_mistakes(text: str) -> None:
    """No text whatever raises, and one that is not read says why."""
    document = parse(text.encode("utf-8", "surrogatepass"), "f.yaml")
    assert (document.root is not None) or document.mistakes


@given(st.binary())
def test_any_bytes_give_a_root_or_mistakes(written: bytes) -> None:
    """No bytes whatever raise."""
    document = parse(written, "f.yaml")
    assert (document.root is not None) or document.mistakes


@given(st.text(alphabet="ab:-[]{},'\"#&*!|>%@`?~ \t\n\\x0u", max_size=40))
def test_any_yaml_punctuation_gives_a_root_or_mistakes_on_its_lines(text: str) -> None:
    """Text made mostly of YAML's own signs raises nothing, and every mistake is on a line that is there."""
    document = _parse(text)
    lines = text.count("\n") + 1
    assert (document.root is not None) or document.mistakes
    assert all(mistake.line is None or 1 <= mistake.line <= lines for mistake in document.mistakes)


_NAMES = st.text(alphabet="abcdefgh_", min_size=1, max_size=8)
_TEXTS = st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=20)
_TREES = st.recursive(
    _TEXTS, lambda tree: st.lists(tree, max_size=3) | st.dictionaries(_NAMES, tree, max_size=3), max_leaves=8
)


@given(st.dictionaries(_NAMES, _TREES, min_size=1))
def test_what_another_program_writes_reads_back_as_it_was(tree: dict[str, object]) -> None:
    """Any tree of text that PyYAML writes is read as the same tree."""
    assert _plain(yaml.safe_dump(tree, default_style='"', width=10_000)) == tree
