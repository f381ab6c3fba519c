"""Changes that a new attempt makes to its PIN and to earlier attempts, in the transaction that writes it."""

from mtc_kiosk.store.classroom import away
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.times import instant
from mtc_kiosk.store.journal.attempts import HAS_BEGUN

_USE = "update pin set used_at = ? where used_at is null and check_code = (select check_code from attempt where id = ?)"

_NEW = "select pupil_id, started_at from attempt where id = ? and kind = 'official' and pupil_id is not null"
_LEFT_BEHIND = (
    "select other.id from attempt new join attempt other on other.pupil_id = new.pupil_id and other.id <> new.id"  # noqa: S608 - ours
    " where new.id = ? and new.kind = 'official' and other.kind = 'official' and other.outcome is null"
    f" and not {HAS_BEGUN.format(attempt='other.id')} order by other.started_at, other.id"
)
_SUPERSEDE = (
    "update attempt set finished_at = max(?, started_at), outcome = 'superseded' where id = ? and outcome is null"
)


def use_pin(db: Database, attempt_id: str, at: str) -> None:
    """The first real pause of an attempt began at ``at`` (UTC ISO 8601): its PIN is used, once and for all."""
    db.execute(_USE, (at, attempt_id))


def supersede_left_behind(db: Database, attempt_id: str, at: str) -> tuple[str, ...]:
    """A pupil signed in anew: the official attempts they left before the first real pause are over; their ids.

    They count for nothing. Whoever seals attempts seals these as well.
    """
    new = db.execute(_NEW, (attempt_id,)).fetchone()
    if new is not None:
        away.leave_behind(db, new[0], attempt_id, new[1], away.write_moment(db, instant(at)))
    left = tuple(other for (other,) in db.execute(_LEFT_BEHIND, (attempt_id,)).fetchall())
    for other in left:
        supersede(db, other, at)
    return left


def supersede(db: Database, attempt_id: str, at: str) -> bool:
    """End an attempt that is not over yet, as superseded at ``at``; whether it is this home's own.

    Of one at an enrolled kiosk the desk keeps that it is over, and the kiosk hears of it with its next beat.
    """
    away.supersede(db, attempt_id, at)
    return db.execute(_SUPERSEDE, (at, attempt_id)).rowcount == 1
