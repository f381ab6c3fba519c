"""The staff passcode, typed at a terminal: what is allowed is said before it is asked for."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

WITHIN_S = 60


@pytest.mark.posix_only("a terminal of its own for the command")
def test_what_a_passcode_may_be_is_said_before_it_is_asked_for(tmp_path: Path) -> None:
    """At a real terminal: the rule, then the question twice, and nothing of what was typed."""
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "mtc_kiosk", "passcode", "set", "--home", str(tmp_path / "home")]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True) as process:
        os.close(theirs)
        shown = b""
        for _ in range(2):
            while not shown.endswith(b": "):
                shown += os.read(ours, 1000)
            os.write(ours, b"seven words\n")
            shown += os.read(ours, 1000)
        while b"is set" not in shown:
            shown += os.read(ours, 1000)
        assert process.wait(WITHIN_S) == 0
    os.close(ours)
    page = shown.decode()
    lines = (
        "Use 6 to 64 visible characters.",
        "Staff passcode: ",
        "The same passcode again: ",
        "The staff passcode is set.",
    )
    places = [page.index(line) for line in lines]
    assert places == sorted(places)
    assert "seven words" not in page
