"""``forms make`` and ``forms check``, as they are typed."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mtc_kiosk.cli.forms import forms
from mtc_kiosk.cli.output import CommandFailed
from mtc_kiosk.store.home.home import open_home

TWENTY = ("questions: 25", "questions: 20")


def run(*words: object) -> Result:
    """The command's exit code, output and errors."""
    told = CliRunner().invoke(forms, [str(word) for word in words])
    if isinstance(told.exception, CommandFailed):
        told.exit_code = told.exception.exit_code
        told.stderr_bytes = f"{told.exception}\n".encode()
    return told


def home_with(folder: Path, change: tuple[str, str]) -> Path:
    """A home with form rules that are not the national ones."""
    home = open_home(folder)
    path = home.config_dir / "check.yaml"
    written = path.read_text(encoding="utf-8")
    assert change[0] in written
    path.write_text(written.replace(*change), encoding="utf-8")
    return home.root


def made(folder: Path, count: int = 3, seed: int = 7) -> Result:
    """``forms make`` into a folder."""
    return run("make", "--count", count, "--seed", seed, "--out", folder)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def break_shape(path: Path) -> None:
    """One line too many."""
    path.write_text(path.read_text(encoding="utf-8") + "3,8\n", encoding="utf-8")


def break_rules(path: Path) -> None:
    """The first line once more in place of the last."""
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines[:24], lines[0]]), encoding="utf-8")


def test_make_writes_one_file_a_form(tmp_path: Path) -> None:
    """Three forms, three files of 25 lines, in a folder that need not exist, and nothing else left there."""
    result = made(tmp_path / "new" / "forms")
    files = contents(tmp_path / "new" / "forms")
    assert (result.exit_code, sorted(files)) == (0, ["form-7-0001.csv", "form-7-0002.csv", "form-7-0003.csv"])
    assert all(content.count(b"\n") == 25 for content in files.values())


def test_the_same_seed_makes_the_same_files(tmp_path: Path) -> None:
    """The seed alone decides what is in them."""
    made(tmp_path / "one")
    made(tmp_path / "other")
    assert contents(tmp_path / "one") == contents(tmp_path / "other")


def test_another_seed_makes_other_forms(tmp_path: Path) -> None:
    """Six files from two seeds are six different forms."""
    made(tmp_path, seed=7)
    made(tmp_path, seed=8)
    assert len(set(contents(tmp_path).values())) == 6


def test_forms_that_are_there_already_are_kept(tmp_path: Path) -> None:
    """Making more from the same seed adds the rest and says so."""
    made(tmp_path, count=2)
    result = made(tmp_path, count=3)
    assert result.stdout == f"Made 3 forms in {tmp_path} from seed 7; 2 of them were already there.\n"


def test_a_different_file_is_never_overwritten(tmp_path: Path) -> None:
    """Where a file of that name holds something else, nothing at all is written."""
    (tmp_path / "form-7-0002.csv").write_text("mine", encoding="utf-8")
    result = made(tmp_path)
    assert (result.exit_code, contents(tmp_path)) == (1, {"form-7-0002.csv": b"mine"})
    assert result.stderr == (
        f"{tmp_path / 'form-7-0002.csv'}: A different file of this name is already there. Choose another folder or"
        " seed, or move it.\n"
    )


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """A folder that cannot be made is reported in one sentence, with the exit code for refused."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = made(tmp_path / "file" / "forms", count=1)
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (TWENTY, "The form rules ask for 20 questions; a form file has 25."),
        (("easy_questions: 3 to 7", "easy_questions: 8 to 9"), "No choice of 25 questions"),
    ],
)
def test_rules_that_give_no_file_are_refused(tmp_path: Path, change: tuple[str, str], sentence: str) -> None:
    """Rules that no form or no form file can keep are reported in one sentence, and nothing is written."""
    home = home_with(tmp_path / "home", change)
    result = run("make", "--count", 1, "--seed", 7, "--out", tmp_path / "new", "--home", home)
    assert (result.exit_code, sentence in result.stderr, (tmp_path / "new").exists()) == (1, True, False)


def test_forms_are_checked_by_the_rules_in_force(tmp_path: Path) -> None:
    """A form that the national rules allow breaks a school's own."""
    made(tmp_path, count=1)
    home = home_with(tmp_path / "home", TWENTY)
    result = run("check", tmp_path / "form-7-0001.csv", "--home", home)
    assert result.stderr == f"{tmp_path / 'form-7-0001.csv'}: The form has 25 questions; the rules ask for 20.\n"


