"""A robot pupil for each combination of the seven arrangements, each taking a whole official check.

In a module of its own so that two processes can take half of them each.
"""

import random
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import TypeVar

from mtc_kiosk.check.arrangements import Code, Colours, Granted, Look, Size
from mtc_kiosk.check.draw import draw
from mtc_kiosk.check.facts import StepBegan, StepName
from mtc_kiosk.check.framework import FormRules
from mtc_kiosk.check.kind import Kind as CheckKind
from mtc_kiosk.check.script import Page
from mtc_kiosk.check.settings import Settings
from mtc_kiosk.kiosk.flow.prepare import PreparedAttempt, build_arrangements
from mtc_kiosk.robots.clock import VirtualClock
from mtc_kiosk.robots.pc import RobotPC
from mtc_kiosk.robots.simulation import answered, differences
from mtc_kiosk.robots.typists import Careful
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.home.home import open_home
from mtc_kiosk.store.journal.journal import NewAttempt, StoredAttempt

EVERY = tuple(codes for count in range(len(Code) + 1) for codes in combinations(Code, count))
COLOURS, SIZES = tuple(Colours), tuple(Size)

Kind = TypeVar("Kind")


@dataclass(frozen=True)
class Took:
    """What one robot with these arrangements left behind. ``unmeant`` is what was not as the robot meant or saw it."""

    codes: tuple[Code, ...]
    attempt: StoredAttempt
    unmeant: tuple[str, ...]
    played: tuple[str, ...]

    def every(self, kind: type[Kind]) -> list[Kind]:
        """Its facts of one kind."""
        return [fact for fact in self.attempt.facts if isinstance(fact, kind)]

    def pages(self) -> list[Page | None]:
        """The pages it met."""
        return [began.page for began in self.every(StepBegan) if began.step is StepName.INTRO]


def granted(codes: tuple[Code, ...], place: int) -> Granted:
    """These arrangements, with each of the schemes and sizes in turn."""
    look = Look(
        colours=COLOURS[place % len(COLOURS)] if Code.CCT in codes else None,
        size=SIZES[place % len(SIZES)] if Code.FTS in codes else Size.RGL,
    )
    return Granted(codes, look, chooses_colours=Code.CCT in codes, chooses_size=Code.FTS in codes)


def take(places: Sequence[int]) -> tuple[Took, ...]:
    """The robots of these places of ``EVERY``, one after another on one PC."""
    with tempfile.TemporaryDirectory() as folder:
        return tuple(_take(Path(folder), places))


def _take(folder: Path, places: Sequence[int]) -> Iterator[Took]:
    home = open_home(folder / "home")
    open_database(home).close()
    coming: list[NewAttempt] = []
    pc = RobotPC(home, "every", lambda: PreparedAttempt(coming.pop()), random.Random(7), VirtualClock())
    try:
        for place in places:
            codes, form = EVERY[place], draw(random.Random(place), FormRules())
            settings = build_arrangements(Settings(), granted(codes, place), form, official=True)
            coming.append(NewAttempt(f"every-{place}", CheckKind.OFFICIAL, form, settings, "every"))
            pupil = Careful(random.Random(place))
            before = len(pc.speaker.played)
            sitting = pc.sit(pupil)
            meant = tuple(entry for entry in pupil.diary.sums if not entry.practice)
            unmeant = (*sitting.surprises, *differences(meant, answered(sitting.attempts)))
            played = tuple(heard.name for heard in pc.speaker.played[before:])
            yield Took(codes, sitting.attempts[0], unmeant, played)
    finally:
        pc.close()
