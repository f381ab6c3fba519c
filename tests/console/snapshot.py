"""Everything that a home holds, to see that nothing has changed."""

import contextlib
import hashlib

from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.home.home import Home

_NOT_DATA = (".lock", ".log", "mtc.db-shm", "mtc.db-wal", "mtc.db")
"""Ends of files that say nothing about a school: what is running, and what went wrong."""

_RECKONED = ("sqlite_sequence", "proof")
"""Tables that only keep what was reckoned from others: which records were found whole when they were last read."""

_WATCHED = ("results.shown", "pins.shown", "pin.shown", "slips.shown", "report.made")
"""Audit rows that looking at something leaves, and should."""


def held_in(home: Home) -> dict[str, object]:
    """Every row of every table, and every file; without audit rows of what was looked at."""
    with contextlib.closing(connect(home.database)) as db:
        tables = [name for (name,) in db.execute("select name from sqlite_schema where type = 'table' order by name")]
        found: dict[str, object] = {
            name: [row for row in db.execute(f'select * from "{name}"').fetchall() if not _looked(name, row)]
            for name in tables
            if name not in _RECKONED
        }
    for path in sorted(home.root.rglob("*")):
        if path.is_file() and not path.name.endswith(_NOT_DATA):
            found[path.relative_to(home.root).as_posix()] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def changed(before: dict[str, object], after: dict[str, object]) -> list[str]:
    """The tables and files that differ."""
    return sorted(name for name in {*before, *after} if before.get(name) != after.get(name))


def _looked(table: str, row: tuple[object, ...]) -> bool:
    return table == "audit" and any(value in _WATCHED for value in row)
