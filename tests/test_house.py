"""The house itself: every module imports quietly, and the documents say what the code says."""

import importlib
import pkgutil
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest

import mtc_kiosk
from mtc_kiosk.cli import group

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(mtc_kiosk.__path__, "mtc_kiosk.")
    if not module.name.endswith("__main__")
)


def commands() -> list[tuple[str, click.Command]]:
    """Every command with its full name."""
    found: list[tuple[str, click.Command]] = []
    context = click.Context(group)
    waiting: list[tuple[str, click.Command]] = [("", group)]
    while waiting:
        name, command = waiting.pop()
        if isinstance(command, click.Group):
            for verb in command.list_commands(context):
                below = command.get_command(context, verb)
                assert below is not None
                waiting.append((f"{name} {verb}".strip(), below))
        else:
            found.append((name, command))
    return sorted(found, key=lambda pair: pair[0])


def test_every_module_says_what_it_is() -> None:
    """A module opens with a docstring, and importing it is enough to have it."""
    assert len(MODULES) > 300
    assert [name for name in MODULES if not importlib.import_module(name).__doc__] == []


def test_importing_everything_does_nothing() -> None:
    """No import opens a window, makes a file, writes a line or starts a thread."""
    program = (
        "import importlib, threading, os\n"
        "os.environ['PYGAME_HIDE_SUPPORT_PROMPT'] = '1'\n"
        f"for name in {MODULES!r}: importlib.import_module(name)\n"
        "import pygame\n"
        "assert not pygame.display.get_init() and not pygame.font.get_init()\n"
        "assert threading.active_count() == 1, threading.enumerate()\n"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert (told.returncode, told.stdout, told.stderr) == (0, "", "")


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_every_command_is_in_a_document(name: str) -> None:
    """A command that no document names cannot be found; ``words.md`` only repeats what commands say."""
    pages = [page for page in DOCUMENTS if page.name != "words.md"]
    assert any(f"mtc-kiosk {name}" in page.read_text(encoding="utf-8") for page in pages), name


@pytest.mark.parametrize(("name", "command"), commands())
def test_every_command_explains_itself(name: str, command: click.Command) -> None:
    """Each command and each of its options has a help text, and takes ``--home`` and ``--json``."""
    assert command.help, name
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.name}"
    options = {option for parameter in command.params for option in parameter.opts}
    assert {"--home", "--json"} <= options, name


@pytest.mark.parametrize("page", DOCUMENTS, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    """A link of a document to a file of the project finds it."""
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8")):
        assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_the_changelog_speaks_of_this_version() -> None:
    """The top heading of the changelog is the version that is being built."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    headings = re.findall(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[0] == version


def test_every_file_that_ships_has_a_licence() -> None:
    """Each file below assets/ is named in LICENCES.md, itself or by its folder."""
    licences = (ROOT / "assets" / "LICENCES.md").read_text(encoding="utf-8")
    for path in sorted((ROOT / "assets").rglob("*")):
        inside = path.relative_to(ROOT / "assets")
        names = [inside.as_posix(), *(f"{folder.as_posix()}/" for folder in inside.parents)]
        if path.is_file() and path.name != "LICENCES.md":
            assert any(f"`{name}`" in licences for name in names), inside


def test_the_readme_is_what_ci_runs() -> None:
    """Continuous integration takes its two commands from the README, so both markers must be there."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for marker in ("try", "test"):
        assert re.search(rf"<!-- command: {marker} -->\n```sh\npython3 -m venv [^\n]+\n```", readme)
