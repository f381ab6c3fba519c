"""Robot pupils at a kiosk whose desk is another PC: the register is there, so their slips are handed in one by one.

``run --robot KIND`` reads them from standard input, a line each: the password of the day and a PIN. What the robots see
and mean to answer can be written to a file as they go, so that it is there even if the process is killed.
"""

import contextlib
import json
import random
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.kiosk.flow.prepare import check_here, prepare_attempt
from mtc_kiosk.kiosk.school.assemble import School, opened_school
from mtc_kiosk.robots.at_school import MIXED
from mtc_kiosk.robots.clock import SECOND, VirtualClock
from mtc_kiosk.robots.diary import Diary, Meant
from mtc_kiosk.robots.kinds import KINDS, Kind
from mtc_kiosk.robots.pc import RobotPC, RobotStuck
from mtc_kiosk.robots.pupil import Slip
from mtc_kiosk.school.pupil import EVERYBODY
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import wall_clock

LONGEST_WAIT_S, LOOKS_EVERY_S = 120.0, 0.2
"""How long to wait for a session, and how often to look."""

NOTICED_NS = 3 * SECOND
"""How long a kiosk may take to notice that a session is open."""

Notes = Callable[[str, Mapping[str, object]], None]


class ToldDiary(Diary):
    """A diary that notes each sum as soon as it is seen."""

    def __init__(self, note: Notes) -> None:
        super().__init__()
        self._note = note

    def write(self, entry: Meant) -> None:
        """Add a sum."""
        super().write(entry)
        if not entry.practice:
            answer = {"number": entry.number, "sum": entry.sum, "response": entry.response}
            self._note("sum", {**answer, "entered": entry.entered})


class NotASlip(ValueError):
    """A line is no slip; the message is a sentence for people."""


def take_slips_from(
    lines: Iterable[str], home: Home, configuration: Configuration, name: str, kind: str, diary: Path | None
) -> int:
    """Let a robot take the check with each of these slips; return how many took it. RobotStuck, NotASlip.

    A check that an earlier process left unfinished is finished first, by a robot without a slip. To ``diary`` are added
    lines of JSON: who ``sits`` down, each ``sum`` seen and the answer meant, who has ``gone``.
    """
    with contextlib.ExitStack() as open_now:
        file = open_now.enter_context(diary.open("a", encoding="utf-8")) if diary is not None else None

        def note(what: str, values: Mapping[str, object]) -> None:
            if file is not None:
                file.write(json.dumps({"what": what, **values}) + "\n")
                file.flush()

        chance = random.Random(secrets.randbits(64))
        pc, school = open_now.enter_context(_pc(home, configuration, name, chance))
        taken = 0
        for slip in _and_first_none(read_slips(lines)):
            _wait_for_session(school)
            pc.stand_empty(NOTICED_NS)
            taken += _sit(pc, slip, _kind(kind, chance), chance, note)
        return taken


def _wait_for_session(school: School) -> None:
    """Wait, in real time, until the desk has given a session: the robots' own time would fly by."""
    give_up_at = time.monotonic() + LONGEST_WAIT_S
    while school.sign_in.closed() is not None:
        if time.monotonic() > give_up_at:
            raise RobotStuck("No session is open at this kiosk's desk, or the desk cannot be reached.")
        time.sleep(LOOKS_EVERY_S)


def _sit(pc: RobotPC, slip: Slip | None, kind: Kind, chance: random.Random, note: Notes) -> bool:
    """Let one robot sit down; whether it took a check."""
    pin = {"pin": slip.pin if slip is not None else None}
    note("sits", {**pin, "kind": str(kind)})
    pupil = KINDS[kind](random.Random(chance.getrandbits(64)))
    pupil.slip, pupil.diary = slip, ToldDiary(note)
    sitting = pc.sit(pupil)
    note("gone", {**pin, "turned_away": pupil.turned_away, "surprises": sitting.surprises})
    return not pupil.turned_away


def _kind(chosen: str, chance: random.Random) -> Kind:
    return chance.choice(tuple(Kind)) if chosen == MIXED else Kind(chosen)


def read_slips(lines: Iterable[str]) -> Iterator[Slip]:
    """The slips in these lines; NotASlip."""
    for line in lines:
        words = line.split()
        if len(words) != 2:
            raise NotASlip("A slip is a line with the password of the day and a PIN, with a space between them.")
        yield Slip(*words)


def _and_first_none(slips: Iterable[Slip]) -> Iterator[Slip | None]:
    yield None
    yield from slips


@contextlib.contextmanager
def _pc(home: Home, configuration: Configuration, name: str, chance: random.Random) -> Iterator[tuple[RobotPC, School]]:
    """The PC with all that an enrolled kiosk has, and a robots' window and clock."""
    made: list[RobotPC] = []
    started = VirtualClock(round(wall_clock(home)().timestamp() * 1000))
    now = lambda: datetime.fromtimestamp((made[0].clock if made else started).wall_ms() / 1000, UTC)
    with opened_school(home, configuration, name, now, tell=lambda _: None, displays=lambda: 1) as school:
        here = check_here(configuration, name)
        pc = RobotPC(
            home,
            name,
            lambda: prepare_attempt(here, configuration.arrangements.granted(EVERYBODY), chance=chance),
            random.Random(chance.getrandbits(64)),
            started,
            hooks=school.hooks,
            sign_in=lambda _: school.sign_in,
            console=school.console,
        )
        made.append(pc)
        school.import_the_rest()
        school.read_commands()
        try:
            yield pc, school
        finally:
            pc.close()
