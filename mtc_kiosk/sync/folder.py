"""A folder for records, on a server or on a stick that may be pulled out at any moment.

A record's file gets its name only once all of it is on the disk. The folder itself is never made: if a stick is not
in, records must not go to a folder of this PC.
"""

import contextlib
import errno
import os
import re
import secrets
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from mtc_kiosk.plain_file import NotAPlainFile, read_plain
from mtc_kiosk.record.receipt import RECEIPT_SUFFIX
from mtc_kiosk.record.sealed import SUFFIX
from mtc_kiosk.record.stick_seal import LARGEST_SEALED, is_sealed, is_whole
from mtc_kiosk.store.home.whole_files import what_is_wrong, write_whole
from mtc_kiosk.sync.transport import TransportTrouble

PACK_SUFFIX = ".mtcpack"
"""The end of a pack's name: it may be on the same stick, and is no record; nor is a receipt."""

OF_THE_SYSTEM = frozenset({"desktop.ini", "thumbs.db", "autorun.inf"})
"""Files that Windows puts into folders; those of other systems begin with a full stop."""

MOST_FILES = 50_000
"""A folder with more is not one for records: 700 pupils make about 2,000 a year."""

MARK_NAME = ".mtc-kiosk-id"
"""The file that tells one stick from another. The full stop keeps it from being taken for a record."""

_MARK_SAYS = "mtc_kiosk knows this stick or folder by the line below. Leave this file here. It is not about pupils."
_MARK = re.compile(rb"(?m)^[0-9a-f]{32}(?=\r?$)")
_LARGEST_MARK = 1_000
FOR_THE_DESK = 0o666
"""File mode: another account reads the records than wrote them; the folder's own mode limits who may."""

_GONE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.EIO})


