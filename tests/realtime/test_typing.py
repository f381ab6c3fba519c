"""What a real keyboard types at sign-in: Num Lock off, a French layout, and a keyboard that tells only text."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from Xlib import XK, X, display
from Xlib.ext import xtest

from benchmarks.screen import Injector, kiosk

from .test_sign_in import CLASS_LIST, TITLE, mtc

TOP_ROW = 10  # the keycode of the key with 1 on it; those of 2 to 0 follow
ON_SCREEN = 230  # the first of ten keycodes of no key at all, as keyboards on the screen borrow them
NUM_LOCK_OFF = tuple(f"KP_{name}" for name in ("Insert", "End", "Down", "Next", "Left", "Begin")) + tuple(
    f"KP_{name}" for name in ("Right", "Home", "Up", "Prior")
)
FRENCH = ("ampersand", "eacute", "quotedbl", "apostrophe", "parenleft")
FRENCH += ("minus", "egrave", "underscore", "ccedilla", "agrave")


class Keyboard:
    """Presses keys by their codes, and gives them other meanings."""

    def __init__(self, name: str) -> None:
        self.display = display.Display(name)

    def name_keys(self, first: int, *keysyms: str) -> None:
        """These keycodes mean this from now on, and with Shift the digits of the top row."""
        pairs = zip(keysyms, "1234567890", strict=True)
        columns = [[XK.string_to_keysym(plain), XK.string_to_keysym(shifted)] for plain, shifted in pairs]
        self.display.change_keyboard_mapping(first, columns)
        self.display.sync()

    def press(self, keycode: int) -> None:
        """Down and up."""
        for kind in (X.KeyPress, X.KeyRelease):
            xtest.fake_input(self.display, kind, keycode)
        self.display.sync()


@pytest.fixture
def keyboard(display: str) -> Iterator[Keyboard]:
    """A connection of its own."""
    made = Keyboard(display)
    yield made
    made.display.close()


@pytest.mark.parametrize("typed_by", ["number pad, Num Lock off", "French top row", "keyboard on the screen"])
def test_a_pin_is_typed(display: str, fingers: Injector, keyboard: Keyboard, tmp_path: Path, typed_by: str) -> None:
    """The pupil comes in, and the first answer is typed in the same way."""
    home = tmp_path / "home"
    mtc(home, "simulate", "--pupils", "0", "--seed", "1")
    (tmp_path / "class.csv").write_text(CLASS_LIST, encoding="utf-8")
    mtc(home, "pupils", "import", str(tmp_path / "class.csv"))
    mtc(home, "passcode", "set", typed="chalk-and-cheese\n")
    mtc(home, "session", "start", "--kind", "official", "--until", "23:59")
    pins = json.loads(mtc(home, "pins", "list", "--json").stdout)["data"]
    amy = next(pin for pin in pins["pins"] if pin["upn"] == "G201100120001")

    with kiosk(display, home, "run") as running:
        fingers.wait_for_window(TITLE)
        fingers.tap(*pins["password"], "Return", gap_ms=80)
        if typed_by.startswith("French"):
            keyboard.name_keys(TOP_ROW, *FRENCH)
        elif typed_by.startswith("keyboard"):
            keyboard.name_keys(ON_SCREEN, *"1234567890")

        def type_digits(digits: str) -> None:
            for one in digits:
                place = (int(one) - 1) % 10
                if typed_by.startswith("number"):
                    fingers.tap(NUM_LOCK_OFF[int(one)])
                else:
                    keyboard.press((TOP_ROW if typed_by.startswith("French") else ON_SCREEN) + place)

        type_digits(amy["pin"])
        fingers.tap("Return")
        fingers.turn_page("Tab", "Return")  # Yes, that is me
        attempt, seq = str(running.wait_for("select id from attempt")[0][0]), 0
        while True:
            seq, kind, data = running.wait_for_step(attempt, seq)
            if kind == "Shown":
                break
            if kind == "StepBegan" and data["page"] is not None:
                fingers.turn_page()
        type_digits("1720")
        fingers.tap("Return")
        running.wait_for("select 1 from event where type = 'Entered'")
        typed = running.rows("select json_extract(data, '$.input') from event where type = 'Typed' order by seq")
        assert "".join(one for (one,) in typed) == "1720"
