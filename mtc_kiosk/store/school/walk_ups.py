"""What walk-ups have tried out to the end at a kiosk: how this PC was tried before pupils sit at it. Source of the
console's "this PC was tried".

Apart from ``store.journal``, as whoever asks is not a kiosk and reads no events.
"""

from dataclasses import dataclass
from datetime import datetime

from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import read
from mtc_kiosk.store.db.times import instant

_LAST = (
    "select finished_at, coalesce(json_extract(settings, '$.arrangements.alert'), 0)"
    " or json_extract(settings, '$.arrangements.clips') is not null as heard"
    " from attempt where pupil_id is null and kind = 'try' and kiosk = ? and outcome = 'complete'"
    " order by finished_at desc limit 1"
)
_LAST_HEARD = _LAST.replace("outcome = 'complete'", "outcome = 'complete' and heard")


@dataclass(frozen=True)
class WalkUp:
    """A walk-up's finished "try it out"; ``with_sound``: it needed sound, so it cannot have ended without."""

    finished_at: datetime
    with_sound: bool


def last_walk_up(db: Database, kiosk: str, *, with_sound: bool = False) -> WalkUp | None:
    """The last one that was finished at a kiosk, or the last one that was heard; None if there is none."""
    query = _LAST_HEARD if with_sound else _LAST
    found = read(db, "attempt", query, (kiosk,), lambda at, heard: WalkUp(instant(at), bool(heard)))
    return found[0] if found else None
