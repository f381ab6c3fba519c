"""A command that another command prints can be typed as it is printed, whatever files and folders are called."""

import contextlib
import os
import shlex
from pathlib import Path

import pytest

from mtc_kiosk.cli import main
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.made_up import open_made_up_home
from tests.store.a_school import ASchool

UNDO, NEXT = "To undo: mtc-kiosk ", "then type: mtc-kiosk "


def type_in(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """Type a command that succeeds; what it printed."""
    with pytest.raises(SystemExit) as left:
        main([*words])
    out, err = capsys.readouterr()
    assert left.value.code == 0, err
    return out


def as_a_shell_reads_it(line: str) -> list[str]:
    """The words of a command line of this system."""
    if os.name != "nt":
        return shlex.split(line)
    return [word.strip('"') for word in shlex.split(line, posix=False)]


@pytest.mark.parametrize("name", ["home", "Zoë Müller", "R&D (old)", "the school's data"])
def test_the_undo_of_a_restore_can_be_typed_as_it_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """It goes to the home that was restored, never to another one, whatever its folder is called."""
    monkeypatch.setenv("MTC_KIOSK_NOW", "2027-06-07T09:00:00Z")
    monkeypatch.setenv("MTC_KIOSK_HOME", str(tmp_path / "another"))
    home = open_made_up_home(tmp_path / name)
    open_database(home).close()
    here = ("--home", str(home.root))
    type_in(capsys, "backup", str(tmp_path / "b.zip"), *here)
    with contextlib.closing(ASchool(home.database)) as school:
        school.pupils(2, "4A")
    restored = type_in(capsys, "restore", str(tmp_path / "b.zip"), "--replace", *here)
    assert "0 pupils" in type_in(capsys, "pupils", "list", *here)
    (undo,) = [line.partition(UNDO)[2] for line in restored.splitlines() if UNDO in line]
    type_in(capsys, *as_a_shell_reads_it(undo))
    assert "2 pupils" in type_in(capsys, "pupils", "list", *here)
    assert not (tmp_path / "another").exists()


def test_the_import_of_a_list_to_fill_in_can_be_typed_as_it_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file's name with a space in it is one word."""
    file = tmp_path / "class 4A.csv"
    home = ("--home", str(open_made_up_home(tmp_path / "home").root))
    said = type_in(capsys, "pupils", "template", str(file), *home)
    words = as_a_shell_reads_it(said.partition(NEXT)[2])
    assert words == ["pupils", "import", str(file)]
