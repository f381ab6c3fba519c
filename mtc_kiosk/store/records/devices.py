"""The devices that send records: which are known, and which staff have accepted.

Records of a device that is not accepted wait. The home's own device needs no acceptance and has no row.
"""

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mtc_kiosk.record.sealed import NotARecord, Sealed
from mtc_kiosk.record.signing import LEAST_DIGITS, fingerprint, shown
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import AuditStamp, audit, change
from mtc_kiosk.store.records.rows import State, Table, rows

_ACCEPT = "update device set accepted_at = ?, accepted_by = ? where fingerprint = ?"
_WITHDRAW = "update device set accepted_at = null, accepted_by = null where fingerprint = ?"
_HEXADECIMAL = frozenset("0123456789abcdef")


class NoSuchDevice(ValueError):
    """No device matches, or several; the message is a sentence for people."""


@dataclass(frozen=True)
class Device:
    """A device that sent records. ``name`` is what it called itself; ``waiting`` counts its waiting records."""

    fingerprint: str
    name: str
    first_seen_at: str
    accepted_at: str | None
    accepted_by: str | None
    waiting: int

    @property
    def shown(self) -> str:
        """The fingerprint in the form for people to compare."""
        return shown(self.fingerprint)


def devices(db: Database) -> tuple[Device, ...]:
    """Every device that sent records, the earliest first."""
    waiting = Counter(sealed.content.device for sealed in waiting_records(db))
    query = "select fingerprint, name, first_seen_at, accepted_at, accepted_by from device order by first_seen_at, name"
    return tuple(
        Device(device, name, first_seen_at, accepted_at, accepted_by, waiting[device])
        for device, name, first_seen_at, accepted_at, accepted_by in db.execute(query).fetchall()
    )


def waiting_records(db: Database) -> Iterator[Sealed]:
    """The records that wait for their device to be accepted; altered ones are left out."""
    for row in rows(db, Table.CONFLICT, "state = ?", (str(State.WAITING),)):
        with contextlib.suppress(NotARecord):
            yield row.sealed()


def is_accepted(db: Database, device: str) -> bool:
    """Whether staff have accepted a device."""
    found = db.execute("select accepted_at from device where fingerprint = ?", (device,)).fetchone()
    return found is not None and found[0] is not None


def remember(db: Database, public: bytes, name: str, at: str) -> None:
    """Store a device seen for the first time, within the caller's transaction."""
    row = (fingerprint(public), public, name, at)
    db.execute("insert or ignore into device (fingerprint, public_key, name, first_seen_at) values (?, ?, ?, ?)", row)


def find_device(db: Database, written: str) -> Device:
    """The device with a fingerprint that begins as written; NoSuchDevice for none or several."""
    digits = "".join(written.split()).replace("-", "").casefold()
    if len(digits) < LEAST_DIGITS or not set(digits) <= _HEXADECIMAL:
        raise NoSuchDevice(f"Write at least {LEAST_DIGITS} digits of the fingerprint, as the list of devices shows it.")
    meant = [device for device in devices(db) if device.fingerprint.startswith(digits)]
    if len(meant) != 1:
        raise NoSuchDevice(f"No device with the fingerprint {written!r} has sent records. Look at the list of devices.")
    return meant[0]


def accept(db: Database, accepted: Iterable[Device], stamp: AuditStamp) -> None:
    """Accept devices, all in one transaction. ``inbox.judge_waiting`` then takes in their waiting records."""
    with change(db):
        for device in accepted:
            if device.accepted_at is not None:
                continue
            db.execute(_ACCEPT, (stamp.at, stamp.account, device.fingerprint))
            audit(db, stamp, "device.accepted", device.fingerprint, after={"name": device.name})


def accept_enrolled(db: Database, public: bytes, name: str, stamp: AuditStamp) -> None:
    """Accept the device of a kiosk that joins with staff's room code, within the caller's transaction."""
    remember(db, public, name, stamp.at)
    device = fingerprint(public)
    if not is_accepted(db, device):
        db.execute(_ACCEPT, (stamp.at, stamp.account, device))
        audit(db, stamp, "device.accepted", device, after={"name": name})


def withdraw(db: Database, device: Device, stamp: AuditStamp) -> None:
    """Withdraw a device: its further records wait until it is accepted again. What was taken in stays."""
    with change(db):
        if is_accepted(db, device.fingerprint):
            db.execute(_WITHDRAW, (device.fingerprint,))
            audit(db, stamp, "device.withdrawn", device.fingerprint, before={"name": device.name})
