"""Whether this PC has a device that plays sound, if the platform can tell without opening one.

A device that is listed may still play nothing: only somebody who listens knows (``mtc-kiosk try --rehearse``). Where
sound goes to another PC, or SDL was told which driver to take, the list of this PC means nothing.
"""

import contextlib
import os
import sys
from pathlib import Path

_LISTED = Path("/proc/asound/pcm")
_ELSEWHERE = ("SDL_AUDIODRIVER", "PULSE_SERVER", "PIPEWIRE_REMOTE")


def sound_connected() -> bool | None:
    """Whether a device for playing sound is connected; None if the platform cannot tell."""
    if any(os.environ.get(name) for name in _ELSEWHERE):
        return None
    if sys.platform == "win32":
        from mtc_kiosk.windows import calls  # noqa: PLC0415 - only Windows has it

        return bool(calls.sound_devices())
    with contextlib.suppress(OSError):
        return plays_listed(_LISTED.read_text(encoding="utf-8", errors="replace"))
    return None


def plays_listed(devices: str) -> bool:
    """Whether Linux's list of sound devices has one that plays."""
    return any("playback" in line for line in devices.splitlines())
