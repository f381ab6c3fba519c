"""A room of made-up PCs where robot pupils take the check at the same time, for people to watch.

Each PC has the real kiosk and a clock of its own. The clocks begin in the past and run ``TIMES_FASTER`` than the
room's, so that the class is through about now. No robot plays the teacher: a held check waits for a person, and its PC
goes on at the pace of the room, as does every PC once the class is through.
"""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from mtc_kiosk.check.kind import Kind as SessionKind
from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.kiosk.school.console_commands import CommandReader
from mtc_kiosk.kiosk.system.clock import utc
from mtc_kiosk.robots.at_school import school_pc
from mtc_kiosk.robots.clock import MS, SECOND, VirtualClock
from mtc_kiosk.robots.demo_school import Plan
from mtc_kiosk.robots.kinds import KINDS
from mtc_kiosk.robots.odd_pupils import LosesPower
from mtc_kiosk.robots.pc import RobotPC
from mtc_kiosk.robots.pupil import Pupil, Slip
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.school.rules import timetable_of
from mtc_kiosk.store.school.sessions import IssuedPin, pins_of_day

TIMES_FASTER = 60
PCS = tuple(f"PC{number}" for number in range(1, 11))
LOOKS_FOR_SLIPS_EVERY_S = 1.0
_APART_MS = 7_300
"""How long after one another the PCs are switched on, so that the class does not work in step."""


@dataclass(eq=False)
class _Seat:
    """One PC, who sits at it, and when it goes on by the clock of the room (seconds)."""

    pc: RobotPC
    console: CommandReader
    due_s: float
    pupil: Pupil | None = None
    pupil_id: int = 0
    turns: Iterator[None] | None = None

    @property
    def is_held(self) -> bool:
        """Whether its pupil sits in front of a held check."""
        return self.pupil is not None and self.pupil.held


