"""What Windows is asked to let into a home: lists as the system writes them, in and out; no system is asked here."""

import pytest

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
