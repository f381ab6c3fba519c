"""The kiosk's loop: wait, watch, stamp, hear, draw. It wires window, clock, journey, journal and picture together.

It decides nothing about the check. Each pass: what broke goes first, then keys in press order with their own stamps,
then what else was seen and the time itself, then what the journal says, and last the picture, if it changed. What
raises in one of these keeps none of the others from its turn: ``guard`` says what becomes of it.
"""

import gc
import time
from collections.abc import Callable
from dataclasses import replace

from mtc_kiosk.check import events
from mtc_kiosk.check.arrangements import Look
from mtc_kiosk.check.deadline import due
from mtc_kiosk.check.events import Cause, Device
from mtc_kiosk.check.script import Asking, Pause, Reading
from mtc_kiosk.check.state import Machine
from mtc_kiosk.kiosk.audio.narrator import Narrator
from mtc_kiosk.kiosk.audio.speaker import Speaker
from mtc_kiosk.kiosk.audio.speech_queue import SpeechQueue
from mtc_kiosk.kiosk.canvas import PictureOfScene
from mtc_kiosk.kiosk.flow.attempt import RunningAttempt
from mtc_kiosk.kiosk.flow.attempt_time import in_attempt, sound_in_attempt
from mtc_kiosk.kiosk.flow.dispatch import InputDispatcher
from mtc_kiosk.kiosk.flow.journey import Journey
from mtc_kiosk.kiosk.flow.open_page import OpenPage
from mtc_kiosk.kiosk.flow.setup import KioskSetup
from mtc_kiosk.kiosk.flow.way_out import close_asked, end
from mtc_kiosk.kiosk.flow.whole_scene import whole_scene
from mtc_kiosk.kiosk.guard import REST_NS, Guard
from mtc_kiosk.kiosk.input import events as happen
from mtc_kiosk.kiosk.system.clock import Clock
from mtc_kiosk.kiosk.system.devices import Present
from mtc_kiosk.kiosk.system.watchdog import HEARTBEAT_NS, Watchdog
from mtc_kiosk.kiosk.system.window import Window
from mtc_kiosk.kiosk.system.window_canvas import WindowCanvas
from mtc_kiosk.kiosk.view.scene import Scene
from mtc_kiosk.store.journal.journal import Journal, Kept, News, Recovered, Trouble

_SLOW_DISK_LOOK_NS = 5_000_000
_IDLE_NS = 250_000_000


