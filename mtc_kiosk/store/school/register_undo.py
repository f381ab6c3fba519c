"""Undo the import of a class list: mark the pupils whom it added as having left.

No row is deleted, so nothing is lost and each pupil can come back. A pupil who was on the register before the import
stays as they are.
"""

from collections.abc import Sequence

from mtc_kiosk.school.class_list import ClassList
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.timetable import Timetable
from mtc_kiosk.school.words import counted
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import AuditStamp, change
from mtc_kiosk.store.school.register import everybody, mark_left, refuse_when_closed
from mtc_kiosk.store.school.register_import import ListRefused, compared_with

_USES = ("pin", "attempt", "restart", "reason")
"""Tables with a row for a pupil whom the check has reached."""


class NotUndone(ValueError):
    """The import cannot be undone; the message is a sentence for people. Nothing was changed."""


def undo_list(db: Database, stamp: AuditStamp, timetable: Timetable, class_list: ClassList) -> tuple[Pupil, ...]:
    """Undo the last import of this list; the pupils now marked as having left.

    NotUndone if the register has other details for one of its pupils, or if one of those whom it added has a PIN, a
    check, a restart or a reason. Refused while lists are not accepted.
    """
    with change(db):
        refuse_when_closed(db, stamp, timetable, many=True)
        added = _added_last(db, _on_register(db, class_list))
        used = [pupil for pupil in added if any(_has_row(db, table, pupil) for table in _USES)]
        if used:
            raise NotUndone(
                f"The import cannot be undone: it has {counted(len(used), 'pupil')} with a PIN, a check, a restart or a"
                " reason. Use pupils leave for each pupil who should not be on the register."
            )
        for pupil in added:
            mark_left(db, stamp, pupil, stamp.at)
        ids = {pupil.id for pupil in added}
        return tuple(pupil for pupil in everybody(db) if pupil.id in ids)


def _on_register(db: Database, class_list: ClassList) -> tuple[Pupil, ...]:
    """The pupils of the list, who must be on the register as the list has them."""
    try:
        _, compared = compared_with(db, class_list, everybody(db), update=False)
    except ListRefused as refused:
        raise NotUndone(
            "The import cannot be undone: a pupil of this list has other details on the register, or has left."
            " Use pupils leave for each pupil who should not be on the register."
        ) from refused
    if compared.added:
        missing = counted(len(compared.added), "pupil")
        verb = "is" if len(compared.added) == 1 else "are"
        raise NotUndone(f"The import cannot be undone: {missing} of this list {verb} not on the register.")
    return compared.unchanged


def _added_last(db: Database, pupils: Sequence[Pupil]) -> tuple[Pupil, ...]:
    """Those of the pupils who came onto the register last, which is at one instant for all of a list."""
    rows = db.execute("select subject, max(at) from audit where action = 'pupil.added' group by subject").fetchall()
    at = {int(subject): str(when) for subject, when in rows}
    last = max((at.get(pupil.id, "") for pupil in pupils), default="")
    return tuple(pupil for pupil in pupils if at.get(pupil.id, "") == last)


def _has_row(db: Database, table: str, pupil: Pupil) -> bool:
    found = db.execute(f"select 1 from {table} where pupil_id = ? limit 1", (pupil.id,))  # noqa: S608 - ours
    return found.fetchone() is not None
