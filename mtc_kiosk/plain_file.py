"""Opens plain files only: a pipe would keep the program waiting for ever, and a device may never end.

Use it for every file that a person names, and for files in a folder that others may write to.
"""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

_AT_ONCE = (
    getattr(os, "O_NONBLOCK", 0)  # open a pipe without waiting for a writer
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)
_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a drive"),
)


class NotAPlainFile(OSError):
    """The path is not a plain file; ``strerror`` says so for a person."""


def open_plain(path: Path) -> BinaryIO:
    """Open the plain file at a path, or at the end of its links, for reading; never waits.

    NotAPlainFile for a pipe, a socket, a device or a drive, IsADirectoryError for a folder; other OSErrors unchanged.
    """
    _refuse(path.stat().st_mode, path)  # before opening it: opening may already start a device
    descriptor = os.open(path, os.O_RDONLY | _AT_ONCE)
    try:
        _refuse(os.fstat(descriptor).st_mode, path)  # it may have been replaced meanwhile
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read_plain(path: Path, most: int) -> bytes:
    """The first ``most`` bytes of the plain file at a path; raises as ``open_plain`` does.

    To detect a file that is too large, ask for one byte more than it may have.
    """
    with open_plain(path) as file:
        # None if a special file of the operating system has no data yet.
        found: bytes | None = file.read(most)
    if found is None:
        raise NotAPlainFile(errno.EINVAL, "This is not a plain file", str(path))
    return found


def why(problem: OSError) -> str:
    """The system's reason in English, starting in lower case and without a full stop.

    Windows gives its own in the language of the PC.
    """
    english = os.strerror(problem.errno) if getattr(problem, "winerror", None) and problem.errno else problem.strerror
    return (english or str(problem)).rstrip(".").lower()


def _refuse(mode: int, path: Path) -> None:
    if stat.S_ISREG(mode):
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "This is a folder, not a file", str(path))
    kind = next((name for is_kind, name in _KINDS if is_kind(mode)), "something else")
    raise NotAPlainFile(errno.EINVAL, f"This is {kind}, not a plain file", str(path))
