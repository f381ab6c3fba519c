"""A class of robot pupils, one after another on one PC; everything about them comes from one seed.

The same seed in a home with the same past leaves the same rows, to the byte. What each robot meant to answer is
compared with the answers in the journal.
"""

import contextlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mtc_kiosk.check.arrangements import Granted
from mtc_kiosk.check.facts import Answered, AnsweredBy, Held, Outcome
from mtc_kiosk.check.framework import FormRules
from mtc_kiosk.check.settings import Settings
from mtc_kiosk.kiosk.flow.prepare import CheckHere, PreparedAttempt, prepare_attempt
from mtc_kiosk.robots.clock import FIRST_DAY_MS, VirtualClock
from mtc_kiosk.robots.diary import Meant
from mtc_kiosk.robots.kinds import KINDS, Kind, mixed
from mtc_kiosk.robots.pc import RobotPC
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.journal.journal import StoredAttempt

_DAY_MS = 86_400_000
_SPOILT = (AnsweredBy.VOID, AnsweredBy.FORFEIT)


@dataclass(frozen=True)
class Plan:
    """A number of pupils from a seed. ``day`` counts from 1: each run in a home is on another day.

    ``arrangements`` draws the arrangements for a kind of pupil; None for no arrangements.
    """

    pupils: int
    seed: int
    day: int
    rules: FormRules
    settings: Settings
    arrangements: Callable[[random.Random, Kind], Granted] | None = None

    @property
    def kiosk(self) -> str:
        """The name of the PC."""
        return f"robot-{self.day}"


@dataclass(frozen=True)
class Taken:
    """The attempts of one pupil. ``surprises`` are sentences about what should not have happened."""

    kind: Kind
    meant: tuple[Meant, ...]
    attempts: tuple[StoredAttempt, ...]
    surprises: tuple[str, ...]

    @property
    def complete(self) -> int:
        """How many of the attempts are complete."""
        return sum(attempt.outcome == Outcome.COMPLETE for attempt in self.attempts)

    @property
    def answers(self) -> int:
        """How many answers count."""
        return sum(answer.by is not AnsweredBy.VOID for answer in self._answered())

    @property
    def voids(self) -> int:
        """How many questions a fault spoilt."""
        return sum(answer.by in _SPOILT for answer in self._answered())

    @property
    def held(self) -> int:
        """How often the check was held."""
        return sum(isinstance(fact, Held) for attempt in self.attempts for fact in attempt.facts)

    def _answered(self) -> tuple[Answered, ...]:
        return answered(self.attempts)


def runs_so_far(home: Home) -> int:
    """The number of earlier runs in the home; each had its own kiosk name."""
    with contextlib.closing(open_database(home)) as db:
        (count,) = db.execute("select count(distinct kiosk) from attempt").fetchone()
    return int(count)


def run(home: Home, plan: Plan) -> Iterator[Taken]:
    """Let the pupils take the check, one after another; RobotStuck if one cannot go on."""
    chance = random.Random(f"{plan.seed}/{plan.day}")
    clock = VirtualClock(FIRST_DAY_MS + (plan.day - 1) * _DAY_MS)
    granted = Granted()

    here = CheckHere(plan.kiosk, plan.rules, plan.settings)

    def prepare() -> PreparedAttempt:
        return prepare_attempt(here, granted, chance=chance)

    pc = RobotPC(home, plan.kiosk, prepare, random.Random(chance.getrandbits(64)), clock)
    try:
        for kind in mixed(plan.pupils, chance):
            pupil = KINDS[kind](random.Random(chance.getrandbits(64)))
            if plan.arrangements is not None:
                granted = plan.arrangements(random.Random(chance.getrandbits(64)), kind)
            sitting = pc.sit(pupil)
            meant = tuple(entry for entry in pupil.diary.sums if not entry.practice)
            surprises = (*sitting.surprises, *differences(meant, seen_and_answered(sitting.attempts)))
            yield Taken(kind, meant, sitting.attempts, surprises)
    finally:
        pc.close()


def answered(attempts: tuple[StoredAttempt, ...]) -> tuple[Answered, ...]:
    """Every answer of these attempts in order, spoilt ones as well."""
    return tuple(fact for attempt in attempts for fact in attempt.facts if isinstance(fact, Answered))


def seen_and_answered(attempts: tuple[StoredAttempt, ...]) -> tuple[Answered, ...]:
    """The same without questions spoilt while they were read out, before their sums were shown."""
    return tuple(answer for answer in answered(attempts) if answer.shown_us is not None)


def differences(meant: tuple[Meant, ...], answers: tuple[Answered, ...]) -> tuple[str, ...]:
    """A sentence for each answer in the journal that is not what the pupil meant."""
    if len(meant) != len(answers):
        return (f"A pupil saw {len(meant)} sums, and the journal has answers to {len(answers)}.",)
    return tuple(
        f"Question {entry.number}: the pupil meant {_as_meant(entry)}, and the journal has {_as_recorded(answer)}."
        for entry, answer in zip(meant, answers, strict=True)
        if not _agree(entry, answer)
    )


def _agree(entry: Meant, answer: Answered) -> bool:
    if (entry.number, entry.sum) != (answer.number, (answer.factor1, answer.factor2)):
        return False
    if entry.spoilt:
        return answer.by in _SPOILT
    by = AnsweredBy.ENTER if entry.entered else AnsweredBy.TIMEOUT
    return (entry.response, by) == (answer.response, answer.by)


def _as_meant(entry: Meant) -> str:
    how = "lost with the power" if entry.spoilt else "by Enter" if entry.entered else "by the end of the time"
    return f"{entry.sum[0]} times {entry.sum[1]} to be {entry.response!r} {how}"


def _as_recorded(answer: Answered) -> str:
    return f"{answer.factor1} times {answer.factor2} as {answer.response!r} by {answer.by}"
