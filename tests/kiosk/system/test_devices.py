"""Reading what Linux says of keyboards and displays."""

import pytest

from mtc_kiosk.kiosk.system.devices import display_connected, keyboard_listed, known
from mtc_kiosk.kiosk.system.sound_devices import plays_listed, sound_connected

KEYBOARD = """I: Bus=0003 Vendor=04f2 Product=0111 Version=0111
N: Name="A keyboard"
H: Handlers=sysrq kbd event4 leds
B: EV=120013
B: KEY=1000000000007 ff9f207ac14057ff febeffdfffefffff fffffffffffffffe
"""
POWER_BUTTON = """I: Bus=0019 Vendor=0000 Product=0001 Version=0000
N: Name="Power Button"
H: Handlers=kbd event0
B: EV=3
B: KEY=10000000000000 0
"""


@pytest.mark.parametrize(
    ("devices", "there"),
    [
        (f"{POWER_BUTTON}\n{KEYBOARD}", True),
        (POWER_BUTTON, False),
        ("", False),
        (None, None),
    ],
)
def test_a_keyboard_is_what_has_digit_keys(devices: str | None, there: bool | None) -> None:
    """A power button is listed as a keyboard by Linux, but no child can type 56 on it."""
    assert keyboard_listed(devices) is there


@pytest.mark.parametrize(
    ("statuses", "there"),
    [(["disconnected\n", "connected\n"], True), (["disconnected\n"], False), (["unknown\n"], False), ([], None)],
)
def test_one_connected_display_is_enough(statuses: list[str], there: bool | None) -> None:
    """Without a connector to ask, nothing is known."""
    assert display_connected(statuses) is there


@pytest.mark.parametrize(
    ("before", "now", "result"),
    [(None, None, None), (None, False, None), (None, True, True), (True, False, False), (False, True, True)],
)
def test_what_was_never_there_is_unknown(before: bool | None, now: bool | None, result: bool | None) -> None:
    """A PC on which no keyboard was ever seen has not lost one."""
    assert known(before, now) is result


@pytest.mark.parametrize(
    ("listed", "there"),
    [
        ("00-00: ALC257 Analog : ALC257 Analog : playback 1 : capture 1\n", True),
        ("01-03: HDMI 0 : HDMI 0 : playback 1\n00-06: DMIC : DMIC : capture 1\n", True),
        ("00-06: DMIC : DMIC : capture 1\n", False),
        ("", False),
    ],
)
def test_a_microphone_is_no_sound(listed: str, there: bool) -> None:
    """Only what plays counts."""
    assert plays_listed(listed) is there


@pytest.mark.parametrize("elsewhere", ["SDL_AUDIODRIVER", "PULSE_SERVER", "PIPEWIRE_REMOTE"])
def test_where_sound_goes_elsewhere_this_pcs_devices_say_nothing(
    elsewhere: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is unknown, which is never said to be missing."""
    monkeypatch.setenv(elsewhere, "somewhere")
    assert sound_connected() is None
