"""A folder that records are carried in: on a server, or on a stick that may be pulled out at any moment.

A record's file has its name only once all of it is on the disk. It never makes the folder: a stick that is not there
must not become a folder of this PC. It knows no database.
"""

import errno
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mtc_kiosk.export.whole_files import what_is_wrong, write_whole
from mtc_kiosk.plain_file import NotAPlainFile, read_plain
from mtc_kiosk.record.sealed import LARGEST_FILE, SUFFIX, Sealed

OF_THE_SYSTEM = frozenset({"desktop.ini", "thumbs.db", "autorun.inf"})
"""What Windows leaves in folders by itself; other systems' files of that kind begin with a point."""

MOST_FILES = 50_000
"""A folder of more is none that records are carried in: 700 pupils need some 2,000 a year."""

_GONE = frozenset({errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, errno.EIO})


class FolderTrouble(OSError):
    """The folder does not do what is asked of it; the message is a sentence for a person."""


@dataclass(frozen=True)
class RecordFolder:
    """One folder of record files."""

    path: Path

    def look(self) -> None:
        """FolderTrouble where the folder is not there."""
        if not self.path.is_dir():
            raise FolderTrouble(f"The folder {self.path} is not there: put the stick in, or make the folder.")

    def keep(self, sealed: Sealed) -> None:
        """Put a record there, unless it is there whole; FolderTrouble where that could not be."""
        target, content = self.path / sealed.file_name, sealed.to_file()
        try:
            self.look()
            if _content(target) != content:
                write_whole(target, content)
        except FolderTrouble:
            raise
        except OSError as problem:
            raise FolderTrouble(f"The folder {self.path} takes no more: {what_is_wrong(problem)}.") from problem

    def files(self) -> tuple[Path, ...]:
        """Every file there, by name, but for unfinished ones and those the system keeps; FolderTrouble where none can
        be listed."""
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
                        f"The folder {self.path} holds more than {MOST_FILES} files. Copy the records into one of"
                        " their own and receive that. Nothing was taken in."
                    )
                if not entry.is_dir():
                    yield Path(entry.path)

    def read(self, file: Path) -> bytes:
        """A file's bytes, one more than a record may have at most; FolderTrouble where the folder is gone.

        OSError where this file alone cannot be read.
        """
        try:
            if stat.S_ISLNK(os.lstat(file).st_mode):  # it may lead out of the folder
                raise OSError(errno.EINVAL, "it is a link, and should be a plain file")
            return read_plain(file, LARGEST_FILE + 1)
        except OSError as problem:
            if problem.errno in _GONE and not self.path.is_dir():
                raise FolderTrouble(f"The folder {self.path} is not there any more.") from problem
            raise


def is_named_like_a_record(file: Path) -> bool:
    """Whether a file's name says that it is a record, whatever is in it."""
    return file.suffix.casefold() == SUFFIX


def _ours_to_read(found: list[Path]) -> Iterator[Path]:
    for file in found:
        if not file.name.startswith(".") and file.name.casefold() not in OF_THE_SYSTEM:
            yield file


def _content(file: Path) -> bytes | None:
    """What is in a file; None where there is none, or a pipe or the like that a record may take the place of."""
    try:
        return read_plain(file, LARGEST_FILE + 1)
    except (FileNotFoundError, NotAPlainFile):
        return None
