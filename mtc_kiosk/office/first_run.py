"""The five steps from an empty home to slips in the hand: which are done, and what was done in them.

They can be taken in any order. They are over once a session of the check was started.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.config.school_shape import Release, Scheme
from mtc_kiosk.office import arrangements, rehearsal, school_settings, sessions
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.school.namesakes import told_apart
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.selection import groups
from mtc_kiosk.school.words import counted, number_in_words, time_in_words
from mtc_kiosk.store.school.register import pupils

MOST_GROUPS = 3


class StepName(StrEnum):
    """The steps in order."""

    SCHOOL = "school"
    CLASS_LIST = "class_list"
    ARRANGEMENTS = "arrangements"
    REHEARSAL = "rehearsal"
    SESSION = "session"


NEEDS = {
    StepName.SCHOOL: (May.CHANGE_SETTINGS,),
    StepName.CLASS_LIST: (May.EDIT_PUPILS,),
    StepName.ARRANGEMENTS: (May.ARRANGE,),
    StepName.REHEARSAL: (May.SEE_SCHOOL, May.RUN_ROOM),
    StepName.SESSION: (May.START_SESSIONS,),
}
"""What an account needs to take each step: any of these."""

MINUTES = {
    StepName.SCHOOL: 1,
    StepName.CLASS_LIST: 2,
    StepName.ARRANGEMENTS: 2,
    StepName.REHEARSAL: 2,
    StepName.SESSION: 1,
}


@dataclass(frozen=True)
class Step:
    """One step; ``said`` is what was done in it, "" if it was not."""

    name: StepName
    said: str

    @property
    def done(self) -> bool:
        """Whether it is done."""
        return bool(self.said)


@dataclass(frozen=True)
class FirstRun:
    """The five steps."""

    steps: tuple[Step, ...]

    @property
    def left(self) -> tuple[Step, ...]:
        """The steps that are not done, in order."""
        return tuple(step for step in self.steps if not step.done)

    @property
    def minutes(self) -> int:
        """How many minutes the steps that are left take."""
        return sum(MINUTES[step.name] for step in self.left)


def is_over(home: OpenHome) -> bool:
    """Whether the school is past its first run: a session of the check was started."""
    return bool(_session(home))


def first_run(home: OpenHome) -> FirstRun:
    """How far the school is."""
    register = pupils(home.db)
    said = {
        StepName.SCHOOL: _school(home),
        StepName.CLASS_LIST: _class_list(register),
        StepName.ARRANGEMENTS: _arrangements(home),
        StepName.REHEARSAL: _rehearsal(home),
        StepName.SESSION: _session(home),
    }
    return FirstRun(tuple(Step(name, said[name]) for name in StepName))


def _school(home: OpenHome) -> str:
    if not school_settings.is_named(home):
        return ""
    school = home.configuration.school
    scheme = "The national scheme" if school.scheme is Scheme.NATIONAL else "The school's own check"
    results = "results at once" if school.release is Release.AT_ONCE else "results after the last day"
    return f"{school.name}. {scheme}; {results}."


def _class_list(register: Sequence[Pupil]) -> str:
    if not register:
        return ""
    names = groups(register)
    where = f" in {', '.join(names)}" if 0 < len(names) <= MOST_GROUPS else f" in {len(names)} groups" if names else ""
    alike = len(told_apart(register))
    namesakes = f" {number_in_words(alike).capitalize()} share a name." if alike else ""
    return f"{counted(len(register), 'pupil')}{where}.{namesakes}"


def _arrangements(home: OpenHome) -> str:
    if not arrangements.is_settled(home):
        return ""
    having = len(arrangements.of_school(home).pupils)
    return f"{counted(having, 'pupil has', 'pupils have')} something set up." if having else "No pupil needs anything."


def _rehearsal(home: OpenHome) -> str:
    state = rehearsal.state(home)
    if state.tried_at is None:
        return ""
    sound = " with its sound" if state.heard_at is not None else ", without its sound"
    return f"Tried{sound}, last on {time_in_words(state.tried_at, home.timetable.zone)}."


def _session(home: OpenHome) -> str:
    official = [one for one in sessions.listed(home) if one.session.kind is Kind.OFFICIAL]
    return f"{counted(official[-1].pins, 'PIN')} made." if official else ""
