"""Log files of a home: for their owner alone, and of bounded size, so that a log never fills a disk."""

import contextlib
from collections.abc import Iterable
from pathlib import Path

from mtc_kiosk.store.home.files import make_private

LARGEST = 1_000_000
"""Bytes. A log that has reached it becomes ``NAME.1``, in the place of the ``NAME.1`` before it."""


def add_lines(path: Path, lines: Iterable[str]) -> None:
    """Add lines to a log; OSError where the disk does not take them."""
    if path.exists() and path.stat().st_size >= LARGEST:
        with contextlib.suppress(PermissionError):  # on Windows, while somebody has it open
            path.replace(path.with_name(f"{path.name}.1"))
    make_private(path)
    with path.open("a", encoding="utf-8", errors="backslashreplace") as log:
        log.writelines(f"{line}\n" for line in lines)
