"""A start with unchanged settings files uses the kept settings; if these are damaged, the files are read."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from mtc_kiosk.config.configuration import load_all
from mtc_kiosk.config.mistakes import ConfigMistakes
from mtc_kiosk.store.home.home import Home, open_home
from mtc_kiosk.store.home.kept_settings import KEPT, configuration_at_start

WITH_PYDANTIC = """
import pathlib, sys
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kept_settings import configuration_at_start
said = configuration_at_start(Home(pathlib.Path(sys.argv[1])))
print(said.kiosk.sound.volume_percent, "pydantic" in sys.modules, "yaml" in sys.modules)
"""


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A new home."""
    return open_home(tmp_path / "home")


def started(home: Home) -> str:
    """What a start in a process of its own reads, and whether it used what reads files."""
    command = [sys.executable, "-c", WITH_PYDANTIC, str(home.root)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def set_volume(home: Home, percent: int) -> None:
    """Change a setting of the home."""
    file = home.config_dir / "kiosk.yaml"
    file.write_text(f"sound: {{volume_percent: {percent}}}\n", encoding="utf-8")


def test_the_second_start_takes_what_the_first_kept(home: Home) -> None:
    """Without pydantic and the YAML parser; after a change the file is read again, once."""
    set_volume(home, 40)
    assert [started(home), started(home)] == ["40 True True", "40 False False"]
    set_volume(home, 41)
    assert [started(home), started(home)] == ["41 True True", "41 False False"]


@pytest.mark.parametrize("damage", [b"", b"{}", b"\xff\x00" * 40, b"0" * 64 + b"\n{}\n"])
def test_what_is_damaged_is_ignored_and_made_anew(home: Home, damage: bytes) -> None:
    """The files say what holds."""
    set_volume(home, 40)
    configuration_at_start(home)
    whole = (home.root / KEPT).read_bytes()
    (home.root / KEPT).write_bytes(damage)
    assert configuration_at_start(home).kiosk.sound.volume_percent == 40
    assert (home.root / KEPT).read_bytes() == whole


def test_a_place_that_cannot_be_written_costs_time_alone(home: Home) -> None:
    """A folder in the place of the file: each start reads the settings files."""
    (home.root / KEPT).mkdir()
    assert configuration_at_start(home) == load_all(home.config_dir)
    assert [one.name for one in home.root.iterdir() if one.name.startswith(f".{KEPT}")] == []


@pytest.mark.parametrize("text", ["sound: {volume_percent: 400}\n", "unknown: 1\n", "sound:\n\tdevice: x\n", None])
def test_a_mistake_is_said_at_each_start_in_the_same_words(home: Home, text: str | None) -> None:
    """Also where the file is gone, and where what was kept before still lies there."""
    configuration_at_start(home)
    kept = (home.root / KEPT).read_bytes()
    file = home.config_dir / "kiosk.yaml"
    file.unlink() if text is None else file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigMistakes) as usual:
        load_all(home.config_dir)
    for _ in range(2):
        with pytest.raises(ConfigMistakes) as said:
            configuration_at_start(home)
        assert said.value.mistakes == usual.value.mistakes
    assert (home.root / KEPT).read_bytes() == kept


@pytest.mark.posix_only("Windows has access lists for it, which the folder hands down")
def test_it_is_for_its_owner_alone(home: Home) -> None:
    """It holds what the settings files hold: the numbers of pupils, and the passcode's hash."""
    before = os.umask(0)
    try:
        configuration_at_start(home)
    finally:
        os.umask(before)
    assert stat.S_IMODE((home.root / KEPT).stat().st_mode) == 0o600
