"""Restarts: given and taken back, each in one transaction with its audit row. ``school.restart`` has the rules.

A restart makes a held attempt ``superseded``: it never goes on, even if the restart is taken back.
"""

from collections.abc import Sequence
from typing import Protocol

from mtc_kiosk.school import restart as rule
from mtc_kiosk.school.history import PupilHistory
from mtc_kiosk.school.obstacle import Obstacle, ObstacleCode
from mtc_kiosk.school.progress import progress_of
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import audit, change
from mtc_kiosk.store.school.pin_use import supersede
from mtc_kiosk.store.school.pupil_facts import load_facts
from mtc_kiosk.store.school.staff_context import StaffContext, refuse_any, refuse_if, refuse_where_declared

_GIVE = "insert into restart (pupil_id, at, by, code, origin_attempt, by_head, undoes) values (?, ?, ?, ?, ?, ?, ?)"


class SealsRestarts(Protocol):
    """Makes records of restarts and of the attempts they end, in one transaction (``store.records.sealer``)."""

    def restart(self, db: Database, row_id: int) -> str:
        """Seal a row of ``restart``."""

    def check(self, db: Database, attempt_id: str) -> str | None:
        """Seal an attempt that is over."""


def give_restarts(
    db: Database,
    context: StaffContext,
    pupil_ids: Sequence[int],
    code: str,
    seals: SealsRestarts | None = None,
) -> None:
    """Give each of these pupils a restart; Refused, with every obstacle, if one of them may not have one."""
    rules = context.rules
    with change(db):
        refuse_where_declared(db, rules.timetable)
        refuse_if(rules.restart_obstacle(code) or rules.timetable.restarts_obstacle(context.now))
        facts = load_facts(db, context.running, pupil_ids)
        refuse_any((rule.give_obstacle(facts[each], rules, is_head=context.staff.is_head), each) for each in pupil_ids)
        for pupil_id in dict.fromkeys(pupil_ids):
            _give(db, context, facts[pupil_id], code, seals)


def remove_restart(db: Database, context: StaffContext, pupil_id: int, seals: SealsRestarts | None = None) -> None:
    """Take back a restart without a PIN, which restores what was before; Refused if that is not allowed."""
    stamp, rules = context.stamp, context.rules
    with change(db):
        refuse_where_declared(db, rules.timetable)
        refuse_if(rules.timetable.restarts_obstacle(context.now))
        facts = load_facts(db, context.running, [pupil_id])[pupil_id]
        refuse_if(rule.remove_obstacle(facts, context.now, rules), pupil_id)
        pending = progress_of(facts).pending
        assert pending is not None, "remove_obstacle lets only those with a restart through"
        if not pending.id.isdecimal():
            refuse_if(
                Obstacle(ObstacleCode.GIVEN_ELSEWHERE, "was given the restart on another PC. Take it back there"),
                pupil_id,
            )
        row = (pupil_id, stamp.at, stamp.account, pending.code, pending.origin, context.staff.is_head, int(pending.id))
        row_id = int(db.execute(_GIVE, row).lastrowid or 0)
        audit(db, stamp, "restart.removed", str(pupil_id), before={"restart": int(pending.id), "code": pending.code})
        if seals is not None:
            seals.restart(db, row_id)


def _give(db: Database, context: StaffContext, facts: PupilHistory, code: str, seals: SealsRestarts | None) -> None:
    stamp, origin = context.stamp, progress_of(facts).check
    assert origin is not None, "give_obstacle lets only those with a check through"
    row = (facts.pupil_id, stamp.at, stamp.account, code, origin.id, context.staff.is_head, None)
    row_id = int(db.execute(_GIVE, row).lastrowid or 0)
    after = {"restart": row_id, "code": code, "origin": origin.id}
    audit(db, stamp, "restart.given", str(facts.pupil_id), after=after)
    is_own = origin.outcome is None and supersede(db, origin.id, stamp.at)
    if seals is not None:
        if is_own:
            seals.check(db, origin.id)
        seals.restart(db, row_id)
