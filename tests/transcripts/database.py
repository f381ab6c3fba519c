"""Writes down a whole database as text: the schema, every row of every table, what the views come to.

Normalised are ``applied_at`` of the migrations, which is the PC's time, ``place`` of an epoch, which is where its home
is, and values of over 2000 characters, of which it has the length and the hash. Everything else is as it is, the hashes
of the events too.
"""

import contextlib
import hashlib
import json
import re
import sqlite3
from pathlib import Path

LONGEST = 2_000
_OBJECTS = "select type, name, sql from sqlite_master where name not like 'sqlite_stat%' order by type, name"


def dump(path: Path) -> list[str]:
    """The database as lines."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        lines = [f"{name}: {db.execute(f'pragma {name}').fetchone()[0]}" for name in ("user_version", "application_id")]
        objects = db.execute(_OBJECTS).fetchall()
        for kind, name, sql in objects:
            lines += ["", f"-- {kind} {name}", *(line.rstrip() for line in (sql or "(made by SQLite)").splitlines())]
        for kind in ("table", "view"):
            for name in (name for found, name, _ in objects if found == kind):
                lines += ["", f"== {kind} {name}", *_rows(db, name, kind)]
    return lines


def _rows(db: sqlite3.Connection, name: str, kind: str) -> list[str]:
    found = db.execute(f'select * from "{name}"')
    columns = [column[0] for column in found.description]
    rows = [_row(columns, row) for row in found.fetchall()]
    if kind == "view":
        rows.sort()
    else:
        keys = [column[1] for column in db.execute(f'pragma table_info("{name}")') if column[5]]
        if keys:
            order = ", ".join(f'"{key}"' for key in keys)
            rows = [_row(columns, row) for row in db.execute(f'select * from "{name}" order by {order}')]
    head = [f"columns: {', '.join(columns)}", f"rows: {len(rows)}"]
    if kind == "view":
        told = hashlib.sha256("\n".join(rows).encode()).hexdigest()
        return [*head, f"SHA-256 of the rows: {told}", *rows[:3]]
    return [*head, *rows]


def _row(columns: list[str], row: tuple[object, ...]) -> str:
    return json.dumps([_value(*pair) for pair in zip(columns, row, strict=True)], ensure_ascii=False)


def _value(column: str, value: object) -> object:
    if column == "applied_at":
        return "<the PC's time>"
    if column == "place" and re.fullmatch(r"[0-9a-f]{64}", str(value)):
        return "<where this home is>"
    if isinstance(value, bytes):
        return f"<bytes: {value.hex()}>" if len(value) <= LONGEST else _long(value)
    if isinstance(value, str) and len(value) > LONGEST:
        return _long(value.encode())
    return value


def _long(value: bytes) -> str:
    return f"<{len(value)} bytes, SHA-256 {hashlib.sha256(value).hexdigest()}>"
