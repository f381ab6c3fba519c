"""What Windows is asked to let into a home: lists as the system writes them, in and out; no system is asked here."""

import ast
from pathlib import Path

import pytest

import mtc_kiosk
from mtc_kiosk.windows.access import closed, private_list

ME = "S-1-5-21-1-2-3-1001"
KIOSK = "S-1-5-21-1-2-3-1007"
OURS = f"(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;{ME})"
BELOW_PROGRAM_DATA = (
    f"D:AI(A;OICIID;FA;;;SY)(A;OICIID;FA;;;BA)(A;OICIIOID;FA;;;CO)(A;OICIID;0x1200a9;;;BU)(A;CIID;DCLCRPCR;;;BU)"
    f"(A;ID;FA;;;{ME})"
)


def test_a_home_below_programdata_is_closed_to_every_other_account() -> None:
    """What such a folder inherits lets every account of the PC read it and make files in it."""
    assert closed(BELOW_PROGRAM_DATA, ME, folder=True) == f"D:P{OURS}"


def test_what_is_in_the_folder_is_closed_with_it() -> None:
    """Each entry is inherited by folders (CI) and files (OI), and nothing comes from the folder above (P)."""
    assert private_list(ME, folder=True) == f"D:P{OURS}"
    assert private_list(ME, folder=False) == f"D:P{OURS.replace('OICI', '')}"


@pytest.mark.parametrize(
    "everybody",
    ["WD", "S-1-1-0", "AU", "IU", "NU", "AN", "BU", "S-1-5-32-545", "BG", "CO", "DU", "AC", "S-1-5-21-9-8-7-513"],
)
def test_no_group_of_everybody_stays(everybody: str) -> None:
    """By its letters or its number, whether inherited or given by hand."""
    assert closed(f"D:P{OURS}(A;;0x1200a9;;;{everybody})", ME, folder=True) == f"D:P{OURS}"


def test_an_account_that_was_let_in_by_hand_stays() -> None:
    """IT staff let the kiosk's account into a home that an administrator made."""
    theirs = f"(A;OICI;0x1301bf;;;{KIOSK})"
    assert closed(f"D:P{OURS}{theirs}(A;;FR;;;BU)", ME, folder=True) == f"D:P{OURS}{theirs}"


@pytest.mark.parametrize(
    "found",
    [
        f"D:P{OURS}",
        f"D:AI{OURS.replace('OICI', 'OICIID')}",  # the account's own folder
        "D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;OW)",  # as newer Pythons make a folder of mode 0o700
        f"D:P{OURS}(A;OICI;FA;;;{KIOSK})",
        f"D:P{OURS}(D;;FA;;;WD)",  # it keeps everybody out
    ],
)
def test_a_list_without_everybody_is_left_alone(found: str) -> None:
    """So what a school decided is not undone at every start."""
    assert closed(found, ME, folder=True) is None


def test_no_list_at_all_lets_everybody_in() -> None:
    """A folder without a list is open to all."""
    assert closed("D:NO_ACCESS_CONTROL", ME, folder=True) == f"D:P{OURS}"


def test_a_file_keeps_whom_its_folder_lets_in_by_name() -> None:
    """IT staff let the kiosk's account into a home, or the office into a folder for exports; all of the PC goes."""
    inherited = f"(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;FA;;;{ME})(A;ID;0x1301bf;;;{KIOSK})(A;ID;0x1200a9;;;BU)"
    expected = f"D:P{OURS.replace('OICI', '')}(A;;0x1301bf;;;{KIOSK})"
    assert closed(f"D:AI{inherited}", ME, folder=False) == expected


PACKAGE = Path(mtc_kiosk.__file__).parent


def modes_of_folders(module: str) -> list[str]:
    """The modes with which a module makes folders, as they are written."""
    calls = [n for n in ast.walk(ast.parse((PACKAGE / module).read_text(encoding="utf-8"))) if isinstance(n, ast.Call)]
    made = [call for call in calls if isinstance(call.func, ast.Attribute) and call.func.attr in {"mkdir", "makedirs"}]
    return [ast.unparse(word.value) for call in made for word in call.keywords if word.arg == "mode"]


def test_a_folder_in_a_home_is_made_without_a_list_of_its_own() -> None:
    """Newer Pythons give a folder of mode 0o700 one: an account let in by IT staff could not read the settings."""
    modules = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
    modes = {module: written for module in modules if (written := modes_of_folders(module))}
    assert {"home.py", "whole_file.py"} <= {Path(module).name for module in modes}
    assert [one for written in modes.values() for one in written if not one.startswith("inheriting(")] == []
