"""A home's files together: as they ship they are the defaults; whatever they say, the worst that comes is mistakes."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mtc_kiosk.config.arrangements_file import read_arrangements
from mtc_kiosk.config.arrangements_settings import ArrangementsSettings
from mtc_kiosk.config.check_file import CheckFile
from mtc_kiosk.config.configuration import (
    ARRANGEMENTS,
    CHECK,
    FILES,
    KIOSK,
    SCHOOL,
    Configuration,
    load_all,
    load_check,
)
from mtc_kiosk.config.group import Group
from mtc_kiosk.config.kiosk_file import KioskFile
from mtc_kiosk.config.mistakes import ConfigMistakes, Mistake
from mtc_kiosk.config.reading import read_as
from mtc_kiosk.config.school_file import SchoolFile
from mtc_kiosk.config.yaml_text import parse
from mtc_kiosk.resources import shipped_config

MODELS: dict[str, type[Group]] = {
    CHECK: CheckFile,
    KIOSK: KioskFile,
    SCHOOL: SchoolFile,
    ARRANGEMENTS: ArrangementsSettings,
}
SHIPPED = {name: shipped_config(name).read_text(encoding="utf-8") for name in FILES}


def _home(folder: Path, **changed: str) -> Path:
    for name, text in SHIPPED.items():
        (folder / name).write_text(changed.get(name.removesuffix(".yaml"), text), encoding="utf-8")
    return folder


def _mistakes(name: str, text: str) -> tuple[Mistake, ...]:
    document = parse(text.encode("utf-8", "surrogatepass"), name)
    settings, mistakes = read_arrangements(document) if name == ARRANGEMENTS else read_as(MODELS[name], document)
    assert (settings is None) == bool(mistakes), "a file is read, or it has mistakes"
    lines = text.count("\n") + text.count("\r") + 1
    assert all(mistake.line is None or 1 <= mistake.line <= lines for mistake in mistakes)
    return mistakes


def test_the_files_that_ship_say_the_defaults() -> None:
    """The files and the code are one set of defaults, and work with nothing filled in."""
    assert load_all(shipped_config(CHECK).parent) == Configuration()


def test_the_mistakes_of_every_file_are_said_at_once(tmp_path: Path) -> None:
    """One run shows all there is to put right, file by file and line by line."""
    home = _home(
        tmp_path,
        access_arrangements="pupils:\n  A1: reads\n  A2: {size: huge}\n",
        check="practice: 3\ntimings:\n  pause_seconds: x\nrestarts: {allowed: 99}\n",
        kiosk="name: [a\n",
        school="scheme: nationl\nname: A\nname: B\nurn: 1\n",
    )
    with pytest.raises(ConfigMistakes) as caught:
        load_all(home)
    assert [(mistake.file, mistake.line, str(mistake.code)) for mistake in caught.value.mistakes] == [
        (CHECK, 1, "not_a_list"),
        (CHECK, 3, "not_a_number"),
        (CHECK, 4, "out_of_range"),
        (KIOSK, 1, "open_bracket"),
        (SCHOOL, 1, "not_a_choice"),
        (SCHOOL, 3, "twice"),
        (SCHOOL, 4, "not_allowed"),
        (ARRANGEMENTS, 2, "unknown_profile"),
        (ARRANGEMENTS, 3, "not_a_choice"),
    ]


def test_the_mistakes_are_the_exceptions_text(tmp_path: Path) -> None:
    """A program that knows no better prints what a teacher can read."""
    home = _home(tmp_path, school="urn: 1\nla: x\n")
    with pytest.raises(ConfigMistakes, match=r"^school.yaml:1: urn: .*\nschool.yaml:2: la: .*$"):
        load_all(home)


def test_a_file_with_one_mistake_is_not_read_at_all(tmp_path: Path) -> None:
    """What is right in it is not used beside what is wrong."""
    (tmp_path / CHECK).write_text("practice: []\npractice: []\n", encoding="utf-8")
    with pytest.raises(ConfigMistakes):
        load_check(tmp_path / CHECK)


def test_files_that_are_not_there_are_mistakes(tmp_path: Path) -> None:
    """A lost file is never read as one without changes."""
    with pytest.raises(ConfigMistakes) as caught:
        load_all(tmp_path)
    assert [(mistake.file, mistake.line, str(mistake.code)) for mistake in caught.value.mistakes] == [
        (name, None, "missing_file") for name in FILES
    ]


@pytest.mark.parametrize("name", FILES)
def test_a_group_with_nothing_below_it_is_as_it_ships(name: str) -> None:
    """All the lines of a group may be made notes."""
    groups = [line for line in SHIPPED[name].splitlines() if line.endswith(":") and not line.startswith((" ", "#"))]
    groups = [group for group in groups if group not in ("reasons:", "destinations:")]
    assert _mistakes(name, "\n".join((*groups, "{}" if not groups else ""))) == ()


@pytest.mark.parametrize("name", FILES)
def test_every_line_that_ships_may_be_left_out(name: str) -> None:
    """A setting that is not there is as it ships."""
    assert read_as(MODELS[name], parse(b"{}", name))[0] == MODELS[name]()


def test_nothing_that_was_read_can_be_changed() -> None:
    """A configuration is a value; another is read, never this one altered."""
    with pytest.raises(ValidationError):
        SchoolFile().name = "Another"  # type: ignore[misc] # the very thing that must fail
    with pytest.raises(ValidationError):
        CheckFile().timings.whole_check_minutes = 31  # type: ignore[misc] # the same, one group down


def test_a_line_that_could_not_be_read_is_not_called_wrong_twice() -> None:
    """A reference has its own sentence, and no second one about its value."""
    (mistake,) = _mistakes(CHECK, "timings:\n  pause_seconds: *three\n")
    assert str(mistake.code) == "needs_quotes"


@given(name=st.sampled_from(FILES), text=st.text())
def test_any_text_is_a_model_or_mistakes(name: str, text: str) -> None:
    """No text whatever makes another exception."""
    _mistakes(name, text)


@given(name=st.sampled_from(FILES), seed=st.integers(min_value=0), cuts=st.integers(min_value=1, max_value=4))
def test_any_damage_to_a_file_that_ships_is_a_model_or_mistakes(name: str, seed: int, cuts: int) -> None:
    """Lines and letters lost, doubled, moved or overwritten make no other exception."""
    chance = random.Random(seed)
    text = SHIPPED[name]
    for _ in range(cuts):
        start, end = sorted(chance.sample(range(len(text)), 2))
        end = min(end, start + chance.choice((0, 1, 5, 60)))
        text = text[:start] + chance.choice(("", text[start:end] * 2, "\t", "'", ": ", "\n  ", "[", "NO")) + text[end:]
    _mistakes(name, text)


_SCALARS = st.sampled_from(
    ["", "NO", "0417", "1:30", "2027-06-31", "none", "own", "national", "-1", "6.5", "yes", "7x8"]
)


@st.composite
def _trees(draw: st.DrawFn, names: tuple[str, ...]) -> str:
    """A file of names the program knows with values it may not."""

    def value(depth: int) -> str:
        match draw(st.integers(min_value=0, max_value=4 if depth else 1)):
            case 2:
                return "[" + ", ".join(value(depth - 1) for _ in range(draw(st.integers(0, 3)))) + "]"
            case 3 | 4:
                chosen = draw(st.lists(st.sampled_from(names), max_size=4))
                return "{" + ", ".join(f"{name}: {value(depth - 1)}" for name in chosen) + "}"
            case _:
                return draw(_SCALARS)

    return "".join(f"{name}: {value(3)}\n" for name in draw(st.lists(st.sampled_from(names), max_size=6)))


_NAMES = tuple(
    {line.split(":")[0].strip("# -") for text in SHIPPED.values() for line in text.splitlines() if ":" in line}
)


@given(
    name=st.sampled_from(FILES), text=_trees(tuple(name for name in _NAMES if name.isidentifier() or name.isdigit()))
)
def test_known_names_with_any_values_are_a_model_or_mistakes(name: str, text: str) -> None:
    """A setting in the wrong group, a list for a number, a group for a list: each is reported, none raises."""
    _mistakes(name, text)


def test_a_mistake_goes_out_as_json(mistakes_in: Callable[[str, str], list[Mistake]]) -> None:
    """With the four names that programs rely on."""
    (mistake,) = mistakes_in(SCHOOL, "urn: 1\n")
    assert mistake.to_json() == {"file": SCHOOL, "line": 1, "code": "not_allowed", "message": mistake.message}
