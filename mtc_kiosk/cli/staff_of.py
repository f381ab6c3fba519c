"""What the staff's pages of a kiosk need from the PC: where the home lies, and the wrong tries at the passcode."""

from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import wall_clock
from mtc_kiosk.store.school.passcode_tries import KeptGuesses


def place_of(home: Home) -> str:
    """Where the home lies, as people call it: ``drive C:``, or the disk of a folder."""
    drive = home.root.absolute().drive
    return f"drive {drive}" if drive else f"the disk of {home.root}"


def kept_guesses(home: Home, kiosk: str) -> KeptGuesses:
    """The wrong tries of this home, kept in this kiosk's name."""
    return KeptGuesses(home, f"kiosk:{kiosk}", kiosk, wall_clock(home))
