"""Take records in: each counts once, however often it is received, and none is lost.

``inbox`` has the trusted records: sealed here or by an accepted device, and proven. Others, and a second, different
record for a known id or check code, go into ``conflict``. Which of two counts does not depend on which arrived first:
``school.rivals`` decides it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.record.content import Check, Content
from mtc_kiosk.record.school import School
from mtc_kiosk.record.sealed import NotARecord, Sealed
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.record_indexes import CHECK_CODE
from mtc_kiosk.store.db.transaction import AuditStamp, audit, change
from mtc_kiosk.store.records.check_codes import is_issued_here, recognise
from mtc_kiosk.store.records.devices import is_accepted, remember, waiting_records
from mtc_kiosk.store.records.proofs import keep
from mtc_kiosk.store.records.prover import found_in
from mtc_kiosk.store.records.pupil_finder import PupilFinder
from mtc_kiosk.store.records.rows import RecordRow, State, Table, insert, rows, set_state


@dataclass(frozen=True)
class ReceivingHome:
    """The home that takes records in. With its ``key`` it stores proofs; without, records are proven again later."""

    school: School
    made_up: bool
    device: str
    key: DeviceKey | None = None


class Verdict(StrEnum):
    """The outcome for a received record."""

    NEW = "new"
    ALREADY_HAD = "already_had"
    WAITS = "waits"
    CONFLICT = "conflict"
    BROKEN = "broken"
    ANOTHER_SCHOOLS = "another_schools"
    OTHER_PUPILS = "other_pupils"


@dataclass(frozen=True)
class IntakeResult:
    """A verdict, and a sentence for people."""

    verdict: Verdict
    sentence: str


NEW = IntakeResult(Verdict.NEW, "New.")
ALREADY_HAD = IntakeResult(Verdict.ALREADY_HAD, "Already here.")
WAITS = IntakeResult(Verdict.WAITS, "It waits until you accept its device.")
CONFLICT = IntakeResult(Verdict.CONFLICT, "New, but there is another record for the same check. Both are kept.")
TOO_LATE = IntakeResult(Verdict.CONFLICT, "Kept, but a head has already chosen which one counts.")

_USE = "update pin set used_at = ? where used_at is null and check_code = ?"
_SETTLED = {State.CHOSEN, State.PASSED_OVER}


def take_in(db: Database, sealed: Sealed, here: ReceivingHome, stamp: AuditStamp) -> IntakeResult:
    """Take a record in, in its own transaction with its audit row. Doing so again changes nothing."""
    refusal = _refusal(db, sealed.content, here)
    if refusal is not None:
        return refusal
    accepted = sealed.content.device == here.device or is_accepted(db, sealed.content.device)
    # Replay the journal before taking the write lock: a kiosk may be waiting for that lock.
    found = found_in(sealed.content) if accepted and isinstance(sealed.content, Check) else None
    fault = (found.fault or None) if found is not None else None
    with change(db):
        known = _known(db, sealed)
        if known is not None and (known.state is not State.WAITING or not accepted):
            return WAITS if known.state is State.WAITING else ALREADY_HAD
        if accepted:
            if isinstance(sealed.content, Check):
                recognise(db, sealed.content.check_code)
                _use_pin(db, sealed.content)
            row = RecordRow.of(sealed, State.TAKEN, stamp.at, fault)
            told = _settle(db, row, sealed.content, known)
            if found is not None and here.key is not None:
                keep(db, row, found, here.key)
        else:
            remember(db, sealed.public, sealed.content.kiosk, stamp.at)
            insert(db, Table.CONFLICT, RecordRow.of(sealed, State.WAITING, stamp.at))
            told = WAITS
        after = {"type": sealed.content.type, "sha256": sealed.sha256, "verdict": str(told.verdict)}
        audit(db, stamp, "record.received", sealed.content.id, after=after)
        return told


def judge_waiting(db: Database, here: ReceivingHome, stamp: AuditStamp) -> tuple[IntakeResult, ...]:
    """Take in the records of devices that are accepted now, one transaction a record."""
    accepted = [sealed for sealed in waiting_records(db) if is_accepted(db, sealed.content.device)]
    return tuple(take_in(db, sealed, here, stamp) for sealed in accepted)


def put(db: Database, row: RecordRow, content: Content) -> IntakeResult:
    """Store a record that was sealed here, within the caller's transaction."""
    return _settle(db, row, content, None)