def test_make_reports_one_object(tmp_path: Path) -> None:
    """``--json`` gives ok, data and errors, with each form's file and id."""
    result = run("make", "--count", 1, "--seed", 7, "--out", tmp_path, "--json")
    report = json.loads(result.stdout)
    assert report == {
        "ok": True,
        "data": {
            "seed": 7,
            "out": str(tmp_path),
            "forms": [
                {
                    "file": str(tmp_path / "form-7-0001.csv"),
                    "id": report["data"]["forms"][0]["id"],
                    "official": True,
                    "try_it_out": True,
                }
            ],
        },
        "errors": [],
    }


@pytest.mark.parametrize("words", [["--count", "0"], ["--count", "many"], ["--seed", "-1"], []])
def test_wrong_usage_ends_with_2(tmp_path: Path, words: list[str]) -> None:
    """A wrong or missing option is a matter of usage."""
    assert run("make", "--out", tmp_path, *words).exit_code == 2


def test_check_passes_what_make_made(tmp_path: Path) -> None:
    """Made forms keep the rules, and check says so."""
    made(tmp_path, count=2)
    result = run("check", *sorted(tmp_path.iterdir()))
    assert result.exit_code == 0
    assert result.stdout == "".join(
        f"{path}: the form keeps the rules of the check.\n" for path in sorted(tmp_path.iterdir())
    )


def test_check_names_the_broken_rule(tmp_path: Path) -> None:
    """For a form that breaks a rule the report names the rule, and says that it serves for "try it out"."""
    made(tmp_path, count=1)
    path = tmp_path / "form-7-0001.csv"
    break_rules(path)
    first = path.read_text(encoding="utf-8").splitlines()[0].replace(",", "x")
    result = run("check", path)
    assert result.exit_code == 1
    assert result.stdout == f'{path}: the form breaks the rules of the check. Use it only for "try it out".\n'
    assert f"{path}:25: {first} is asked 2 times, as questions 1 and 25; no question may come twice." in result.stderr


def test_check_refuses_another_shape(tmp_path: Path) -> None:
    """A file of 26 lines is no form, for nothing."""
    made(tmp_path, count=1)
    path = tmp_path / "form-7-0001.csv"
    break_shape(path)
    result = run("check", path)
    assert (result.exit_code, result.stderr) == (
        1,
        f"{path}:26: The file has 26 lines. A form has 25, one for each question.\n",
    )


def test_check_reports_every_file(tmp_path: Path) -> None:
    """One bad file hides none of the others; ``--json`` says what each may be used for."""
    made(tmp_path)
    paths = sorted(tmp_path.iterdir())
    break_rules(paths[0])
    break_shape(paths[1])
    result = run("check", *paths, "--json")
    report: dict[str, Any] = json.loads(result.stdout)
    assert (result.exit_code, report["ok"]) == (1, False)
    uses = [(each["official"], each["try_it_out"], each["id"] is None) for each in report["data"]["forms"]]
    assert uses == [(False, True, False), (False, False, True), (True, True, False)]
    assert {"file": str(paths[1]), "line": 26, "code": "line_count"}.items() <= report["errors"][-1].items()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\xff\xfe3\x00", "The file is not plain text with numbers and commas."),
        (b"3,8\n" * 5_000, "The file is too large for a form's 25 lines."),
    ],
)
def test_a_file_that_is_no_text_or_too_large_is_refused(tmp_path: Path, content: bytes, sentence: str) -> None:
    """Whatever a teacher drags there, the answer is a sentence."""
    path = tmp_path / "form.csv"
    path.write_bytes(content)
    result = run("check", path)
    assert (result.exit_code, result.stderr) == (1, f"{path}: {sentence}\n")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    """A file that is not there cannot be read, and the others still are."""
    result = run("check", tmp_path / "none.csv")
    assert (result.exit_code, result.stderr) == (
        1,
        f"{tmp_path / 'none.csv'}: The file cannot be read: no such file or directory.\n",
    )