class FolderTrouble(TransportTrouble):
    """The folder cannot be used; the message is a sentence for people, and one of them has to do something."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence, again=False)


@dataclass(frozen=True)
class RecordFolder:
    """One folder of record files. It implements ``sync.transport.Transport``."""

    path: Path

    @property
    def place(self) -> str:
        """The folder's name in sentences."""
        return f"the folder {self.path}"

    def look(self) -> None:
        """Raise FolderTrouble if the folder is missing."""
        if not self.path.is_dir():
            if self.path.exists():
                raise FolderTrouble(f"{self.path} is a file. Name the folder that the records are in.")
            raise FolderTrouble(f"The folder {self.path} is missing. Plug in the stick, or make the folder.")

    def gone(self) -> FolderTrouble:
        """What to raise where the folder was there and is no more."""
        return FolderTrouble(f"The folder {self.path} is no longer there. Plug in the stick, and try again.")

    def is_there(self, name: str, content: bytes) -> bool:
        """Whether the folder has the whole of a file; FolderTrouble if it cannot be read.

        A sealed file differs each time it is made: one that is undamaged and has the same size is the same.
        """
        try:
            self.look()
            found = _content(self.path / name)
            if found is not None and is_sealed(content):
                return len(found) == len(content) and is_whole(found)
            return found == content
        except FolderTrouble:
            raise
        except OSError as problem:
            raise FolderTrouble(f"The folder {self.path} cannot be written to: {what_is_wrong(problem)}.") from problem

    def keep(self, name: str, content: bytes) -> None:
        """Write a file, over any of its name; FolderTrouble if it cannot be written. A folder gives no receipt."""
        try:
            self.look()
            target = self.path / name
            _clear(target)
            write_whole(target, content, FOR_THE_DESK)
        except FolderTrouble:
            raise
        except OSError as problem:
            raise FolderTrouble(f"The folder {self.path} cannot be written to: {what_is_wrong(problem)}.") from problem

    def mark(self) -> str | None:
        """The folder's id, None if none can be read; FolderTrouble if the folder is gone."""
        try:
            self.look()
            found = _MARK.search(read_plain(self.path / MARK_NAME, _LARGEST_MARK))
        except FolderTrouble:
            raise
        except OSError as problem:
            if problem.errno in _GONE and not self.path.is_dir():
                raise self.gone() from problem
            return None
        return found[0].decode() if found is not None else None

    def write_mark(self) -> str:
        """Write a new id; FolderTrouble if it cannot be written."""
        mark = secrets.token_hex(16)
        try:
            write_whole(self.path / MARK_NAME, f"{_MARK_SAYS}\r\n{mark}\r\n".encode(), FOR_THE_DESK)
        except OSError as problem:
            raise FolderTrouble(f"The folder {self.path} cannot be written to: {what_is_wrong(problem)}.") from problem
        return mark

    def names(self) -> Mapping[str, int]:
        """The size in bytes of each file named like a record; FolderTrouble if they cannot be listed."""
        try:
            self.look()
            with os.scandir(self.path) as entries:
                return {
                    entry.name: entry.stat(follow_symlinks=False).st_size
                    for entry in entries
                    if is_named_like_a_record(Path(entry.name)) and entry.is_file(follow_symlinks=False)
                }
        except FolderTrouble:
            raise
        except OSError as problem:
            raise FolderTrouble(f"The folder {self.path} cannot be read: {what_is_wrong(problem)}.") from problem

    def files(self) -> tuple[Path, ...]:
        """Every file, by name, except unfinished ones and the system's; FolderTrouble if they cannot be listed."""
        try:
            self.look()
            found = list(self._found())
        except FolderTrouble:
            raise
        except OSError as problem:
            raise FolderTrouble(f"The folder {self.path} cannot be read: {what_is_wrong(problem)}.") from problem
        return tuple(sorted(_ours_to_read(found), key=lambda file: file.name))

    def _found(self) -> Iterator[Path]:
        with os.scandir(self.path) as entries:
            for number, entry in enumerate(entries):
                if number == MOST_FILES:
                    raise FolderTrouble(
                        f"The folder {self.path} has more than {MOST_FILES} files. Copy the records into a folder of"
                        " their own, and receive that one. Nothing was received."
                    )
                if not entry.is_dir():
                    yield Path(entry.path)

    def read(self, name: str, most: int = LARGEST_SEALED) -> bytes:
        """A file's bytes, at most one more than a sealed record may have, or than ``most``; FolderTrouble if the
        folder is gone.

        OSError if only this file cannot be read.
        """
        file = self.path / name
        try:
            if stat.S_ISLNK(os.lstat(file).st_mode):  # a link may lead out of the folder
                raise OSError(errno.EINVAL, "it is a link, not a file")
            return read_plain(file, most + 1)
        except OSError as problem:
            if problem.errno in _GONE and not self.path.is_dir():
                raise self.gone() from problem
            raise


def is_named_like_a_record(file: Path) -> bool:
    """Whether a file has a record's name, whatever its content."""
    return file.suffix.casefold() == SUFFIX


def _ours_to_read(found: list[Path]) -> Iterator[Path]:
    for file in found:
        name = file.name.casefold()
        if not name.startswith(".") and not name.endswith((PACK_SUFFIX, RECEIPT_SUFFIX)) and name not in OF_THE_SYSTEM:
            yield file


def _clear(target: Path) -> None:
    """Remove a pipe or the like with a record's name; keep a folder, which may have files in it."""
    with contextlib.suppress(FileNotFoundError):
        kind = os.lstat(target).st_mode
        if not stat.S_ISREG(kind) and not stat.S_ISDIR(kind):
            os.unlink(target)  # noqa: PTH108 - every call that may fail on a stick is one of os


def _content(file: Path) -> bytes | None:
    """A file's bytes; None if there is none, or a pipe or the like that a record may replace."""
    try:
        return read_plain(file, LARGEST_SEALED + 1)
    except (FileNotFoundError, NotAPlainFile):
        return None
