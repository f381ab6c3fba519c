"""A disk with a power switch between any two of SQLite's calls. What was not synced survives by chance.

It is a VFS of apsw, which brings its own SQLite; ``connect`` gives a connection on it that works like the journal's
own. A sector of 512 bytes is written whole or not at all; until a sync, lengths and file names survive by chance as
well. A disk that lies about a sync is not modelled.
"""

import contextlib
import random
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import apsw
import sqlite_utils

from mtc_kiosk.store.db.database import DURABLE

SECTOR = 512


@dataclass
class _File:
    """A file as the program sees it, as the disk surely has it (None: not at all), and what is on its way."""

    content: bytearray = field(default_factory=bytearray)
    surely: bytes | None = None
    on_the_way: list[tuple[int, bytes] | int] = field(default_factory=list)  # writes, and lengths it was cut to
    removed: bool = False

    def survivor(self, chance: random.Random) -> bytes | None:
        """What is left after a cut."""
        if self.surely is None and chance.random() < 0.5:
            return None
        if self.removed and chance.random() < 0.5:
            return None
        left, survives = bytearray(self.surely or b""), chance.choice((0.0, 0.1, 0.5, 0.9, 1.0))
        for change in self.on_the_way:
            if isinstance(change, int):
                if chance.random() < survives:
                    del left[change:]
                continue
            offset, data = change
            for start in range(0, len(data), SECTOR):
                if chance.random() < survives:
                    _put(left, offset + start, data[start : start + SECTOR], chance)
        return bytes(left)


class PowerIsCut(apsw.IOError):
    """The power is off."""


class SimulatedDisk:
    """Files in memory. The power goes at operation ``cut_at``, counted from 1; never if it is None."""

    def __init__(self, name: str, files: dict[str, bytes], cut_at: int | None = None) -> None:
        self.name, self.operations, self._cut_at = name, 0, cut_at
        self.files = {path: _File(bytearray(content), content) for path, content in files.items()}
        self._vfs = _Vfs(self)

    @property
    def is_off(self) -> bool:
        """Whether the power is off."""
        return self._cut_at is not None and self.operations >= self._cut_at

    def operate(self) -> None:
        """Count an operation; PowerIsCut from the cut on."""
        if self.is_off:
            raise PowerIsCut("the power is cut")
        self.operations += 1

    def survivors(self, chance: random.Random) -> dict[str, bytes]:
        """The files found when the power is back."""
        left = {path: file.survivor(chance) for path, file in self.files.items()}
        return {path: content for path, content in left.items() if content is not None}

    def connect(self, path: Path, *, synchronous: str = "full") -> sqlite_utils.Database:
        """A durable connection to a file of this disk, which it has to itself: a VFS of apsw shares no memory."""
        with _as_pythons():
            link = _Link(apsw.Connection(str(path), vfs=self.name))
        try:
            for pragma in ("locking_mode = exclusive", "journal_mode = wal", *DURABLE, f"synchronous = {synchronous}"):
                link.execute(f"pragma {pragma}").fetchall()
        except BaseException:
            link.close()
            raise
        return sqlite_utils.Database(cast(sqlite3.Connection, link), execute_plugins=False)

    def unplug(self) -> None:
        """Remove the disk from SQLite."""
        self._vfs.unregister()


class _Vfs(apsw.VFS):
    def __init__(self, disk: SimulatedDisk) -> None:
        self._disk = disk
        super().__init__(disk.name, "")

    def excepthook(self, etype: Any, evalue: Any, etraceback: Any) -> bool:
        """Ignore the error of a connection that is closed without power."""
        return True

    def xOpen(self, name: Any, flags: list[int]) -> Any:  # noqa: N802 - SQLite's name
        path = name.filename() if hasattr(name, "filename") else str(name)
        if path not in self._disk.files:
            self._disk.operate()
            self._disk.files[path] = _File()
        return _Handle(self._disk, self._disk.files[path])

    def xAccess(self, path: str, flags: int) -> bool:  # noqa: N802 - SQLite's name
        file = self._disk.files.get(path)
        return file is not None and not file.removed

    def xDelete(self, path: str, syncdir: bool) -> None:  # noqa: N802 - SQLite's name
        self._disk.operate()
        if syncdir:
            del self._disk.files[path]
        else:
            self._disk.files[path].removed = True

    def xFullPathname(self, name: str) -> str:  # noqa: N802 - SQLite's name
        return name


