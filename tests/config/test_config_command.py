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
        f"No mistakes in check.yaml, kiosk.yaml, school.yaml, access_arrangements.yaml of {home / 'config'}.",
        'No staff passcode is set on this PC, so a kiosk here only opens "try it out".'
        " Set one with: mtc-kiosk passcode set",
    ]
    assert err == ""


def test_changed_rules_are_pointed_out(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever changes a national rule hears what results will say."""
    (home / "config" / "check.yaml").write_text("practice: []\nform: {questions: 20}\n", encoding="utf-8")
    assert _run("config", "check", "--home", str(home)) == 0
    said = 'check.yaml: practice, form differ from the national rules. Results will say "changed rules".'
    assert said in capsys.readouterr().out.splitlines()


def test_every_mistake_is_a_line_and_the_command_fails(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing on standard output, all on standard error, exit code 1."""
    (home / "config" / "school.yaml").write_text("scheme: nationl\nurn: 1\n", encoding="utf-8")
    (home / "config" / "kiosk.yaml").write_text("name:\n\t- x\n", encoding="utf-8")
    assert _run("config", "check", "--home", str(home)) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        f"Correct these mistakes in {home / 'config'}. Until then no kiosk and no session starts:",
        "kiosk.yaml:2: There is a tab in this line. Replace it with spaces, two for each step to the right.",
        "school.yaml:1: scheme: 'nationl' is not allowed here. Write one of: own (the school's own check, at any"
        " time), national (the dates, hours and rules of the national check). Did you mean national?",
        "school.yaml:2: urn: '1' is not allowed here. Write the school's unique reference number: 6 digits, or 'none'.",
    ]


def test_a_character_that_cannot_be_seen_is_named(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Behind a UPN, where an editor shows nothing and the pupil would get no arrangements."""
    written = (Path(__file__).parent / "files" / "zero_width_upn.yaml").read_bytes()
    (home / "config" / "access_arrangements.yaml").write_bytes(written)
    assert _run("config", "check", "--home", str(home)) == 1
    assert "access_arrangements.yaml:2: There is a zero-width space after 'J201100118001'." in capsys.readouterr().err


def test_a_warning_is_counted_and_no_longer_called_no_mistake(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It quotes the number that is written and says what to do; then the count."""
    assert _run("pupils", "list", "--home", str(home)) == 0, "a register"
    capsys.readouterr()
    (home / "config" / "access_arrangements.yaml").write_text("pupils:\n  4A/17: {size: LRG}\n", encoding="utf-8")
    assert _run("config", "check", "--home", str(home)) == 0
    out, err = capsys.readouterr()
    assert err.splitlines() == [
        "Warning: access_arrangements.yaml:2: '4A/17' is not the UPN or ref of a pupil on the register."
        " Correct it (numbers: mtc-kiosk pupils list), or delete it."
    ]
    assert out.splitlines()[0] == f"1 warning, no mistakes in {', '.join(FILES)} of {home / 'config'}."


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
            "message": "practice: Write a list, such as [first, second], or [] for none.",
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
