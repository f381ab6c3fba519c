"""The clock by which commands and packs grow old counts the time in which the PC slept."""

import shutil
import subprocess
import sys

import pytest

SLEPT_S = 7200
AGES = """
import time
from datetime import UTC, datetime
from mtc_kiosk.kiosk.school.desk_commands import DeskCommands
from mtc_kiosk.kiosk.school.desk_time import DeskTime

wall = lambda: datetime(2027, 6, 7, 9, tzinfo=UTC)
desk = DeskTime(wall)
desk._said = (wall(), time.monotonic())  # what a clock that stops in sleep would have shown when the desk spoke
print(round((desk.now() - wall()).total_seconds()))
running = DeskCommands(lambda: None).now() - datetime(2000, 1, 1, tzinfo=UTC)
print(round(running.total_seconds() - time.monotonic()))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="on Windows every clock that is not set counts sleep")
def test_what_the_desk_said_grows_old_while_the_pc_sleeps() -> None:
    """In a time namespace in which the PC has slept for two hours since it was switched on."""
    slept = ["unshare", "--map-root-user", "--time", "--boottime", str(SLEPT_S)]
    if shutil.which("unshare") is None or subprocess.run([*slept, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this machine has no time namespaces")
    told = subprocess.run([*slept, sys.executable, "-c", AGES], capture_output=True, text=True, check=True)
    assert told.stdout.split() == [str(SLEPT_S)] * 2
