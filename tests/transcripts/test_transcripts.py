"""Golden transcripts: every command, as it is typed, against what somebody read and kept.

``MTC_UPDATE_GOLDEN=1`` rewrites the transcripts in ``golden/``; then read what changed in them.
"""

import difflib
import functools
import itertools
import os
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

from . import check_scenarios, help_scenarios, home_scenarios, office_scenarios, process_scenarios
from .terminal import Terminal

GOLDEN = Path(__file__).parent / "golden"
SCENARIOS: dict[str, Callable[[Terminal], None]] = {
    scenario.__name__: scenario
    for scenario in (
        office_scenarios.class_list,
        office_scenarios.names,
        office_scenarios.arrangements,
        office_scenarios.settings,
        office_scenarios.accounts,
        office_scenarios.national_scheme,
        office_scenarios.forms,
        home_scenarios.backups,
        check_scenarios.day_of_the_check,
        check_scenarios.simulated,
        check_scenarios.two_homes,
        check_scenarios.reports,
        help_scenarios.help_texts,
        help_scenarios.usage_mistakes,
        help_scenarios.real_home,
        help_scenarios.mistaken_settings,
        help_scenarios.enrolling,
        process_scenarios.own_process,
    )
}
ONCE = ("help_texts", "own_process")
"""Scenarios that are not gone through a second time with ``--json`` behind each command."""

TRANSCRIPTS = {name: (name, False) for name in SCENARIOS} | {
    f"{name}.json": (name, True) for name in SCENARIOS if name not in ONCE
}
PROMPT = "$ mtc-kiosk "
MOST_LINES = 200
"""How many lines of a difference are shown."""

DONE_ELSEWHERE = (
    *("try", "console", "demo", "enrol", "sync unpack"),
    *("certificate show", "certificate renew", "certificate use", "certificate tablets"),
)
"""What needs a screen or a desk, shows keys that are always new, or goes on until it is ended; ``tests/realtime``,
``tests/cli`` and ``tests/console`` have it."""

pytestmark = pytest.mark.posix_only("the transcripts are written with the paths of Linux")


@pytest.mark.parametrize("file", list(TRANSCRIPTS))
def test_a_scenario_goes_as_it_was_kept(file: str, tmp_path: Path) -> None:
    """What every command says, its exit code and its files are those of the kept transcript."""
    name, as_json = TRANSCRIPTS[file]
    terminal = Terminal(name, tmp_path, as_json=as_json)
    SCENARIOS[name](terminal)
    compare(GOLDEN / f"{file}.txt", terminal.transcript)


def compare(kept: Path, actual: str) -> None:
    """Compare with a kept transcript; a mismatch is shown as a diff of lines."""
    if os.environ.get("MTC_UPDATE_GOLDEN") == "1":
        kept.write_text(actual, encoding="utf-8", newline="\n")
    assert kept.exists(), f"{kept.name} is missing: run with MTC_UPDATE_GOLDEN=1, then read it."
    expected = kept.read_text(encoding="utf-8")
    lines = list(difflib.unified_diff(expected.splitlines(), actual.splitlines(), "kept", "now", lineterm="", n=8))
    if lines:
        left = f"\n... and {len(lines) - MOST_LINES} more lines" if len(lines) > MOST_LINES else ""
        pytest.fail(f"{kept.name} differs:\n" + "\n".join(lines[:MOST_LINES]) + left, pytrace=False)


@dataclass(frozen=True)
class Typed:
    """A command line of a kept transcript, and its exit code."""

    words: tuple[str, ...]
    code: int

    def is_of(self, command: str) -> bool:
        """Whether it is this command's, and more than a question for its help."""
        wanted = tuple(command.split())
        return self.words[: len(wanted)] == wanted and "--help" not in self.words


@functools.cache
def typed_lines() -> list[Typed]:
    """Every command line of the kept transcripts."""
    lines = [line for path in sorted(GOLDEN.glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Typed(tuple(shlex.split(line.removeprefix(PROMPT))), int(following.removeprefix("exit ")))
        for line, following in itertools.pairwise(lines)
        if line.startswith(PROMPT) and following.startswith("exit ")
    ]


def test_no_transcript_without_a_scenario() -> None:
    """Every kept transcript belongs to a scenario that is still there."""
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(TRANSCRIPTS)


@pytest.mark.parametrize("name", help_scenarios.commands())
def test_every_command_has_its_help_in_a_transcript(name: str) -> None:
    """Groups too."""
    assert f"{PROMPT}{f'{name} --help'.strip()}" in (GOLDEN / "help_texts.txt").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(("name", "command"), help_scenarios.verbs())
def test_every_command_has_a_transcript_with_each_of_its_options(name: str, command: click.Command) -> None:
    """It was typed, with ``--json`` and without, was done at least once and refused at least once."""
    typed = [line for line in typed_lines() if line.is_of(name)]
    for as_json in (False, True):
        codes = {line.code for line in typed if ("--json" in line.words) is as_json}
        assert codes - {0}, f"{name} is never refused"
        assert 0 in codes or name in DONE_ELSEWHERE, f"{name} is never done"
    words = {word for line in typed for word in line.words}
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert words & set(parameter.opts), f"{name}: {parameter.opts[0]} is in no transcript"
