"""Import a class list into the register: all of it or nothing, while kiosks go on writing to the same database.

The changes are worked out before the write lock is taken. Under the lock the import only checks that the register is
unchanged, and writes the prepared rows.
"""

import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from mtc_kiosk.school.class_list import ClassList, Remark
from mtc_kiosk.school.comparison import Change, Comparison, compare
from mtc_kiosk.school.numbering import Numbered, draw_letters, give_refs
from mtc_kiosk.school.pupil import DETAILS, Pupil, PupilDetails
from mtc_kiosk.school.timetable import Timetable
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import AuditStamp, audit_row, audit_rows, change
from mtc_kiosk.store.records.check_codes import recognise_all
from mtc_kiosk.store.school.register import all_numbers, everybody, pupil_rows, refuse_when_closed, stored

BY_A_LIST = "class_list"
"""What the audit has of a pupil who came back with a class list, and not by hand."""

TRIES = 3
"""How often to work out the changes outside the lock, if the register changes meanwhile."""

_INSERT = f"insert into pupil (id, {', '.join(DETAILS)}) values ({', '.join('?' * (len(DETAILS) + 1))})"  # noqa: S608 - ours

_Rows = Sequence[tuple[object, ...]]


class ListRefused(ValueError):
    """Lines of a class list contradict the register; ``remarks`` say why. Nothing was changed."""

    def __init__(self, remarks: Iterable[Remark]) -> None:
        self.remarks = tuple(remarks)
        super().__init__(" ".join(f"Line {remark.line}: {remark.fault.sentence}." for remark in self.remarks))


@dataclass(frozen=True)
class Imported:
    """The result of an import: the pupils as they are on the register now."""

    added: tuple[Pupil, ...]
    changed: tuple[Pupil, ...]
    unchanged: tuple[Pupil, ...]
    notes: tuple[Remark, ...]
    numbered: tuple[Pupil, ...]
    """Those added who were given a ref."""


@dataclass(frozen=True)
class _Prepared:
    """The rows to write, worked out from the register as ``seen``."""

    seen: _Rows
    compared: Comparison
    added: tuple[tuple[object, ...], ...]
    updates: tuple[tuple[str, tuple[object, ...]], ...]
    audits: tuple[tuple[object, ...], ...]
    given: frozenset[str]


def import_list(
    db: Database,
    stamp: AuditStamp,
    timetable: Timetable,
    class_list: ClassList,
    *,
    update: bool,
    before_saving: Callable[[Sequence[Remark]], None] = lambda _: None,
) -> Imported:
    """Import a class list into the register: all of it or nothing. ``before_saving`` is given the notes first.

    ListRefused if lines contradict the register (with ``update`` the lines win); Refused while lists are not accepted.
    """
    refuse_when_closed(db, stamp, timetable, many=True)
    for tries in range(TRIES):
        prepared = _prepare(db, stamp, class_list, update=update)
        if tries == 0:
            before_saving((*class_list.notes, *prepared.compared.notes))
        with change(db):
            refuse_when_closed(db, stamp, timetable, many=True)
            if pupil_rows(db) == prepared.seen:
                _write(db, prepared)
                break
    else:
        with change(db):  # the register keeps changing: work it out under the lock
            refuse_when_closed(db, stamp, timetable, many=True)
            prepared = _prepare(db, stamp, class_list, update=update)
            _write(db, prepared)
    return _imported(db, prepared)


def _prepare(db: Database, stamp: AuditStamp, class_list: ClassList, *, update: bool) -> _Prepared:
    seen = pupil_rows(db)
    register = everybody(db)  # after a change in between, the check under the lock fails
    numbered, compared = compared_with(db, class_list, register, update=update)
    following = max((pupil.id for pupil in register), default=0) + 1
    added = tuple(_row(number, details) for number, details in enumerate(compared.added, start=following))
    updates = tuple(_update(each) for each in compared.changed if each.changes_something)
    audits = [
        *(_added_audit(stamp, row) for row in added),
        *(row for each in compared.changed for row in _changed_audits(stamp, each)),
    ]
    return _Prepared(seen, compared, added, updates, tuple(audits), numbered.given)


def compared_with(
    db: Database, class_list: ClassList, register: Sequence[Pupil], *, update: bool
) -> tuple[Numbered, Comparison]:
    """The list with a ref for each pupil to number, and how it differs from the register; ListRefused."""
    numbered = numbered_list(db, class_list, register)
    compared = compare(numbered.pupils, class_list.columns.places, register, update=update)
    if faults := (*numbered.faults, *compared.faults):
        raise ListRefused(sorted(faults, key=lambda remark: remark.line))
    return numbered, compared


def numbered_list(db: Database, class_list: ClassList, register: Sequence[Pupil]) -> Numbered:
    """The list with a ref for each pupil to number."""
    if not class_list.to_number:
        return Numbered(class_list.pupils, frozenset(), ())
    taken = [ref for numbers in all_numbers(db).values() for ref in (*numbers.now, *numbers.earlier)]
    return give_refs(class_list, register, taken, draw_letters(random.SystemRandom()))


def _write(db: Database, prepared: _Prepared) -> None:
    db.conn.executemany(_INSERT, prepared.added)
    for sql, values in prepared.updates:
        db.conn.execute(sql, values)
    audit_rows(db, prepared.audits)
    recognise_all(db)


def _imported(db: Database, prepared: _Prepared) -> Imported:
    now = {pupil.id: pupil for pupil in everybody(db)}
    added = tuple(now[pupil_id] for pupil_id, *_ in prepared.added if isinstance(pupil_id, int))
    return Imported(
        added=added,
        changed=tuple(now[each.pupil.id] for each in prepared.compared.changed),
        unchanged=prepared.compared.unchanged,
        notes=prepared.compared.notes,
        numbered=tuple(pupil for pupil in added if pupil.ref in prepared.given),
    )


def _row(pupil_id: int, details: PupilDetails) -> tuple[object, ...]:
    return (pupil_id, *(stored(getattr(details, name)) for name in DETAILS))


def _update(each: Change) -> tuple[str, tuple[object, ...]]:
    """The SQL and values of a change; a pupil who returns is no longer marked as left."""
    names = [f"{name} = ?" for name in each.values] + (["left_at = null"] if each.returns else [])
    sql = f"update pupil set {', '.join(names)} where id = ?"  # noqa: S608 - the names are ours
    return sql, (*map(stored, each.values.values()), each.pupil.id)


def _added_audit(stamp: AuditStamp, row: tuple[object, ...]) -> tuple[object, ...]:
    columns = [name for name, value in zip(DETAILS, row[1:], strict=True) if value]
    return audit_row(stamp, "pupil.added", str(row[0]), after={"columns": columns})


def _changed_audits(stamp: AuditStamp, each: Change) -> Iterable[tuple[object, ...]]:
    subject = str(each.pupil.id)
    if each.values:
        yield audit_row(stamp, "pupil.changed", subject, after={"columns": list(each.values)})
    if each.returns:
        before, after = {"left_at": each.pupil.left_at}, {"left_at": None, BY_A_LIST: True}
        yield audit_row(stamp, "pupil.returned", subject, before=before, after=after)
