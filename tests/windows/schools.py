"""A made-up school of one pupil whose session is open, and how that pupil signs in on Windows."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.screen import RunningKiosk
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.kiosk.view.scene import ConfirmView
from tests.windows import hands
from tests.windows.places import middle

PASSCODE = "chalk-and-cheese"
CLASS_LIST = "Surname,Forename,Middle name(s),Date of birth,Sex,UPN\nTesterly,Amy,,14/03/2018,F,G201100120001\n"


def mtc(home: Path, *words: str, typed: str | None = None) -> str:
    """What a command says that must succeed."""
    command = [sys.executable, "-m", "mtc_kiosk", *words, "--home", str(home)]
    told = subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", input=typed, timeout=90, check=False
    )
    assert told.returncode == 0, told.stderr
    return told.stdout


def school(folder: Path) -> tuple[Path, dict[str, Any]]:
    """Its home, and password and PIN of its pupil."""
    home = folder / "home"
    mtc(home, "simulate", "--pupils", "0", "--seed", "1")
    (folder / "class.csv").write_text(CLASS_LIST, encoding="utf-8")
    mtc(home, "pupils", "import", str(folder / "class.csv"))
    mtc(home, "passcode", "set", typed=f"{PASSCODE}\n")
    mtc(home, "session", "start", "--kind", "official", "--until", "23:59")
    data = json.loads(mtc(home, "pins", "list", "--json"))["data"]
    return home, {"password": data["password"], **data["pins"][0]}


def in_four_ways(text: str) -> None:
    """Type into a box by keyboard, as characters without a key, as keys without a scan code, digits by number pad."""
    for place, character in enumerate(text):
        if place % 3 == 1:
            hands.software_types(character)
        elif place % 3 == 2:
            hands.software_presses(character)
        elif character.isdigit():
            hands.pad(character)
        else:
            hands.tap(character)


def sign_in(running: RunningKiosk, pupil: dict[str, Any]) -> str:
    """Password and PIN, and "Yes, that is me" by the mouse; the attempt's id."""
    hands.wait_for_window()
    time.sleep(hands.NEW_PAGE_S)
    in_four_ways(pupil["password"])
    hands.tap("Enter")
    in_four_ways(pupil["pin"])
    hands.tap("Enter")
    time.sleep(2)
    # The button's place does not depend on the pupil's details.
    page = ConfirmView("Amy", "Testerly", "14 March 2018", "", "")
    hands.click(*middle(page, Kind.OFFICIAL, Button.THATS_ME, hands.screen_size()))
    return str(running.wait_for("select id from attempt")[0][0])
