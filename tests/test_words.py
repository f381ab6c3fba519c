"""Every sentence that a person can meet is in ``docs/words.md``, and none makes its reader translate.

``MTC_UPDATE_GOLDEN=1`` rewrites the page; then read what changed in it.
"""

import difflib
import os

import pytest

from tests.words.page import PARTS, ROOT, package_of, page, sentences
from tests.words.source import Sentence, sentences_of
from tests.words.suspects import ALLOWED, NOT_READ_YET, found_in, settings_names
from tests.words.templates import sentences_of_template

KEPT = ROOT / "docs" / "words.md"


@pytest.fixture(scope="module")
def found() -> dict[str, list[Sentence]]:
    """Every sentence, by module."""
    return sentences()


def test_every_sentence_is_on_the_page(found: dict[str, list[Sentence]]) -> None:
    """The page is what the source says today."""
    written = page(found)
    if os.environ.get("MTC_UPDATE_GOLDEN") == "1":
        KEPT.write_text(written, encoding="utf-8", newline="\n")
    assert KEPT.exists(), f"{KEPT.name} is missing: run with MTC_UPDATE_GOLDEN=1, then read it."
    kept = KEPT.read_text(encoding="utf-8")
    changed = list(difflib.unified_diff(kept.splitlines(), written.splitlines(), "kept", "source", n=0, lineterm=""))
    assert not changed, "\n".join([*changed[:60], "Run with MTC_UPDATE_GOLDEN=1, then read the difference."])


def test_every_package_has_its_part(found: dict[str, list[Sentence]]) -> None:
    """No package is left out of the page."""
    assert {package_of(module) for module in found} - {None} <= set(PARTS)


def test_no_sentence_makes_its_reader_translate(found: dict[str, list[Sentence]]) -> None:
    """Names of the program, code points, texts of exceptions and suspected words are not in what a person reads."""
    names = settings_names()
    wrong = [
        f"{each.module}:{each.line}: {each.text}\n    {what}"
        for module, those in found.items()
        if not module.startswith(NOT_READ_YET)
        for each in those
        if not _allowed(each)
        for what in found_in(each, names)
    ]
    assert not wrong, "\n".join(wrong)


def test_what_is_allowed_is_there(found: dict[str, list[Sentence]]) -> None:
    """An exception goes when its sentence goes, and it is for something that would be refused."""
    names = settings_names()
    for module, piece in ALLOWED:
        those = [each for each in found.get(module, ()) if piece in each.text]
        assert any(list(found_in(each, names)) for each in those), (module, piece)


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ('raise Refused("The file is empty.")', ["The file is empty."]),
        ("SAID = f\"{name} may take {counted(left, 'check')}.\"", ["{name} may take {number of checks}."]),
        ('LABELS = {Button.SEND: "Send"}', ["Send"]),
        ('PARTS = {"On the day": ("run",), "a flow mapping": "brackets"}', ["On the day"]),
        ("echo(f\"Kept {path.parent if path else 'in a folder'}.\")", ["Kept {path parent | in a folder}."]),
        ('@group.command()\ndef add():\n    """Add one pupil."""', ["Add one pupil."]),
        ('def add():\n    """Add one pupil."""', []),
        ('db.execute("select id from pupil where upn = ?")', []),
        ('raise TypeError("no such kind of thing")', []),
        ('assert found, "the journey asks only then"', []),
        ('re.compile("(one|two) words")', []),
        ('def made(kind: "Refused | None") -> "Home | None": ...', []),
        ('stand_in = f"{first} {last}"', []),
        ('__all__ = ["Settings"]', []),
        ('_OTHER_WORDS = {"pupils": "child, children"}', []),
        ('_COMPLAINTS = (("a block scalar", "A value cannot begin with |."),)', ["A value cannot begin with |."]),
    ],
)
def test_a_sentence_is_known_by_its_form_and_place(source: str, texts: list[str]) -> None:
    """What people read is collected, what only the machine or a programmer reads is not."""
    assert [each.text for each in sentences_of("module.py", source)] == texts


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ('say("Nobody signs in now.")', "'Nobody'"),
        ('say("The value of check_code is wrong.")', "check_code is a name of the program"),
        ('say("See school.register for it.")', "school.register is a name of the program"),
        ('say("This is not a ConfigMistakes at all.")', "ConfigMistakes is a name of the program"),
        ('say("Take U+200B out of it.")', "a code point"),
        ('try: run()\nexcept OSError as lost: say(f"It failed: {lost}.")', "lost is an exception's own text"),
        ('say(f"It failed: {lost.strerror or lost}.")', "lost.strerror is an exception's own text"),
        (
            'try: run()\nexcept OSError as lost: say(f"It failed: {str(lost)}.")',
            "lost is an exception's own text",
        ),
    ],
)
def test_what_a_reader_would_have_to_translate_is_refused(source: str, what: str) -> None:
    """Each kind of thing that english.md suspects is noticed."""
    (sentence,) = sentences_of("module.py", source)
    assert [each for each in found_in(sentence, frozenset({"check_closes"})) if each.startswith(what)]


def test_names_that_people_write_may_be_said() -> None:
    """Settings, files and the program's own name are what a reader knows."""
    for text in ("Write check_closes below it.", "Open access_arrangements.yaml now.", "Install mtc_kiosk again."):
        (sentence,) = sentences_of("module.py", f"say({text!r})")
        assert not list(found_in(sentence, settings_names()))


def _allowed(sentence: Sentence) -> bool:
    return any(sentence.module == module and piece in sentence.text for module, piece in ALLOWED)


def test_the_words_of_a_template_are_found() -> None:
    """Between tags, in what is read out, and in what a macro is given."""
    template = """{% extends "base.html" %}<p class="x">{{ pupil.name }} has <b>no PIN</b> yet.</p>
<nav aria-label="The pages of {{ name }}"></nav>{{ m.button_link("/", "Start a session") }}{% if a %}
<i>Wait here</i>{% endif %}"""
    found = [sentence.text for sentence in sentences_of_template("x.html", template)]
    assert found == ["{pupil name} has no PIN yet.", "Wait here", "The pages of {name}", "Start a session"]
