"""Who does not take the check and why, who may be given a reason now, and what each reason means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.scope import in_scope
from mtc_kiosk.school import reason as rule
from mtc_kiosk.school.history import PupilHistory
from mtc_kiosk.school.namesakes import named_apart
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.progress import progress_of
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.rules import ReasonCode, Rules
from mtc_kiosk.school.selection import groups
from mtc_kiosk.school.staff import who
from mtc_kiosk.school.status import status_of
from mtc_kiosk.store.school.pupil_facts import load_facts
from mtc_kiosk.store.school.register import pupils

MEANINGS: Mapping[str, str] = {
    "ABSNT": "Away all the time it could be taken",
    "INCRG": "On the register by mistake",
    "JSTAR": "Too new to know what they can do",
    "LEFTT": "Gone since the list was made",
    "NOACC": "Not possible, even with arrangements",
    "BLSTD": "Below the tables of year 2",
    "NOABA": "The school could not give it",
    "ANLLH": "The pupil cheated. A score is taken away",
    "ANLLQ": "The rules were broken. A score is taken away",
}
"""What the reasons that come with the program mean, in a few words; a school's own have their label alone."""


@dataclass(frozen=True)
class NotTaking:
    """A pupil with a reason; ``kept`` says why it cannot be taken back, "" if it can.

    ``name`` tells namesakes apart.
    """

    pupil: Pupil
    name: str
    code: str
    label: str
    by: str
    at: datetime
    kept: str


@dataclass(frozen=True)
class MayNotTake:
    """A pupil who may be given a reason now, and how things are with the check."""

    pupil: Pupil
    name: str
    status: str


@dataclass(frozen=True)
class NotTakingOverview:
    """Those with a reason, those who may be given one, and the reasons to choose from.

    ``for_heads`` are labels of reasons that only a head may give. ``closed`` says why none may be given or taken back
    now, "" if they may. ``groups`` are all that the account may choose from.
    """

    given: tuple[NotTaking, ...]
    others: tuple[MayNotTake, ...]
    reasons: tuple[ReasonCode, ...]
    for_heads: tuple[str, ...]
    closed: str
    groups: tuple[str, ...]


def overview(home: OpenHome, group: str = "") -> NotTakingOverview:
    """Everything for the pupils whom the account may give reasons, of one group or of all."""
    context, is_head = home.context(), home.staff.is_head
    facts = load_facts(home.db, context.running)
    everybody = pupils(home.db, with_left=True)
    names = named_apart(everybody)
    mine = in_scope(home, May.GIVE_REASONS, everybody)
    chosen = tuple(pupil for pupil in mine if not group or pupil.group_name == group)
    plain = tuple(code for code in context.rules.reasons_for(is_head=is_head) if not code.annuls)
    closed = context.rules.timetable.reasons_obstacle(home.now)
    return NotTakingOverview(
        given=tuple(_given(home, pupil, names, facts[pupil.id]) for pupil in chosen if _has_one(facts[pupil.id])),
        others=tuple(
            MayNotTake(pupil, names[pupil.id], status_of(facts[pupil.id], home.now, context.rules).label)
            for pupil in chosen
            if not pupil.has_left and _may_have(facts[pupil.id], plain, home.now, context.rules)
        ),
        reasons=plain,
        for_heads=tuple(code.label for code in context.rules.reason_codes if code.head_only and code.offered),
        closed=closed.sentence if closed is not None else "",
        groups=tuple(groups(mine)),
    )


def _has_one(facts: PupilHistory) -> bool:
    return progress_of(facts).reason is not None


def _may_have(facts: PupilHistory, codes: tuple[ReasonCode, ...], now: datetime, rules: Rules) -> bool:
    return any(rule.set_obstacle(facts, code.code, now, rules) is None for code in codes[:1])


def _given(home: OpenHome, pupil: Pupil, names: Mapping[int, str], facts: PupilHistory) -> NotTaking:
    reason = progress_of(facts).reason
    assert reason is not None, "only those with a reason are asked about"
    obstacle = rule.remove_obstacle(facts, home.rules, is_head=home.staff.is_head)
    kept = "Only a head may take it back." if obstacle is not None else ""
    label = home.rules.reason(reason.code).label
    return NotTaking(pupil, names[pupil.id], reason.code, label, who(reason.by), reason.at, kept)
