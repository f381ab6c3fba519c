"""The kiosk's loop: wait, watch, stamp, hear, draw. It wires window, clock, journey, journal and picture together.

It decides nothing about the check. Each pass: what broke goes first, then keys in press order with their own stamps,
then what else was seen and the time itself, then what the journal says, and last the picture, if it changed.
"""

import gc
from collections.abc import Callable

from mtc_kiosk.check import events
from mtc_kiosk.check.deadline import due
from mtc_kiosk.check.events import Cause, Device, KeyPressed, Source
from mtc_kiosk.check.script import Asking, Pause
from mtc_kiosk.check.view import HeldView
from mtc_kiosk.kiosk import happenings as happen
from mtc_kiosk.kiosk.clock import Clock
from mtc_kiosk.kiosk.devices import Present
from mtc_kiosk.kiosk.hands import Hands
from mtc_kiosk.kiosk.holding import Holding
from mtc_kiosk.kiosk.journey import Journey
from mtc_kiosk.kiosk.orders import Orders
from mtc_kiosk.kiosk.picture import PictureOfScene
from mtc_kiosk.kiosk.running import RunningAttempt
from mtc_kiosk.kiosk.scene import Scene
from mtc_kiosk.kiosk.vigil import HEARTBEAT_NS, Vigil
from mtc_kiosk.kiosk.window import Window
from mtc_kiosk.store.journal import Journal, Kept, Recovered, Trouble

LATE_NS = 20_000_000
"""Woken later than this after a deadline, the loop cannot know by its own stamps which keys came in time."""

_SERVER_STAMP_NS = 1_000_000  # the window system stamps to the millisecond, rounding down
_SLOW_DISK_LOOK_NS = 5_000_000
_IDLE_NS = 250_000_000


