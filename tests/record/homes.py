"""Homes in which checks were taken: real databases, real sealing, robots in place of pupils."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import sqlite_utils

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.record.school import School
from mtc_kiosk.store.db.database import connect, open_database
from mtc_kiosk.store.db.times import iso
from mtc_kiosk.store.db.transaction import AuditStamp, change
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.home.home import Home, open_home
from mtc_kiosk.store.journal.attempts import NewAttempt
from mtc_kiosk.store.journal.batch import Batch, Stamp
from mtc_kiosk.store.journal.batch_writer import BatchWriter
from mtc_kiosk.store.records.inbox import ReceivingHome
from mtc_kiosk.store.records.sealer import Sealer
from tests.check.robot import Robot

from .examples import OURS, WALL_MS, finished_robot

ACT = AuditStamp(iso(WALL_MS + 3_600_000), "cli")


@dataclass(frozen=True)
class SchoolHome:
    """An open home, and what seals in it."""

    home: Home
    db: sqlite_utils.Database
    sealer: Sealer

    @property
    def here(self) -> ReceivingHome:
        """As whom the home takes records in."""
        return ReceivingHome(self.sealer.school, self.sealer.made_up, self.sealer.key.fingerprint, self.sealer.key)

    def add_pupil(self, number: int = 1) -> int:
        """A pupil of the register, with the UPN that this number has."""
        self.db.execute(
            "insert into pupil (id, upn, surname, forename, date_of_birth, sex) values (?, ?, ?, ?, '2017-03-14', 'F')",
            (number, upn(number), f"Testerly-{number}", "Amy"),
        )
        return number

    def add_pin(self, code: str, pupil_id: int, kind: Kind = Kind.OFFICIAL) -> None:
        """A PIN issued in a session of its own."""
        (session_id,) = self.db.execute("select coalesce(max(id), 0) + 1 from session").fetchone()
        with change(self.db):
            self.db.execute(
                "insert into session (id, kind, password, opens_at, closes_at, opened_by)"
                " values (?, ?, 'cat29map', ?, ?, 'cli')",
                (session_id, kind, iso(WALL_MS - 3_600_000), iso(WALL_MS + 36_000_000)),
            )
            row = (code, session_id, pupil_id, iso(WALL_MS + 36_000_000), iso(WALL_MS))
            self.db.execute("insert into pin values (?, ?, ?, '4738', ?, ?)", row)

    def take(self, attempt: NewAttempt, robot: Robot | None = None, *, started_ms: int = WALL_MS) -> str:
        """A robot takes an attempt, which is written by the journal's own writer; not sealed yet."""
        robot = robot or finished_robot()
        writer = BatchWriter(connect(self.home.database))
        stamp = Stamp(run=1, now_us=0, wall_ms=started_ms)
        writer.write([Batch(ticket=1, attempt_id=attempt.id, facts=robot.journal, stamp=stamp, attempt=attempt)])
        writer.close()
        return attempt.id

    def seal(self, attempt_id: str) -> str | None:
        """Seal an attempt."""
        with change(self.db):
            return self.sealer.check(self.db, attempt_id)

    def count(self, table: str, where: str = "true") -> int:
        """How many rows a table has."""
        (counted,) = self.db.execute(f"select count(*) from {table} where {where}").fetchone()
        return int(counted)


def upn(number: int) -> str:
    """An invented UPN."""
    return f"G2011001{number:05}"


def attempt(number: int, pupil_id: int | None = 1, robot: Robot | None = None, **changes: str | None) -> NewAttempt:
    """An attempt about to begin."""
    robot = robot or finished_robot()
    values = {"kind": Kind.OFFICIAL, "check_code": f"code-{number}", "kiosk": "hall-1"} | changes
    return NewAttempt(
        id=f"00000000-0000-4000-8000-{number:012x}",
        form=robot.form,
        settings=robot.settings,
        pupil_id=pupil_id,
        kind=Kind(values["kind"]),
        check_code=values["check_code"],
        kiosk=str(values["kiosk"]),
    )


@contextmanager
def school_home(
    root: Path,
    *,
    school: School = OURS,
    made_up: bool = False,
    into_inbox: bool = True,
    into_outbox: bool = True,
    kiosk: str = "hall-1",
) -> Iterator[SchoolHome]:
    """A new home with no pupils."""
    home = open_home(root)
    db = open_database(home)
    sealer = Sealer(device_key(home), kiosk, school, made_up, into_inbox, into_outbox)
    try:
        yield SchoolHome(home, db, sealer)
    finally:
        db.close()
