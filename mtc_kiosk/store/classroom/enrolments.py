"""Room codes and enrolment files: how many kiosks may join with one, until when, and how many tries were wrong.

Only the SHA-256 of a secret is stored. Every function but the readers is called within the caller's transaction.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import read
from mtc_kiosk.store.db.times import instant, written
from mtc_kiosk.store.db.transaction import AuditStamp, audit

LASTS = timedelta(minutes=30)
MOST_WRONG = 10
"""After so many wrong tries a room code ends: 10 tries at 20 bits succeed once in 100,000 codes."""

_COLUMNS = "id, kind, kiosks, joined, wrong, made_at, made_by, ends_at"
_OPEN = f"select {_COLUMNS} from enrolment where closed_at is null and made_at <= ? and ends_at > ?"  # noqa: S608
_GUESSED_AT = (
    "select 1 from enrolment where id = (select max(id) from enrolment where kind = 'code')"
    " and closed_at is not null and wrong >= ? and ends_at > ?"
)
_ADD = (
    "insert into enrolment (kind, secret_sha256, kiosks, made_at, made_by, ends_at) values (?, ?, ?, ?, ?, ?)"
    " on conflict (secret_sha256) do nothing"
)


class By(StrEnum):
    """How kiosks are enrolled: staff type a room code, or a file is copied to each PC."""

    CODE = "code"
    FILE = "file"


@dataclass(frozen=True)
class OpenEnrolment:
    """A room code or file with which kiosks can join now."""

    id: int
    by: By
    kiosks: int
    joined: int
    wrong: int
    made_at: datetime
    made_by: str
    ends_at: datetime

    @property
    def left(self) -> int:
        """How many kiosks more can join."""
        return self.kiosks - self.joined


def open_enrolments(db: Database, now: datetime) -> tuple[OpenEnrolment, ...]:
    """Every room code and file that is open now, also one with which no further kiosk can join; the latest first.

    One from the future is not open: the clock was put back since, and its age is unknown.
    """
    return tuple(read(db, "enrolment", f"{_OPEN} order by id desc", _bounds(now), _enrolment))


def was_guessed_at(db: Database, now: datetime) -> bool:
    """Whether the latest room code ended by wrong tries, within the time that it was made for."""
    return db.execute(_GUESSED_AT, (MOST_WRONG, written(now))).fetchone() is not None


def with_secret(db: Database, secret: str, now: datetime) -> OpenEnrolment | None:
    """The open room code or file with this secret."""
    found = read(db, "enrolment", f"{_OPEN} and secret_sha256 = ?", (*_bounds(now), _hashed(secret)), _enrolment)
    return found[0] if found else None


def add(db: Database, stamp: AuditStamp, by: By, secret: str, kiosks: int) -> bool:
    """Open a room code or a file for this many kiosks, and end others of the same kind; False for a secret used before.

    A code has only a million secrets, so that one may come up again.
    """
    ends_at = written(instant(stamp.at) + LASTS)
    row = (str(by), _hashed(secret), kiosks, stamp.at, stamp.account, ends_at)
    if db.execute(_ADD, row).rowcount == 0:
        return False
    (made,) = db.execute("select id from enrolment where secret_sha256 = ?", (_hashed(secret),)).fetchone()
    close(db, stamp, by, but=int(made))
    audit(db, stamp, "enrolment.opened", str(made), after={"kind": str(by), "kiosks": kiosks, "ends_at": ends_at})
    return True


def close(db: Database, stamp: AuditStamp, by: By | None = None, *, but: int = 0) -> None:
    """End every open room code and file, or only those of one kind, except the one with the id ``but``."""
    for each in open_enrolments(db, instant(stamp.at)):
        if each.id != but and by in {None, each.by}:
            _close(db, stamp, each)


def count_joined(db: Database, enrolment: OpenEnrolment) -> None:
    """Count a kiosk that joined."""
    db.execute("update enrolment set joined = joined + 1 where id = ?", (enrolment.id,))


def count_wrong(db: Database, stamp: AuditStamp) -> None:
    """Count a wrong try at every open room code, and end each that has had enough. A file's secret is not guessed."""
    for each in open_enrolments(db, instant(stamp.at)):
        if each.by is By.CODE:
            db.execute("update enrolment set wrong = wrong + 1 where id = ?", (each.id,))
            if each.wrong + 1 >= MOST_WRONG:
                _close(db, stamp, each)


def _close(db: Database, stamp: AuditStamp, enrolment: OpenEnrolment) -> None:
    db.execute("update enrolment set closed_at = ? where id = ?", (stamp.at, enrolment.id))
    (joined, wrong) = db.execute("select joined, wrong from enrolment where id = ?", (enrolment.id,)).fetchone()
    audit(db, stamp, "enrolment.closed", str(enrolment.id), after={"joined": joined, "wrong": wrong})


def _bounds(now: datetime) -> tuple[str, str]:
    return written(now), written(now)


def _hashed(secret: str) -> str:
    return hashlib.sha256(b"mtc_kiosk enrolment\n" + secret.encode()).hexdigest()


def _enrolment(
    number: int, by: str, kiosks: int, joined: int, wrong: int, made_at: str, made_by: str, ends_at: str
) -> OpenEnrolment:
    return OpenEnrolment(number, By(by), kiosks, joined, wrong, instant(made_at), made_by, instant(ends_at))
