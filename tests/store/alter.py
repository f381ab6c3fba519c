"""Rows that are not what this program wrote, until they are put right: what a worn disk or another tool may do."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

_KEPT = ("session", "pin", "pupil")


@contextlib.contextmanager
def altered(database: Path, *statements: str) -> Iterator[None]:
    """Execute statements that no constraint and no trigger stops; afterwards the school's rows are as they were."""
    with contextlib.closing(sqlite3.connect(database, isolation_level=None)) as beside:
        beside.execute("pragma ignore_check_constraints = on")
        triggers = beside.execute("select name, sql from sqlite_master where type = 'trigger'").fetchall()
        for name, _ in triggers:
            beside.execute(f"drop trigger {name}")
        for table in _KEPT:
            beside.execute(f"create temp table kept_{table} as select * from {table}")
        for statement in statements:
            beside.execute(statement)
        yield
        for table in _KEPT:
            beside.execute(f"insert or replace into {table} select * from kept_{table}")
        for _, sql in triggers:
            beside.execute(sql)