@dataclass
class Classroom:
    """The PCs of one home, from ``open`` to ``close``.

    ``plans`` say what the robot of a pupil does, others do as they like. ``finished`` is called with each pupil's id at
    the end of their check, and with the PC's clock. ``real_ms`` is the home's wall clock, ``clock_s`` the room's pace.
    ``reader`` makes what reads a PC's commands from the console.
    """

    home: Home
    configuration: Configuration
    db: Database
    plans: Mapping[int, Plan]
    real_ms: Callable[[], int]
    finished: Callable[[int, VirtualClock], None] = lambda *_: None
    clock_s: Callable[[], float] = time.monotonic
    reader: Callable[[Home, str], CommandReader] = CommandReader
    chance: random.Random = field(default_factory=random.Random)
    through: bool = False
    taken: int = 0
    _seats: list[_Seat] = field(default_factory=list)
    _called: set[str] = field(default_factory=set)

    def open(self, names: tuple[str, ...], began_ms: int) -> None:
        """Switch the PCs on; the clock of the first begins at ``began_ms``."""
        for number, name in enumerate(names):
            clock = VirtualClock(began_ms + number * _APART_MS)
            console = self.reader(self.home, name)
            pc = school_pc(self.home, self.configuration, name, self.db, clock, self.chance, console)
            self._seats.append(_Seat(pc, console, self.clock_s()))
            console.start()

    def close(self) -> None:
        """Switch them off in good order."""
        for seat in self._seats:
            seat.console.close()
            seat.pc.close()

    def step(self) -> float:
        """Let the PC whose turn it is go on; return how long (seconds) to wait before the next step.

        A held check comes first: a person waits for it, while those that hurry may never catch up on a slow machine.
        """
        now_s = self.clock_s()
        seat = min(self._seats, key=lambda one: (not (one.is_held and one.due_s <= now_s), one.due_s))
        early_s = seat.due_s - now_s
        if early_s > 0:
            return early_s
        if seat.turns is None:
            self._sit_down(seat)
        else:
            self._go_on(seat, seat.turns)
        return 0.0

    def _sit_down(self, seat: _Seat) -> None:
        """Let the pupil of the next unused slip come to an empty PC; the class is through when there is none."""
        if self.through:
            self._come_to_present(seat)
        slip = self._next_slip(seat)
        if slip is None:
            self.through = self.through or all(one.pupil is None or one.is_held for one in self._seats)
            seat.due_s = self.clock_s() + (LOOKS_FOR_SLIPS_EVERY_S if self.through else LOOKS_FOR_SLIPS_EVERY_S / 10)
            return
        password, pin = slip
        self._called.add(pin.check_code)
        seat.pupil, seat.pupil_id = self._pupil(seat, pin.pupil_id), pin.pupil_id
        seat.pupil.slip = Slip(password, pin.pin)
        seat.turns = seat.pc.turns(seat.pupil)

    def _go_on(self, seat: _Seat, turns: Iterator[None]) -> None:
        """One pass of a PC's loop."""
        assert seat.pupil is not None, "whoever has turns sits there"
        clock, before_ns, was_held = seat.pc.clock, seat.pc.clock.now_ns(), seat.pupil.held
        if next(turns, seat) is seat:
            turned_away = seat.pupil.turned_away
            seat.pupil = seat.turns = None
            if not turned_away:
                self.taken += 1
                self.finished(seat.pupil_id, seat.pc.clock)
            return
        if seat.pupil.held and not was_held:
            self._come_to_present(seat)
        passed_ns = seat.pc.clock.now_ns() - before_ns if seat.pc.clock is clock else 0
        hurries = not (self.through or seat.pupil.held)
        seat.due_s += passed_ns / SECOND / (TIMES_FASTER if hurries else 1)

    def _come_to_present(self, seat: _Seat) -> None:
        """Put the PC's wall clock to the present, if it is behind, and let it go on from now."""
        behind_ms = self.real_ms() - seat.pc.clock.wall_ms()
        if behind_ms > 0:
            seat.pc.clock.set_wall(behind_ms)
        seat.due_s = max(seat.due_s, self.clock_s())

    def _next_slip(self, seat: _Seat) -> tuple[str, IssuedPin] | None:
        day = pins_of_day(self.db, utc(seat.pc.clock)(), timetable_of(self.configuration.school))
        left = [
            pin
            for pin in day.pins
            if pin.kind is SessionKind.OFFICIAL and pin.check_code not in self._called and self._comes(pin.pupil_id)
        ]
        if not left or day.password is None:
            return None
        return day.password, min(left, key=lambda pin: (self._turn(pin.pupil_id), self.chance.random()))

    def _comes(self, pupil_id: int) -> bool:
        return pupil_id not in self.plans or self.plans[pupil_id].comes

    def _turn(self, pupil_id: int) -> int:
        return self.plans[pupil_id].turn if pupil_id in self.plans else 1

    def _pupil(self, seat: _Seat, pupil_id: int) -> Pupil:
        """The robot of a pupil, to whom no robot comes as a teacher."""
        plan, chance = self.plans.get(pupil_id), random.Random(self.chance.getrandbits(64))
        if plan is not None and plan.loses_power is not None:
            robot: Pupil = LosesPower(chance, plan.loses_power, lambda: self._behind_ns(seat))
        else:
            robot = KINDS[plan.kind](chance) if plan is not None else Pupil(chance)
        robot.alone = True
        if plan is not None:
            robot.knows, robot.hardness = plan.knows, hardness
        return robot

    def _behind_ns(self, seat: _Seat) -> int:
        """How long a PC must be off to come back in the present: half a minute at least."""
        return max(30_000, self.real_ms() - seat.pc.clock.wall_ms()) * MS


def hardness(factors: tuple[int, int]) -> float:
    """How hard a fact is for a class as it is: the 2, 5, 10 and 11 times tables easiest, 6 to 9 and 12 hardest."""
    return sum(0.35 if factor in (1, 2, 5, 10, 11) else 1.0 if factor in (3, 4) else 2.0 for factor in factors) / 2
