"""Reasons for not taking the check: given and taken back, each in one transaction with its audit row.

``school.reason`` decides who may have one. An unused restart is not touched: it is available again afterwards.
"""

from collections.abc import Sequence
from typing import Protocol

from mtc_kiosk.school import reason as rule
from mtc_kiosk.school.history import PupilHistory
from mtc_kiosk.school.obstacle import Obstacle, ObstacleCode
from mtc_kiosk.school.progress import progress_of
from mtc_kiosk.school.rules import Rules
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import audit, change
from mtc_kiosk.store.school.pin_cancel import cancel_live_pin
from mtc_kiosk.store.school.pupil_facts import load_facts
from mtc_kiosk.store.school.staff_context import StaffContext, refuse_any, refuse_if, refuse_where_declared

_GIVE = "insert into reason (pupil_id, at, by, code, by_head, undoes) values (?, ?, ?, ?, ?, ?)"


class SealsReasons(Protocol):
    """Makes records of reasons in the same transaction (``store.records.sealer``)."""

    def reason(self, db: Database, row_id: int) -> str:
        """Seal a row of ``reason``."""


def set_reasons(
    db: Database,
    context: StaffContext,
    pupil_ids: Sequence[int],
    code: str,
    seals: SealsReasons | None = None,
) -> tuple[int, ...]:
    """Give each of these pupils this reason; Refused, with every obstacle, if one of them may not have it.

    Unused PINs for the check are cancelled with it. Return the pupils who had one.
    """
    stamp, rules, is_head = context.stamp, context.rules, context.staff.is_head
    with change(db):
        refuse_where_declared(db, rules.timetable)
        refuse_if(rules.reason_obstacle(code, is_head=is_head) or rules.timetable.reasons_obstacle(context.now))
        facts = load_facts(db, context.running, pupil_ids)
        refuse_any((rule.set_obstacle(facts[each], code, context.now, rules), each) for each in pupil_ids)
        without_pin = []
        for pupil_id in dict.fromkeys(pupil_ids):
            row = (pupil_id, stamp.at, stamp.account, code, is_head, None)
            row_id = int(db.execute(_GIVE, row).lastrowid or 0)
            audit(db, stamp, "reason.set", str(pupil_id), after={"reason": row_id, "code": code})
            without_pin += [one.pupil_id for one in cancel_live_pin(db, context, facts[pupil_id])]
            if seals is not None:
                seals.reason(db, row_id)
    return tuple(without_pin)


def remove_reason(db: Database, context: StaffContext, pupil_id: int, seals: SealsReasons | None = None) -> None:
    """Take back a pupil's reason, which restores what was before; Refused if that is not allowed."""
    remove_reasons(db, context, (pupil_id,), seals)


def remove_reasons(
    db: Database, context: StaffContext, pupil_ids: Sequence[int], seals: SealsReasons | None = None
) -> None:
    """Take back the reason of each of these pupils, or, with every obstacle, of none: Refused."""
    rules, is_head = context.rules, context.staff.is_head
    with change(db):
        refuse_where_declared(db, rules.timetable)
        refuse_if(rules.timetable.reasons_obstacle(context.now))
        facts = load_facts(db, context.running, pupil_ids)
        refuse_any((_remove_obstacle(facts[each], rules, is_head=is_head), each) for each in pupil_ids)
        for pupil_id in dict.fromkeys(pupil_ids):
            _remove(db, context, facts[pupil_id], seals)


def _remove_obstacle(facts: PupilHistory, rules: Rules, *, is_head: bool) -> Obstacle | None:
    obstacle = rule.remove_obstacle(facts, rules, is_head=is_head)
    reason = progress_of(facts).reason
    if obstacle is None and reason is not None and not reason.id.isdecimal():
        return Obstacle(ObstacleCode.GIVEN_ELSEWHERE, "was given the reason on another PC. Take it back there")
    return obstacle


def _remove(db: Database, context: StaffContext, facts: PupilHistory, seals: SealsReasons | None) -> None:
    stamp, reason = context.stamp, progress_of(facts).reason
    assert reason is not None, "remove_obstacle lets only those with a reason through"
    row = (facts.pupil_id, stamp.at, stamp.account, reason.code, context.staff.is_head, int(reason.id))
    row_id = int(db.execute(_GIVE, row).lastrowid or 0)
    before = {"reason": int(reason.id), "code": reason.code}
    audit(db, stamp, "reason.removed", str(facts.pupil_id), before=before)
    if seals is not None:
        seals.reason(db, row_id)
