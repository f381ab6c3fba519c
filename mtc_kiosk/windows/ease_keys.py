"""Turns off the shortcuts that open Windows' questions about sticky, toggle and filter keys while a kiosk is open.

Shift five times, Num Lock or right Shift held: a child who does that in a check would get a question of Windows over
it. One that is switched on is needed by somebody, and stays. The earlier settings are first saved in a file, so that
the next start restores them if this one is cut off; Windows itself forgets all of it at sign-out.
"""

import contextlib
import ctypes
import json
import sys
from collections.abc import Iterator
from enum import IntEnum
from pathlib import Path
from typing import Protocol

from mtc_kiosk.windows import calls

FILE = "windows-keys.json"
_ON, _SHORTCUT, _ASKS = 0x1, 0x4, 0x8


class Help(IntEnum):
    """One of the three; the value is the code by which Windows reads its flags, the next one sets them."""

    FILTER = 0x32
    TOGGLE = 0x34
    STICKY = 0x3A


class System(Protocol):
    """What we ask of Windows."""

    def flags(self, which: Help) -> int | None:
        """The flags; None if they cannot be read."""

    def set_flags(self, which: Help, flags: int) -> None:
        """Set the flags until sign-out; does nothing if the system refuses."""


def without_shortcut(flags: int) -> int:
    """The flags with the shortcut off, unless the help itself is on."""
    return flags if flags & _ON else flags & ~(_SHORTCUT | _ASKS)


@contextlib.contextmanager
def shortcuts_off(home: Path, system: System | None = None) -> Iterator[None]:
    """Turn the shortcuts off until the end of the block; does nothing on other systems."""
    system = system if system is not None else _this_system()
    if system is None:
        yield
        return
    kept = home / FILE
    _put_back(kept, system)
    before = {which: flags for which in Help if (flags := system.flags(which)) is not None}
    if _keep(kept, before):
        for which, flags in before.items():
            if without_shortcut(flags) != flags:
                system.set_flags(which, without_shortcut(flags))
    try:
        yield
    finally:
        _put_back(kept, system)


def _keep(kept: Path, before: dict[Help, int]) -> bool:
    """Save the flags; True if that worked, since what cannot be restored must not be changed."""
    draft = kept.with_suffix(".new")
    try:
        draft.write_text(json.dumps({which.name: flags for which, flags in before.items()}), encoding="utf-8")
        draft.replace(kept)
    except OSError:
        return False
    return True


def _put_back(kept: Path, system: System) -> None:
    """Restore the flags in the file, and delete it; a file that cannot be read is only deleted."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        before = json.loads(kept.read_text(encoding="utf-8"))
        for which in Help:
            flags = before.get(which.name)
            if isinstance(flags, int):
                system.set_flags(which, flags)
    with contextlib.suppress(OSError):
        kept.unlink(missing_ok=True)


class _Flags(ctypes.Structure):
    """``STICKYKEYS`` and ``TOGGLEKEYS``; ``FILTERKEYS`` with its four times at the end."""

    _fields_ = (("size", ctypes.c_uint32), ("flags", ctypes.c_uint32), ("times", ctypes.c_uint32 * 4))


def _this_system() -> System | None:
    if sys.platform != "win32":
        return None

    class Windows:
        """Windows, by its own call."""

        def flags(self, which: Help) -> int | None:
            found = self._get(which)
            return None if found is None else int(found.flags)

        def set_flags(self, which: Help, flags: int) -> None:
            found = self._get(which)  # the times stay
            if found is not None and found.flags != flags:
                found.flags = flags
                calls.system_parameters(which + 1, found.size, ctypes.byref(found), 0)

        def _get(self, which: Help) -> _Flags | None:
            found = _Flags()
            found.size = ctypes.sizeof(_Flags) if which is Help.FILTER else _Flags.times.offset
            done = calls.system_parameters(which, found.size, ctypes.byref(found), 0)
            return found if done else None

    return Windows()
