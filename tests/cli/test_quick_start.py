"""What a kiosk has imported when its first screen is shown: nothing that the first screen does not need."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from mtc_kiosk.cli.run import _LOOP, _SCHOOL
from mtc_kiosk.kiosk.school.late_sealer import _LATER
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.store.home.desk_file import Enrolment, keep_enrolment
from mtc_kiosk.store.home.home import Home

FIRST_FLIP = """
import json, os, sys
import pygame
def update(areas):
    print(json.dumps(sorted(sys.modules)), flush=True)
    os._exit(0)
pygame.display.update = update
from mtc_kiosk.cli import main
main(sys.argv[1:])
"""
"""The program itself; at its first flip it says what it has imported, and ends as if the power were cut."""

STAFF_ROOM = "mtc_kiosk.kiosk.school.staff_room"
NOT_NEEDED = {"pydantic", "sqlite_utils", "yaml", "rich", "numpy", "openpyxl", STAFF_ROOM}


OF_THE_NETWORK = {"httpx", "stamina", "ssl", "mtc_kiosk.sync.client", "mtc_kiosk.record.pack"}


def command(home: Path, *words: str) -> list[str]:
    """The program with these words, up to its first flip."""
    return [sys.executable, "-c", FIRST_FLIP, *words, "--home", str(home)]


def modules_at_first_flip(home: Path, *words: str) -> set[str]:
    """The modules that a kiosk in its own process has imported by then."""
    given = {**os.environ, "SDL_VIDEODRIVER": "dummy", "SDL_AUDIODRIVER": "dummy", "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
    ended = subprocess.run(command(home, *words), env=given, capture_output=True, text=True, check=True, timeout=60)
    return set(json.loads(ended.stdout))


def set_passcode(home: Path) -> None:
    """Make it a school's kiosk."""
    words = [sys.executable, "-m", "mtc_kiosk", "passcode", "set", "--home", str(home)]
    subprocess.run(words, input="a made-up passcode", text=True, check=True, capture_output=True)


def enrol(home: Path) -> None:
    """Make it a kiosk of a desk that is off."""
    certificate, key = "", DeviceKey.new().public.hex()
    given = Enrolment("https://127.0.0.1:9", certificate, key, key, 1, "PC7", "t" * 43, "2027-06-07T08:00:00.000Z")
    keep_enrolment(Home(home), given)


@pytest.mark.parametrize("kind", ["run", "try", "run at a school"])
def test_the_second_start_imports_no_more_than_the_first_screen_needs(tmp_path: Path, kind: str) -> None:
    """The first one in a home reads its settings; behind it neither pydantic nor sqlite-utils is imported."""
    home = tmp_path / "home"
    if kind == "run at a school":
        set_passcode(home)
    first = modules_at_first_flip(home, kind.split(maxsplit=1)[0], "--kiosk", "first")
    assert "pydantic" in first
    second = modules_at_first_flip(home, kind.split(maxsplit=1)[0], "--kiosk", "second")
    assert not NOT_NEEDED & second
    assert "mtc_kiosk.kiosk.app" in second
    if kind == "run at a school":
        enrol(home)
        assert not (NOT_NEEDED | OF_THE_NETWORK) & modules_at_first_flip(home, "run")


def test_whatever_is_imported_beside_the_window_is_there() -> None:
    """A wrong module name would fail unseen in a thread, and only slow down every start."""
    assert [name for name in (_LOOP, _SCHOOL, *_LATER) if importlib.util.find_spec(name) is None] == []


def test_a_changed_settings_file_is_read_again_at_the_start(tmp_path: Path) -> None:
    """By what reads settings files, and a mistake in it is refused before there is a window."""
    home = tmp_path / "home"
    modules_at_first_flip(home, "run")
    file = home / "config" / "kiosk.yaml"
    written = file.read_text(encoding="utf-8")
    file.write_text(f"{written}\n# changed\n", encoding="utf-8")
    assert "pydantic" in modules_at_first_flip(home, "run")
    file.write_text(f"{written}\nunknown: 1\n", encoding="utf-8")
    for _ in range(2):
        given = {**os.environ, "PYGAME_HIDE_SUPPORT_PROMPT": "1"}
        ended = subprocess.run(command(home, "run"), env=given, capture_output=True, text=True, check=False, timeout=60)
        assert (ended.returncode, ended.stdout) == (1, "")
        assert "kiosk.yaml" in ended.stderr
        assert "'unknown' is not a setting" in ended.stderr
