"""Commands from the desk of an enrolled kiosk, between the loop and the thread that talks to the desk.

A command comes with its age, and grows older by this PC's own running time: neither a step of a clock nor a slow
network makes it younger. It names attempt, run and hold, as one from a console that shares the home does.
"""

import queue
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from mtc_kiosk.kiosk.system.clock import seconds_with_sleep
from mtc_kiosk.school.kiosk_command import CommandAnswer, KioskCommand, Order, Why

_ZERO = datetime(2000, 1, 1, tzinfo=UTC)
"""The time by which commands expire begins here when this PC is switched on; only its differences mean something."""

THE_DESK = "desk"
"""Who gave the command, as far as the kiosk knows; the desk knows the account."""

NO_COMMAND = 0


@dataclass(frozen=True)
class Given:
    """A command as the desk gave it: its number there, what it names, and how old it was."""

    id: int
    attempt_id: str
    run: int
    hold_seq: int
    order: Order
    age: timedelta


@dataclass(frozen=True)
class DoneWith:
    """What the kiosk did with a command."""

    id: int
    answer: CommandAnswer
    why: Why | None


class DeskCommands:
    """``kiosk.flow.room_port.ConsoleCommands`` for an enrolled kiosk. ``wake``: something waits for the desk."""

    def __init__(self, wake: Callable[[], None], running: Callable[[], float] = seconds_with_sleep) -> None:
        self._wake, self._running = wake, running
        self._came: queue.SimpleQueue[KioskCommand] = queue.SimpleQueue()
        self._answers: queue.SimpleQueue[DoneWith] = queue.SimpleQueue()
        self._unsent: list[DoneWith] = []
        self._known: dict[int, KioskCommand] = {}

    # -- for the loop

    def news(self) -> tuple[KioskCommand, ...]:
        """The commands that came since the last call."""
        found = []
        while not self._came.empty():
            found.append(self._came.get_nowait())
        return tuple(found)

    def answer(self, command: KioskCommand, answered: CommandAnswer, why: Why | None = None) -> None:
        """Answer a command; the thread tells the desk soon."""
        if self._known.get(command.id) is command:
            self._answers.put(DoneWith(command.id, answered, why))
            self._wake()

    def now(self) -> datetime:
        """The time by which commands expire."""
        return _ZERO + timedelta(seconds=self._running())

    # -- for the thread

    def came(self, given: Iterable[Given], asked_at: datetime, over: Collection[str]) -> None:
        """Hand the loop the commands that it has not had. ``asked_at`` is ``now`` when the desk was asked.

        The desk may have answered at once, and its answer come late: so a command's age counts from the asking.
        ``over`` are the attempts that have ended.
        """
        for one in given:
            if one.id not in self._known:
                at, is_over = asked_at - one.age, one.attempt_id in over
                command = KioskCommand(one.id, one.attempt_id, one.run, one.hold_seq, one.order, at, THE_DESK, is_over)
                self._known[one.id] = command
                self._came.put(command)

    def replaced(self, attempt_id: str) -> None:
        """Make the loop look: a restart has ended this attempt, which must leave the screen."""
        self._came.put(KioskCommand(NO_COMMAND, attempt_id, 1, 0, Order.STOP, self.now(), THE_DESK, is_over=True))

    def forget(self) -> None:
        """The desk was restored from a backup: it counts its commands from an earlier number on, and gives new ones
        the numbers of those that it has lost. Answers to these are not sent."""
        self._known.clear()
        self.to_send(0)
        self._unsent = []

    def to_send(self, most: int) -> tuple[DoneWith, ...]:
        """The answers that the desk has not got, the oldest first."""
        while not self._answers.empty():
            self._unsent.append(self._answers.get_nowait())
        return tuple(self._unsent[:most])

    def sent(self, answers: Collection[DoneWith]) -> None:
        """The desk has got these."""
        self._unsent = [one for one in self._unsent if one not in answers]
