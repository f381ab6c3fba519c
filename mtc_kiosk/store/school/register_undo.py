"""Undo the import of a class list: mark the pupils whom it added, or who came back with it, as having left.

No row is deleted, so nothing is lost and each pupil can come back. A pupil who was on the register before the import
stays as they are.
"""

import json
from collections.abc import Mapping, Sequence

from mtc_kiosk.school.class_list import ClassList
from mtc_kiosk.school.next_step import NextStep, Step
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.timetable import Timetable
from mtc_kiosk.school.words import counted
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import AuditStamp, change
from mtc_kiosk.store.school.register import everybody, mark_left, refuse_when_closed
from mtc_kiosk.store.school.register_import import BY_A_LIST, ListRefused, compared_with

_USES = ("pin", "earlier_code", "attempt", "restart", "reason", "note")
"""Tables with a row for a pupil whom the check has reached."""


class NotUndone(ValueError):
    """The import cannot be undone; the message is a sentence for people. Nothing was changed."""

    def __init__(self, sentence: str, next_step: NextStep | None = None) -> None:
        super().__init__(sentence)
        self.next_step = next_step


def undo_list(db: Database, stamp: AuditStamp, timetable: Timetable, class_list: ClassList) -> tuple[Pupil, ...]:
    """Undo the last import of this list; the pupils now marked as having left.

    Those who had left before it left when they did. NotUndone if the register has other details for one of its pupils,
    or if one of those who came with it has a PIN, a check, a restart, a reason or a note. Refused while lists are
    not accepted.
    """
    with change(db):
        refuse_when_closed(db, stamp, timetable, many=True)
        came = _came_last(db, _on_register(db, class_list))
        used = [pupil for pupil in came if any(_has_row(db, table, pupil) for table in _USES)]
        if used:
            raise NotUndone(
                f"The import cannot be undone: it has {counted(len(used), 'pupil')} with a PIN, a check, a restart, a"
                " reason or a note.",
                NextStep(Step.MARK_LEFT),
            )
        for pupil, had_left in came.items():
            mark_left(db, stamp, pupil, had_left or stamp.at)
        ids = {pupil.id for pupil in came}
        return tuple(pupil for pupil in everybody(db) if pupil.id in ids)


def _on_register(db: Database, class_list: ClassList) -> tuple[Pupil, ...]:
    """The pupils of the list, who must be on the register as the list has them."""
    try:
        _, compared = compared_with(db, class_list, everybody(db), update=False)
    except ListRefused as refused:
        raise NotUndone(
            "The import cannot be undone: a pupil of this list has other details on the register, or has left.",
            NextStep(Step.MARK_LEFT),
        ) from refused
    if compared.added:
        missing = counted(len(compared.added), "pupil")
        verb = "is" if len(compared.added) == 1 else "are"
        raise NotUndone(f"The import cannot be undone: {missing} of this list {verb} not on the register.")
    return compared.unchanged


def _came_last(db: Database, pupils: Sequence[Pupil]) -> Mapping[Pupil, str | None]:
    """Those of the pupils who came onto the register last, which is at one instant for all of a list.

    With when they had left before that, None for a new pupil. One who came back without a list counts as there.
    """
    came: dict[int, tuple[str, str | None]] = {}
    query = "select subject, at, before, after from audit where action in ('pupil.added', 'pupil.returned') order by at"
    for subject, at, before, after in db.execute(query).fetchall():
        if before is None:
            came[int(subject)] = at, None
        elif BY_A_LIST in json.loads(after):
            came[int(subject)] = at, json.loads(before)["left_at"]
    theirs = {pupil: came[pupil.id] for pupil in pupils if pupil.id in came}
    last = max((at for at, _ in theirs.values()), default="")
    return {pupil: had_left for pupil, (at, had_left) in theirs.items() if at == last}


def _has_row(db: Database, table: str, pupil: Pupil) -> bool:
    found = db.execute(f"select 1 from {table} where pupil_id = ? limit 1", (pupil.id,))  # noqa: S608 - ours
    return found.fetchone() is not None
