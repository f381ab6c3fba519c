"""Two different records of one reason, restart, feedback or assistant: find them, and choose between them.

Until a head speaks the one made first is proposed. Two checks of one pupil are no matter of records:
``store.school.choices``.
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
"""The records that hold, and those that might in their place."""


@dataclass(frozen=True)
class Candidate:
    """One of two records. ``at`` is when it says that it was made, in UTC ISO 8601."""

    table: Table
    row: RecordRow
    kiosk: str
    at: str


@dataclass(frozen=True)
class Conflict:
    """Records of which one can hold, the one that does first. ``is_open``: no head has spoken since the last came."""

    candidates: tuple[Candidate, ...]
    is_open: bool


def conflicts(db: Database) -> tuple[Conflict, ...]:
    """Every conflict, settled ones as well, in the order they came."""
    found: dict[str, Conflict] = {}
    for row in rows(db, Table.CONFLICT, _IN[Table.CONFLICT]):
        candidates = _candidates(db, row)
        if len(candidates) > 1:
            states = {candidate.row.state for candidate in candidates}
            found[candidates[0].row.sha256] = Conflict(candidates, State.OPEN in states)
    return tuple(found.values())


def choose_record(db: Database, staff: Staff, digits: str, why: str, stamp: AuditStamp) -> Conflict | None:
    """Let the record whose SHA-256 begins with ``digits`` hold, and its rivals not. Only a head may, and says why.

    None where none or several begin so, or the digits are too few to name one. NotSettled where it may not be.
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
    """The records for the same id: the one in force first, then in the order they were made."""
    found = []
    for table, where in _IN.items():
        for each in rows(db, table, f"{where} and record_id = ?", (row.record_id,)):
            content = _content(each)
            if content is not None:
                found.append(Candidate(table, each, content.kiosk, content.at))
    return tuple(sorted(found, key=_holds_first))


def _holds_first(candidate: Candidate) -> tuple[bool, bool, str, str]:
    """A head's choice first, else what was made first; the hash only makes ties the same everywhere."""
    state = candidate.row.state
    return state is not State.CHOSEN, state is State.PASSED_OVER, candidate.at, candidate.row.sha256


def _content(row: RecordRow) -> Content | None:
    try:
        return row.sealed().content
    except NotARecord:
        return None
