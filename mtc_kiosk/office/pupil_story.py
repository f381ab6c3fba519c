"""One pupil: how things are with the check, what happened in order, and what may be done now. No score is here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mtc_kiosk.office import assistants
from mtc_kiosk.office.arrangements import PupilArrangements, of_pupil
from mtc_kiosk.office.assistants import PupilAssistant
from mtc_kiosk.office.chosen import pupil_chosen
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.scope import in_scope, refuse_out_of_scope
from mtc_kiosk.office.story_words import event_sentence, heading, next_step
from mtc_kiosk.school import assistant as assistant_rule
from mtc_kiosk.school import reason as reason_rule
from mtc_kiosk.school import restart as restart_rule
from mtc_kiosk.school.history import PupilHistory
from mtc_kiosk.school.namesakes import named_apart
from mtc_kiosk.school.obstacle import Obstacle
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.progress import progress_of
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.rules import ReasonCode, RestartCode, Rules
from mtc_kiosk.school.selection import OnePupil
from mtc_kiosk.school.staff import who as in_words
from mtc_kiosk.school.status import PupilStatus, status_of
from mtc_kiosk.store.school.assistants import LATER
from mtc_kiosk.store.school.pupil_events import pupil_events
from mtc_kiosk.store.school.pupil_facts import load_facts
from mtc_kiosk.store.school.register import pupils


@dataclass(frozen=True)
class StoryLine:
    """One thing that happened, when, and who did it ("" if nobody, or if it is not known)."""

    at: datetime
    sentence: str
    by: str


@dataclass(frozen=True)
class Given:
    """A reason or a restart in force: what, by whom and when; ``kept`` is why it cannot be taken back, "" if it can."""

    code: str
    label: str
    by: str
    at: datetime
    kept: str
    annuls: bool = False


@dataclass(frozen=True)
class PupilStory:
    """Everything that the pupil's page shows, but for notes (``office.notes``).

    An obstacle is a sentence that says why something cannot be done, "" if it can. ``reasons`` are those that the
    account may give now, ``annulments`` those that only a head may give, whatever happened. ``arrangements`` is None
    for an account that may not see them. ``names`` are the names in lists of all whom the account may see.
    """

    pupil: Pupil
    name: str
    names: Mapping[int, str] = field(repr=False)
    heading: str
    next_step: str
    status: PupilStatus
    happened: tuple[StoryLine, ...]
    reason: Given | None
    reasons: tuple[ReasonCode, ...]
    reason_obstacle: str
    annulments: tuple[ReasonCode, ...]
    restart: Given | None
    restarts: tuple[RestartCode, ...]
    restart_obstacle: str
    assistants: tuple[PupilAssistant, ...]
    assistant_obstacle: str
    assistant_is_named_later: bool
    arrangements: PupilArrangements | None
    has_two: bool


def story(home: OpenHome, who: OnePupil) -> PupilStory:
    """The pupil's story; NotOnePupil, and OfficeRefused for a pupil whom the account may not see."""
    pupil = pupil_chosen(home.db, who)
    refuse_out_of_scope(home, May.SEE_PUPILS, (pupil,))
    context = home.context()
    facts = load_facts(home.db, context.running, [pupil.id])[pupil.id]
    status = status_of(facts, home.now, context.rules)
    names = _names(home)
    named = assistants.of_pupil(home, pupil)
    later = any(one.assistant.code == LATER for one in named)
    sees_arrangements = in_scope(home, May.SEE_ARRANGEMENTS, (pupil,))
    return PupilStory(
        pupil=pupil,
        name=names[pupil.id],
        names=names,
        heading=heading(pupil, status),
        next_step=next_step(pupil, status),
        status=status,
        happened=_lines(home, facts, context.rules),
        reason=_reason(home, facts),
        reasons=_reasons(home, facts),
        reason_obstacle=_reason_obstacle(home, facts),
        annulments=_annulments(home, facts),
        restart=_restart(home, facts),
        restarts=context.rules.restart_codes,
        restart_obstacle=_restart_obstacle(home, facts),
        assistants=named,
        assistant_obstacle=_assistant_obstacle(home, facts, has_one=later),
        assistant_is_named_later=later,
        arrangements=of_pupil(home, pupil.id) if sees_arrangements else None,
        has_two=progress_of(facts).has_two,
    )


