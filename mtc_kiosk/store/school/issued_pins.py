"""Every PIN of some sessions, used and cancelled ones too: an enrolled kiosk must know of each what it starts."""

import json
from collections.abc import Collection
from dataclasses import dataclass

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import read
from mtc_kiosk.store.db.times import instant
from mtc_kiosk.store.school.sessions import IssuedPin

_ISSUED = (
    "select p.check_code, p.session_id, s.kind, p.pupil_id, p.pin, p.expires_at,"
    " p.check_code in (select check_code from cancelled_pin)"
    " from pin p join session s on s.id = p.session_id where {these} order by p.check_code"
)
_OF_SESSIONS = _ISSUED.format(these="p.session_id in (select value from json_each(?))")
_BY_CODE = _ISSUED.format(these="p.check_code = ?")


@dataclass(frozen=True)
class AnyPin:
    """A PIN, and whether staff have cancelled it."""

    issued: IssuedPin
    is_cancelled: bool


def pins_of_sessions(db: Database, session_ids: Collection[int]) -> tuple[AnyPin, ...]:
    """Every PIN of these sessions, by check code."""
    return tuple(read(db, "pin", _OF_SESSIONS, (json.dumps(sorted(session_ids)),), _pin))


def pin_of_code(db: Database, check_code: str) -> AnyPin | None:
    """The PIN with this check code; None if there is none."""
    found = read(db, "pin", _BY_CODE, (check_code,), _pin)
    return found[0] if found else None


def _pin(code: str, session_id: int, kind: str, pupil_id: int, pin: str, expires_at: str, cancelled: int) -> AnyPin:
    issued = IssuedPin(code, session_id, Kind(kind), pupil_id, pin, instant(expires_at))
    return AnyPin(issued, bool(cancelled))
