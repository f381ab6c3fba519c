"""A robots' PC: the real kiosk and the real journal with a robots' window, and a plug that can be pulled.

It wires the same parts as ``mtc-kiosk run``, except window and clock.
"""

import contextlib
import gc
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from mtc_kiosk.kiosk.app import Kiosk
from mtc_kiosk.kiosk.canvas import PictureOfScene
from mtc_kiosk.kiosk.flow.prepare import PreparedAttempt
from mtc_kiosk.kiosk.flow.room_port import ConsoleCommands
from mtc_kiosk.kiosk.flow.setup import KioskSetup
from mtc_kiosk.kiosk.flow.sign_in_port import SignInService
from mtc_kiosk.kiosk.flow.take_up import take_up
from mtc_kiosk.robots.acts import InputAction
from mtc_kiosk.robots.clock import US, VirtualClock
from mtc_kiosk.robots.eyes import Sight, see
from mtc_kiosk.robots.pupil import Pupil
from mtc_kiosk.robots.settled_journal import LONGEST_WAIT_S, SettledJournal
from mtc_kiosk.robots.speaker import RobotSpeaker
from mtc_kiosk.robots.window import PlugIsPulled, RobotWindow
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.journal.hooks import AttemptHooks
from mtc_kiosk.store.journal.journal import Journal, StoredAttempt

LONGEST_SITTING_MS = 3 * 3_600_000  # of the virtual clock
_DIAGONAL_INCHES = 15.6


class RobotStuck(RuntimeError):
    """A robot did not get to the end; the message is a sentence for people."""


@dataclass(frozen=True)
class Sitting:
    """One pupil's time at the PC: its attempts, from the journal, and its surprises.

    What the kiosk reported to staff when it started is a surprise too.
    """

    attempts: tuple[StoredAttempt, ...]
    surprises: tuple[str, ...]


class Nobody:
    """An empty chair in front of the PC."""

    def look(self, sight: Sight, now_ns: int) -> None:
        """Do nothing."""

    def next_act(self, until_ns: int) -> InputAction | None:
        """No act."""
        return None


def _stop(problem: Exception) -> None:
    """Raise the fault: robots are there to find faults."""
    raise problem


class RobotPC:
    """A PC that is on, at its welcome page. ``prepare`` makes each new attempt.

    ``chance`` decides how long a flip takes, up to a frame at 60 Hz. With ``settles`` every answer is on the disk
    before time goes on, and everything is when the plug is pulled, so that the same robots leave the same rows. A pupil
    who has not left after ``patience_ms`` of the wall clock is stuck.
    """

    def __init__(
        self,
        home: Home,
        name: str,
        prepare: Callable[[], PreparedAttempt],
        chance: random.Random,
        clock: VirtualClock,
        *,
        settles: bool = True,
        patience_ms: int = LONGEST_SITTING_MS,
        hooks: AttemptHooks | None = None,
        sign_in: Callable[[VirtualClock], SignInService] | None = None,
        console: ConsoleCommands | None = None,
    ) -> None:
        self._hooks, self._sign_in, self._console = hooks, sign_in, console
        self._home, self._name, self._prepare = home, name, prepare
        self._settles, self._patience_ms = settles, patience_ms
        self._flip_ns = lambda: chance.randrange(100, 16_700) * US
        self._begun: list[str] = []
        self._reported: list[str] = []
        self._clock = clock
        self._switch_on()

    @property
    def clock(self) -> VirtualClock:
        """The PC's clock; another one after each power cut."""
        return self._clock

    def sit(self, pupil: Pupil) -> Sitting:
        """Let a pupil take the check and leave; RobotStuck if it does not."""
        until_ms = self._clock.wall_ms() + self._patience_ms
        for _ in self.turns(pupil):
            if self._clock.wall_ms() > until_ms:
                raise RobotStuck(f"A robot pupil got no further than: {' / '.join(pupil.sees)}.")
        self._journal.flush(LONGEST_WAIT_S)
        surprises = (*self._reported, *pupil.surprises)
        self._reported.clear()
        return Sitting(tuple(self._on_disk()), surprises)

    def turns(self, pupil: Pupil) -> Iterator[None]:
        """The same without an end to the patience: each step is a pass of the kiosk's loop, until the pupil has left.

        Several PCs can so be used in turn.
        """
        self._begun.clear()
        self._window.robot = pupil
        pupil.look(see(self._kiosk.picture.marks), self._clock.now_ns())
        while not pupil.gone:
            try:
                self._kiosk.turn()
            except PlugIsPulled as plug:
                self._power_cut(pupil, plug.off_ns)
            yield
        self._window.robot = Nobody()

    def stand_empty(self, ns: int) -> None:
        """Go on for this long with nobody in front of it."""
        until_ns = self._clock.now_ns() + ns
        while self._clock.now_ns() < until_ns:
            self._kiosk.turn()

    def close(self) -> None:
        """Switch the PC off in good order."""
        self._journal.close()
        # A kiosk tunes the garbage collector for its own process; here the process goes on.
        gc.enable()
        gc.unfreeze()

    def _switch_on(self) -> None:
        self._window = RobotWindow(self._clock, Nobody(), flip_ns=self._flip_ns)
        kind = SettledJournal if self._settles else Journal
        self._journal = kind(self._home, wake=self._window.wake, now_ns=self._clock.now_ns, hooks=self._hooks)
        picture = PictureOfScene(self._window.surface, _DIAGONAL_INCHES)
        self._window.marks = lambda: picture.marks
        orders = KioskSetup(
            prepare=self._begin,
            passcode_matches=None,
            loops=True,
            about=self._window.about,
            sign_in=self._sign_in(self._clock) if self._sign_in is not None else None,
            console=self._console,
        )
        self.speaker = RobotSpeaker(self._clock)
        self._kiosk = Kiosk(
            self._window,
            self._clock,
            self._journal,
            orders=orders,
            picture=picture,
            met=_stop,
            speaker=self.speaker,
        )
        left = take_up(self._journal, self._name, self._clock)
        self._reported += left.sentences
        self._kiosk.start(left.attempt)

    def _begin(self) -> PreparedAttempt:
        prepared = self._prepare()
        self._begun.append(prepared.new.id)
        return prepared

    def _on_disk(self) -> Iterator[StoredAttempt]:
        for attempt_id in self._begun:
            with contextlib.suppress(KeyError):  # the power failed before any of it was on the disk
                yield self._journal.load_attempt(attempt_id)

    def _power_cut(self, pupil: Pupil, off_ns: int) -> None:
        if isinstance(self._journal, SettledJournal):
            self._journal.settle()
        self._journal.abandon()
        pupil.pc_died(self._clock.now_ns())
        self._clock = self._clock.switched_off(off_ns)
        self._switch_on()
        self._window.robot = pupil
        pupil.look(see(self._kiosk.picture.marks), self._clock.now_ns())
