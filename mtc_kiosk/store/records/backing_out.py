"""Store that a signed-in pupil pressed "This is not me" in an attempt, in the transaction that ends it.

The PIN stays usable for its real owner, no record is made of the attempt, and what was chosen or named in it is
ignored. It counts as a wrong try for that pupil's PIN, like the same answer to "is this you?".
"""

from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import AuditStamp, audit

BACKED_OUT = "exists (select 1 from event e where e.attempt_id = {attempt} and e.type = 'BackedOut')"
"""SQL: whether the pupil pressed "This is not me" in an attempt."""

_WHOSE = "select pupil_id, kiosk from attempt where id = ?"
_WRONG_TRY = (
    "insert into sign_in (at, kiosk, pupil_id, result) values (?, ?, (select id from pupil where id = ?), 'not_me')"
)
"""An enrolled kiosk has no pupils: there it is a wrong try at this kiosk alone."""

_TAKE_BACK = (
    "insert into assistant (attempt_id, at, by, code, undoes)"
    " select attempt_id, ?, ?, code, id from assistant named where attempt_id = ? and undoes is null"
    " and not exists (select 1 from assistant later where later.undoes = named.id) returning id"
)


def is_backed_out(db: Database, attempt_id: str) -> bool:
    """Whether the pupil pressed "This is not me" in this attempt."""
    query = f"select {BACKED_OUT.format(attempt='?')}"
    return bool(db.execute(query, (attempt_id,)).fetchone()[0])


def back_out(db: Database, attempt_id: str, at: str) -> tuple[int, ...]:
    """Store the wrong try and take back assistants' names; return the new rows of ``assistant``, to be sealed."""
    pupil_id, kiosk = db.execute(_WHOSE, (attempt_id,)).fetchone()
    if pupil_id is None:
        return ()
    stamp = AuditStamp(at, f"kiosk:{kiosk}")
    db.execute(_WRONG_TRY, (at, kiosk, pupil_id))
    audit(db, stamp, "check.not_theirs", attempt_id)
    return tuple(row_id for (row_id,) in db.execute(_TAKE_BACK, (at, stamp.account, attempt_id)).fetchall())
