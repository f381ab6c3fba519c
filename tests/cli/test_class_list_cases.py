"""Class lists that schools have sent, as files: each is read as a person sees it, or refused in words that help."""

import json
import sqlite3
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