class _Handle:
    """An open file. SQLite reads nothing here that a cut could change, so reading is no operation."""

    def __init__(self, disk: SimulatedDisk, file: _File) -> None:
        self._disk, self._file = disk, file

    def excepthook(self, etype: Any, evalue: Any, etraceback: Any) -> bool:
        """The same as for the VFS."""
        return True

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802 - SQLite's name
        if self._disk.is_off:
            raise PowerIsCut("the power is cut")
        return bytes(self._file.content[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 - SQLite's name
        self._disk.operate()
        self._file.on_the_way.append((offset, bytes(data)))
        _put(self._file.content, offset, data, None)

    def xTruncate(self, size: int) -> None:  # noqa: N802 - SQLite's name
        self._disk.operate()
        self._file.on_the_way.append(size)
        del self._file.content[size:]

    def xSync(self, flags: int) -> None:  # noqa: N802 - SQLite's name
        self._disk.operate()
        self._file.surely = bytes(self._file.content)
        self._file.on_the_way.clear()

    def xFileSize(self) -> int:  # noqa: N802 - SQLite's name
        return len(self._file.content)

    def xSectorSize(self) -> int:  # noqa: N802 - SQLite's name
        return SECTOR

    def xDeviceCharacteristics(self) -> int:  # noqa: N802 - SQLite's name
        return apsw.SQLITE_IOCAP_POWERSAFE_OVERWRITE

    def xFileControl(self, op: int, pointer: int) -> bool:  # noqa: N802 - SQLite's name
        return False

    def xCheckReservedLock(self) -> bool:  # noqa: N802 - SQLite's name
        return False

    def xLock(self, level: int) -> None:  # noqa: N802 - SQLite's name
        """The one connection has the file to itself."""

    def xUnlock(self, level: int) -> None:  # noqa: N802 - SQLite's name
        """The same."""

    def xClose(self) -> None:  # noqa: N802 - SQLite's name
        """Close without writing anything."""


class _Link:
    """The parts of a connection that the writer uses, on top of apsw's; its errors are those of Python's own module."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._described: Any = None
        connection.exec_trace = self._describe

    def _describe(self, cursor: apsw.Cursor, sql: str, bindings: Any) -> bool:
        """Keep the names of the columns while there is a cursor that has them: with no rows it soon has none."""
        self._described = cursor.get_description() or None
        return True

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def execute(self, sql: str, parameters: Sequence[Any] = ()) -> "_Rows":
        with _as_pythons():
            return _Rows(self._connection.execute(sql, parameters), self._described)

    def rollback(self) -> None:
        if self.in_transaction:
            self.execute("rollback")

    def close(self) -> None:
        with _as_pythons():
            self._connection.close()


class _Rows:
    """What a statement gives, with what Python's own module says of it. ``description`` is None of a change."""

    def __init__(self, cursor: apsw.Cursor, description: Any) -> None:
        self._cursor, self.description = cursor, description
        self.lastrowid = cursor.connection.last_insert_rowid()

    def __iter__(self) -> Iterator[Any]:
        return iter(self.fetchall())

    def fetchone(self) -> Any:
        with _as_pythons():
            return self._cursor.fetchone()

    def fetchall(self) -> list[Any]:
        with _as_pythons():
            return self._cursor.fetchall()


@contextlib.contextmanager
def _as_pythons() -> Iterator[None]:
    """Raise apsw's errors as those of Python's own module."""
    try:
        yield
    except apsw.ConstraintError as problem:
        raise sqlite3.IntegrityError(str(problem)) from problem
    except apsw.Error as problem:
        raise sqlite3.OperationalError(str(problem)) from problem


def _put(content: bytearray, offset: int, data: bytes, chance: random.Random | None) -> None:
    """Write into a file; what a gap before it holds is zeros, or by chance whatever the disk had there."""
    gap = offset - len(content)
    if gap > 0:
        content.extend(chance.randbytes(gap) if chance is not None and chance.random() < 0.5 else bytes(gap))
    content[offset : offset + len(data)] = data
