"""What an enrolled kiosk knows of its own attempts: its database has no pupil, session or PIN."""

from dataclasses import dataclass

from mtc_kiosk.check.arrangements import Chosen, Colours, Size
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import read
from mtc_kiosk.store.journal.attempts import HAS_BEGUN
from mtc_kiosk.store.records.backing_out import BACKED_OUT

_BEGUN = (
    "select exists (select 1 from attempt where check_code = ? and kind = 'official'"  # noqa: S608 - ours
    f" and {HAS_BEGUN.format(attempt='attempt.id')})"
)
_ATTEMPT = "select outcome, check_code, session_id from attempt where id = ?"
_LOOKS = (
    "select e.attempt_id, json_extract(e.data, '$.colours'), json_extract(e.data, '$.size')"  # noqa: S608 - ours
    " from attempt a join event e on e.attempt_id = a.id where a.pupil_id = ? and e.type = 'LookChosen'"
    f" and not {BACKED_OUT.format(attempt='a.id')} order by a.started_at desc, e.seq desc"
)


@dataclass(frozen=True)
class AttemptHere:
    """Of an attempt at this kiosk: whether it is over, and its PIN's check code and session."""

    is_over: bool
    check_code: str
    session_id: int


def attempt_here(db: Database, attempt_id: str) -> AttemptHere | None:
    """An attempt of a pupil at this kiosk; None if it is not in the database yet."""
    found = db.execute(_ATTEMPT, (attempt_id,)).fetchone()
    return AttemptHere(found[0] is not None, found[1], found[2]) if found is not None else None


def has_begun_here(db: Database, check_code: str) -> bool:
    """Whether the official check of this PIN has begun at this kiosk."""
    return bool(db.execute(_BEGUN, (check_code,)).fetchone()[0])


def chosen_here(db: Database, pupil_id: int) -> Chosen:
    """A pupil's last choice of colours and of size at this kiosk; None for what they never chose here."""

    def choice(_: str, colours: str | None, size: str | None) -> Chosen:
        return Chosen(Colours(colours) if colours is not None else None, Size(size) if size is not None else None)

    found = read(db, "event", _LOOKS, (pupil_id,), choice)
    colours = next((one.colours for one in found if one.colours is not None), None)
    return Chosen(colours, next((one.size for one in found if one.size is not None), None))
