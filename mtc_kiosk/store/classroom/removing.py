"""Remove from an enrolled kiosk what its desk has had for long: attempts, with their records.

Nothing goes without the desk's receipt, in the desk's epoch of now, for the check and for all that was said about it.
Both clocks must agree that the days have passed: the desk's since the receipt, and this PC's since the check ended. So
neither of them, set wrong by years, removes anything.
"""

from datetime import datetime, timedelta

from mtc_kiosk.store.classroom.receipts import DeskId
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.db.transaction import AuditStamp, audit, change

MOST_AT_ONCE = 20
"""So many attempts at a time: each is a transaction of its own, and a pupil may be typing."""

_OF_ATTEMPT = (
    "(one.record_id = attempt.id or case when one.type in ('feedback', 'assistant') and json_valid(cast(one.body as"
    " text)) then json_extract(cast(one.body as text), '$.content.attempt_id') = attempt.id end)"
)
_RECEIPT = (
    "select 1 from receipt where receipt.desk = :desk and receipt.epoch = :epoch and receipt.sha256 = one.sha256"
    " and receipt.at <= :desk_before"
)
_PAST_THEIR_DAYS = f"""
    select attempt.id from attempt join outbox as sealed on sealed.record_id = attempt.id and sealed.type = 'check'
    where attempt.outcome is not null and attempt.finished_at <= :here_before
        and not exists (select 1 from inbox where inbox.record_id = attempt.id)
        and not exists (select 1 from outbox as one where {_OF_ATTEMPT} and not exists ({_RECEIPT}))
    order by attempt.finished_at limit {MOST_AT_ONCE}
"""  # noqa: S608 - ours
_RECORDS = f"select one.record_id from outbox as one, attempt where attempt.id = ? and {_OF_ATTEMPT}"  # noqa: S608 - ours
_REMOVE = "insert into removal (attempt_id, at, by, reason) values (?, ?, ?, 'past_its_days')"


def remove_past_days(db: Database, desk: DeskId, desk_now: str, here_now: datetime, days: int, account: str) -> int:
    """Remove attempts, with their records, that the desk has had for so many days; return how many.

    ``desk_now`` is the desk's time as its last beat told. Nothing is removed while the desk's epoch is not known.
    """
    if desk.epoch is None:
        return 0
    kept_for = timedelta(days=days)
    values = {
        "desk": desk.fingerprint,
        "epoch": desk.epoch,
        "desk_before": written(datetime.fromisoformat(desk_now) - kept_for),
        "here_before": written(here_now - kept_for),
    }
    stamp = AuditStamp(written(here_now), account)
    gone = [attempt_id for (attempt_id,) in db.execute(_PAST_THEIR_DAYS, values).fetchall()]
    for attempt_id in gone:
        _remove(db, attempt_id, stamp)
    return len(gone)


def _remove(db: Database, attempt_id: str, stamp: AuditStamp) -> None:
    with change(db):
        records = db.execute(_RECORDS, (attempt_id,)).fetchall()
        db.execute(_REMOVE, (attempt_id, stamp.at, stamp.account))
        for record in records:
            db.execute("delete from outbox where record_id = ?", record)
        audit(db, stamp, "attempt.removed", attempt_id, after={"reason": "past_its_days", "records": len(records)})