def _names(home: OpenHome) -> Mapping[int, str]:
    """The names in lists of all whom the account may see, by id: those here in list order, then those who left."""
    everybody = pupils(home.db, with_left=True)
    names = named_apart(everybody)
    shown = in_scope(home, May.SEE_PUPILS, everybody)
    return {one.id: names[one.id] for left in (False, True) for one in shown if one.has_left is left}


def _lines(home: OpenHome, facts: PupilHistory, rules: Rules) -> tuple[StoryLine, ...]:
    events = pupil_events(home.db, facts)
    return tuple(StoryLine(each.at, event_sentence(each, rules), in_words(each.by)) for each in events)


def _why(pupil: str, obstacles: Iterable[Obstacle | None]) -> str:
    """The first obstacle as a sentence; one about the pupil begins with the name."""
    found = next((each for each in obstacles if each is not None), None)
    if found is None:
        return ""
    return found.sentence if found.sentence[:1].isupper() else f"{pupil} {found.sentence}."


def _called(home: OpenHome, facts: PupilHistory) -> str:
    return pupil_chosen(home.db, facts.pupil_id).called


def _reason(home: OpenHome, facts: PupilHistory) -> Given | None:
    found = progress_of(facts).reason
    if found is None:
        return None
    known = home.rules.reason(found.code)
    obstacles = (
        home.timetable.reasons_obstacle(home.now),
        reason_rule.remove_obstacle(facts, home.rules, is_head=home.staff.is_head),
    )
    kept = _why(_called(home, facts), obstacles)
    return Given(found.code, known.label, in_words(found.by), found.at, kept, known.annuls)


def _reasons(home: OpenHome, facts: PupilHistory) -> tuple[ReasonCode, ...]:
    return tuple(
        code
        for code in home.rules.reasons_for(is_head=home.staff.is_head)
        if not code.annuls and reason_rule.set_obstacle(facts, code.code, home.now, home.rules) is None
    )


def _reason_obstacle(home: OpenHome, facts: PupilHistory) -> str:
    plain = [code for code in home.rules.reasons_for(is_head=home.staff.is_head) if not code.annuls]
    rules = (reason_rule.set_obstacle(facts, code.code, home.now, home.rules) for code in plain[:1])
    return _why(_called(home, facts), (home.timetable.reasons_obstacle(home.now), *rules))


def _annulments(home: OpenHome, facts: PupilHistory) -> tuple[ReasonCode, ...]:
    return tuple(
        code
        for code in home.rules.reasons_for(is_head=home.staff.is_head)
        if code.annuls and reason_rule.set_obstacle(facts, code.code, home.now, home.rules) is None
    )


def _restart(home: OpenHome, facts: PupilHistory) -> Given | None:
    progress = progress_of(facts)
    found = progress.pending
    if found is None or progress.reason is not None:
        return None
    labels = {one.code: one.label for one in home.rules.restart_codes}
    obstacles = (
        home.timetable.restarts_obstacle(home.now),
        restart_rule.remove_obstacle(facts, home.now, home.rules),
    )
    kept = _why(_called(home, facts), obstacles)
    return Given(found.code, labels.get(found.code, found.code), in_words(found.by), found.at, kept)


def _restart_obstacle(home: OpenHome, facts: PupilHistory) -> str:
    obstacles = (
        home.timetable.restarts_obstacle(home.now),
        restart_rule.give_obstacle(facts, home.rules, is_head=home.staff.is_head),
    )
    return _why(_called(home, facts), obstacles)


def _assistant_obstacle(home: OpenHome, facts: PupilHistory, *, has_one: bool) -> str:
    obstacles = (
        home.timetable.assistants_obstacle(home.now, removing=False),
        assistant_rule.add_obstacle(facts, has_one=has_one),
    )
    return _why(_called(home, facts), obstacles)
