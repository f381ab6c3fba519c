"""``mtc-kiosk account`` at a real terminal: the rule is said first, and nothing of what is typed is shown."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

WITHIN_S = 60


@pytest.mark.posix_only("a terminal of its own for the command")
def test_what_a_password_may_be_is_said_before_it_is_asked_for_twice(tmp_path: Path) -> None:
    """The rule, the question twice, and the account, without the password."""
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "mtc_kiosk", "account", "add", "f.adeyemi", "--role", "head"]
    command += ["--home", str(tmp_path / "home")]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True) as process:
        os.close(theirs)
        shown = b""
        for _ in range(2):
            while not shown.endswith(b": "):
                shown += os.read(ours, 1000)
            os.write(ours, b"seven cups of tea\n")
            shown += os.read(ours, 1000)
        while b"can sign in" not in shown:
            shown += os.read(ours, 1000)
        assert process.wait(WITHIN_S) == 0
    os.close(ours)
    page = shown.decode()
    lines = ("Use at least 8 characters", "Password: ", "The same password again: ", "f.adeyemi can sign in")
    places = [page.index(line) for line in lines]
    assert places == sorted(places)
    assert "seven cups" not in page
