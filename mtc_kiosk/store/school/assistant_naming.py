"""Staff name after a check who typed for a pupil, and take that back.

``school.assistant`` decides for which pupils. Of an attempt of this home it is a row of ``assistant``; of one that was
taken on another PC it is a record alone, as ``assistant`` has only attempts that are here. Names and reasons stay out
of the audit.
"""

from typing import Protocol

from mtc_kiosk.school import assistant as rule
from mtc_kiosk.school.obstacle import Obstacle, ObstacleCode
from mtc_kiosk.school.progress import progress_of
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import audit, change
from mtc_kiosk.store.school.assistants import LATER, AssistantRow, named
from mtc_kiosk.store.school.pupil_facts import load_facts
from mtc_kiosk.store.school.received_assistants import received_assistants
from mtc_kiosk.store.school.staff_context import StaffContext, refuse_if, refuse_where_declared

_NAME = (
    "insert into assistant (attempt_id, at, by, forename, surname, code, why, undoes) values (?, ?, ?, ?, ?, ?, ?, ?)"
)
_IS_HERE = "select 1 from attempt where id = ?"


class SealsAssistants(Protocol):
    """Makes records of assistants in the same transaction (``store.records.sealer``)."""

    @property
    def device(self) -> str:
        """The device that makes them."""

    def assistant(self, db: Database, row_id: int) -> str | None:
        """Seal a row of ``assistant``."""

    def assistant_elsewhere(
        self,
        db: Database,
        pupil_id: int,
        attempt_id: str,
        at: str,
        by: str,
        late: rule.LateAssistant | None,
        undoes: str | None = None,
    ) -> str:
        """Seal who typed in an attempt that is not here, or that it was taken back; the record's id."""


def add_assistant(
    db: Database, context: StaffContext, pupil_id: int, late: rule.LateAssistant, seals: SealsAssistants
) -> None:
    """Name an assistant for this pupil's current check; Refused if none may be named."""
    stamp = context.stamp
    with change(db):
        refuse_where_declared(db, context.rules.timetable)
        refuse_if(context.rules.timetable.assistants_obstacle(context.now, removing=False))
        facts = load_facts(db, context.running, [pupil_id])[pupil_id]
        check = progress_of(facts).check
        known = [*named(db), *received_assistants(db, seals.device)] if check is not None else []
        has_one = check is not None and any(one.attempt_id == check.id and one.code == LATER for one in known)
        refuse_if(rule.add_obstacle(facts, has_one=has_one), pupil_id)
        assert check is not None, "add_obstacle lets only those with a check through"
        if db.execute(_IS_HERE, (check.id,)).fetchone() is None:
            record_id = seals.assistant_elsewhere(db, pupil_id, check.id, stamp.at, stamp.account, late)
            after: dict[str, object] = {"record": record_id, "attempt": check.id}
        else:
            row = (check.id, stamp.at, stamp.account, late.name.forename, late.name.surname, LATER, late.why, None)
            row_id = int(db.execute(_NAME, row).lastrowid or 0)
            seals.assistant(db, row_id)
            after = {"assistant": row_id, "attempt": check.id}
        audit(db, stamp, "assistant.added", str(pupil_id), after=after)


def remove_assistant(db: Database, context: StaffContext, pupil_id: int, seals: SealsAssistants) -> None:
    """Take back the assistant whom staff named last for this pupil; Refused if there is none."""
    stamp = context.stamp
    with change(db):
        refuse_where_declared(db, context.rules.timetable)
        refuse_if(context.rules.timetable.assistants_obstacle(context.now, removing=True))
        known = (*received_assistants(db, seals.device), *named(db))
        theirs = [one for one in known if one.pupil_id == pupil_id and one.code == LATER]
        if not theirs:
            refuse_if(Obstacle(ObstacleCode.NO_ASSISTANT, "has no assistant that staff added"), pupil_id)
        last = max(theirs, key=lambda one: (one.at, one.row_id))
        before = {"assistant": last.row_id} if last.row_id else {"record": last.record_id}
        audit(db, stamp, "assistant.removed", str(pupil_id), before={**before, "attempt": last.attempt_id})
        _take_back(db, context, last, seals)


def _take_back(db: Database, context: StaffContext, last: AssistantRow, seals: SealsAssistants) -> None:
    stamp = context.stamp
    if not last.row_id:
        seals.assistant_elsewhere(
            db, last.pupil_id, last.attempt_id, stamp.at, stamp.account, None, undoes=last.record_id
        )
        return
    row = (last.attempt_id, stamp.at, stamp.account, None, None, LATER, None, last.row_id)
    seals.assistant(db, int(db.execute(_NAME, row).lastrowid or 0))
