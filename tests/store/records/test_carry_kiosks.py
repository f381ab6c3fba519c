"""A desk is restored from a backup: kiosks removed since stay removed, and those that joined since stay known."""

import contextlib
from pathlib import Path

from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.store.classroom import kiosks
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import AuditStamp, change
from mtc_kiosk.store.home.home import open_home
from mtc_kiosk.store.records.carry_over import CarryOver
from mtc_kiosk.store.records.devices import accept_enrolled

STAMP = AuditStamp("2027-06-07T09:00:00.000Z", "o.owner")
ONE, TWO, THREE = (DeviceKey.new() for _ in range(3))


def join(db: Database, key: DeviceKey, name: str, token: str) -> None:
    """A kiosk joins."""
    with change(db):
        accept_enrolled(db, key.public, name, STAMP)
        kiosks.add(db, STAMP, key.fingerprint, name, token)


def test_removed_kiosks_stay_removed_and_new_ones_known(tmp_path: Path) -> None:
    """Also one whose name or device was another's; doing it again changes nothing."""
    with (
        contextlib.closing(open_database(open_home(tmp_path / "now"))) as now,
        contextlib.closing(open_database(open_home(tmp_path / "backup"))) as backup,
    ):
        for db in (now, backup):
            join(db, ONE, "a", "token of one")
            join(db, TWO, "b", "token of two")
        assert kiosks.revoke(now, STAMP, 1) is not None
        join(now, THREE, "a", "token of three")
        for _ in range(2):
            CarryOver(now, backup).devices(stamp=STAMP)
            removed = kiosks.kiosk_of_token(backup, "token of one")
            assert removed is not None
            assert removed.why_ended is kiosks.Why.REVOKED
            known = [(each.name, each.fingerprint) for each in kiosks.kiosks(backup)]
            assert known == [("a", THREE.fingerprint), ("b", TWO.fingerprint)]
