"""Opens plain files and nothing else: a pipe would keep the program waiting for ever, and a device may never end.

What a person names, or what lies in a folder that others may write to, is opened through here. It knows nothing of what
is in a file.
"""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

_AT_ONCE = (
    getattr(os, "O_NONBLOCK", 0)  # a pipe is opened without waiting for who writes to it
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
    """What lies at the path is no plain file; ``strerror`` says so for a person."""


def open_plain(path: Path) -> BinaryIO:
    """The plain file at a path, or at the end of its links, opened to be read; never waits for anybody.

    NotAPlainFile for a pipe, a socket, a device or a drive, IsADirectoryError for a folder; any other OSError as it is.
    """
    _refuse(path.stat().st_mode, path)  # before it is opened: opening alone may set a device going
    descriptor = os.open(path, os.O_RDONLY | _AT_ONCE)
    try:
        _refuse(os.fstat(descriptor).st_mode, path)  # it may have been exchanged since
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def read_plain(path: Path, most: int) -> bytes:
    """The first ``most`` bytes of the plain file at a path; raises as ``open_plain`` does.

    Ask for one byte more than a file may have, and a longer answer than it may have is a file that is too large.
    """
    with open_plain(path) as file:
        # None where a file of the operating system's own has nothing to give yet.
        found: bytes | None = file.read(most)
    if found is None:
        raise NotAPlainFile(errno.EINVAL, "This is not a plain file", str(path))
    return found


def why(problem: OSError) -> str:
    """What the system says is wrong, in English, begun small and without a full stop at the end.

    Windows says it in its own language.
    """
    english = os.strerror(problem.errno) if getattr(problem, "winerror", None) and problem.errno else problem.strerror
    return (english or str(problem)).rstrip(".").lower()


def _refuse(mode: int, path: Path) -> None:
    if stat.S_ISREG(mode):
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, "This is a folder, and should be a file", str(path))
    kind = next((name for is_kind, name in _KINDS if is_kind(mode)), "something else")
    raise NotAPlainFile(errno.EINVAL, f"This is {kind}, and should be a plain file", str(path))
