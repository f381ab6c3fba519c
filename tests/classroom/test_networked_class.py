"""Real kiosks with robots in front of them, a real desk, a faulty network between, and kills: each check comes once.

The whole class is ``python -m benchmarks.whole_class``: thirty kiosks, and more kills.
"""

import contextlib
import sqlite3
from pathlib import Path

import pytest

from benchmarks.whole_class import Size, run


def test_every_check_and_reason_is_at_the_desk_once_as_the_diaries_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three checks at two kiosks and one reason, with a kiosk and the desk killed meanwhile."""
    monkeypatch.setenv("MTC_KIOSK_NOW", "2027-06-07T09:05:00Z")
    outcome = run(tmp_path, seed=3, size=Size(kiosks=2, pupils=4, reasons=1, kiosk_kills=1, desk_kills=1))
    assert outcome.wrong == []
    assert outcome.checks == 3
    assert outcome.faults.counts.total() > 0
    assert names_outside_the_register(tmp_path) == []


def names_outside_the_register(folder: Path) -> list[tuple[str, str]]:
    """Every file with a pupil's name, date of birth or UPN: kiosks, logs, what was said; not the desk's database."""
    with contextlib.closing(sqlite3.connect(folder / "desk" / "mtc.db")) as db:
        register = db.execute("select surname, forename, upn, date_of_birth from pupil").fetchall()
    words = {str(word) for row in register for word in row}
    assert len(words) > len(register)
    files = [file for file in folder.rglob("*") if file.is_file() and not file.match("desk/mtc.db*")]
    assert {"mtc.db", "hall-1.errors", "desk.errors"} <= {file.name for file in files}
    contents = {str(file.relative_to(folder)): file.read_bytes() for file in files}
    return [(name, word) for name, content in contents.items() for word in words if word.encode() in content]
