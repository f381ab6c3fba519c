"""Files beside the settings that look like settings: found by name, whatever a school's programs made of it."""

from pathlib import Path

import pytest

from mtc_kiosk.config.arrangements_file import ARRANGEMENTS
from mtc_kiosk.config.configuration import CHECK, FILES, KIOSK, SCHOOL, stray_files
from mtc_kiosk.stray_names import stray_names


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with every settings file."""
    for name in FILES:
        (tmp_path / name).touch()
    return tmp_path


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("access_arrangements.yaml.txt", ARRANGEMENTS),
        ("access_arrangements (1).yaml", ARRANGEMENTS),
        ("access_arrangements-PC7.yaml", ARRANGEMENTS),
        ("access_arrangements.yml", ARRANGEMENTS),
        ("Copy of access_arrangements.yaml", ARRANGEMENTS),
        ("access_arrangements - Copy.yaml", ARRANGEMENTS),
        ("access_arrangements.yaml - Copy", ARRANGEMENTS),
        ("Access arrangements.yaml", ARRANGEMENTS),
        ("access-arrangements", ARRANGEMENTS),
        ("access_arrangements.docx", ARRANGEMENTS),
        ("acess_arangements.yaml", ARRANGEMENTS),
        ("access_arrangements (Amy's conflicted copy 2027-06-07).yaml", ARRANGEMENTS),
        ("\uff41ccess_arrangements.yaml.txt", ARRANGEMENTS),
        ("kiosk.yaml.txt", KIOSK),
        ("kiosk (2).yaml", KIOSK),
        ("kiosk.txt", KIOSK),
        ("Copy of kiosk", KIOSK),
        ("school-PC7.YML", SCHOOL),
        ("check(1).yaml", CHECK),
        ("notes.yaml", ""),
    ],
)
def test_a_name_that_is_not_read_is_found(folder: Path, name: str, meant: str) -> None:
    """With the file that it is perhaps meant for."""
    (folder / name).touch()
    assert stray_names(folder, FILES) == {name: meant}


@pytest.mark.parametrize(
    "name",
    [
        *FILES,
        ".access_arrangements.yaml.x8d",
        ".access_arrangements.yaml.swp",
        "access_arrangements.yaml~",
        "kiosk.yaml.bak",
        "school trip.txt",
        "check list.pdf",
        "kiosk rules.docx",
        "readme.txt",
    ],
)
def test_other_files_are_left_alone(folder: Path, name: str) -> None:
    """What an editor put aside, and what is no settings file at all."""
    (folder / name).touch()
    assert stray_names(folder, FILES) == {}


def test_what_was_put_aside_is_a_stray_where_nothing_is_in_its_place(folder: Path) -> None:
    """Then it is perhaps the file itself."""
    (folder / ARRANGEMENTS).rename(folder / f"{ARRANGEMENTS}.old")
    assert stray_names(folder, FILES) == {f"{ARRANGEMENTS}.old": ARRANGEMENTS}


def test_a_folder_is_no_stray(folder: Path) -> None:
    """Nor is what is in it: the program keeps its own copies in one."""
    (folder / "backups").mkdir()
    (folder / "backups" / "access_arrangements-20270607-090000.yaml").touch()
    (folder / "old kiosk.yaml").mkdir()
    assert stray_names(folder, FILES) == {}


def test_other_capitals_are_a_stray_where_the_system_tells_them_apart(folder: Path) -> None:
    """Where it does not, it is the file that is read."""
    (folder / KIOSK).rename(folder / "Kiosk.yaml")
    expected = {} if (folder / KIOSK).exists() else {"Kiosk.yaml": KIOSK}
    assert stray_names(folder, FILES) == expected
    if expected:
        (folder / KIOSK).touch()
        assert stray_names(folder, FILES) == expected


@pytest.mark.posix_only("Windows allows no such name")
def test_a_stray_is_named_without_what_a_terminal_acts_on(folder: Path) -> None:
    """A name is a stranger's text."""
    (folder / "kiosk\x1b[2J.yaml").touch()
    (mistake,) = stray_files(folder)
    assert str(mistake) == (
        "kiosk?[2J.yaml: This file is not read: only kiosk.yaml is. Rename it, or move it out of the folder."
    )
