"""Replaces a settings file whole or not at all, after keeping a copy of it."""

import os
import shutil
import stat
import tempfile
from datetime import datetime
from pathlib import Path

from mtc_kiosk.plain_file import read_plain
from mtc_kiosk.windows.access import inheriting

BACKUPS = "backups"
"""The folder beside a settings file for earlier versions; the program never reads from it."""

MOST_BACKUPS = 10


class NotReplaced(OSError):
    """The file was left unchanged; ``strerror`` says why, for a person."""


def replace_whole(path: Path, content: bytes, *, was: bytes) -> None:
    """Replace the file at ``path``, which must still be as it ``was``, with ``content``; it keeps its mode.

    NotReplaced if it changed or is write-protected; any other OSError if it cannot be written.
    """
    mode = path.stat().st_mode
    if not mode & stat.S_IWUSR or not os.access(path, os.W_OK):
        raise NotReplaced(None, "The file is protected against writing")
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    draft = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path, draft)
        if read_plain(path, len(was) + 1) != was:
            raise NotReplaced(None, "The file was changed by somebody else at the same moment")
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _sync(path.parent)


def keep_backup(path: Path, content: bytes, now: datetime) -> Path:
    """Keep a copy of how the file at ``path`` was; returns its path. The newest ten copies of each file are kept."""
    folder = path.parent / BACKUPS
    folder.mkdir(mode=inheriting(0o700), exist_ok=True)
    stem = f"{path.stem}-{now:%Y%m%d-%H%M%S}-"
    counts = [int(one.stem.removeprefix(stem)) for one in folder.glob(f"{stem}[0-9]*{path.suffix}")]
    copy = folder / f"{stem}{max(counts, default=0) + 1:03}{path.suffix}"
    descriptor = os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    _sync(folder)
    kept = sorted(folder.glob(f"{path.stem}-*{path.suffix}"), key=lambda one: (one.stat().st_mtime_ns, one.name))
    for old in kept[:-MOST_BACKUPS]:
        old.unlink(missing_ok=True)
    return copy


def _sync(folder: Path) -> None:
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
