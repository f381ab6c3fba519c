"""Who typed for pupils: named at the kiosk before a check, or by staff after one, and taken back by staff.

``school.assistant`` decides for which pupils one may be named after the check. Names and reasons stay out of the audit.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from mtc_kiosk.school import assistant as rule
from mtc_kiosk.school.obstacle import Obstacle, ObstacleCode
from mtc_kiosk.school.progress import progress_of
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import audit, change
from mtc_kiosk.store.school.pupil_facts import load_facts
from mtc_kiosk.store.school.staff_context import StaffContext, refuse_if, refuse_where_declared

ASKED, LATER = "asked", "later"
"""The codes: asked for by the kiosk before the check, added by staff after it."""

_NAME = (
    "insert into assistant (attempt_id, at, by, forename, surname, code, why, undoes) values (?, ?, ?, ?, ?, ?, ?, ?)"
)
_NAMED = (
    "select s.id, s.attempt_id, a.pupil_id, s.at, s.by, s.code, s.forename, s.surname, s.why from assistant s"
    " join attempt a on a.id = s.attempt_id where a.pupil_id is not null and s.undoes is null"
    " and not exists (select 1 from assistant later where later.undoes = s.id) order by s.id"
)


class SealsAssistants(Protocol):
    """Makes records of assistants in the same transaction (``store.records.sealer``)."""

    def assistant(self, db: Database, row_id: int) -> str | None:
        """Seal a row of ``assistant``."""


@dataclass(frozen=True)
class AssistantRow:
    """Who typed for a pupil in an attempt. Names and reason are None once erased; ``why`` also with the code ASKED.

    ``row_id`` is 0 if it came in from another PC.
    """

    row_id: int
    attempt_id: str
    pupil_id: int
    at: str
    by: str
    code: str
    forename: str | None = field(repr=False)
    surname: str | None = field(repr=False)
    why: str | None = field(repr=False)


def assistants(db: Database) -> tuple[AssistantRow, ...]:
    """The assistants named and not taken back, in order; of several asked for in one attempt, the last."""
    found = list(_named(db))
    last = {one.attempt_id: one.row_id for one in found if one.code == ASKED}
    return tuple(one for one in found if one.code != ASKED or last[one.attempt_id] == one.row_id)


def add_assistant(
    db: Database,
    context: StaffContext,
    pupil_id: int,
    late: rule.LateAssistant,
    seals: SealsAssistants | None = None,
) -> None:
    """Name an assistant for this pupil's current check; Refused if none may be named."""
    stamp = context.stamp
    with change(db):
        refuse_where_declared(db, context.rules.timetable)
        refuse_if(context.rules.timetable.assistants_obstacle(context.now, removing=False))
        facts = load_facts(db, context.running, [pupil_id])[pupil_id]
        check = progress_of(facts).check
        has_one = check is not None and any(one.attempt_id == check.id and one.code == LATER for one in _named(db))
        refuse_if(rule.add_obstacle(facts, has_one=has_one), pupil_id)
        assert check is not None, "add_obstacle lets only those with a check through"
        if db.execute("select 1 from attempt where id = ?", (check.id,)).fetchone() is None:
            refuse_if(
                Obstacle(ObstacleCode.GIVEN_ELSEWHERE, "took the check on another PC. Add the assistant there"),
                pupil_id,
            )
        row = (check.id, stamp.at, stamp.account, late.name.forename, late.name.surname, LATER, late.why, None)
        row_id = int(db.execute(_NAME, row).lastrowid or 0)
        audit(db, stamp, "assistant.added", str(pupil_id), after={"assistant": row_id, "attempt": check.id})
        if seals is not None:
            seals.assistant(db, row_id)


def remove_assistant(db: Database, context: StaffContext, pupil_id: int, seals: SealsAssistants | None = None) -> None:
    """Take back the assistant whom staff named last for this pupil; Refused if there is none."""
    stamp = context.stamp
    with change(db):
        refuse_where_declared(db, context.rules.timetable)
        refuse_if(context.rules.timetable.assistants_obstacle(context.now, removing=True))
        theirs = [one for one in _named(db) if one.pupil_id == pupil_id and one.code == LATER]
        if not theirs:
            refuse_if(Obstacle(ObstacleCode.NO_ASSISTANT, "has no assistant that staff added"), pupil_id)
        last = theirs[-1]
        row = (last.attempt_id, stamp.at, stamp.account, None, None, LATER, None, last.row_id)
        row_id = int(db.execute(_NAME, row).lastrowid or 0)
        audit(
            db,
            stamp,
            "assistant.removed",
            str(pupil_id),
            before={"assistant": last.row_id, "attempt": last.attempt_id},
        )
        if seals is not None:
            seals.assistant(db, row_id)


def _named(db: Database) -> Iterator[AssistantRow]:
    for row in db.execute(_NAMED).fetchall():
        yield AssistantRow(*row)
