"""The kiosks of a desk: which device each is, its name, and the token by which the desk knows its requests.

Only the SHA-256 of a token is stored. A kiosk that has ended keeps its row, so that what it did keeps its name.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import read
from mtc_kiosk.store.db.times import instant
from mtc_kiosk.store.db.transaction import AuditStamp, audit, change

MOST_NAME = 32

_KIOSKS = (
    "select k.id as id, k.name as name, k.fingerprint, d.public_key, k.enrolled_at, k.enrolled_by,"
    " k.ended_at, k.ended_by, k.why_ended from kiosk k join device d on d.fingerprint = k.fingerprint"
)
_ADD = "insert into kiosk (fingerprint, name, token_sha256, enrolled_at, enrolled_by) values (?, ?, ?, ?, ?)"
_END = "update kiosk set ended_at = ?, ended_by = ?, why_ended = ? where id = ?"


class Why(StrEnum):
    """Why a kiosk is no longer one of the desk's."""

    REVOKED = "revoked"
    ENROLLED_AGAIN = "enrolled_again"


@dataclass(frozen=True)
class KnownKiosk:
    """A kiosk of this desk. ``public_key`` are the 32 bytes of its device's key."""

    id: int
    name: str
    fingerprint: str
    public_key: bytes
    enrolled_at: datetime
    enrolled_by: str
    ended_at: datetime | None
    ended_by: str | None
    why_ended: Why | None


def kiosks(db: Database, *, with_ended: bool = False) -> tuple[KnownKiosk, ...]:
    """The desk's kiosks by name; ``with_ended`` also those that were, each time they were."""
    where = "" if with_ended else " where k.ended_at is null"
    return tuple(read(db, "kiosk", f"{_KIOSKS}{where} order by name collate nocase, id", (), _kiosk))


def kiosk_of_id(db: Database, kiosk_id: int) -> KnownKiosk | None:
    """One kiosk, also if it has ended."""
    return _one(db, "k.id = ?", kiosk_id)


def kiosk_of_token(db: Database, token: str) -> KnownKiosk | None:
    """The kiosk with this token, also if it has ended."""
    return _one(db, "k.token_sha256 = ?", _hashed(token))


def kiosk_of_device(db: Database, fingerprint: str) -> KnownKiosk | None:
    """The kiosk that this device is now."""
    return _one(db, "k.ended_at is null and k.fingerprint = ?", fingerprint)


def kiosk_named(db: Database, name: str) -> KnownKiosk | None:
    """The kiosk that has this name now, in capitals or not."""
    return _one(db, "k.ended_at is null and k.name = ? collate nocase", name)


def add(db: Database, stamp: AuditStamp, fingerprint: str, name: str, token: str) -> int:
    """Add a kiosk, within the caller's transaction; its device is known and its name is free. Returns its number."""
    row = (fingerprint, name, _hashed(token), stamp.at, stamp.account)
    number = int(db.execute(_ADD, row).lastrowid or 0)
    audit(db, stamp, "kiosk.enrolled", str(number), after={"name": name, "device": fingerprint})
    return number


def end(db: Database, stamp: AuditStamp, kiosk: KnownKiosk, why: Why) -> None:
    """End a kiosk, within the caller's transaction: its token opens nothing from now on."""
    db.execute(_END, (stamp.at, stamp.account, str(why), kiosk.id))
    audit(db, stamp, f"kiosk.{why}", str(kiosk.id), before={"name": kiosk.name, "device": kiosk.fingerprint})


def revoke(db: Database, stamp: AuditStamp, kiosk_id: int) -> KnownKiosk | None:
    """End a kiosk for good; what it has delivered stays. None if there is no such kiosk now."""
    with change(db):
        kiosk = kiosk_of_id(db, kiosk_id)
        if kiosk is None or kiosk.ended_at is not None:
            return None
        end(db, stamp, kiosk, Why.REVOKED)
        return kiosk


def rename(db: Database, stamp: AuditStamp, kiosk_id: int, name: str) -> bool:
    """Give a kiosk another name; False if another kiosk has it or there is no such kiosk now."""
    with change(db):
        kiosk, other = kiosk_of_id(db, kiosk_id), kiosk_named(db, name)
        if kiosk is None or kiosk.ended_at is not None or (other is not None and other.id != kiosk_id):
            return False
        if kiosk.name != name:
            db.execute("update kiosk set name = ? where id = ?", (name, kiosk_id))
            audit(db, stamp, "kiosk.renamed", str(kiosk_id), before={"name": kiosk.name}, after={"name": name})
        return True


def free_name(db: Database, wanted: str, taken: Collection[str]) -> str:
    """The name, or the name with a number behind it where another kiosk has it or it is one of ``taken``."""
    used = {name.casefold() for name in (*taken, *(each.name for each in kiosks(db)))}
    number, name = 1, wanted
    while name.casefold() in used:
        number += 1
        name = f"{wanted[: MOST_NAME - len(str(number)) - 1]}-{number}"
    return name


def names_of_own_kiosks(db: Database) -> frozenset[str]:
    """The names under which this PC itself has given checks; a remote kiosk may not have one of them."""
    return frozenset(name for (name,) in db.execute("select distinct kiosk from attempt").fetchall())


def last_heard(db: Database, kiosk_id: int) -> tuple[datetime, int] | None:
    """When a kiosk was last heard of, by this PC's clock, and how many records then waited there."""
    row = db.execute("select seen_at, waiting from kiosk_seen where kiosk_id = ?", (kiosk_id,)).fetchone()
    return (instant(row[0]), int(row[1])) if row is not None else None


def _one(db: Database, where: str, value: object) -> KnownKiosk | None:
    found = read(db, "kiosk", f"{_KIOSKS} where {where}", (value,), _kiosk)
    return found[0] if found else None


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _kiosk(
    number: int,
    name: str,
    fingerprint: str,
    public_key: bytes,
    enrolled_at: str,
    enrolled_by: str,
    ended_at: str | None,
    ended_by: str | None,
    why_ended: str | None,
) -> KnownKiosk:
    return KnownKiosk(
        id=number,
        name=name,
        fingerprint=fingerprint,
        public_key=bytes(public_key),
        enrolled_at=instant(enrolled_at),
        enrolled_by=enrolled_by,
        ended_at=instant(ended_at) if ended_at is not None else None,
        ended_by=ended_by,
        why_ended=Why(why_ended) if why_ended is not None else None,
    )