def contested_code(content: Content) -> str | None:
    """The check code for which only one record may count; None if any number may.

    "Try it out" may be taken repeatedly with one PIN; an attempt that never began the check, or that a restart
    replaced, is not a second check.
    """
    if not isinstance(content, Check) or Kind(content.kind) is not Kind.OFFICIAL or content.outcome == "superseded":
        return None
    return content.check_code if content.begun_at is not None else None


def _refusal(db: Database, content: Content, here: ReceivingHome) -> IntakeResult | None:
    if content.made_up != here.made_up:
        whose, ours = ("made-up", "real") if content.made_up else ("real", "made-up")
        return IntakeResult(Verdict.OTHER_PUPILS, f"It is about {whose} pupils; this home is for {ours} ones.")
    if here.school.is_another(content.school) and not _is_of_our_pupil(db, content, here):
        return IntakeResult(
            Verdict.ANOTHER_SCHOOLS, f"It is from another school, {content.school}. This is {here.school}."
        )
    return None


def _use_pin(db: Database, content: Check) -> None:
    """A check that began has used its PIN, though nothing was heard of it before its record, as from a stick."""
    if Kind(content.kind) is Kind.OFFICIAL and content.begun_at is not None:
        db.execute(_USE, (content.begun_at, content.check_code))


def _is_of_our_pupil(db: Database, content: Content, here: ReceivingHome) -> bool:
    """Whether it is this school's under whatever name: made with this home's key, or about a check with our PIN.

    A school may get another name or URN while checks of its kiosks are on their way.
    """
    if content.device == here.device:
        return True
    code = getattr(content, "check_code", None)  # only a check has one
    is_ours = code is not None and is_issued_here(db, code)
    return is_ours or PupilFinder(db, few=True).pupil_of(content, None) is not None


def _known(db: Database, sealed: Sealed) -> RecordRow | None:
    """The row of this same record, if there is one."""
    for table in (Table.INBOX, Table.CONFLICT):
        for row in rows(db, table, "record_id = ? and sha256 = ?", (sealed.content.id, sealed.sha256)):
            return row
    return None


def _settle(db: Database, row: RecordRow, content: Content, waited: RecordRow | None) -> IntakeResult:
    """Put a trusted record where it belongs; ``waited`` is its row in ``conflict``, if it has one.

    ``row.said`` is why its proof fails, None if it does not.
    """
    if waited is not None and waited.detail is None:
        row = replace(row, detail=None)  # erased while it waited
    if row.said is not None:
        state, told = State.BROKEN, IntakeResult(Verdict.BROKEN, f"Kept, but left out of the results. {row.said}")
    else:
        rivals = {rival.state for rival in _rivals(db, row.record_id, content)}
        state, told = (State.TAKEN, NEW) if not rivals else (State.OPEN, CONFLICT)
        if rivals & _SETTLED and not isinstance(content, Check):
            state, told = State.PASSED_OVER, TOO_LATE
    if state is State.TAKEN:
        insert(db, Table.INBOX, row)
    row = replace(row, state=state)
    if waited is not None:
        set_state(db, Table.CONFLICT, row)
    elif state is not State.TAKEN:
        insert(db, Table.CONFLICT, row)
    return told


def _rivals(db: Database, record_id: str, content: Content) -> Iterator[RecordRow]:
    """The records received earlier for the same id or the same check code."""
    yield from rows(db, Table.INBOX, "record_id = ?", (record_id,))
    code = contested_code(content)
    if code is None:
        return
    for rival in rows(db, Table.INBOX, f"{CHECK_CODE} = ? and record_id <> ?", (code, record_id)):
        try:
            if contested_code(rival.sealed().content) == code:
                yield rival
        except NotARecord:  # altered in the database: it cannot count, so there is no conflict with it
            continue