class Kiosk:
    """The pupil's client on one window. ``start`` puts up the first screen; ``run`` gives the program's exit code.

    ``met`` is handed each exception that the loop survives; ``ending`` is whether the PC has told the program to end.
    """

    def __init__(
        self,
        window: Window,
        clock: Clock,
        journal: Journal,
        *,
        orders: KioskSetup,
        picture: PictureOfScene,
        met: Callable[[Exception], None],
        present: Callable[[], Present] = Present,
        speaker: Speaker | None = None,
        ending: Callable[[], bool] = lambda: False,
    ) -> None:
        self._voice = SpeechQueue(clock, speaker)
        self._speaker = speaker
        self.journey = Journey(clock, journal, orders, Narrator(self._voice))
        self.picture = picture
        self._glass = WindowCanvas(window, picture)
        self._window, self._clock, self._journal, self._orders = window, clock, journal, orders
        self._present, self._ending = present, ending
        self._guard = Guard(clock, self.journey, met, has_menu=orders.passcode_matches is not None)
        self._vigil = Watchdog(clock)
        self._page = OpenPage(self.journey)
        self._pressing = InputDispatcher(self.journey, self._page, orders)
        self._warmed: tuple[str, Look | None] | None = None

    def start(self, unfinished: RunningAttempt | None) -> None:
        """Begin where this kiosk left off: a held check, else a new one, else the welcome page."""
        if unfinished is not None:
            self._try(self.journey.enter, unfinished)
        elif not self._orders.loops:
            self.journey.enter_new()
        self._try(self.journey.pass_time, self._clock.now_ns())
        self._redraw()

    def run(self) -> int:
        """Loop until the pupil or staff leave."""
        while self.journey.exit_code is None:
            try:
                self.turn()
            except Exception as problem:
                self._guard.met(problem)
                time.sleep(REST_NS / 1e9)  # it may have been the wait itself that raised
        return self.journey.exit_code

    def turn(self) -> None:
        """One pass of the loop."""
        wake: list[tuple[int, bool]] = []
        self._try(lambda: wake.append(self._until()))
        until_ns, exactly = wake[0] if wake else (self._clock.now_ns(), False)
        happened = self._window.wait(self._guard.no_sooner(until_ns), exactly=exactly)
        now_ns = self._clock.now_ns()
        seen: list[events.Event] = []
        self._guard.hold_first()
        self._try(self._watch, now_ns, seen)
        open_before = self._open_attempt
        for happening in happened:
            try:
                self._take(happening, now_ns)
            except Exception as problem:
                self._guard.met_on_screen(problem)
            if self._has_sum_to_show:
                self._redraw()  # a digit brought the sum, and the next one may be in this very pass
        for event in seen:
            self._try(self._hear_at, event)
        if self._glass.lost:
            self._try(self._resized, now_ns)
        self._try(self._wake, now_ns)
        self._try(self._pressing.look_at_long_press, now_ns)
        for news in self._journal.news():
            self._try(self._read, news)
        self._hear_sounds()
        self._guard.try_again(now_ns)
        if self._ending():
            self._try(end, self.journey, now_ns)
        self._try(self.journey.pass_time, self._clock.now_ns())
        self._redraw()
        if self._open_attempt not in (None, open_before):
            self._vigil.begin()  # opening a loudspeaker for a check that goes on may have taken a while

    def _try(self, do: Callable[..., object], *about: object) -> None:
        """Do one thing of a pass; what it raises is the guard's."""
        try:
            do(*about)
        except Exception as problem:
            self._guard.met(problem)

    def _wake(self, now_ns: int) -> None:
        if self.journey.attempt is not None:
            self.journey.handle(events.Woke(self.journey.attempt.at(now_ns)))

    @property
    def _open_attempt(self) -> str | None:
        """The attempt on the screen that runs; None while it is held, or there is none."""
        attempt = self.journey.attempt
        return attempt.id if attempt is not None and not self.journey.is_held else None

    @property
    def _has_sum_to_show(self) -> bool:
        """Whether a first digit has ended the reading of a question (audio version)."""
        attempt = self.journey.attempt
        return attempt is not None and attempt.waits_for_flip and bool(attempt.machine.typed)

    # -- waiting and watching

    def _until(self) -> tuple[int, bool]:
        """How long to block, and whether a deadline is due then, which is met exactly."""
        now_ns = self._clock.now_ns()
        attempt = self.journey.attempt
        checking = attempt is not None and attempt.machine.held is None
        times = [now_ns + (HEARTBEAT_NS if checking else _IDLE_NS)]
        times += [ns for ns in (self._pressing.wake_ns(), self._voice.wake_ns()) if ns is not None]
        wake_ns = attempt.wake_ns(now_ns) if attempt is not None else None
        if attempt is not None and attempt.machine.waiting_since is not None:
            times.append(now_ns + _SLOW_DISK_LOOK_NS)
        if attempt is None or wake_ns is None or wake_ns > min(times):
            return min(times), False
        coming = due(attempt.machine)
        return wake_ns, coming is not None and attempt.moment(coming.at) == wake_ns

    def _watch(self, now_ns: int, others: list[events.Event]) -> None:
        """Hear at once of what broke; what else was seen goes to ``others``, to be heard behind earlier keys."""
        needed = self._pressing.keyboard_used or self._orders.keyboard_needed or self.journey.seat.arrangements.no_pad
        present = replace(self._present(), focus=self._window.has_focus())
        if self._glass.lost:
            present = replace(present, display=False)  # what cannot be painted is not seen
        seen = self._vigil.check(now_ns, present, keyboard_needed=needed)
        others += [event for event in seen if not isinstance(event, events.Failed)]
        for event in seen:
            if isinstance(event, events.Failed):
                self._hear_at(event)

    # -- what happened

    def _take(self, happening: happen.InputEvent, now_ns: int) -> None:
        match happening:
            case happen.KeyDown() | happen.KeyUp() | happen.Press() | happen.Release():
                self._pressing.take(happening, self.picture.marks, now_ns)
            case happen.FocusLost(at_ns):
                self._pressing.let_go()
                self._hear_at(events.Lost(at_ns, Device.FOCUS))
            case happen.FocusGained(at_ns):
                self._hear_at(events.Found(at_ns, Device.FOCUS))
            case happen.Uncovered():
                self.picture.forget()
            case happen.Resized(at_ns):
                self._resized(at_ns)
            case happen.SoundDeviceGone():
                if self._speaker is not None:
                    self._speaker.device_gone()
            case _:
                close_asked(self.journey, has_passcode=self._orders.passcode_matches is not None)

    def _resized(self, at_ns: int) -> None:
        """Take the new surface, and show on it what was on the old one before anything else is pressed."""
        self._pressing.let_go_of_screen()
        was_lost, size = self._glass.lost, self._glass.renew()
        self._warmed = None  # made for the window as it was
        if size is not None:
            self._hear_at(events.Noted(at_ns, "window_size", size))
        if self._glass.lost:
            self._hear_at(events.Lost(at_ns, Device.DISPLAY))
        elif was_lost and self._present().display is not False:
            self._hear_at(events.Found(at_ns, Device.DISPLAY))
        self._draw()

    # -- machine and journal

    def _hear_at(self, event: events.Event) -> None:
        """Hear an event whose times are still in nanoseconds of the clock."""
        if self.journey.attempt is not None:
            self.journey.handle(in_attempt(self.journey.attempt, event))

    def _read(self, news: News) -> None:
        match news:
            case Kept(ticket, at_ns):
                self.journey.kept(ticket, at_ns)
            case Trouble():
                self.journey.trouble = news
                now_ns = self._clock.now_ns()
                self._hear_at(events.Failed(now_ns, Cause.JOURNAL, now_ns))
            case Recovered():
                self.journey.trouble = None

    def _hear_sounds(self) -> None:
        try:
            self._voice.pass_time()
        except Exception as problem:
            self._guard.note(problem)
            self._voice.fail()
        self._try(self._keep_sounds)

    def _keep_sounds(self) -> None:
        """What was played is kept, once the keys of this pass are: a sound must not make one of them late."""
        if self._voice.is_lost:
            self.journey.sound_lost(self._clock.now_ns())
        attempt = self.journey.attempt
        for heard in self._voice.reports():
            if attempt is not None:
                self.journey.handle(sound_in_attempt(attempt, heard))

    # -- the picture

    def _redraw(self) -> None:
        """Draw. What cannot be drawn makes way: for a held check or a page that says so, else for the calm page."""
        for make_way in (self._guard.met_on_screen, self._guard.met_again, self._guard.note):
            try:
                self._draw()
            except Exception as problem:
                make_way(problem)
                self._try(self.picture.forget)  # it may be half painted
            else:
                return

    def _draw(self) -> None:
        """Paint what changed, and tell the machine of the flip that first shows a sum."""
        if self._glass.lost:
            return
        scene = self._scene(self._clock.now_ns())
        changed = self._glass.show(scene)
        self._page.flipped(self._clock.now_ns())
        if self.journey.attempt is not None:
            self._flipped(self.journey.attempt, changed=changed)
        self._glass.set_pointer(scene)
        self.journey.seat.hearing.page(scene)

    def _flipped(self, attempt: RunningAttempt, *, changed: bool) -> None:
        """The flip has returned; on a page there is time to make ready what the questions need, in the present look."""
        machine, seat = attempt.machine, self.journey.seat
        wanted = attempt.id, seat.look
        if attempt.waits_for_flip:
            self.journey.handle(events.Shown(attempt.at(self._clock.now_ns())))
        elif isinstance(machine.step, Pause) and changed and wanted == self._warmed:
            gc.collect(1)
        elif wanted != self._warmed and not seat.is_choosing and not _in_question(machine):
            self._warmed = wanted
            self.picture.warm_for(machine, self.journey.label, seat.look)
            self._vigil.begin()

    def _scene(self, now_ns: int) -> Scene:
        shown = self.journey.shown(now_ns)
        if self._page.turn(shown):
            self._pressing.hands.turn_page(self.journey.first_focus())
        return whole_scene(shown, self.journey, self._pressing.hands, self._orders)


def _in_question(machine: Machine) -> bool:
    """Whether a question is open, so that no time may be spent on another."""
    return machine.held is None and machine.outcome is None and isinstance(machine.step, Asking | Reading)
