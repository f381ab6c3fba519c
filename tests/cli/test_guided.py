"""A command, option or code that is typed wrongly is answered with the one that was perhaps meant."""

import json
from pathlib import Path

import click
import pytest

from mtc_kiosk.cli import main
from mtc_kiosk.cli.guided import _OTHER_OPTIONS, MEANT
from tests.test_house import commands

NAMES = {name for name, _ in commands()}
GROUPS = {name.rpartition(" ")[0] for name in NAMES} - {""}


def said(home: Path, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[object, str]:
    """The exit code, and what is on standard error below the line of usage."""
    with pytest.raises(SystemExit) as left:
        main(("--home", str(home), *words))
    return left.value.code, capsys.readouterr().err.rpartition("\n\n")[2].removeprefix("Error: ")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("pupil list", "There is no command 'pupil'. Did you mean mtc-kiosk pupils?"),
        ("Students", "There is no command 'Students'. Did you mean mtc-kiosk pupils?"),
        ("stauts", "There is no command 'stauts'. Did you mean mtc-kiosk status?"),
        ("pupils lst", "There is no command 'pupils lst'. Did you mean mtc-kiosk pupils list?"),
        ("pins print", "There is no command 'pins print'. Did you mean mtc-kiosk pins slips?"),
        ("restart undo x", "There is no command 'restart undo'. Did you mean mtc-kiosk restart remove?"),
        ("reason xyz", "There is no command 'reason xyz'. There are: list, remove, set."),
        ("xyz", "There is no command 'xyz'. See: mtc-kiosk --help"),
        ("pupils list --class 4A", "There is no option --class. Did you mean --group?"),
        ("pupils list --grup 4A", "There is no option --grup. Did you mean --group?"),
        ("status --xyz", "There is no option --xyz. See: mtc-kiosk status --help"),
        ("--hom x status", "There is no option --hom. Did you mean --home?"),
        ("arrangements show Amy T", "Got unexpected extra argument (T). Put a name of several words in quotes."),
        ("status extra", "Got unexpected extra argument (extra)"),
        (
            "session start --kind offical",
            "Invalid value for '--kind': 'offical' is not one of the choices. Did you mean official?"
            " Choose from: official (the official check), try (trying it out)",
        ),
        ("session start", "Missing option '--kind'. Choose from: official (the official check), try (trying it out)"),
        ("reason set absnt", "Name the pupils: mtc-kiosk reason set absnt PUPIL..."),
    ],
)
def test_what_was_perhaps_meant_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], typed: str, answer: str
) -> None:
    """Plurals, slips of the keys, and other words for the same; else what there is."""
    assert said(tmp_path / "home", capsys, *typed.split()) == (2, f"{answer}\n")


@pytest.mark.parametrize("word", MEANT)
def test_every_other_word_leads_to_a_command(word: str) -> None:
    """And is none itself: its group is there, and so is what it leads to."""
    assert MEANT[word] in NAMES | GROUPS
    assert word not in NAMES | GROUPS
    assert word.rpartition(" ")[0] in {"", *GROUPS}


def test_every_other_option_leads_to_one(capsys: pytest.CaptureFixture[str]) -> None:
    """To an option that some command has."""
    options = {
        option for _, each in commands() for one in each.params if isinstance(one, click.Option) for option in one.opts
    }
    assert set(_OTHER_OPTIONS) <= options


LOI = ["  LOI  Loss of internet", "  ITI  IT issues", "  CLD  Classroom disruption", "  DNC  Did not complete"]


@pytest.mark.parametrize(
    ("typed", "code", "first", "then"),
    [
        ("restart give x", 2, "Give a reason with --reason CODE. Choose from:", LOI),
        ("restart give x --reason IIT", 1, "There is no restart reason 'IIT'. Did you mean ITI? Choose from:", LOI),
        ("reason set", 2, "Give a code, and then the pupils. Choose from:", ["  ABSNT  Absent during check window"]),
        ("reason set Amy", 1, "There is no reason 'Amy'. Choose from:", ["  ABSNT  Absent during check window"]),
        ("reason set absnd x", 1, "There is no reason 'absnd'. Did you mean ABSNT? Choose from:", []),
    ],
)
def test_a_missing_or_wrong_code_lists_them_all_with_their_meanings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], typed: str, code: int, first: str, then: list[str]
) -> None:
    """The same in JSON, with a code and its label each."""
    left, err = said(tmp_path / "home", capsys, *typed.split())
    lines = err.splitlines()
    assert (left, lines[0], lines[1 : 1 + len(then)]) == (code, first, then)
    with pytest.raises(SystemExit):
        main(("--home", str(tmp_path / "home"), *typed.split(), "--json"))
    (error,) = json.loads(capsys.readouterr().out)["errors"]
    assert [f"  {each['code']}  {each['label']}" for each in error["candidates"]][: len(then)] == then
