"""Two checks where there should be one: which there are, and a head's word about which of them counts.

Until a head speaks the one begun first counts. What each has scored is not known here, and must not be to whoever
chooses: once results were shown, the choice is over (design 8).
"""

from dataclasses import dataclass, replace

import sqlite_utils

from mtc_kiosk.record.content import Check, Content
from mtc_kiosk.record.sealed import NotARecord
from mtc_kiosk.store.change import Act, audit, change
from mtc_kiosk.store.inbox import contested_code
from mtc_kiosk.store.record_rows import RecordRow, State, Table, rows, set_state

RESULTS_SHOWN = "results.shown"
"""The audit action of whatever lets somebody see scores."""

LEAST_DIGITS = 8
"""How much of a record's hash names it."""

_IN = {
    Table.INBOX: "state in ('taken', 'chosen', 'passed_over')",
    Table.CONFLICT: "state in ('open', 'chosen', 'passed_over')",
}
"""The records that count, and those that might in their place."""


class NotSettled(ValueError):
    """The conflict stays as it is; the message is a sentence for a person."""


@dataclass(frozen=True)
class Candidate:
    """One of two records. ``begun`` is when its attempt began, or what it says was said, in UTC ISO 8601."""

    table: Table
    row: RecordRow
    kiosk: str
    begun: str


@dataclass(frozen=True)
class Conflict:
    """Records of which one can count, the one that does first. ``is_open``: no head has spoken since the last came."""

    candidates: tuple[Candidate, ...]
    is_open: bool


def conflicts(db: sqlite_utils.Database) -> tuple[Conflict, ...]:
    """Every conflict, settled ones as well, in the order they came."""
    found: dict[str, Conflict] = {}
    for row in rows(db, Table.CONFLICT, _IN[Table.CONFLICT]):
        candidates = _candidates(db, row)
        if len(candidates) > 1:
            states = {candidate.row.state for candidate in candidates}
            found[candidates[0].row.sha256] = Conflict(candidates, State.OPEN in states)
    return tuple(found.values())


def choose(db: sqlite_utils.Database, digits: str, why: str, act: Act) -> Conflict:
    """Let the record whose SHA-256 begins with ``digits`` count, and its rivals not. Only a head may ask for it.

    NotSettled where no such record is in a conflict, or where another one's score may have been seen already.
    """
    if len(digits) < LEAST_DIGITS:
        raise NotSettled(f"Write {LEAST_DIGITS} digits of the record, or more; see: mtc-kiosk sync conflicts")
    for conflict in conflicts(db):
        meant = [one for one in conflict.candidates if one.row.sha256.startswith(digits.casefold())]
        if len(meant) == 1:
            return _choose(db, conflict, meant[0], why, act)
    raise NotSettled(f"No record {digits} is in a conflict; see: mtc-kiosk sync conflicts")


def _choose(db: sqlite_utils.Database, conflict: Conflict, chosen: Candidate, why: str, act: Act) -> Conflict:
    others = [one for one in conflict.candidates if one is not chosen]
    with change(db):
        if chosen is not conflict.candidates[0] and _shown_since(db, max(one.row.at for one in conflict.candidates)):
            raise NotSettled("Results were shown since the second check came in, so the one that counts stays.")
        set_state(db, chosen.table, replace(chosen.row, state=State.CHOSEN, said=why))
        for one in others:
            set_state(db, one.table, replace(one.row, state=State.PASSED_OVER, said=why))
        after = {"counts": chosen.row.sha256, "does_not": [one.row.sha256 for one in others]}
        audit(db, act, "conflict.settled", chosen.row.record_id, after=after)
    return Conflict((chosen, *others), is_open=False)


def _candidates(db: sqlite_utils.Database, row: RecordRow) -> tuple[Candidate, ...]:
    """The records for the same id or the same check code, the one that counts first, then as they were begun."""
    content = _content(row)
    if content is None:
        return ()
    code = contested_code(content)
    near = f'"check_code":"{code}"'.encode()
    found = []
    for table, states in _IN.items():
        where = f"{states} and (record_id = ? or ? and type = 'check' and instr(substr(body, 1, 400), ?) > 0)"
        for each in rows(db, table, where, (row.record_id, code is not None, near)):
            theirs = _content(each)
            if theirs is not None and (each.record_id == row.record_id or contested_code(theirs) == code):
                begun = (theirs.begun_at or theirs.started_at) if isinstance(theirs, Check) else theirs.at
                found.append(Candidate(table, each, theirs.kiosk, begun))
    return tuple(sorted(found, key=_counts_first))


def _counts_first(candidate: Candidate) -> tuple[bool, bool, str, str]:
    """What a head said, else what was begun first; the hash only makes that the same everywhere."""
    state = candidate.row.state
    return state is not State.CHOSEN, state is State.PASSED_OVER, candidate.begun, candidate.row.sha256


def _content(row: RecordRow) -> Content | None:
    try:
        return row.sealed().content
    except NotARecord:
        return None


def _shown_since(db: sqlite_utils.Database, at: str) -> bool:
    query = "select exists (select 1 from audit where action = ? and at >= ?)"
    return bool(db.execute(query, (RESULTS_SHOWN, at)).fetchone()[0])
