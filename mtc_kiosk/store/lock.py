"""Locks that the operating system holds for a process and gives back when it dies.

One kiosk process per home and name; and migrations keep out while any kiosk runs.
"""

import contextlib
import sys
from collections.abc import Iterator
from typing import IO

from mtc_kiosk.store.home import Home


class KioskIsRunning(RuntimeError):
    """Another process has the lock; the message is a sentence for a person."""


@contextlib.contextmanager
def kiosk_lock(home: Home, name: str) -> Iterator[None]:
    """Be the one process that is this kiosk in this home."""
    path = home.root / f"kiosk-{name}.lock"
    with path.open("a+b") as file:
        if not _take(file):
            raise KioskIsRunning(
                f"The kiosk {name!r} is running already in {home.root}; close it, or give --kiosk another name."
            )
        try:
            yield
        finally:
            _give_back(file)


def running_kiosks(home: Home) -> tuple[str, ...]:
    """The names of the kiosks that have this home's locks now."""
    names = []
    for path in sorted(home.root.glob("kiosk-*.lock")):
        with path.open("a+b") as file:
            if _take(file):
                _give_back(file)
            else:
                names.append(path.stem.removeprefix("kiosk-"))
    return tuple(names)


if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> bool:
        file.seek(0)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _give_back(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _take(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True

    def _give_back(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
