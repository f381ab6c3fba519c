"""A file that cannot be read says where, what and how to put it right, in words a teacher knows."""

from pathlib import Path

import pytest

from mtc_kiosk.config.yaml_text import parse, read


@pytest.mark.parametrize(
    ("text", "line", "code", "word"),
    [
        ("a:\n\tb: 1\n", 2, "tab", "spaces"),
        ("a: 1\n\tb: 2\n", 2, "tab", "spaces"),
        ("a:\tb\n", 1, "tab", "spaces"),
        ("a: 1\nb: 'open\nc: 2\n", 2, "open_quote", "quotation mark"),
        ('a: "open\nb: 1\n', 1, "open_quote", "quotation mark"),
        ("a: 'open\nb: 'c'\n", 1, "open_quote", "quotation mark"),
        ("a: 'open\nb: c'\nd: e\n", 1, "open_quote", "further down"),
        ("a: 'St Mary's'\n", 1, "after_quote", "double"),
        ("a: 1\nb: Check: the tables\n", 2, "colon_in_value", "in quotes"),
        ("a 1\nb: 2\n", 1, "no_setting", "'name: value'"),
        ("a 1 # such as: this\nb: 2\n", 1, "no_setting", "'a 1'"),
        ("a: 1\nb\n", 2, "no_setting", "'b'"),
        ("only words\n", 1, "no_setting", "'name: value'"),
        ("a:1\nb: 2\n", 1, "no_space", "space after the colon"),
        ("a:\u00a01\nb: 2\n", 1, "hard_space", "type them again"),
        ("a: 1\n  b: 2\n", 2, "out_of_line", "further left or right"),
        ("a:\n  b: 1\n c: 2\n", 3, "out_of_line", "spaces"),
        (" a: 1\nb: 2\n", 2, "out_of_line", "spaces"),
        ("- a\nb: 1\n", 2, "out_of_line", "spaces"),
        ("- a\n- b\n", 1, "no_setting", "list"),
        ("a: [1, 2\nb: 3\n", 1, "open_bracket", "bracket"),
        ("a: {b: 1\n", 1, "open_bracket", "bracket"),
        ("a: [1, 2]]\n", 1, "stray_bracket", "bracket"),
        ("a: @home\n", 1, "needs_quotes", "@"),
        ("a: %1\n", 1, "needs_quotes", "%"),
        ("a: `b`\n", 1, "needs_quotes", "`"),
        ("a: *Star*\n", 1, "needs_quotes", "*"),
        ("a: & Sons\n", 1, "needs_quotes", "&"),
        ("a: !b!c d\n", 1, "needs_quotes", "exclamation"),
        ("a: > 5\n", 1, "needs_quotes", ">"),
        ('a: "C:\\school"\n', 1, "backslash", "single quotes"),
        ('a: "\\UFFFFFFFF"\n', 1, "backslash", "single quotes"),
        ('a: "\\ud800"\n', 1, "unseen_character", "backslash"),
        ("%YAML 3.0\n---\na: 1\n", 1, "directive", "%"),
        ("a: 1\n---\nb: 2\n", 2, "second_document", "---"),
        ("? [a]\n: b\n", 1, "no_name", "'name: value'"),
        ("a: 1\nb: \x07\n", 2, "unseen_character", "U+0007"),
        ("a: 1\nb: x\u2028y\n", 2, "unseen_character", "U+2028"),
        ("", None, "empty_file", "mtc-kiosk renew"),
        ("# a note\n\n", None, "empty_file", "mtc-kiosk renew"),
    ],
)
def test_each_slip_is_said_on_its_line_with_a_hint(text: str, line: int | None, code: str, word: str) -> None:
    """The first mistake names the line, has its code, and says what helps."""
    document = parse(text.encode(), "f.yaml")
    assert [(mistake.line, str(mistake.code)) for mistake in document.mistakes] == [(line, code)]
    assert word in document.mistakes[0].message


FILES = Path(__file__).parent / "files"


