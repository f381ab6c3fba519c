"""The examples in the docs, pasted below the files that ship as a teacher does it."""

import re
from pathlib import Path

import pytest

from mtc_kiosk.config.arrangements_settings import ArrangementsSettings
from mtc_kiosk.config.check_file import CheckFile
from mtc_kiosk.config.configuration import ARRANGEMENTS, CHECK, KIOSK, SCHOOL, read_all
from mtc_kiosk.config.group import Group
from mtc_kiosk.config.kiosk_file import KioskFile
from mtc_kiosk.config.mistakes import Code, ConfigMistakes, Mistake
from mtc_kiosk.config.school_file import SchoolFile
from mtc_kiosk.resources import shipped_config

ROOT = Path(__file__).parents[2]
MODELS: dict[str, type[Group]] = {
    CHECK: CheckFile,
    KIOSK: KioskFile,
    SCHOOL: SchoolFile,
    ARRANGEMENTS: ArrangementsSettings,
}
SHIPPED = {name: shipped_config(name).read_text(encoding="utf-8") for name in MODELS}
EXAMPLES = [
    (page.name, example)
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    for example in re.findall(r"^```yaml\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
]


def _mistakes(name: str, text: str) -> tuple[Mistake, ...]:
    try:
        read_all({one: (text if one == name else SHIPPED[one]).encode() for one in MODELS})
    except ConfigMistakes as found:
        return found.mistakes
    return ()


def _file_of(example: str) -> str:
    """The settings file that an example is for: the one that knows all its names."""
    names = set(re.findall(r"^(\w+):", example, re.MULTILINE))
    assert names
    (file,) = (one for one, model in MODELS.items() if names <= set(model.model_fields))
    return file


def _without(text: str, line: int) -> str:
    """The text without the setting that begins on this line and what is below it."""
    lines = text.split("\n")
    end = next(n for n in range(line, len(lines) + 1) if n == len(lines) or re.match(r"\S", lines[n]))
    return "\n".join((*lines[: line - 1], *lines[end:]))


def test_there_are_examples_for_each_file_a_teacher_changes() -> None:
    """Otherwise the test below says nothing."""
    assert {_file_of(example) for _, example in EXAMPLES} == set(MODELS)


@pytest.mark.parametrize(("page", "example"), EXAMPLES)
def test_an_example_can_be_pasted_below_what_ships(page: str, example: str) -> None:
    """It is read at once; or the mistakes name each setting that is there already and its line, and that is all."""
    file = _file_of(example)
    text = f"{SHIPPED[file]}\n{example}"
    while found := _mistakes(file, text):
        lines = []
        for mistake in found:
            assert mistake.code == Code.TWICE, f"{page}: {mistake}"
            named = re.fullmatch(r"'(\w+)' is already on line (\d+)\. .*[Dd]elete .*\.", mistake.message)
            assert named is not None, mistake
            assert text.split("\n")[int(named[2]) - 1].startswith(f"{named[1]}:")
            lines.append(int(named[2]))
        for line in sorted(lines, reverse=True):
            text = _without(text, line)
    assert example in text


@pytest.mark.parametrize("example", [example for page, example in EXAMPLES if page == "arrangements.md"])
def test_arrangements_are_pasted_without_a_change(example: str) -> None:
    """The file ships with its groups empty, so nothing has to be deleted first, above or below."""
    assert _mistakes(ARRANGEMENTS, f"{SHIPPED[ARRANGEMENTS]}\n{example}") == ()
    assert _mistakes(ARRANGEMENTS, f"{example}\n{SHIPPED[ARRANGEMENTS]}") == ()


KEEP = "Move the lines you need below one of them, then delete the other."


def test_two_groups_with_settings_are_still_a_mistake() -> None:
    """Only a name with nothing below it gives way; settings are never dropped."""
    twice = "pupils:\n  A1: {size: LRG}\npupils:\n  A2: {size: XXL}\n"
    (mistake,) = _mistakes(ARRANGEMENTS, twice)
    assert str(mistake) == f"{ARRANGEMENTS}:3: 'pupils' is already on line 1. {KEEP}"
    (mistake,) = _mistakes(KIOSK, "staff_passcode:\nstaff_passcode: none\n")
    assert mistake.code == Code.TWICE
    (mistake,) = _mistakes(ARRANGEMENTS, "pupils: {}\npupils:\n  A2: {size: XXL}\n")
    assert mistake.code == Code.TWICE
