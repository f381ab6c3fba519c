"""Files written whole or not at all, on any disk, even one that is full, read-only or unplugged at any moment.

A file gets its own name only once all of it is on the disk, and only its owner may read it. A link with that name is
replaced, not followed.
"""

import contextlib
import errno
import os
import secrets
import stat
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from mtc_kiosk.plain_file import NotAPlainFile, open_plain, why
from mtc_kiosk.store.home.files import OWNER_ONLY_FILE, keep_to_owner, sync_folder
from mtc_kiosk.windows.names import what_is_dropped

_BINARY = getattr(os, "O_BINARY", 0)  # only Windows treats text files differently
_NO_SUCH_CALL = frozenset({errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP})
_WORDS = {
    errno.ENOSPC: "it is full",
    getattr(errno, "EDQUOT", errno.ENOSPC): "it is full",
    errno.EFBIG: "it is full",
    errno.EROFS: "it is read-only",
    errno.EACCES: "this account has no permission, or another program has the file open",
    errno.EPERM: "this account has no permission, or another program has the file open",
    errno.ENOENT: "it is missing",
    errno.ENOTDIR: "it is not a folder",
    errno.ENODEV: "it is no longer there",
    errno.ENXIO: "it is no longer there",
    errno.EIO: "it does not answer: it may have been pulled out",
}


def what_is_wrong(problem: OSError) -> str:
    """What a person reads about a disk that refuses, to follow its name and a colon."""
    words = _WORDS.get(problem.errno) if problem.errno is not None else None
    return words or why(problem)


def why_not_written(problem: OSError, path: Path) -> str:
    """The same where a file that a person named cannot be written, perhaps because its folder is missing."""
    return what_is_wrong(problem) if path.parent.is_dir() else "its folder is missing"


def write_whole(
    path: Path, content: bytes, mode: int = OWNER_ONLY_FILE, look: Callable[[Path], None] = lambda _: None
) -> None:
    """Write one file; OSError if that failed, and then the earlier file is unchanged.

    ``look`` is given the finished file before it gets its name; if it raises, there is no such file.
    """
    draft = _draft(path, content, mode)
    try:
        look(draft)
    except BaseException:
        _discard(draft)
        raise
    _name(draft, path)
    _sync(path.parent)


def write_together(contents: Mapping[Path, bytes | Iterable[bytes]]) -> None:
    """Write files that belong together; OSError if that failed, and then all are as they were.

    A content may come in parts, which are made while they are written; if that raises, all are as they were too.
    """
    drafts: dict[Path, Path] = {}
    before: dict[Path, bytes | None] = {}
    try:
        for path, content in contents.items():
            drafts[path] = _draft(path, content)
        for path, draft in drafts.items():
            before[path] = _what_is_there(path)
            os.replace(draft, path)  # noqa: PTH105 - every call that may fail on a stick is one of os
    except BaseException:
        for draft in drafts.values():
            _discard(draft)
        for path, was in before.items():
            _put_back(path, was)
        raise
    for folder in {path.parent for path in contents}:
        _sync(folder)


def _draft(path: Path, content: bytes | Iterable[bytes], mode: int = OWNER_ONLY_FILE) -> Path:
    """Write the content to the disk under a temporary name in the same folder."""
    if sys.platform == "win32" and what_is_dropped(path) is not None:
        raise OSError(errno.EINVAL, "A part of its name ends in a space or a full stop; leave that out")
    _refuse_special(path)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
    descriptor = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, mode)
    try:
        try:
            if mode == OWNER_ONLY_FILE:
                keep_to_owner(draft)
            for part in (content,) if isinstance(content, bytes) else content:
                _write_all(descriptor, part)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        _discard(draft)
        raise
    return draft


def _write_all(descriptor: int, part: bytes) -> None:
    left = memoryview(part)
    while left:
        left = left[os.write(descriptor, left) :]


def _name(draft: Path, path: Path) -> None:
    try:
        os.replace(draft, path)  # noqa: PTH105 - every call that may fail on a stick is one of os
    except BaseException:
        _discard(draft)
        raise


def _refuse_special(path: Path) -> None:
    """NotAPlainFile if the name is that of a pipe or a device, such as the null device: it would be replaced."""
    try:
        kind = os.stat(path).st_mode  # noqa: PTH116 - every call that may fail on a stick is one of os
    except FileNotFoundError:
        return
    if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
        raise NotAPlainFile(errno.EINVAL, "this is a pipe or a device, not a plain file", str(path))


def _what_is_there(path: Path) -> bytes | None:
    try:
        with open_plain(path) as file:
            return file.read()
    except FileNotFoundError:
        return None


def _discard(draft: Path) -> None:
    """Remove a draft; if even that fails the disk is gone, and no program reads a draft."""
    with contextlib.suppress(OSError):
        os.unlink(draft)  # noqa: PTH108 - every call that may fail on a stick is one of os


def _put_back(path: Path, content: bytes | None) -> None:
    with contextlib.suppress(OSError):
        if content is None:
            path.unlink(missing_ok=True)
        elif path.read_bytes() != content:
            write_whole(path, content)


def _sync(folder: Path) -> None:
    """Flush the names to the disk; some network drives have no such call, and keep names at once."""
    try:
        sync_folder(folder)
    except OSError as problem:
        if problem.errno not in _NO_SUCH_CALL:
            raise
