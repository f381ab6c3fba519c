"""``mtc-kiosk simulate``: where it works, what it marks, what it prints."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mtc_kiosk.cli import main
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import open_home
from mtc_kiosk.store.made_up import MARK, is_made_up

Capture = pytest.CaptureFixture[str]


def run(*arguments: object) -> int:
    """The command's exit code."""
    with pytest.raises(SystemExit) as left:
        main(("simulate", *(str(argument) for argument in arguments)))
    return left.value.code if isinstance(left.value.code, int) else -1


def as_json(capture: Capture) -> dict[str, Any]:
    """The one object on standard output."""
    told: dict[str, Any] = json.loads(capture.readouterr().out)
    return told


def attempts(home: Path) -> list[tuple[str, str]]:
    """Kiosk and outcome of each attempt."""
    connection = sqlite3.connect(home / "mtc.db")
    try:
        return connection.execute("select kiosk, outcome from attempt order by started_at").fetchall()
    finally:
        connection.close()


def test_no_pupils_make_an_empty_home_that_is_marked(tmp_path: Path, capsys: Capture) -> None:
    """``--pupils 0``: a database without attempts, the settings files, and the mark."""
    assert run("--pupils", 0, "--seed", 1, "--home", tmp_path / "home") == 0
    assert is_made_up(tmp_path / "home")
    assert "made-up pupils" in capsys.readouterr().out
    assert attempts(tmp_path / "home") == []
    assert (tmp_path / "home" / "config" / "check.yaml").is_file()


def test_the_table_counts_each_kind_and_all(tmp_path: Path, capsys: Capture) -> None:
    """One line a kind, one for all; the first line says that the pupils are made up."""
    assert run("--pupils", 3, "--seed", 4, "--home", tmp_path / "home") == 0
    first, columns, *lines = capsys.readouterr().out.splitlines()
    assert first == f"3 made-up pupils in {tmp_path / 'home'}, from seed 4"
    assert columns.split() == ["kind", "pupils", "complete", "answers", "voids", "held"]
    assert lines[-1].split()[:4] == ["all", "3", "3", "75"]
    assert attempts(tmp_path / "home") == [("robot-1", "complete")] * 3


def test_json_is_one_object(tmp_path: Path, capsys: Capture) -> None:
    """``ok``, ``data`` and ``errors``, and nothing else on standard output."""
    assert run("--pupils", 2, "--seed", 5, "--home", tmp_path / "home", "--json") == 0
    told = as_json(capsys)
    assert (told["ok"], told["errors"]) == (True, [])
    data = told["data"]
    assert (data["made_up_pupils"], data["pupils"], data["complete"], data["answers"]) == (True, 2, 2, 50)
    assert len(data["attempts"]) == len(set(data["attempts"])) == 2
    assert sum(kind["pupils"] for kind in data["kinds"]) == 2


def test_a_home_that_it_made_takes_more_pupils(tmp_path: Path) -> None:
    """A second run is another PC on another day; the same seed brings other pupils then."""
    for _ in range(2):
        assert run("--pupils", 1, "--seed", 6, "--home", tmp_path / "home") == 0
    assert [kiosk for kiosk, _ in attempts(tmp_path / "home")] == ["robot-1", "robot-2"]


def stray_file(home: Path) -> None:
    """A folder of somebody's own."""
    home.mkdir()
    (home / "letter.txt").write_text("Dear parents", encoding="utf-8")


def changed_settings(home: Path) -> None:
    """A home that a school has set up."""
    (open_home(home).config_dir / "school.yaml").write_text("scheme: own\n", encoding="utf-8")


def settings_of_its_own(home: Path) -> None:
    """A home with a settings file more."""
    (open_home(home).config_dir / "notes.yaml").write_text("", encoding="utf-8")


def an_export(home: Path) -> None:
    """A home with something exported."""
    (open_home(home).exports / "results.csv").write_text("7", encoding="utf-8")


