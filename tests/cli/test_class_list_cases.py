"""Class lists that schools have sent, as files: each is read as a person sees it, or refused in words that help."""

import io
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from mtc_kiosk.cli import main
from mtc_kiosk.store.made_up import open_made_up_home

LISTS = Path(__file__).parents[1] / "class_list" / "lists"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of made-up pupils, in which it is a morning in June."""
    monkeypatch.setenv("MTC_KIOSK_NOW", "2027-06-07T08:00:00Z")
    return open_made_up_home(tmp_path / "home").root


def run(home: Path, *words: object) -> int:
    """Type a command."""
    with pytest.raises(SystemExit) as left:
        main(["pupils", *map(str, words), "--home", str(home)])
    assert isinstance(left.value.code, int)
    return left.value.code


def listed(home: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    """The pupils on the register."""
    capsys.readouterr()
    assert run(home, "list", "--json") == 0
    pupils: list[dict[str, object]] = json.loads(capsys.readouterr().out)["data"]["pupils"]
    return pupils


def rows(home: Path) -> int:
    """How many pupils there are."""
    db = sqlite3.connect(home / "mtc.db")
    try:
        return int(db.execute("select count(*) from pupil").fetchone()[0])
    finally:
        db.close()


def test_marks_of_direction_are_taken_out(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Around a name, a date and a UPN."""
    assert run(home, "import", LISTS / "direction_marks.csv") == 0
    (pupil,) = listed(home, capsys)
    assert (pupil["surname"], pupil["date_of_birth"], pupil["upn"]) == ("Smyth", "2018-03-14", "J201100118001")


