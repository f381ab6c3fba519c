"""The status of every pupil on the register at one time, by the rules of ``school.status``."""

from collections.abc import Mapping
from dataclasses import dataclass

from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.status import Bucket, PupilStatus, counts, status_of
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.school.pupil_facts import load_facts
from mtc_kiosk.store.school.register import pupils
from mtc_kiosk.store.school.staff_context import Moment


@dataclass(frozen=True)
class Statuses:
    """Each pupil's status in list order; the ``counts`` of the five groups sum to the register."""

    pupils: tuple[tuple[Pupil, PupilStatus], ...]
    counts: Mapping[Bucket, int]


def statuses(db: Database, moment: Moment) -> Statuses:
    """The status of every pupil who has not left."""
    with db.atomic():
        register = pupils(db)
        facts = load_facts(db, moment.running, [pupil.id for pupil in register])
    found = tuple((pupil, status_of(facts[pupil.id], moment.now, moment.rules)) for pupil in register)
    return Statuses(found, counts(status for _, status in found))
