"""Kiosks that joined a made-up desk, each with a device key of its own, and what they last said."""

import hashlib
import secrets
from datetime import datetime

from mtc_kiosk.record.signing import fingerprint
from mtc_kiosk.store.classroom import kiosks, seen
from mtc_kiosk.store.classroom.seen import Seen
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import AuditStamp, change
from mtc_kiosk.store.records.devices import remember

VERSION = "0.1.0"


def public_key(name: str) -> bytes:
    """The key of the PC that joins under this name."""
    return hashlib.sha256(name.encode()).digest()


def join(db: Database, stamp: AuditStamp, name: str) -> int:
    """Let a PC join, as with a room code: its device is accepted. Its number as a kiosk."""
    key = public_key(name)
    device = fingerprint(key)
    with change(db):
        remember(db, key, name, stamp.at)
        accepted = "update device set accepted_at = ?, accepted_by = ? where fingerprint = ?"
        db.execute(accepted, (stamp.at, stamp.account, device))
        return kiosks.add(db, stamp, device, name, secrets.token_urlsafe(32))


def say(
    db: Database,
    kiosk_id: int,
    at: datetime,
    *,
    waiting: int = 0,
    since: str | None = None,
    clock_ms: int = 0,
    sound: str = "tried",
    version: str = VERSION,
) -> None:
    """Let a kiosk say this of itself."""
    with change(db):
        seen.keep(db, Seen(kiosk_id, at, version, clock_ms, waiting, since, sound, "a" * 64))
