"""What staff can do about a class list is said by each place in its own words, and by no rule in one place's."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import mtc_kiosk
from mtc_kiosk.cli.list_words import as_options
from mtc_kiosk.school.next_step import NextStep, Step, without_step

PROGRAM = Path(mtc_kiosk.__file__).parent
ABOUT = {
    Step.SAY_ENCODING: ("utf-8", "mac"),
    Step.OTHER_ENCODING: ("utf-8", "mac"),
    Step.CHOOSE_SHEET: ("Year 4",),
    Step.OTHER_SHEET: ("Year 4",),
    Step.SETTLE_HIDDEN: ("them",),
    Step.NAME_COLUMN: ("Surname",),
    Step.NAME_COLUMNS: ("Surname", "Family"),
    Step.TRY_COLUMNS: ("Surname", "Family", "Forename", "Given"),
    Step.USE_COLUMN: ("UPN", "Number"),
}


def texts(path: Path) -> Iterator[str]:
    """Every text of a module that is not a docstring."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    lone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in lone:
            yield node.value


@pytest.mark.parametrize("step", Step)
def test_every_step_can_be_typed(step: Step) -> None:
    """The sentence comes first, and something to do behind it."""
    said = as_options("The file is odd", NextStep(step, ABOUT.get(step, ())))
    assert said.startswith("The file is odd")
    assert len(said) > len("The file is odd.")


def test_a_sentence_without_a_step_stays_as_it_is() -> None:
    """On the command line, and where the step is shown in another way."""
    assert as_options("The file is empty.", None) == "The file is empty."
    assert without_step("The file is odd", NextStep(Step.NUMBER)) == "The file is odd"


@pytest.mark.parametrize("room", ["school", "class_list", "store", "office", "config", "console"])
def test_no_rule_names_what_is_typed(room: str) -> None:
    """A teacher at a page has no option to type."""
    named = [
        f"{path.relative_to(PROGRAM)}: {text}"
        for path in sorted((PROGRAM / room).rglob("*.py"))
        for text in texts(path)
        for option in (
            "--map",
            "--number",
            "--update",
            "--encoding",
            "--sheet",
            "--hidden",
            "pupils edit",
            "pupils leave",
        )
        if option in text
    ]
    assert named == []
