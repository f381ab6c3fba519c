"""The register with each pupil's history, read anew only where something has changed: for a page that asks every 2 s.

Whatever staff do, and every record that comes in, writes a row of the audit, so that a new row there means: read
everybody again. What pupils do changes the attempts that have not ended, or begins one, here or at an enrolled kiosk;
only those pupils are read again. A program without a memory (``store.db.opened.Memory``) reads everybody each time.
"""

import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from mtc_kiosk.school.history import PupilHistory
from mtc_kiosk.school.namesakes import told_apart
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.store.db.opened import Database, memory_of
from mtc_kiosk.store.school.pupil_facts import load_facts
from mtc_kiosk.store.school.register import pupils

_SUBJECT = "histories"
_MARKS = (
    "select (select coalesce(max(id), 0) from audit), (select count(*) from inbox), (select count(*) from conflict),"
    " (select coalesce(max(rowid), 0) from attempt), (select coalesce(max(said_at), '') from away_attempt)"
)
_BEGUN = "select distinct pupil_id from attempt where rowid > ? and pupil_id is not null"
_OPEN = "select distinct pupil_id from attempt where outcome is null and pupil_id is not null"
_AWAY = "select distinct pupil_id from away_attempt where (said_at >= ? or outcome is null) and pupil_id is not null"
_LOCK = threading.Lock()


@dataclass(frozen=True)
class Histories:
    """Every pupil who has not left, in list order, the history of each by id, and what tells namesakes apart."""

    register: tuple[Pupil, ...]
    of: Mapping[int, PupilHistory]
    apart: Mapping[int, str]


@dataclass(frozen=True)
class _Kept:
    marks: tuple[Any, ...]
    open: frozenset[int]
    found: Histories


def histories(db: Database, running: Collection[str]) -> Histories:
    """The register and its histories as they are now."""
    memory = memory_of(db)
    if memory is None:
        return _everybody(db, running)
    with _LOCK, db.atomic():
        kept = memory.setdefault(_SUBJECT, {}).get("kept")
        marks = tuple(db.execute(_MARKS).fetchone())
        unfinished = frozenset(each for (each,) in db.execute(_OPEN).fetchall())
        if not isinstance(kept, _Kept) or kept.marks[0] != marks[0] or _records_came(kept, marks):
            found = _everybody(db, running)
        else:
            begun = {each for (each,) in db.execute(_BEGUN, (kept.marks[3],)).fetchall()}
            told = {each for (each,) in db.execute(_AWAY, (kept.marks[4],)).fetchall()}
            found = _again(db, running, kept.found, unfinished | kept.open | begun | told)
        memory[_SUBJECT]["kept"] = _Kept(marks, unfinished, found)
    return found


def _records_came(kept: _Kept, marks: tuple[Any, ...]) -> bool:
    """Whether more records came in than checks have ended here: those may be of any pupil."""
    return bool(marks[2] != kept.marks[2] or marks[1] - kept.marks[1] > len(kept.open))


def _everybody(db: Database, running: Collection[str]) -> Histories:
    with db.atomic():
        register = pupils(db)
        facts = load_facts(db, running, [pupil.id for pupil in register])
    return Histories(tuple(register), facts, told_apart(register))


def _again(db: Database, running: Collection[str], found: Histories, ids: Collection[int]) -> Histories:
    these = [each for each in ids if each in found.of]
    return replace(found, of={**found.of, **load_facts(db, running, these)}) if these else found
