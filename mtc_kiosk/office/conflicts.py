"""Pupils with two checks that could count, conflicting records, and a head's choice between them.

It shows what tells the checks apart but no score, so that no choice can depend on one.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from mtc_kiosk.office.chosen import pupil_chosen
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.selection import OnePupil
from mtc_kiosk.store.records.conflicts import Conflict, choose_record
from mtc_kiosk.store.records.conflicts import conflicts as record_conflicts
from mtc_kiosk.store.school import choices
from mtc_kiosk.store.school.choices import Contest, contests
from mtc_kiosk.store.school.register import pupils


@dataclass(frozen=True)
class Conflicts:
    """Pupils with two checks, and records of which only one can apply: open ones, then settled ones, in list order.

    ``register`` has every pupil by id, those who left too.
    """

    checks: tuple[Contest, ...]
    records: tuple[Conflict, ...]
    register: Mapping[int, Pupil]


def conflicts(home: OpenHome) -> Conflicts:
    """Every conflict."""
    register = {pupil.id: pupil for pupil in pupils(home.db, with_left=True)}
    found = contests(home.db, home.context().running)
    in_order = sorted(found, key=lambda one: (not one.rivals.is_open, register[one.pupil_id].order))
    return Conflicts(tuple(in_order), record_conflicts(home.db), register)


def choose(home: OpenHome, digits: str, why: str, seen: str | None = None) -> Contest | None:
    """Let the check or record that begins with ``digits`` count. Only a head may, and says why: NotSettled.

    Return the pupil's conflict, now settled; None for a conflict of records. ``seen`` is the version of a conflict of
    checks that the head looked at; another one is refused.
    """
    if choose_record(home.db, home.staff, digits, why, home.stamp) is not None:
        return None
    return choices.choose(home.db, home.context(), digits, why, seen)


def undo(home: OpenHome, who: OnePupil, why: str, seen: str | None = None) -> Contest:
    """Take back what a head chose for this pupil. Only a head may, and says why: NotSettled, NotOnePupil."""
    pupil = pupil_chosen(home.db, who)
    return choices.take_back(home.db, home.context(), pupil.id, why, seen)
