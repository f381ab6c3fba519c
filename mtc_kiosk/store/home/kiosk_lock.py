"""Locks that the operating system keeps for a process and releases when it dies.

One kiosk process per home and name; one console and one restore per home, and not both at once; migrations wait until
no kiosk runs.
"""

import contextlib
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO

from mtc_kiosk.plain_file import why
from mtc_kiosk.store.home.home import Home

PATIENCE_S, BETWEEN_TRIES_S = 0.5, 0.02
"""How long to try: another program that checks who is running takes a lock for an instant."""


class KioskIsRunning(RuntimeError):
    """Another process has the lock; the message is a sentence for a person."""


@contextlib.contextmanager
def kiosk_lock(home: Home, name: str) -> Iterator[None]:
    """Be the one process that is this kiosk in this home."""
    path = lock_file(home, name)
    with contextlib.ExitStack() as opened:
        try:
            file = opened.enter_context(path.open("a+b"))
            taken = _take_soon(file)
        except OSError as problem:
            raise KioskIsRunning(
                f"The kiosk {name!r} cannot start: {path} cannot be locked ({why(problem)})."
            ) from problem
        if not taken:
            raise KioskIsRunning(
                f"The kiosk {name!r} is already running in {home.root}. Close it, or choose another name with --kiosk."
            )
        try:
            yield
        finally:
            _give_back(file)


class ConsoleIsRunning(RuntimeError):
    """The home has a console already, or is being restored; the message is a sentence for a person."""


@contextlib.contextmanager
def console_lock(home: Home) -> Iterator[None]:
    """Be the one console of this home; ConsoleIsRunning while another is, or while the home is being restored.

    A restore takes its own lock and then looks for this one, so that whichever comes first, one of them sees the other.
    """
    path = _console_file(home)
    with contextlib.ExitStack() as opened:
        try:
            file = opened.enter_context(path.open("a+b"))
            taken = _take_soon(file)
        except OSError as problem:
            raise ConsoleIsRunning(f"The console cannot start: {path} cannot be locked ({why(problem)}).") from problem
        if not taken:
            raise ConsoleIsRunning(
                f"A console is already running for {home.root}. Use that one, or close it and start again."
            )
        try:
            if _restore_file(home).exists() and _is_taken(_restore_file(home)):
                raise ConsoleIsRunning(f"{home.root} is being restored. Start the console when that is done.")
            yield
        finally:
            _give_back(file)


def is_console_running(home: Home) -> bool:
    """Whether a console has this home now."""
    path = _console_file(home)
    return path.exists() and _is_taken(path)


@contextlib.contextmanager
def restore_lock(home: Home) -> Iterator[bool]:
    """Be the one process that restores this home; False while another is."""
    with _restore_file(home).open("a+b") as file:
        taken = _take_soon(file)
        try:
            yield taken
        finally:
            if taken:
                _give_back(file)


def running_kiosks(home: Home) -> tuple[str, ...]:
    """The names of the kiosks that have this home's locks now."""
    return tuple(name for name in kiosks_known(home) if _is_taken(lock_file(home, name)))


def kiosks_known(home: Home) -> tuple[str, ...]:
    """The names of the kiosks that were ever started in this home."""
    files = sorted(home.root.glob("kiosk-*.lock"))
    return tuple(file.stem.removeprefix("kiosk-") for file in files)


def kiosks_in_words(kiosks: Sequence[str]) -> str:
    """Kiosks in a sentence: ``kiosk PC1``, ``kiosks PC1 and PC2``."""
    *others, last = kiosks
    return f"kiosks {', '.join(others)} and {last}" if others else f"kiosk {last}"


def lock_file(home: Home, name: str) -> Path:
    """The file that a kiosk locks; it stays after the kiosk ends, and then means nothing."""
    return home.root / f"kiosk-{name}.lock"


def _console_file(home: Home) -> Path:
    return home.root / "console.lock"


def _restore_file(home: Home) -> Path:
    return home.root / "restore.lock"


def _is_taken(path: Path) -> bool:
    """Whether another process has the lock; True as well if this account may not find out."""
    try:
        with path.open("a+b") as file:
            if not _take(file):
                return True
            _give_back(file)
            return False
    except OSError:
        return True


def _take_soon(file: IO[bytes]) -> bool:
    tries = round(PATIENCE_S / BETWEEN_TRIES_S)
    for _ in range(tries):
        if _take(file):
            return True
        time.sleep(BETWEEN_TRIES_S)
    return False


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
        except BlockingIOError:
            return False
        return True

    def _give_back(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
