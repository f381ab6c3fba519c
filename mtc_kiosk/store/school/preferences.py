"""The colours and size that pupils chose: stored as they choose, and read when they sign in again.

The school's arrangements file decides whether a pupil may choose.
"""

from mtc_kiosk.check.arrangements import Chosen, Colours, Size
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import read
from mtc_kiosk.store.records.backing_out import BACKED_OUT

_KEEP = (
    "insert into preference (pupil_id, attempt_id, at, colours, size)"
    " select pupil_id, id, ?, ?, ? from attempt where id = ? and pupil_id in (select id from pupil)"
)
_LAST = (
    "select id, {what} from preference where pupil_id = ? and {what} is not null"  # noqa: S608 - all ours
    f" and not {BACKED_OUT.format(attempt='preference.attempt_id')} order by id desc limit 1"
)


def keep(db: Database, attempt_id: str, at: str, chosen: Chosen) -> None:
    """Store the choice of an attempt's pupil, within the caller's transaction; a walk-up's is not stored.

    Nor is one at an enrolled kiosk, which has no pupils: there the journal has it (``enrolled_kiosk.chosen_here``).
    """
    db.execute(_KEEP, (at, chosen.colours, chosen.size, attempt_id))


def chosen_by(db: Database, pupil_id: int) -> Chosen:
    """A pupil's last choice of colours and of size; None for what they never chose."""
    values = (pupil_id,)
    colours = read(db, "preference", _LAST.format(what="colours"), values, lambda _, name: Colours(name))
    size = read(db, "preference", _LAST.format(what="size"), values, lambda _, name: Size(name))
    return Chosen(colours[0] if colours else None, size[0] if size else None)
