"""The reasons for not taking the check in force at one time: a line for each pupil who has one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from mtc_kiosk.school.progress import progress_of
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.rules import Rules
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.school.pupil_facts import load_facts
from mtc_kiosk.store.school.register import pupils


@dataclass(frozen=True)
class ReasonLine:
    """A pupil and the reason in force; ``set_at`` is an aware datetime."""

    pupil: Pupil
    code: str
    label: str
    set_by: str
    set_at: datetime


def derive_reasons(db: Database, rules: Rules, running: Collection[str]) -> tuple[ReasonLine, ...]:
    """Every reason in force, in list order; those of pupils who have left too."""
    facts = load_facts(db, running)
    lines = []
    for pupil in pupils(db, with_left=True):
        reason = progress_of(facts[pupil.id]).reason
        if reason is not None:
            label = rules.reason(reason.code).label
            lines.append(ReasonLine(pupil, reason.code, label, reason.by, reason.at))
    return tuple(lines)
