"""Log files of a home: readable by their owner only, and of limited size, so that a log never fills a disk.

In a module of its own: a command may add to a log, but may not reach ``files``, which replaces settings.
"""

import contextlib
from collections.abc import Iterable
from pathlib import Path

from mtc_kiosk.store.home.files import make_private

LARGEST = 1_000_000
"""Bytes. A log of this size becomes ``NAME.1`` and replaces the ``NAME.1`` before it."""


def add_lines(path: Path, lines: Iterable[str]) -> None:
    """Add lines to a log; OSError if the disk refuses."""
    if path.exists() and path.stat().st_size >= LARGEST:
        with contextlib.suppress(PermissionError):  # on Windows, while another program has it open
            path.replace(path.with_name(f"{path.name}.1"))
    make_private(path)
    with path.open("a", encoding="utf-8", errors="backslashreplace") as log:
        log.writelines(f"{line}\n" for line in lines)
