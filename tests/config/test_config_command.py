"""``mtc-kiosk config check``: every mistake on standard error and exit 1, or what the files come to."""

import json
from pathlib import Path

import pytest

from mtc_kiosk.cli import main
from mtc_kiosk.config.configuration import FILES


def _run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    return left.value.code if isinstance(left.value.code, int) else -1


@pytest.fixture
def home(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A home that has been opened once, so that its settings files are there."""
    assert _run("config", "check", "--home", str(tmp_path / "home")) == 0
    capsys.readouterr()
    return tmp_path / "home"


def test_a_new_home_has_no_mistake(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing need be configured; the one reminder is of the passcode."""
    assert _run("config", "check", "--home", str(home)) == 0
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        f"No mistake in check.yaml, kiosk.yaml, school.yaml, access_arrangements.yaml of {home / 'config'}.",
        'No staff passcode is set: this PC runs only "try it out". Set one with: mtc-kiosk passcode set',
    ]
    assert err == ""


def test_changed_rules_are_pointed_out(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever changes a national rule hears what results will say."""
    (home / "config" / "check.yaml").write_text("practice: []\nform: {questions: 20}\n", encoding="utf-8")
    assert _run("config", "check", "--home", str(home)) == 0
    said = 'Not the national rules in check.yaml: practice, form. Results will say "changed rules".'
    assert said in capsys.readouterr().out.splitlines()


def test_every_mistake_is_a_line_and_the_command_fails(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing on standard output, all on standard error, exit code 1."""
    (home / "config" / "school.yaml").write_text("scheme: nationl\nurn: 1\n", encoding="utf-8")
    (home / "config" / "kiosk.yaml").write_text("name:\n\t- x\n", encoding="utf-8")
    assert _run("config", "check", "--home", str(home)) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        f"Nothing starts until these are put right in {home / 'config'}:",
        "kiosk.yaml:2: A tab is used here. Use spaces: two for each step to the right.",
        "school.yaml:1: scheme: 'nationl' is not one of the choices: own, national. Did you mean national?",
        "school.yaml:2: urn: '1' is not of the form asked for."
        " Write the school's unique reference number: 6 digits, or 'none'.",
    ]


def test_json_is_one_object_of_mistakes(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """``ok``, ``data`` and ``errors`` with file, line, code and message; nothing on standard error."""
    (home / "config" / "check.yaml").write_text("practice: 3\n", encoding="utf-8")
    assert _run("config", "check", "--json", "--home", str(home)) == 1
    out, err = capsys.readouterr()
    answer = json.loads(out)
    assert (answer["ok"], err) == (False, "")
    assert answer["errors"] == [
        {
            "file": "check.yaml",
            "line": 1,
            "code": "not_a_list",
            "message": "practice: A list belongs here: [first, second], or [] for none.",
        }
    ]


def test_json_of_no_mistake_says_what_the_files_come_to(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Which folder and files, whether rules are changed, whether there is a passcode."""
    assert _run("--json", "--home", str(home), "config", "check") == 0
    assert json.loads(capsys.readouterr().out) == {
        "ok": True,
        "data": {
            "folder": str(home / "config"),
            "files": list(FILES),
            "changed_rules": [],
            "staff_passcode": False,
            "warnings": [],
        },
        "errors": [],
    }


def test_the_command_changes_no_file(home: Path) -> None:
    """Looking for mistakes mends none."""
    (home / "config" / "check.yaml").write_text("practice: 3\n", encoding="utf-8")
    before = {path.name: path.read_bytes() for path in (home / "config").iterdir()}
    _run("config", "check", "--home", str(home))
    assert {path.name: path.read_bytes() for path in (home / "config").iterdir()} == before
