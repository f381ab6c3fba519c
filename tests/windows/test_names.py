"""Names that Windows does not keep."""

from pathlib import PureWindowsPath

import pytest

from mtc_kiosk.windows.names import what_is_dropped


@pytest.mark.parametrize(
    ("path", "dropped"),
    [
        (r"C:\school\home ", ("home ", "a space")),
        (r"C:\school.\home", ("school.", "a full stop")),
        (r"C:\a \b.", ("a ", "a space")),
        ("home. ", ("home. ", "a space")),
    ],
)
def test_a_part_that_ends_in_a_space_or_a_full_stop_is_named(path: str, dropped: tuple[str, str]) -> None:
    """The first of them, wherever in the path it is."""
    assert what_is_dropped(PureWindowsPath(path)) == dropped


@pytest.mark.parametrize("path", [r"C:\school\home", "..", r"..\home", ".", r"C:\.config\a b", "C:\\", r"\\pc\share\x"])
def test_any_other_name_is_kept(path: str) -> None:
    """Also the folder above, and a name that begins with a full stop."""
    assert what_is_dropped(PureWindowsPath(path)) is None