def test_a_second_byte_order_mark_is_no_part_of_a_heading(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two programs have each put theirs before the first quotation mark."""
    assert run(home, "import", LISTS / "two_marks.csv") == 0
    (pupil,) = listed(home, capsys)
    assert (pupil["surname"], pupil["forename"]) == ("A", "B")


def test_a_list_saved_with_the_wrong_encoding_is_refused_with_what_it_was(
    home: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Every name beside what it was, and nothing is saved."""
    path = tmp_path / "class.csv"
    path.write_bytes((LISTS / "twice_encoded.csv").read_bytes())
    assert run(home, "import", path) == 1
    said = capsys.readouterr().err
    names = (("\u00c3\u0153MIT", "\u00dcMIT"), ("NU\u00c3\u2018EZ", "NU\u00d1EZ"), ("Stra\u00c3\u0178e", "Stra\u00dfe"))
    for wrong, right in names:
        assert f"Surname '{wrong}' looks like '{right}' saved with the wrong encoding" in said
    assert "looks like 'Mart\u00edn'" in said
    assert "CSV UTF-8" in said
    assert "Nothing was imported." in said
    assert rows(home) == 0


def test_utf_8_asked_for_says_that_the_letters_are_right(home: Path) -> None:
    """The way out for a name that only looks so; another encoding asked for is no such word."""
    text = "Surname,Forename,Date of birth,Sex,UPN\r\nH\u00c4\u017dKA,Ann,14/03/2018,F,J201100118001\r\n"
    path = home.parent / "class.csv"
    path.write_bytes(text.encode())
    assert run(home, "import", path) == 1
    assert run(home, "import", path, "--encoding", "windows-1252") == 1
    assert rows(home) == 0
    assert run(home, "import", path, "--encoding", "utf-8") == 0
    assert rows(home) == 1


def test_utf_8_that_was_asked_to_be_read_as_windows_is_refused(home: Path) -> None:
    """The option was wrong, and the names would be saved so."""
    text = "Surname,Forename,Date of birth,Sex,UPN\r\nNu\u00f1ez,Bo,14/03/2018,F,J201100118001\r\n"
    path = home.parent / "class.csv"
    path.write_bytes(text.encode())
    for encoding in ("windows-1252", "mac", "iso-8859-15"):
        assert run(home, "import", path, "--encoding", encoding) == 1, encoding
    assert rows(home) == 0


def test_a_column_of_upns_under_a_longer_heading_is_read(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As Arbor may call it; the column that is not needed is named."""
    assert run(home, "import", LISTS / "upn_column_passed_over.csv") == 0
    assert "Skipped columns: Student." in capsys.readouterr().out
    (pupil,) = listed(home, capsys)
    assert (pupil["upn"], pupil["ref"], pupil["group_name"]) == ("J201100118001", "55", "4A")


def test_what_could_be_read_in_two_ways_is_said_before_anything_is_saved(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """While the register has no pupil yet, so that Ctrl+C would be in time."""
    text = "Surname,Forename,Date of birth,Sex,UPN\r\nT,Ann,04/05/2018,F,J201100118001\r\n"
    path = home.parent / "class.csv"
    path.write_bytes(text.encode())
    before: list[int] = []
    monkeypatch.setattr("sys.stderr", Watched(before, home))
    assert run(home, "import", path) == 0
    assert before[0] == 0
    assert rows(home) == 1


class Watched(io.StringIO):
    """A stream that notes how many pupils there were when something was written about dates."""

    def __init__(self, counts: list[int], home: Path) -> None:
        super().__init__()
        self._counts, self._home = counts, home

    def write(self, text: str) -> int:
        """Take a text."""
        if "was read as 4 May 2018" in text:
            self._counts.append(rows(self._home))
        return super().write(text)


SYSTEMS = {
    "arbor.csv": {"forename": "Ann", "group_name": "", "ref": "55", "upn": None},
    "bromcom.csv": {"forename": "Ann", "group_name": "4A", "ref": "000123", "upn": "J201100118001"},
    "independent.csv": {"forename": "Ann", "group_name": "4A", "alias_forename": "Annie", "upn": "J201100118001"},
    "sims.csv": {"forename": "Ann", "group_name": "4A", "alias_forename": "Annie", "upn": "J201100118001"},
    "scholarpack.csv": {"forename": "Ann", "group_name": "4A", "upn": "J201100118001"},
    "teacher.csv": {"forename": "Ann", "group_name": "4A", "ref": "1"},
}
"""Made-up exports, and what of their first pupil is read; docs/class-list.md says where the headings are from."""


@pytest.mark.parametrize("name", SYSTEMS)
def test_what_other_systems_export_is_read(home: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    """Both pupils, with their dates and sexes as each system writes them."""
    assert run(home, "import", LISTS / "systems" / name) == 0
    one, two = listed(home, capsys)
    assert SYSTEMS[name].items() <= one.items()
    assert (one["surname"], one["date_of_birth"], one["sex"]) == ("Alpha", "2018-03-14", "F")
    assert (two["surname"], two["date_of_birth"], two["sex"]) == ("Beta", "2017-09-02", "M")


def test_status_prints_names_that_a_code_page_lacks(home: Path) -> None:
    """Without a traceback; what programs read is UTF-8 whatever the streams are."""
    assert run(home, "import", LISTS / "names_beyond_1252.csv") == 0
    environ = {**os.environ, "PYTHONIOENCODING": "cp1252"}
    environ.pop("PYTHONUTF8", None)
    command = [sys.executable, "-m", "mtc_kiosk", "--home", str(home)]
    done = subprocess.run([*command, "status"], capture_output=True, env=environ, timeout=60, check=True)
    assert done.stderr == b""
    assert "Lukaszewicz, Zo\u00eb" in done.stdout.decode("cp1252")
    for arguments in (("status", "--json"), ("pupils", "list", "--json")):
        done = subprocess.run([*command, *arguments], capture_output=True, env=environ, timeout=60, check=True)
        assert "\u0141ukaszewicz" in json.dumps(json.loads(done.stdout.decode("utf-8")), ensure_ascii=False)


def test_the_import_of_a_wrong_list_is_taken_back(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And says so, and how to bring back one of the pupils; once only."""
    before = listed(home, capsys)
    assert run(home, "import", LISTS / "direction_marks.csv", "--undo") == 1
    assert run(home, "import", LISTS / "direction_marks.csv") == 0
    capsys.readouterr()
    assert run(home, "import", LISTS / "direction_marks.csv", "--undo") == 0
    said = capsys.readouterr().out
    assert said == "(made-up pupils) 1 pupil marked as having left. Use pupils leave --undo PUPIL to bring one back.\n"
    assert listed(home, capsys) == before
    assert run(home, "import", LISTS / "direction_marks.csv", "--undo") == 1
    assert run(home, "import", LISTS / "direction_marks.csv", "--undo", "--update") == 2
