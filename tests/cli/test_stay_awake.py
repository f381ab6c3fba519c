"""The desk's PC stays awake while a session is open, and only then."""

import sys
from pathlib import Path

import pytest

from mtc_kiosk.cli.stay_awake import LOOK_EVERY_S, awake_while

INHIBITOR = """#!/bin/sh
echo "$@" > "{mark}"
trap 'rm "{mark}"' EXIT
cat
"""


@pytest.mark.posix_only("Windows is asked by a call of its own")
@pytest.mark.skipif(sys.platform == "darwin", reason="there is no systemd")
def test_it_is_asked_for_while_a_session_is_open_and_no_longer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By systemd's own program, which ends with what it waits for: this program, however that ends."""
    mark, program = tmp_path / "asked", tmp_path / "systemd-inhibit"
    program.write_text(INHIBITOR.format(mark=mark))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    now, is_open = 0.0, False
    with awake_while(lambda: is_open, lambda: now) as look:
        look()
        is_open = True
        look()  # it does not look again so soon
        assert not mark.exists()
        now += LOOK_EVERY_S
        look()
        _until(mark)
        assert "--what=sleep:idle" in mark.read_text()
        is_open, now = False, now + LOOK_EVERY_S
        look()
        assert not mark.exists()
        is_open, now = True, now + LOOK_EVERY_S
        look()
        _until(mark)
    assert not mark.exists()


def test_a_pc_without_such_a_program_is_no_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk serves all the same."""
    monkeypatch.setenv("PATH", str(tmp_path))
    with awake_while(lambda: True, lambda: 0.0) as look:
        look()


def _until(mark: Path) -> None:
    """Until the program has written down what it was asked."""
    for _ in range(1_000_000):
        if mark.exists() and mark.read_text():
            return
    raise AssertionError("Nobody was asked.")
