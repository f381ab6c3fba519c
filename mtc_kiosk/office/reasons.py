"""Give reasons for not taking the check, take them back, list them. ``school.reason`` has the rules."""

from dataclasses import dataclass

from mtc_kiosk.export.reasons import ReasonLine, derive_reasons
from mtc_kiosk.office.chosen import pupil_chosen, pupils_chosen
from mtc_kiosk.office.code_choice import code_read
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.scope import in_scope, refuse_out_of_scope
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.progress import progress_of
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.rules import ReasonCode
from mtc_kiosk.school.selection import ById, Named, OnePupil
from mtc_kiosk.store.school.pin_cancel import may_have_pin
from mtc_kiosk.store.school.pupil_facts import load_facts
from mtc_kiosk.store.school.reasons import remove_reason, remove_reasons, set_reasons


@dataclass(frozen=True)
class ReasonsGiven:
    """The pupils who do not take the check, and why; ``without_pin`` are those with a cancelled unused PIN."""

    pupils: tuple[Pupil, ...]
    code: str
    label: str
    without_pin: tuple[Pupil, ...]


@dataclass(frozen=True)
class ReasonRemoved:
    """The pupil of a reason that was taken back; ``needs_pin``: they may be given a PIN and have none."""

    pupil: Pupil
    needs_pin: bool


@dataclass(frozen=True)
class Reasons:
    """The reasons that pupils have, in list order, and those that the school still gives."""

    given: tuple[ReasonLine, ...]
    offered: tuple[ReasonCode, ...]


def give(home: OpenHome, who: Named, code: str) -> ReasonsGiven:
    """Give each of these pupils a reason. Refused if one may not have it; then none gets it."""
    code = refuse_other_codes(home, code)
    chosen = {pupil.id: pupil for pupil in pupils_chosen(home.db, who)}
    refuse_out_of_scope(home, May.GIVE_REASONS, chosen.values())
    without_pin = set_reasons(home.db, home.context(), list(chosen), code, home.sealer())
    label = home.rules.reason(code).label
    return ReasonsGiven(tuple(chosen.values()), code, label, tuple(chosen[pupil_id] for pupil_id in without_pin))


def refuse_other_codes(home: OpenHome, written: str) -> str:
    """The code as it is kept; OfficeRefused with those to choose from where it is none."""
    rules, is_head = home.rules, home.staff.is_head
    return code_read(written, lambda code, shown: rules.reason_obstacle(code, is_head=is_head, shown=shown))


def remove(home: OpenHome, who: OnePupil) -> ReasonRemoved:
    """Take back a pupil's reason; an earlier one applies again. Refused."""
    pupil = pupil_chosen(home.db, who)
    refuse_out_of_scope(home, May.GIVE_REASONS, (pupil,))
    remove_reason(home.db, home.context(), pupil.id, home.sealer())
    return ReasonRemoved(pupil, may_have_pin(home.db, home.context(), pupil.id))


def remove_several(home: OpenHome, pupil_ids: tuple[int, ...]) -> tuple[Pupil, ...]:
    """Take back the reasons of these pupils, all or none; Refused."""
    chosen = pupils_chosen(home.db, ById(pupil_ids))
    refuse_out_of_scope(home, May.GIVE_REASONS, chosen)
    remove_reasons(home.db, home.context(), [pupil.id for pupil in chosen], home.sealer())
    return chosen


def listed(home: OpenHome) -> Reasons:
    """The pupils with a reason, as far as the account that acts may see them."""
    context = home.context()
    given = derive_reasons(home.db, context.rules, context.running)
    seen = {pupil.id for pupil in in_scope(home, May.SEE_PUPILS, (line.pupil for line in given))}
    return Reasons(tuple(line for line in given if line.pupil.id in seen), context.rules.reasons_for(is_head=True))


def has_one(home: OpenHome, who: OnePupil) -> bool:
    """Whether the pupil has a reason, to be taken back before another is given."""
    pupil = pupil_chosen(home.db, who)
    facts = load_facts(home.db, home.context().running, [pupil.id])[pupil.id]
    return progress_of(facts).reason is not None


def codes(home: OpenHome) -> tuple[ReasonCode, ...]:
    """The reasons that the acting member of staff may give."""
    return home.rules.reasons_for(is_head=home.staff.is_head)