class Kiosk:
    """The pupil's client on one window. ``start`` puts up the first screen; ``run`` gives the program's exit code."""

    def __init__(
        self,
        window: Window,
        clock: Clock,
        journal: Journal,
        *,
        orders: Orders,
        picture: PictureOfScene,
        present: Callable[[], Present] = Present,
    ) -> None:
        self.journey = Journey(clock, journal, orders)
        self.picture = picture
        self._window, self._clock, self._journal, self._orders = window, clock, journal, orders
        self._present = present
        self._vigil, self._hands, self._holding = Vigil(clock), Hands(), Holding()
        self._keyboard_used = False
        self._warmed: str | None = None
        self._page: object = None

    def start(self, unfinished: RunningAttempt | None) -> None:
        """Begin where this kiosk left off: a held check, else a new one, else the welcome page."""
        if unfinished is not None:
            self.journey.enter(unfinished)
        elif not self._orders.loops:
            self.journey.enter_new()
        self._draw()

    def run(self) -> int:
        """Loop until the pupil or staff leave."""
        while self.journey.exit_code is None:
            self.turn()
        return self.journey.exit_code

    def turn(self) -> None:
        """One pass of the loop."""
        until_ns, exactly = self._until()
        happened = self._window.wait(until_ns, exactly=exactly)
        now_ns = self._clock.now_ns()
        seen = self._watch(now_ns)
        for happening in happened:
            self._take(happening, now_ns)
        for event in seen:
            self._hear_at(event)
        if self.journey.attempt is not None:
            self.journey.hear(events.Woke(self.journey.attempt.at(now_ns)))
        self._long_press(now_ns)
        self._read_news()
        self._draw()

    # -- waiting and watching

    def _until(self) -> tuple[int, bool]:
        """How long to block, and whether a deadline is due then, which is met exactly."""
        now_ns = self._clock.now_ns()
        attempt = self.journey.attempt
        checking = attempt is not None and attempt.machine.held is None
        times = [now_ns + (HEARTBEAT_NS if checking else _IDLE_NS)]
        hold = self._holding.wake_ns()
        if hold is not None:
            times.append(hold)
        wake_ns = attempt.wake_ns(now_ns) if attempt is not None else None
        if attempt is not None and attempt.machine.waiting_since is not None:
            times.append(now_ns + _SLOW_DISK_LOOK_NS)
        if attempt is None or wake_ns is None or wake_ns > min(times):
            return min(times), False
        coming = due(attempt.machine)
        return wake_ns, coming is not None and attempt.moment(coming.at) == wake_ns

    def _watch(self, now_ns: int) -> list[events.Event]:
        """Hear at once of what broke; what else was seen is given back, to be heard behind earlier keys."""
        needed = self._keyboard_used or self._orders.keyboard_needed
        seen = self._vigil.look(now_ns, self._present(), keyboard_needed=needed)
        for event in seen:
            if isinstance(event, events.Failed):
                self._hear_at(event)
        return [event for event in seen if not isinstance(event, events.Failed)]

    def _long_press(self, now_ns: int) -> None:
        match self._holding.lasted(now_ns):
            case "staff" if self.journey.attempt is None or self.journey.is_held:
                self.journey.open_staff()
            case "leave" if self._orders.passcode_matches is None:
                self.journey.leave_early()
            case _:
                pass

    # -- what happened

    def _take(self, happening: happen.Happening, now_ns: int) -> None:
        match happening:
            case happen.KeyDown():
                self._key_down(happening, now_ns)
            case happen.KeyUp():
                self._holding.up(happening)
            case happen.Press():
                control = self._hands.press(happening, self.picture.marks)
                if control is not None:
                    self._pad(control.partition(":")[2], happening, now_ns)
            case happen.Release():
                control = self._hands.release(happening, self.picture.marks)
                if control is not None:
                    self.journey.act(control, happening.source, happening.at_ns)
            case _:
                self._window_said(happening)

    def _window_said(self, happening: happen.Happening) -> None:
        match happening:
            case happen.FocusLost(at_ns):
                self._holding.let_go()
                self._hear_at(events.Lost(at_ns, Device.FOCUS))
            case happen.FocusGained(at_ns):
                self._hear_at(events.Found(at_ns, Device.FOCUS))
            case happen.Uncovered():
                self.picture.forget()
            case _:
                self.journey.close_asked()

    def _key_down(self, key: happen.KeyDown, now_ns: int) -> None:
        self._keyboard_used = True
        self._holding.down(key)
        if self.journey.staff.locked:
            self.journey.staff_key(key, now_ns)
        elif self.journey.staff.shown is None and self.journey.takes_keys(now_ns):
            self._press_key(key.name, Source.KEYBOARD, self._stamp(key, now_ns))
        elif self.journey.staff.type(key, now_ns):
            self._hands.focus = None  # the rows are others now: an Enter must not choose one of them
        elif not self._door_key(key, now_ns):
            control = self._hands.key(key, self.picture.marks)
            focus = self._hands.focus or ""
            if control is None and focus.startswith("field:"):
                control = focus  # the box that has the focus is the one that is typed in
            if control is not None:
                self.journey.act(control, Source.KEYBOARD, key.at_ns)

    def _pad(self, key: str, press: happen.Press, now_ns: int) -> None:
        """A key of the pad on the screen: of a question, or of the letters at the door."""
        if self.journey.at_door and self.journey.door is not None:
            self.journey.door.type(key)
            self._hands.focus = self.journey.first_focus()
        else:
            self._press_key(key, press.source, self._stamp(press, now_ns))

    def _door_key(self, key: happen.KeyDown, now_ns: int) -> bool:
        """A key of the keyboard at the door, where boxes take what is typed; whether it was one."""
        door = self.journey.door
        if not self.journey.at_door or door is None or not door.takes_text(now_ns):
            return False
        in_a_box = (self._hands.focus or "").startswith("field:")
        if key.name == "Enter" and in_a_box:
            door.enter(now_ns)
        elif key.name == "Backspace" or (len(key.text) == 1 and key.text.isprintable() and key.name != "Space"):
            door.type(key.name if key.name in ("Backspace", *"0123456789") else key.text)
        else:
            return False
        self._hands.focus = self.journey.first_focus()
        return True

    def _press_key(self, name: str, source: Source, stamp: tuple[int, bool]) -> None:
        attempt = self.journey.attempt
        if attempt is not None:
            stamp_ns, stall = stamp
            self.journey.hear(KeyPressed(attempt.at(stamp_ns), name, source, stall))

    def _stamp(self, pressed: happen.KeyDown | happen.Press, now_ns: int) -> tuple[int, bool]:
        """When something was pressed, and whether that is in doubt, in which case the doubt is the pupil's."""
        if pressed.os_ns is not None:
            return min(pressed.at_ns, pressed.os_ns + _SERVER_STAMP_NS), False
        attempt = self.journey.attempt
        coming = due(attempt.machine) if attempt is not None else None
        if attempt is None or coming is None or now_ns <= attempt.moment(coming.at) + LATE_NS:
            return pressed.at_ns, False
        return attempt.moment(coming.at - 1), True

    # -- machine and journal

    def _hear_at(self, event: events.Event) -> None:
        """Hear an event whose times are still in nanoseconds of the clock."""
        attempt = self.journey.attempt
        if attempt is None:
            return
        match event:
            case events.Failed(at, cause, since):
                self.journey.hear(events.Failed(attempt.at(at), cause, attempt.at(since)))
            case events.Lost(at, device):
                self.journey.hear(events.Lost(attempt.at(at), device))
            case events.Found(at, device):
                self.journey.hear(events.Found(attempt.at(at), device))
            case events.Noted(at, what, detail):
                self.journey.hear(events.Noted(attempt.at(at), what, detail))
            case _:
                raise AssertionError("The vigil and the window see nothing else.")

    def _read_news(self) -> None:
        attempt = self.journey.attempt
        for news in self._journal.news():
            match news:
                case Kept(ticket, at_ns) if attempt is not None:
                    attempt.kept(ticket, at_ns)
                case Trouble():
                    self.journey.writable = False
                    if attempt is not None:
                        now = attempt.at(self._clock.now_ns())
                        self.journey.hear(events.Failed(now, Cause.JOURNAL, now))
                case Recovered():
                    self.journey.writable = True
                case _:
                    pass

    # -- the picture

    def _draw(self) -> None:
        """Paint what changed, and tell the machine of the flip that first shows a sum."""
        scene = self._scene(self._clock.now_ns())
        dirty = self.picture.draw(scene)
        self._window.show(dirty)
        attempt = self.journey.attempt
        if attempt is None:
            return
        machine = attempt.machine
        if isinstance(machine.step, Asking) and machine.shown is None and machine.held is None:
            self.journey.hear(events.Shown(attempt.at(self._clock.now_ns())))
        elif isinstance(machine.step, Pause) and dirty:
            gc.collect(1)
        elif attempt.id != self._warmed:
            self._warmed = attempt.id
            self.picture.warm_for(machine)
            self._vigil.begin()

    def _scene(self, now_ns: int) -> Scene:
        attempt = self.journey.attempt
        shown = self.journey.shown(now_ns)
        page = (type(shown), self.journey.stage, attempt.machine.cursor if attempt else None, attempt and attempt.id)
        if page != self._page:
            self._page = page
            self._hands.turn_page(self.journey.first_focus())
        held_open = isinstance(shown, HeldView) and self._orders.passcode_matches is None
        return Scene(shown, self.journey.label, self._hands.focus, self._hands.pressed, held_open=held_open)
