"""Every command and every option that a document, a settings file or the program itself names is there to be typed."""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from mtc_kiosk.cli import group
from tests.test_house import DOCUMENTS, MODULES, ROOT, commands

SETTINGS = sorted((ROOT / "config").glob("*.yaml"))
PROGRAM = "mtc-kiosk"


def named(text: str) -> Iterator[str]:
    """Each command line that a text names: what is behind the program's name, to the end of its code or sentence."""
    for found in re.finditer(rf"{PROGRAM} +([^`|\n]*)", text):
        yield re.split(r"[`.;:)](?:\s|$)|\.\s|  |, |\s#", found[1] + " ")[0].strip()


def wrong(line: str) -> str:
    """What of a command line is not there; "" where all of it is."""
    try:
        words = shlex.split(line)
    except ValueError:
        words = line.split()
    command: click.Command = group
    context = click.Context(group)
    while isinstance(command, click.Group) and words and re.fullmatch("[a-z][a-z-]*", words[0]):
        below = command.get_command(context, words[0])
        if below is None:
            return f"there is no command {words[0]!r} in {line!r}"
        command, words = below, words[1:]
    options = {option for parameter in command.params for option in parameter.opts} | {"--help", "--version"}
    unknown = [word for word in words if word.startswith("--") and word.split("=")[0].rstrip(".,") not in options]
    return f"there is no option {unknown[0]!r} in {line!r}" if unknown else ""


def strings(module: str) -> str:
    """The texts in a module's code, each on a line of its own; a docstring is one."""
    path = ROOT / f"{module.replace('.', '/')}.py"
    path = path if path.exists() else ROOT / module.replace(".", "/") / "__init__.py"
    nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    return "\n".join(node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))


@pytest.mark.parametrize("page", [*DOCUMENTS, *SETTINGS], ids=lambda page: page.name)
def test_every_command_that_a_page_names_exists(page: Path) -> None:
    """With its options; a teacher types what is written."""
    assert [said for line in named(page.read_text(encoding="utf-8")) if (said := wrong(line))] == []


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_every_command_that_is_named_without_the_programs_name_exists(page: Path) -> None:
    """Such as `session start`: a verb and what it does, in code."""
    verbs = "|".join(group.list_commands(click.Context(group)))
    code = re.findall(rf"`((?:{verbs}) [a-z][^`\n]*)`", page.read_text(encoding="utf-8"))
    assert [said for line in code if (said := wrong(line))] == []


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_every_option_that_a_page_names_exists(page: Path) -> None:
    """Of whichever command the sentence is about."""
    known = {option for _, command in commands() for parameter in command.params for option in parameter.opts}
    known |= {"--help", "--version"}
    code = re.findall(r"`([^`\n]+)`", page.read_text(encoding="utf-8"))
    used = {
        word.split("=")[0]
        for text in code
        if "python" not in text
        for word in re.findall(r"(?<!\S)--[a-z][a-z-]*", text)
    }
    assert used - known == set()


@pytest.mark.parametrize("module", MODULES)
def test_every_command_that_the_program_names_exists(module: str) -> None:
    """In its sentences, where it says what to do next."""
    assert [said for line in named(strings(module)) if (said := wrong(line))] == []


@pytest.mark.parametrize(
    "line", ["reports FILE", "pupils remove UPN", "session start --kindd try", "pins slips --in FILE", "nothing"]
)
def test_what_is_not_there_is_found(line: str) -> None:
    """The test itself can fail."""
    (found,) = named(f"Use `{PROGRAM} {line}` for it.")
    assert wrong(found)
    assert not wrong("session start --kind try")
