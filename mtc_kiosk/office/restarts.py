"""Give restarts and take them back. ``school.restart`` decides who may have one."""

from dataclasses import dataclass

from mtc_kiosk.office.chosen import pupil_chosen, pupils_chosen
from mtc_kiosk.office.code_choice import code_read
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.scope import refuse_out_of_scope
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.progress import progress_of
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.rules import RestartCode
from mtc_kiosk.school.selection import Named, OnePupil
from mtc_kiosk.store.school import restarts
from mtc_kiosk.store.school.pupil_facts import load_facts


@dataclass(frozen=True)
class RestartsGiven:
    """The pupils who may take the check once more, and the code of the reason."""

    pupils: tuple[Pupil, ...]
    code: str


def give(home: OpenHome, who: Named, code: str) -> RestartsGiven:
    """Give each of these pupils a restart. Refused if one may not have it; then none gets it."""
    rules = home.rules
    code = code_read(code, lambda read, shown: rules.restart_obstacle(read, shown=shown))
    chosen = pupils_chosen(home.db, who)
    refuse_out_of_scope(home, May.GIVE_RESTARTS, chosen)
    restarts.give_restarts(home.db, home.context(), [pupil.id for pupil in chosen], code, home.sealer())
    return RestartsGiven(chosen, code)


def remove(home: OpenHome, who: OnePupil) -> Pupil:
    """Take back a pupil's restart for which no PIN was made yet; the check before it counts again. Refused."""
    pupil = pupil_chosen(home.db, who)
    refuse_out_of_scope(home, May.GIVE_RESTARTS, (pupil,))
    restarts.remove_restart(home.db, home.context(), pupil.id, home.sealer())
    return pupil


def has_one(home: OpenHome, who: OnePupil) -> bool:
    """Whether the pupil has an unused restart, to be taken back before another is given."""
    pupil = pupil_chosen(home.db, who)
    facts = load_facts(home.db, home.context().running, [pupil.id])[pupil.id]
    known = progress_of(facts)
    return known.pending is not None and known.reason is None


def codes(home: OpenHome) -> tuple[RestartCode, ...]:
    """The reasons for a restart."""
    return home.rules.restart_codes
