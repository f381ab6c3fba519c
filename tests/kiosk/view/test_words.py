"""The words of the kiosk: in one file for pupils and one for staff, short, British, and nowhere else."""

import ast
import re
from pathlib import Path

import pytest

import mtc_kiosk.kiosk
from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.kiosk.view import staff_words, words
from mtc_kiosk.kiosk.view.controls import Button, Feeling
from mtc_kiosk.kiosk.view.scene import Grant

KIOSK = Path(mtc_kiosk.kiosk.__file__).parent
SCREENS = sorted((KIOSK / "screens").glob("*.py"))
OTHERS = sorted(set(KIOSK.rglob("*.py")) - set(SCREENS))
KEYS = {"Backspace", "Enter", "Tab", "Space", "Repeat", "'", "-", "1234567890", *"0123456789"}
SHOWN = {"NoticeView", "StaffView", "WaitView", "SignInView", "StaffAskView", "StaffDoneView", "Text"}
LONGEST = 64
FORBIDDEN = (
    *("user", "quiz", "game", "player", "test", "exam", "score", "error", r"fail\w*", "invalid"),
    *("color", "center", "canceled", r"gov\w*", "dfe", "sta", "national", "statutory"),
)
ONE_WORD_OR_NAME = re.compile(r"[a-z_:]*")


def sentences() -> list[str]:
    """Every string that ``words`` and ``staff_words`` can give."""
    found: list[str] = []

    def gather(value: object) -> None:
        match value:
            case str():
                found.append(value)
            case tuple() | list():
                for part in value:
                    gather(part)
            case dict():
                gather(list(value.values()))

    for name, value in (vars(words) | vars(staff_words)).items():
        if name.isupper():
            gather(value)
    for count in (1, 3, 25):
        gather([words.practice_intro(count), words.questions_intro(count, "6"), words.practice_of(1, count)])
        gather([words.coming(count, practice=False), words.coming(count, practice=True), words.seconds_left(count)])
        gather([words.practice_questions(count), words.questions(count), words.question_of(count, count)])
        gather(
            [
                words.wait_seconds(count),
                staff_words.page_of(1, count),
                staff_words.held_checks(count),
                staff_words.held_checks(0),
            ]
        )
    gather([words.seconds("1"), words.seconds("6.5")])
    gather([words.opens_at("09:30"), words.too_early("09:30"), staff_words.held_since("09:30")])
    gather([words.ask_teacher(False, ""), words.ask_teacher(True, "PC-07")])
    gather([words.born_on("28 September 2016"), staff_words.only_there("PC-07", only_stop=False)])
    gather([staff_words.only_there("PC-07", only_stop=True)])
    gather([staff_words.check_of("Ng, Wei", each) for each in (Button.SET_ASIDE, Button.STOP)])
    for grant in Grant:
        gather(
            [
                say(grant, "Ng, Wei")
                for say in (staff_words.given, staff_words.taken_back, staff_words.may_be_taken_back)
            ]
        )
    return found


def literals(path: Path) -> list[tuple[int, str]]:
    """The string literals of a module that are no docstrings, with their lines."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]


@pytest.mark.parametrize("path", SCREENS, ids=lambda path: path.name)
def test_screens_hold_no_words(path: Path) -> None:
    """A screen has no words in its code, only names of keys and of values."""
    for line, text in literals(path):
        assert text in KEYS or not text.strip() or ONE_WORD_OR_NAME.fullmatch(text), f"{path.name}:{line}: {text}"


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: path.relative_to(KIOSK).as_posix())
def test_nothing_shown_is_written_elsewhere(path: Path) -> None:
    """No other module of the kiosk puts its own sentences on a screen."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in SHOWN:
            written = [node for node in ast.walk(call) if isinstance(node, ast.Constant | ast.JoinedStr)]
            text = [node for node in written if isinstance(node, ast.JoinedStr) or isinstance(node.value, str)]
            assert not [node for node in text if getattr(node, "value", "x")], f"{path.name}:{call.lineno}"


def test_sentences_are_short_and_calm() -> None:
    """No sentence is longer than a line, and none shouts."""
    for sentence in sentences():
        assert len(sentence) <= LONGEST, sentence
        assert "!" not in sentence or sentence == words.HELLO, sentence
        assert sentence == sentence.strip()


def test_house_words() -> None:
    """The words are the domain's, British, and never pretend to be the national service."""
    forbidden = rf"\b({'|'.join(FORBIDDEN)})\b"
    for sentence in sentences():
        assert not re.search(forbidden, sentence, re.IGNORECASE), sentence


def test_every_choice_has_words() -> None:
    """No button, feeling, cause, ending, grant or kind of PIN is without words."""
    assert set(words.BUTTONS) == set(Button)
    assert set(words.FEELINGS) == set(Feeling)
    assert set(staff_words.CAUSES) == set(Cause)
    for said in (
        staff_words.WHO,
        staff_words.WHY,
        staff_words.GIVE,
        staff_words.GIVEN,
        staff_words.NOT_GIVEN,
        staff_words.TAKEN_BACK,
        staff_words.NOT_TAKEN_BACK,
    ):
        assert set(said) == set(Grant)
    assert set(staff_words.CHECK_NOT_DONE) == set(staff_words.STAFF_CHOICES) == {*staff_words.CHECK_DONE, Button.RESUME}
    assert set(staff_words.PINS_OF) == set(Kind)
    assert set(words.ENDED) == set(Outcome) - {Outcome.COMPLETE}


def test_numbers_agree() -> None:
    """One is singular, everything else is plural."""
    assert words.seconds_left(1) == "second left"
    assert words.seconds_left(0) == words.seconds_left(6) == "seconds left"
    assert words.wait_seconds(1)[-1] == "Wait 1 second, then try again."
    assert words.wait_seconds(20)[-1] == "Wait 20 seconds, then try again."
    assert words.practice_intro(1) == ("You have 1 practice question.", "It does not count.")
    assert words.questions_intro(1, "1")[0] == "There is 1 question, with 1 second for each."
    assert words.questions_intro(25, "6.5")[0] == "There are 25 questions, with 6.5 seconds for each."
