"""A kiosk on a bench: the real client, screens and journal, with time and hands that a test moves.

Nothing is mocked. The window is the robots', and the test is its robot.
"""

import gc
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pygame
import sqlite_utils

from mtc_kiosk.check.events import Source
from mtc_kiosk.check.facts import Fact
from mtc_kiosk.check.form import Form, Item
from mtc_kiosk.check.kind import Kind as CheckKind
from mtc_kiosk.check.settings import Settings
from mtc_kiosk.kiosk.app import Kiosk
from mtc_kiosk.kiosk.canvas import PictureOfScene
from mtc_kiosk.kiosk.flow.prepare import PreparedAttempt
from mtc_kiosk.kiosk.flow.room_port import ConsoleCommands
from mtc_kiosk.kiosk.flow.setup import KioskSetup
from mtc_kiosk.kiosk.flow.sign_in_port import SignInService
from mtc_kiosk.kiosk.flow.take_up import take_up
from mtc_kiosk.kiosk.staff.port import StaffRoom
from mtc_kiosk.kiosk.system.devices import Present
from mtc_kiosk.kiosk.system.staff_log import FaultLog
from mtc_kiosk.kiosk.view.controls import Control, Field, ScreenKey
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.acts import (
    FocusComes,
    FocusGoes,
    InputAction,
    KeyComesUp,
    KeyGoesDown,
    PointComesUp,
    PointGoesDown,
    SizeChanges,
)
from mtc_kiosk.robots.agenda import Agenda
from mtc_kiosk.robots.clock import MS, VirtualClock
from mtc_kiosk.robots.eyes import Place, Sight, see
from mtc_kiosk.robots.keyboard import Key
from mtc_kiosk.robots.settled_journal import SettledJournal
from mtc_kiosk.robots.speaker import RobotSpeaker
from mtc_kiosk.robots.window import RobotWindow
from mtc_kiosk.store.db.database import connect, open_database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.journal.hooks import AttemptHooks
from mtc_kiosk.store.journal.journal import Journal, NewAttempt

SPARES = tuple(Item(table, factor) for table in (3, 7, 12) for factor in (5, 2))
FORM = Form("bench-3", (Item(7, 8), Item(3, 4), Item(12, 11)), SPARES)
SETTINGS = Settings(practice=(Item(1, 12),))
KIOSK = "bench"
LONGEST_WAIT_S = 20.0
SEEN_MS = 500
"""How long a page has been on the screen before its buttons take a press."""

_NOTHING = keyboard.letter("q")  # a key that is never down: letting it go only wakes the loop

Kind = TypeVar("Kind")


@dataclass(frozen=True)
class Look:
    """A picture that came to the screen."""

    at_ns: int
    sight: Sight


class Chair:
    """Sits in front of the window for the test: plans acts, and remembers every picture."""

    def __init__(self) -> None:
        self.agenda = Agenda()
        self.looks: list[Look] = []

    def look(self, sight: Sight, now_ns: int) -> None:
        """A picture."""
        self.looks.append(Look(now_ns, sight))

    def next_act(self, until_ns: int) -> InputAction | None:
        """What the test planned."""
        return self.agenda.next_act(until_ns)


class GlassWindow(RobotWindow):
    """A window that updates only the changed areas that it is given, as a real one does: ``glass`` is what is seen."""

    def __init__(
        self, clock: VirtualClock, robot: Chair, size: tuple[int, int], flip_ns: int, *, stamped: bool
    ) -> None:
        super().__init__(clock, robot, size=size, flip_ns=lambda: flip_ns, stamped=stamped)
        self.glass = pygame.Surface(size)

    def renew(self) -> None:
        """The glass has the new size too, and shows nothing yet."""
        super().renew()
        self.glass = pygame.Surface(self.surface.get_size())

    def show(self, dirty: Sequence[pygame.Rect]) -> None:
        """Bring the touched areas to the glass, and no others."""
        for area in dirty:
            self.glass.blit(self.surface, area, area)
        super().show(dirty)


def _raise(problem: Exception) -> None:
    raise problem


