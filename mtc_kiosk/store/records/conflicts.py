"""Two different records of one reason, restart, feedback or assistant: find them, and choose between them.

Until a head chooses, the one made first applies. For two checks of one pupil see ``store.school.choices``.
"""

from dataclasses import dataclass, replace

from mtc_kiosk.record.content import Content
from mtc_kiosk.record.sealed import NotARecord
from mtc_kiosk.school.rivals import LEAST_DIGITS, refuse_choice
from mtc_kiosk.school.staff import Staff
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import AuditStamp, audit, change
from mtc_kiosk.store.records.rows import RecordRow, State, Table, rows, set_state

_IN = {
    Table.INBOX: "type <> 'check' and state in ('taken', 'chosen', 'passed_over')",
    Table.CONFLICT: "type <> 'check' and state in ('open', 'chosen', 'passed_over')",
}
"""The records in force, and those that might replace them."""


@dataclass(frozen=True)
class Candidate:
    """One of two records. ``at`` is when it was made, by its own content, in UTC ISO 8601."""

    table: Table
    row: RecordRow
    kiosk: str
    at: str


@dataclass(frozen=True)
class Conflict:
    """Records of which only one can apply; that one comes first. ``is_open``: no head has chosen since the last
    came."""

    candidates: tuple[Candidate, ...]
    is_open: bool


def conflicts(db: Database) -> tuple[Conflict, ...]:
    """Every conflict, settled ones as well, in the order of arrival."""
    found: dict[str, Conflict] = {}
    for row in rows(db, Table.CONFLICT, _IN[Table.CONFLICT]):
        candidates = _candidates(db, row)
        if len(candidates) > 1:
            states = {candidate.row.state for candidate in candidates}
            found[candidates[0].row.sha256] = Conflict(candidates, State.OPEN in states)
    return tuple(found.values())


def choose_record(db: Database, staff: Staff, digits: str, why: str, stamp: AuditStamp) -> Conflict | None:
    """Let the record with a SHA-256 that begins with ``digits`` apply, not its rivals. Only a head may, with a reason.

    None if no record or several begin so, or there are too few digits. NotSettled if the choice is not allowed.
    """
    refuse_choice(staff, why)
    if len(digits) < LEAST_DIGITS:
        return None
    with change(db):
        for conflict in conflicts(db):
            meant = [one for one in conflict.candidates if one.row.sha256.startswith(digits.casefold())]
            if len(meant) == 1:
                return _choose(db, conflict, meant[0], why, stamp)
    return None


def _choose(db: Database, conflict: Conflict, chosen: Candidate, why: str, stamp: AuditStamp) -> Conflict:
    others = [one for one in conflict.candidates if one is not chosen]
    set_state(db, chosen.table, replace(chosen.row, state=State.CHOSEN, said=why))
    for one in others:
        set_state(db, one.table, replace(one.row, state=State.PASSED_OVER, said=why))
    after = {"counts": chosen.row.sha256, "does_not": [one.row.sha256 for one in others]}
    audit(db, stamp, "conflict.settled", chosen.row.record_id, after=after)
    return Conflict((chosen, *others), is_open=False)


def _candidates(db: Database, row: RecordRow) -> tuple[Candidate, ...]:
    """The records for the same id: first the one in force, then by the time they were made."""
    found = []
    for table, where in _IN.items():
        for each in rows(db, table, f"{where} and record_id = ?", (row.record_id,)):
            content = _content(each)
            if content is not None:
                found.append(Candidate(table, each, content.kiosk, content.at))
    return tuple(sorted(found, key=_holds_first))


def _holds_first(candidate: Candidate) -> tuple[bool, bool, str, str]:
    """Sort key: a head's choice first, else what was made first; the hash breaks ties the same way everywhere."""
    state = candidate.row.state
    return state is not State.CHOSEN, state is State.PASSED_OVER, candidate.at, candidate.row.sha256


def _content(row: RecordRow) -> Content | None:
    try:
        return row.sealed().content
    except NotARecord:
        return None
