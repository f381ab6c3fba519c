"""Take in the records of a folder and report what became of every file. The folder is not changed."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from mtc_kiosk.record.sealed import Fault, NotARecord, Sealed, read_file
from mtc_kiosk.record.stick_seal import is_sealed, opened
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import AuditStamp
from mtc_kiosk.store.home.whole_files import what_is_wrong
from mtc_kiosk.store.records.inbox import ReceivingHome, Verdict, take_in
from mtc_kiosk.sync.folder import FolderTrouble, RecordFolder, is_named_like_a_record


class Fate(StrEnum):
    """What became of a file."""

    NEW = "new"
    ALREADY_HAD = "already_had"
    WAITS = "waits"
    REFUSED = "refused"


_FATES: Mapping[str, Fate] = {
    Verdict.NEW: Fate.NEW,
    Verdict.CONFLICT: Fate.NEW,
    Verdict.BROKEN: Fate.NEW,
    Verdict.ALREADY_HAD: Fate.ALREADY_HAD,
    Verdict.WAITS: Fate.WAITS,
}
UNREADABLE, GONE = "unreadable", "folder_gone"
"""Codes for files that could not be read, so that no record was judged."""


@dataclass(frozen=True)
class FileReport:
    """What became of one file. ``code`` is the Verdict on its record, a Fault, or one of the codes above.

    ``sealed``: it was sealed on a kiosk of this desk; its record, and the record's hash.
    """

    file: Path
    code: str
    sentence: str
    sealed: tuple[str, str] | None = None

    @property
    def fate(self) -> Fate:
        """The code, in one of four words."""
        return _FATES.get(self.code, Fate.REFUSED)


def receive(db: Database, folder: RecordFolder, here: ReceivingHome, act: AuditStamp) -> Iterator[FileReport]:
    """Take in every record of the folder, one after another; FolderTrouble if the folder is missing.

    If the folder disappears half-way, what was taken in is kept, and every other file is reported as not read. A
    record that names another school is looked at last: it may be about a check that the same folder brings.
    """
    files = deque(folder.files())
    again: set[Path] = set()
    while files:
        file = files.popleft()
        try:
            found = _receive(db, folder, file, here, act)
        except FolderTrouble as gone:
            said = f"{gone} It was not read. Receive the folder again."
            yield from (FileReport(left, GONE, said) for left in (file, *files))
            return
        if found.code == Verdict.ANOTHER_SCHOOLS and file not in again:
            again.add(file)
            files.append(file)
        else:
            yield found


def _receive(db: Database, folder: RecordFolder, file: Path, here: ReceivingHome, act: AuditStamp) -> FileReport:
    try:
        sealed, was_sealed = _read(folder, file, here)
    except NotARecord as problem:
        return FileReport(file, str(problem.fault), str(problem))
    except FolderTrouble:
        raise
    except OSError as problem:
        return FileReport(file, UNREADABLE, f"It cannot be read: {what_is_wrong(problem)}.")
    told = take_in(db, sealed, here, act)
    own = (sealed.content.id, sealed.sha256) if was_sealed else None
    return FileReport(file, str(told.verdict), told.sentence, own)


def _read(folder: RecordFolder, file: Path, here: ReceivingHome) -> tuple[Sealed, bool]:
    """The record in a file, and whether it was sealed to this desk."""
    try:
        text = folder.read(file.name)
        was_sealed = is_sealed(text) and here.key is not None
        if was_sealed and here.key is not None:
            text = opened(text, here.key.opening_key)
        return read_file(text), was_sealed
    except NotARecord as problem:
        if problem.fault is Fault.FOREIGN and is_named_like_a_record(file):
            # After a stick was pulled out, a file may have the name but no content of ours.
            raise NotARecord(Fault.TORN) from problem
        raise
