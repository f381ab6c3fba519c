"""The size of the window that the command line asks for."""

import pytest
from click.testing import CliRunner

from mtc_kiosk.cli import group


@pytest.mark.parametrize("size", ["599x400", "400x599", "320x240"])
def test_a_window_too_small_for_the_screens_is_refused(size: str) -> None:
    """It says how large a window must be, before anything is opened."""
    told = CliRunner().invoke(group, ["try", "--windowed", size])
    assert told.exit_code == 2
    assert "--windowed needs at least 600x400 pixels" in told.output