class Bench:
    """One kiosk. ``settles``: every answer is on the disk before time goes on. ``flip_ns``: how long a flip takes.

    ``speaker`` plays nothing and keeps what was played. ``reception`` lets the pupils of a school sign in. An exception
    that the loop would survive ends a test, but for one that ``survives``: its ``log`` has what the loop met.
    """

    def __init__(
        self,
        home: Home,
        *,
        form: Form = FORM,
        settings: Settings = SETTINGS,
        passcode: str | None = None,
        loops: bool = True,
        stamped: bool = False,
        settles: bool = True,
        flip_ns: int = 0,
        size: tuple[int, int] = (800, 600),
        kind: CheckKind = CheckKind.TRY,
        reception: Callable[["Bench"], SignInService] | None = None,
        hooks: AttemptHooks | None = None,
        survives: bool = False,
        staff_room: Callable[["Bench"], StaffRoom] | None = None,
        console: Callable[["Bench"], ConsoleCommands] | None = None,
        waiting_checks: Callable[[], int] = lambda: 0,
    ) -> None:
        open_database(home).close()
        self.home, self.form, self.settings, self.settles = home, form, settings, settles
        self.present = Present()
        self.ids: list[str] = []
        self.survives, self.ending, self._staff_room, self._console = survives, False, staff_room, console
        self._waiting_checks = waiting_checks
        self.clock = VirtualClock()
        self.kind, self._reception, self._hooks = kind, reception, hooks
        self._orders = (passcode, loops)
        self._windowed = (stamped, flip_ns, size)
        self.switch_on()

    # -- the PC

    def switch_on(self) -> None:
        """Start the program."""
        passcode, loops = self._orders
        stamped, flip_ns, size = self._windowed
        self.chair = Chair()
        self.window = GlassWindow(self.clock, self.chair, size, flip_ns, stamped=stamped)
        kind = SettledJournal if self.settles else Journal
        self.journal = kind(
            self.home, wake=self.window.wake, now_ns=self.clock.now_ns, connect=self._connect, hooks=self._hooks
        )
        self.picture = PictureOfScene(self.window.surface, 15.6)
        self.window.marks = lambda: self.picture.marks
        matches: Callable[[str], bool] | None = (lambda typed: typed == passcode) if passcode is not None else None
        orders = KioskSetup(
            prepare=self._prepare,
            passcode_matches=matches,
            loops=loops,
            about=self.window.about,
            sign_in=self._reception(self) if self._reception is not None else None,
            staff_room=self._staff_room(self) if self._staff_room is not None else None,
            console=self._console(self) if self._console is not None else None,
            waiting_checks=self._waiting_checks,
        )
        self.speaker = RobotSpeaker(self.clock)
        self.log: list[str] = []
        log = FaultLog(self.clock, self.log.extend)
        self.kiosk = Kiosk(
            self.window,
            self.clock,
            self.journal,
            orders=orders,
            picture=self.picture,
            met=log.met if self.survives else _raise,
            present=lambda: self.present,
            speaker=self.speaker,
            ending=lambda: self.ending,
        )
        taken_up = take_up(self.journal, KIOSK, self.clock)
        self.told = taken_up.sentences
        self.kiosk.start(taken_up.attempt)

    def power_cut(self, *, off_ms: int = 60_000, flushed: bool = True) -> None:
        """Pull the plug and start again; with ``flushed`` everything was on the disk by then."""
        if flushed:
            self.flush()
        self.journal.abandon()
        self.clock = self.clock.switched_off(off_ms * MS)
        self.switch_on()

    def close(self) -> None:
        """End the program in good order."""
        self.journal.close()
        gc.enable()
        gc.unfreeze()

    def flush(self) -> None:
        """Wait for the disk."""
        assert self.journal.flush(LONGEST_WAIT_S)

    # -- time

    @property
    def now(self) -> int:
        """The clock, in nanoseconds."""
        return self.clock.now_ns()

    def until(self, at_ns: int) -> None:
        """Let time run to this very moment."""
        self.chair.agenda.add(KeyComesUp(at_ns, _NOTHING))
        while self.kiosk.state.exit_code is None:
            self.kiosk.turn()
            if self.now >= at_ns and self.chair.agenda.empty:
                return

    def pass_ms(self, ms: int) -> None:
        """Let so many milliseconds pass."""
        self.until(self.now + ms * MS)

    # -- hands

    def tap(self, *keys: Key, held_ms: int = 40) -> None:
        """Press and let go keys, one after another."""
        for key in keys:
            self.down(key)
            self.pass_ms(held_ms)
            self.up(key)

    def down(self, key: Key) -> None:
        """Press a key."""
        self._do(KeyGoesDown(self.now, key))

    def up(self, key: Key) -> None:
        """Let it go."""
        self._do(KeyComesUp(self.now, key))

    def plan(self, key: Key, at_ns: int) -> None:
        """Press a key at a moment to come; it stays down."""
        self.chair.agenda.add(KeyGoesDown(at_ns, key))

    def type_in(self, digits: str) -> None:
        """An answer on the keys of the top row."""
        self.tap(*(keyboard.top_row(digit) for digit in digits))

    def point(self, control: Control, source: Source = Source.MOUSE) -> None:
        """Press and let go a control; a page is looked at first, as a person does."""
        if not isinstance(control, ScreenKey | Field) and not self.at(Place.PAUSE):
            self.pass_ms(SEEN_MS)
        middle = self.find(control)
        self.press_at(middle, source)
        self.pass_ms(60)
        self.release_at(middle, source)

    def find(self, control: Control) -> tuple[int, int]:
        """The middle of a control on the screen."""
        rect = self.sight.find(control)
        assert rect is not None, f"{control!r} is not on the screen: {self.sight.texts}"
        return rect.middle

    def press_at(self, pixel: tuple[int, int], source: Source = Source.MOUSE) -> None:
        """Mouse button, finger or pen down."""
        self._do(PointGoesDown(self.now, *pixel, source))

    def release_at(self, pixel: tuple[int, int], source: Source = Source.MOUSE) -> None:
        """And up."""
        self._do(PointComesUp(self.now, *pixel, source))

    def focus_away(self, ms: int) -> None:
        """Another window has the keyboard for so long."""
        self._do(FocusGoes(self.now))
        self.chair.agenda.add(FocusComes(self.now + ms * MS))
        self.pass_ms(ms)

    def resize(self, width: int, height: int) -> None:
        """The window takes another size."""
        self._do(SizeChanges(self.now, width, height))

    def _do(self, act: InputAction) -> None:
        self.chair.agenda.add(act)
        self.until(act.at_ns)

    # -- the journey

    @property
    def sight(self) -> Sight:
        """What is on the screen."""
        return see(self.picture.marks)

    def at(self, place: Place) -> bool:
        """Whether this is what is on the screen."""
        return self.sight.place is place

    def reach(self, place: Place, number: int | None = None, *, practice: bool = False) -> None:
        """Go on as a plain pupil would until this place is on the screen, just come up."""
        for _ in range(200):
            sight = self.sight
            if sight.place is place and (number is None or (sight.number, sight.practice) == (number, practice)):
                return
            self._go_on(sight)
        raise AssertionError(f"The journey never came to {place} {number}: {self.sight.texts}")

    def end_question(self) -> None:
        """Let the question on the screen run out of time."""
        while self.at(Place.QUESTION):
            self.kiosk.turn()

    def _go_on(self, sight: Sight) -> None:
        self.pass_ms(1_000)
        match sight.place:
            case Place.WELCOME | Place.PAGE:
                self.tap(keyboard.ENTER, held_ms=1)
            case Place.PAUSE:
                while self.at(Place.PAUSE):
                    self.kiosk.turn()
            case Place.QUESTION:
                assert sight.sum is not None
                self.type_in(str(sight.sum[0] * sight.sum[1]))
                self.tap(keyboard.ENTER, held_ms=0)
            case _:
                raise AssertionError(f"A plain pupil does not go on from {sight.place}: {sight.texts}")

    # -- what is kept

    @property
    def facts(self) -> tuple[Fact, ...]:
        """Every fact of the latest attempt, from the disk."""
        self.flush()
        return self.journal.load_attempt(self.ids[-1]).facts

    def every(self, kind: type[Kind]) -> list[Kind]:
        """Its facts of one kind."""
        return [fact for fact in self.facts if isinstance(fact, kind)]

    def rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        """What a query finds in the database."""
        self.flush()
        connection = self.beside()
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()

    def beside(self) -> sqlite3.Connection:
        """A connection of another program to the same database."""
        return sqlite3.connect(self.home.database, isolation_level=None)

    def _connect(self, path: Path) -> sqlite_utils.Database:
        """The writer's connection, which a test may tell to take no more."""
        self.writers = connect(path)
        return self.writers

    def _prepare(self) -> PreparedAttempt:
        self.ids.append(f"bench-{len(self.ids) + 1}")
        return PreparedAttempt(NewAttempt(self.ids[-1], self.kind, self.form, self.settings, KIOSK))
