"""The record files of one device that are here. Alone: it reads no content, so it needs none of the record types."""

from mtc_kiosk.record.sealed import file_name
from mtc_kiosk.store.db.opened import Database

_FILES = """
    select type, sha256, length(body) + coalesce(length(cast(detail as blob)), 0) + 2 from {table}
    where instr(cast(body as text), ?)
"""


def files_of_device(db: Database, device: str) -> dict[str, int]:
    """Each file's name, with its size in bytes as far as this home still has its detail."""
    found: dict[str, int] = {}
    for table in ("inbox", "conflict"):
        for kind, sha256, size in db.execute(_FILES.format(table=table), (f'"device":"{device}"',)).fetchall():
            found[file_name(kind, sha256)] = size
    return found