def test_a_zero_width_space_behind_a_upn_is_named() -> None:
    """Which no editor shows: the line would look right, and name no pupil."""
    (mistake,) = read(FILES / "zero_width_upn.yaml").mistakes
    assert (mistake.line, str(mistake.code)) == (2, "unseen_character")
    assert mistake.message.startswith("There is a zero-width space after 'J201100118001'.")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: \u200e1\n", "a left-to-right mark at the beginning"),
        ("a: [b, 'c\u00add']\n", "a soft hyphen after 'c'"),
        ("a: \u00a01\n", "a non-breaking space at the beginning"),
        ("a\u00a0: 1\n", "a non-breaking space after 'a'"),
        ('a: "\\u2060b"\n', "a word joiner at the beginning"),
        ("a: b\ue000\n", "a private-use character (U+E000) after 'b'"),
        ("a: b\u2028c\n", "a line separator (U+2028) after 'a: b'"),
        ("a: b\x07\n", "a control character (U+0007) after 'a: b'"),
    ],
)
def test_every_unseen_character_in_a_setting_is_named(text: str, said: str) -> None:
    """In names and values alike, with what is before it."""
    (mistake,) = parse(text.encode(), "f.yaml").mistakes
    assert said in mistake.message
    assert (mistake.line, str(mistake.code)) == (1, "unseen_character")


def test_a_space_that_does_not_break_is_allowed_between_words() -> None:
    """And so is a joiner that another script needs."""
    assert parse("a: St\u00a0Mary's\nb: '\u06af\u0644\u200c\u0647\u0627'\n".encode(), "f.yaml").mistakes == ()


def test_a_sentence_repeats_no_more_of_a_line_than_fits() -> None:
    """A whole paragraph is not read back."""
    (mistake,) = parse(f"a: 1\n{'words ' * 50}\n".encode(), "f.yaml").mistakes
    assert len(mistake.message) < 100


@pytest.mark.parametrize(
    ("written", "line", "word"),
    [
        ("name: Caf\u00e9\n".encode("cp1252"), 1, "UTF-8"),
        ("a: 1\nname: Caf\u00e9\n".encode("cp1252"), 2, "UTF-8"),
        ("a: 1\n".encode("utf-16"), None, "UTF-16"),
    ],
)
def test_another_encoding_is_said_as_such(written: bytes, line: int | None, word: str) -> None:
    """A file saved as anything but UTF-8 is refused by name, at the letter that shows it."""
    (mistake,) = parse(written, "f.yaml").mistakes
    assert (mistake.line, str(mistake.code)) == (line, "not_utf8")
    assert word in mistake.message


def test_a_file_that_is_not_there_is_looked_for_by_its_neighbours(tmp_path: Path) -> None:
    """A slip in a file's name is pointed out."""
    (tmp_path / "school.yml").touch()
    (mistake,) = read(tmp_path / "school.yaml").mistakes
    assert str(mistake) == (
        f"school.yaml: The file is missing from {tmp_path}. Was it renamed to school.yml? Then rename it back."
    )


@pytest.mark.posix_only("on Windows a link needs a right of its own")
def test_a_link_to_nothing_is_said_to_be_one(tmp_path: Path) -> None:
    """It has the right name, so no other name is guessed."""
    (tmp_path / "school.yaml").symlink_to(tmp_path / "gone.yaml")
    (mistake,) = read(tmp_path / "school.yaml").mistakes
    assert str(mistake.code) == "missing_file"
    assert "link to a file that is missing" in str(mistake)
    assert "Was it renamed" not in str(mistake)


def test_a_folder_that_is_not_there_is_no_more_than_a_missing_file(tmp_path: Path) -> None:
    """Nothing is looked for where there is nothing."""
    (mistake,) = read(tmp_path / "gone" / "school.yaml").mistakes
    assert str(mistake.code) == "missing_file"


def test_a_folder_in_the_place_of_a_file_is_refused(tmp_path: Path) -> None:
    """A folder cannot be read as settings, on any platform."""
    (tmp_path / "school.yaml").mkdir()
    (mistake,) = read(tmp_path / "school.yaml").mistakes
    assert str(mistake.code) == "cannot_open"
