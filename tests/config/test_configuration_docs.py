"""docs/configuration.md and the files that ship say what the code says."""

import re
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, get_args

import pytest

from mtc_kiosk.check.arrangements import Code as Arrangement
from mtc_kiosk.check.arrangements import Colours, Countdown, Rate, Size, Typeface
from mtc_kiosk.config.arrangements_file import read_arrangements
from mtc_kiosk.config.arrangements_settings import ArrangementsSettings, Entry
from mtc_kiosk.config.check_file import CheckFile
from mtc_kiosk.config.configuration import ARRANGEMENTS, CHECK, FILES, KIOSK, SCHOOL
from mtc_kiosk.config.group import Group
from mtc_kiosk.config.kiosk_file import KioskFile
from mtc_kiosk.config.meanings import MEANINGS
from mtc_kiosk.config.mistakes import Code
from mtc_kiosk.config.school_file import Release, SchoolFile
from mtc_kiosk.config.yaml_text import parse
from mtc_kiosk.config.yaml_tree import Group as Written
from mtc_kiosk.config.yaml_tree import Items, Node, Text
from mtc_kiosk.resources import shipped_config

DOCS = (Path(__file__).parents[2] / "docs" / "configuration.md").read_text(encoding="utf-8")
MODELS: dict[str, type[Group]] = {
    CHECK: CheckFile,
    KIOSK: KioskFile,
    SCHOOL: SchoolFile,
    ARRANGEMENTS: ArrangementsSettings,
}


def _settings(model: type[Group], before: str = "") -> Iterator[str]:
    """The full name of every setting of a model; where a school names a group itself, its name is in capitals."""
    for name, field in model.model_fields.items():
        if name == model.name_is:
            continue
        kind: Any = field.annotation
        full = before + (field.alias or name)
        item = next(iter(get_args(kind)), None)
        if isinstance(kind, type) and issubclass(kind, Group):
            yield from _settings(kind, f"{full}.")
        elif isinstance(item, type) and issubclass(item, Group):
            yield from _settings(item, f"{full}.{item.name_is.upper()}.")
        else:
            yield full


def _rows(name: str) -> dict[str, str]:
    """Setting -> as it ships, from the section of the docs for this file."""
    section = DOCS.split(f"## {name}")[1].split("\n## ")[0]
    return dict(re.findall(r"^\| `([^`]+)` \| (?:`([^`]*)`)? ?\|", section, flags=re.MULTILINE))


def _written(node: Node, before: str = "") -> Iterator[tuple[str, str]]:
    """The full name of every setting written in a file, and its value as text."""
    match node:
        case Written():
            for entry in node.entries:
                yield from _written(entry.value, f"{before}.{entry.key}" if before else entry.key)
        case Items():
            yield before, f"[{', '.join(item.value for item in node.items if isinstance(item, Text))}]"
        case Text():
            yield before, node.value


@pytest.mark.parametrize("name", FILES)
def test_the_docs_list_every_setting_and_no_other(name: str) -> None:
    """A setting that is added, renamed or taken out is so in the docs."""
    assert sorted(_rows(name)) == sorted(_settings(MODELS[name]))


@pytest.mark.parametrize("name", FILES)
def test_the_docs_say_how_each_setting_ships(name: str) -> None:
    """The value in the docs is the text in the file that ships."""
    root = parse(shipped_config(name).read_bytes(), name).root
    assert root is not None
    shipped = {setting: value for setting, value in _written(root) if value and "reasons." not in setting}
    assert shipped == {setting: value for setting, value in _rows(name).items() if value}


@pytest.mark.parametrize("name", FILES)
def test_every_setting_that_ships_stands_below_a_note(name: str) -> None:
    """No line is left for a teacher to guess: what it means is above it, or above its group or its like."""
    lines = shipped_config(name).read_text(encoding="utf-8").split("\n")
    noted = False
    for line in lines:
        if not line.strip():
            noted = False
        elif line.lstrip().startswith("#"):
            noted = True
        else:
            assert noted, f"{name}: nothing is said about {line!r}"


@pytest.mark.parametrize("name", FILES)
def test_the_files_that_ship_fit_any_editor(name: str) -> None:
    """Plain ASCII, no tabs, lines that fit a screen."""
    written = shipped_config(name).read_bytes()
    assert written.isascii()
    assert b"\t" not in written
    assert max(map(len, written.split(b"\n"))) <= 120


def test_the_examples_for_teachers_can_be_copied() -> None:
    """Each is a whole file without a mistake, and every code and setting is on the page."""
    page = (Path(__file__).parents[2] / "docs" / "arrangements.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```yaml\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert len(examples) > 5
    for example in examples:
        assert read_arrangements(parse(example.encode(), ARRANGEMENTS))[1] == ()
    for choices in (Arrangement, Colours, Size):
        assert set(choices) <= set(re.findall("`([A-Z]{3})`", page))
    notes = shipped_config(ARRANGEMENTS).read_text(encoding="utf-8")
    for word in (*Arrangement, *Colours, *Size, *Typeface, *Countdown, *Rate, *Entry.model_fields):
        assert re.search(rf"\b{word}\b", notes), word


def _choices(model: type[Group]) -> Iterator[type[StrEnum]]:
    for field in model.model_fields.values():
        kinds: list[Any] = [field.annotation]
        while kinds:
            kind = kinds.pop()
            if isinstance(kind, type) and issubclass(kind, StrEnum):
                yield kind
            elif isinstance(kind, type) and issubclass(kind, Group):
                yield from _choices(kind)
            kinds.extend(get_args(kind))


def test_each_word_that_may_be_chosen_has_a_meaning() -> None:
    """A mistake lists what is allowed, with a few words that somebody who meets the code for the first time needs."""
    choices = {choice for model in MODELS.values() for choice in _choices(model)}
    assert {Arrangement, Colours, Release} < choices
    assert {word for choice in choices for word in choice} == set(MEANINGS)


def test_what_ships_as_a_note_is_without_a_mistake() -> None:
    """A teacher who takes the # out of every example has a file that can be read."""
    notes = shipped_config(ARRANGEMENTS).read_text(encoding="utf-8")
    taken_out = re.sub(r"^#(  .*)$", r"\1", notes.partition("# For everybody.")[2], flags=re.MULTILINE)
    read, mistakes = read_arrangements(parse(f"# {taken_out}".encode(), ARRANGEMENTS))
    assert mistakes == ()
    assert read is not None
    assert len(read.pupils) == 2


def test_the_docs_list_every_kind_of_mistake_and_no_other() -> None:
    """Programs that read ``--json`` can rely on the list."""
    section = DOCS.split("## What kinds of mistake there are")[1]
    assert re.findall(r"^\| `([a-z0-9_]+)` \|", section, flags=re.MULTILINE) == [str(code) for code in Code]
