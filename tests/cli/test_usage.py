"""What is typed wrongly: exit code 2, in words or, with ``--json``, as the one object."""

import json
import re
from pathlib import Path

import click
import pytest

from mtc_kiosk.cli import group, main
from tests.transcripts.help_scenarios import every_command

WRONG = (
    ("pupils", "list", "--nonsense"),
    ("nonsense",),
    ("pins", "cancel"),
    ("session", "start", "--kind", "official", "--until", "25:00"),
    ("sync", "conflicts", "--count", "0123456789ab"),
)


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
@pytest.mark.parametrize("first", [True, False], ids=["before", "behind"])
def test_a_usage_error_is_one_object_with_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], first: bool
) -> None:
    """Whether ``--json`` was reached before the mistake or not; nothing is on standard error."""
    there = ("--home", str(tmp_path))
    with pytest.raises(SystemExit) as left:
        main(("--json", *there, *words) if first else (*there, *words, "--json"))
    out, err = capsys.readouterr()
    (error,) = json.loads(out)["errors"]
    assert (left.value.code, err, error["code"]) == (2, "", "usage")
    assert error["message"]


def test_a_usage_error_is_in_words_without_json(capsys: pytest.CaptureFixture[str]) -> None:
    """On standard error alone."""
    with pytest.raises(SystemExit) as left:
        main(("pupils", "list", "--nonsense"))
    out, err = capsys.readouterr()
    assert (left.value.code, out) == (2, "")
    assert "There is no option --nonsense." in err


def test_the_first_help_page_has_every_command_once_by_task(capsys: pytest.CaptureFixture[str]) -> None:
    """In the order of a school's days; a command that is in no part could not be found."""
    with pytest.raises(SystemExit):
        main(["--help"])
    page = capsys.readouterr().out
    parts = page.partition("Before the check:")[2]
    assert [line for line in parts.splitlines() if line.endswith(":")] == [
        "On the day:",
        "After the check:",
        "The school's data:",
        "To try things out:",
    ]
    shown = re.findall(r"^  (\w+)  ", parts, re.MULTILINE)
    assert sorted(shown) == sorted(group.list_commands(click.Context(group)))


@pytest.mark.parametrize("command", every_command())
def test_help_fits_a_terminal_of_eighty_columns(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A line that is longer is broken in the middle of a word."""
    with pytest.raises(SystemExit):
        main([*command.split(), "--help"])
    assert [line for line in capsys.readouterr().out.splitlines() if len(line) > 80] == []
