"""What an enrolled kiosk tells its desk of its pupils' attempts, read from its journal.

The journal has every fact within a moment, so that the thread that draws has no part in this.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import read
from mtc_kiosk.store.db.times import instant
from mtc_kiosk.store.journal.attempts import BEGUN_AT
from mtc_kiosk.store.school.kiosk_commands import check_now
from mtc_kiosk.store.school.room import RoomAttempt, own_attempt

_TO_TELL = (
    "select id from attempt where pupil_id is not null and session_id is not null and check_code is not null"
    " order by outcome is not null, coalesce(finished_at, started_at) desc, id limit ?"
)
_MORE = (
    f"select id, check_code, session_id, kiosk, {BEGUN_AT.format(attempt='attempt.id')},"  # noqa: S608 - ours
    " exists (select 1 from event where event.attempt_id = attempt.id and event.type = 'StepBegan'"
    " and json_extract(event.data, '$.practice') = 1) from attempt where id = ?"
)


@dataclass(frozen=True)
class ToldAttempt:
    """One attempt: how far it is, and what else a desk needs. ``run`` and ``hold_seq`` are as commands have them."""

    now: RoomAttempt
    check_code: str
    session_id: int
    begun_at: datetime | None
    practised: bool
    run: int
    hold_seq: int
    is_set_aside: bool


def attempts_to_tell(db: Database, most: int) -> tuple[str, ...]:
    """The ids of pupils' attempts here: those that have not ended, then the others, the last to end first."""
    return tuple(attempt_id for (attempt_id,) in db.execute(_TO_TELL, (most,)).fetchall())


def told_attempt(db: Database, attempt_id: str) -> ToldAttempt:
    """One of them. This kiosk runs, or else it would tell nothing."""

    def made(_: str, check_code: str, session_id: int, kiosk: str, begun_at: str | None, practised: int) -> Any:
        now, check = own_attempt(db, attempt_id, {kiosk}), check_now(db, attempt_id)
        assert now is not None, "it is a pupil's"
        begun = instant(begun_at) if begun_at is not None else None
        return ToldAttempt(
            now, check_code, session_id, begun, bool(practised), check.run, check.hold_seq, check.is_set_aside
        )

    with db.atomic():
        (told,) = read(db, "attempt", _MORE, (attempt_id,), made)
    found: ToldAttempt = told
    return found
