"""What became of kiosks since a backup: carried into its database, so that a restore lets no removed kiosk in again.

A kiosk that joined since is carried too, with its device: it need not be enrolled again. Whichever became a kiosk
later has the name, as at the desk itself.
"""

from mtc_kiosk.store.db.opened import Database

_COLUMNS = ",".join(
    ("fingerprint", "name", "token_sha256", "enrolled_at", "enrolled_by", "ended_at", "ended_by", "why_ended")
)
_KIOSKS = f"select {_COLUMNS} from kiosk order by ended_at is null, id"  # noqa: S608 - ours
_END = "update kiosk set ended_at = ?, ended_by = ?, why_ended = ? where token_sha256 = ? and ended_at is null"
_ADD = f"insert or ignore into kiosk ({_COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608 - ours


def kiosks_since(present: Database, restored: Database) -> None:
    """End each kiosk that ended here since, then add those that the backup lacks.

    Within the transaction of the caller, and after the devices.
    """
    for _, _, token, _, _, *ended in present.execute(_KIOSKS).fetchall():
        if ended[0] is not None:
            restored.execute(_END, (*ended, token))
    for row in present.execute(_KIOSKS).fetchall():
        restored.execute(_ADD, tuple(row))