def a_walk_up(home: Path) -> None:
    """A home in which a pupil has tried the check."""
    db = open_database(open_home(home))
    at = "2027-06-07T09:00:00.000Z"
    row = {"id": "1", "kind": "try", "form": "{}", "settings": "{}", "kiosk": "pc", "started_at": at}
    db.table("attempt").insert(row)
    db.close()


def a_damaged_database(home: Path) -> None:
    """A home whose database cannot be read."""
    open_home(home).database.write_bytes(b"no database" * 1000)


def contents(folder: Path) -> dict[str, bytes]:
    """Every file in a folder, but for SQLite's memory that is shared by its readers."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith("-shm"))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


STRANGERS = (stray_file, changed_settings, settings_of_its_own, an_export, a_walk_up, a_damaged_database)


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_home_that_holds_anything_is_refused_untouched(
    tmp_path: Path, capsys: Capture, stranger: Callable[[Path], None]
) -> None:
    """Robots never go where real pupils may be; not a file is changed."""
    folder = tmp_path / "home"
    stranger(folder)
    before = contents(folder)
    assert run("--pupils", 1, "--home", folder) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert "was not made by simulate" in told.err
    assert contents(folder) == before
    assert not (folder / MARK).exists()


def test_a_home_that_nobody_has_used_is_empty(tmp_path: Path, capsys: Capture) -> None:
    """The program's folders, unchanged settings and an empty database count as empty; the command says so once."""
    home = open_home(tmp_path / "home")
    open_database(home).close()
    for lock in ("kiosk-pc.lock", "console.lock", "restore.lock"):
        (home.root / lock).touch()
    for said in (f"{home.root} is now a home of made-up pupils.", ""):
        assert run("--pupils", 0, "--home", home.root) == 0
        assert capsys.readouterr().err.startswith(said)
    assert is_made_up(home.root)


def test_an_empty_folder_is_as_good_as_none(tmp_path: Path) -> None:
    """A folder that was made beforehand is marked and used."""
    assert run("--pupils", 0, "--home", tmp_path) == 0
    assert is_made_up(tmp_path)


def test_the_home_may_be_named_by_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``MTC_KIOSK_HOME`` names a home as ``--home`` does."""
    monkeypatch.setenv("MTC_KIOSK_HOME", str(tmp_path / "home"))
    assert run("--pupils", 0) == 0
    assert is_made_up(tmp_path / "home")


def test_refusals_are_json_too(tmp_path: Path, capsys: Capture) -> None:
    """With ``--json`` the sentence is in ``errors``."""
    (tmp_path / "letter.txt").write_text("Dear parents", encoding="utf-8")
    assert run("--pupils", 1, "--home", tmp_path, "--json") == 1
    told = as_json(capsys)
    assert (told["ok"], told["data"], [error["code"] for error in told["errors"]]) == (False, {}, ["not_made_up"])


def test_the_rules_are_those_of_the_home(tmp_path: Path) -> None:
    """A made-up home whose check.yaml is changed is simulated by it: shorter questions, no practice."""
    home = tmp_path / "home"
    assert run("--pupils", 0, "--home", home) == 0
    changed = "timings: {question_seconds: 2.5}\npractice: []\n"
    (home / "config" / "check.yaml").write_text(changed, encoding="utf-8")
    assert run("--pupils", 11, "--seed", 2, "--home", home) == 0
    connection = sqlite3.connect(home / "mtc.db")
    try:
        lasted = connection.execute("select max(at_us - shown_us) from answer where by <> 'void'").fetchone()
        practised = connection.execute("select count(*) from event where json_extract(data, '$.practice')").fetchone()
    finally:
        connection.close()
    assert (lasted, practised) == ((2_500_000,), (0,))


@pytest.mark.parametrize("wrong", [("--pupils", "-1"), ("--pupils", "many"), ("--seed", "x"), ("--arrangement", "1")])
def test_wrong_usage_is_said_to_be(tmp_path: Path, wrong: tuple[str, str]) -> None:
    """Exit code 2, and no home is made."""
    assert run(*wrong, "--home", tmp_path / "home") == 2
    assert not (tmp_path / "home").exists()
