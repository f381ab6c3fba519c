"""A file of errors beside the one it came from: whole or not there, and never over another file."""

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from mtc_kiosk.store.home.files import OWNER_ONLY_FILE, keep_to_owner, sync_folder

MOST_FILES = 100


def write_beside(given: Path, ending: str, content: bytes, otherwise: Path) -> Path:
    """Write the errors of a file as NAME.errors.ENDING beside it, else into the folder ``otherwise``; where they are.

    A name that is taken by another file is left alone: NAME.errors-2, and so on. A file that holds these errors already
    is enough. OSError where neither folder takes it.
    """
    try:
        return _write(given.parent, given, ending, content)
    except OSError:
        # A stick that is full or read-only, or a folder of another's.
        return _write(otherwise, given, ending, content)


def _write(folder: Path, given: Path, ending: str, content: bytes) -> Path:
    with tempfile.NamedTemporaryFile(dir=folder, prefix=".errors-", delete=False) as whole:
        unfinished = Path(whole.name)
        try:
            keep_to_owner(unfinished)
            whole.write(content)
            whole.flush()
            os.fsync(whole.fileno())
        except BaseException:
            with suppress(OSError):
                unfinished.unlink()
            raise
    try:
        for target in _names(folder, given, ending):
            if _claimed(target):
                _fill(target, unfinished)
                return target
            if target.is_file() and target.stat().st_size == len(content) and target.read_bytes() == content:
                return target
        raise FileExistsError(f"{MOST_FILES} files of errors of {given.name} are there already")
    finally:
        with suppress(OSError):
            unfinished.unlink()


def _names(folder: Path, given: Path, ending: str) -> Iterator[Path]:
    stem = re.sub(r"\.errors(-\d+)?$", "", given.stem)
    yield folder / f"{stem}.errors.{ending}"
    yield from (folder / f"{stem}.errors-{number}.{ending}" for number in range(2, MOST_FILES + 1))


def _fill(claimed: Path, unfinished: Path) -> None:
    try:
        unfinished.replace(claimed)
    except OSError:
        with suppress(OSError):
            claimed.unlink()
        raise
    with suppress(OSError):  # some sticks and shares cannot: the file is there all the same
        sync_folder(claimed.parent)


def _claimed(target: Path) -> bool:
    """Whether the name was free and is ours now: the one step that no other program can come between."""
    try:
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY_FILE))
    except FileExistsError:
        return False
    return True
