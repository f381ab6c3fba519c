"""The kiosk's loop. How the kiosk works, in one view:

::

    each pass of the loop, ``Kiosk.turn``:
      wait    window -> input events: keys and presses with their own times, and what became of the window
      watch   system.watchdog: what broke, or went away; a failure holds the check before any key of this pass
      take    flow.dispatch: each key and press, in order, to the page that has the screen
      time    what is due in the check, long presses, the journal's news, sounds, ``Journey.pass_time``
      draw    flow.screen: page.shown -> Scene -> screens -> marks -> the window's flip -> what is read out

    a key:    InputDispatcher.take -> Journey.on_screen -> CheckPage.type -> KioskState.advance
              -> CurrentAttempt.apply (sound) -> RunningAttempt.record (journal) -> check.machine.handle

    the page that has the screen, the first of these that is there:
      StaffPages   from the chord on, over everything else
      CoverPage    a page cannot be shown
      HeldPage     the check is held
      BeginGate    the database has not answered yet whether the check may begin
      IntroPages   a page of the check; CheckPage: a pause or a question
      SignInFlow   a pupil of the school signs in
      StagePages   welcome, finished, how was it, again or leave

The rules:

1. The loop decides nothing about the check. It stamps events; ``check.machine`` says what they mean.
2. ``Journey`` alone decides which page has the screen, and that page has every key and press.
3. A page says what to show, names its first focus, takes presses and keys. ``shown`` changes nothing; only input
   and ``pass_time``, once a pass, change what the kiosk is doing (``KioskState``).
4. A control is a value (``view.controls``), matched by its type. Two equal scenes need no painting.
5. A press acts on a page that has been there for half a second. Text entry and the check's own keys never wait.
6. Every fact goes to the journal before anything acts on it. No pass waits for the disk.
7. In a question no time is spent on anything else: no drawing ahead, no garbage collection, no database.
8. An exception in one step does not stop the others: ``guard`` holds the check, or covers the page.
"""

import time
from collections.abc import Callable
from dataclasses import replace

from mtc_kiosk.check import events
from mtc_kiosk.check.deadline import due
from mtc_kiosk.check.events import Cause, Device
from mtc_kiosk.kiosk.audio.narrator import Narrator
from mtc_kiosk.kiosk.audio.speaker import Speaker
from mtc_kiosk.kiosk.audio.speech_queue import SpeechQueue
from mtc_kiosk.kiosk.canvas import PictureOfScene
from mtc_kiosk.kiosk.flow.attempt import RunningAttempt
from mtc_kiosk.kiosk.flow.dispatch import InputDispatcher
from mtc_kiosk.kiosk.flow.journey import Journey
from mtc_kiosk.kiosk.flow.open_page import OpenPage
from mtc_kiosk.kiosk.flow.screen import Screen
from mtc_kiosk.kiosk.flow.setup import KioskSetup
from mtc_kiosk.kiosk.guard import REST_NS, Guard
from mtc_kiosk.kiosk.input import events as happen
from mtc_kiosk.kiosk.system.clock import Clock
from mtc_kiosk.kiosk.system.devices import Present
from mtc_kiosk.kiosk.system.watchdog import HEARTBEAT_NS, Watchdog
from mtc_kiosk.kiosk.system.window import Window
from mtc_kiosk.kiosk.system.window_canvas import WindowCanvas
from mtc_kiosk.store.journal.journal import Journal, Kept, News, Recovered, Trouble

_SLOW_DISK_LOOK_NS = 5_000_000
_IDLE_NS = 250_000_000


class Kiosk:
    """The pupil's client on one window. ``start`` puts up the first screen; ``run`` gives the program's exit code.

    ``met`` gets each exception that the loop survives; ``ending`` is whether the PC has asked the program to end.
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
        self.journey = Journey(clock, journal, orders, Narrator(self._voice))
        self.state = self.journey.state
        self.picture = picture
        self._canvas = WindowCanvas(window, picture)
        self._window, self._clock, self._journal, self._setup = window, clock, journal, orders
        self._present, self._ending, self._speaker = present, ending, speaker
        self._guard = Guard(clock, self.state, met)
        self._watchdog = Watchdog(clock)
        page = OpenPage(self.journey)
        self._dispatcher = InputDispatcher(self.journey, page)
        focus, rested = self._dispatcher.focus, self._watchdog.begin
        self._screen = Screen(self.journey, page, focus, self._canvas, picture, clock, rested)

    def start(self, unfinished: RunningAttempt | None) -> None:
        """Begin where this kiosk left off: a held check, else a new one, else the welcome page."""
        if unfinished is not None:
            self._try(self.state.enter, unfinished)
        elif not self._setup.loops:
            self.state.enter_new()
        self._try(self.journey.pass_time, self._clock.now_ns())
        self._redraw()

    def run(self) -> int:
        """Loop until the pupil or staff leave."""
        while self.state.exit_code is None:
            try:
                self.turn()
            except Exception as problem:
                self._guard.met(problem)
                time.sleep(REST_NS / 1e9)  # it may have been the wait itself that raised
        return self.state.exit_code

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
            self._try(self._advance_at, event)
        if self._canvas.lost:
            self._try(self._resized, now_ns)
        self._try(self._pass_check, now_ns)
        self._try(self._dispatcher.look_at_long_press, now_ns)
        for news in self._journal.news():
            self._try(self._read, news)
        self._pass_sounds()
        self._guard.try_again(now_ns)
        if self._ending():
            self._try(self.state.end, now_ns)
        self._try(self.journey.pass_time, self._clock.now_ns())
        self._redraw()
        if self._open_attempt not in (None, open_before):
            self._watchdog.begin()  # opening a loudspeaker for a resumed check may have taken a while

    def _try(self, do: Callable[..., object], *about: object) -> None:
        """Do one thing of a pass; what it raises is the guard's."""
        try:
            do(*about)
        except Exception as problem:
            self._guard.met(problem)

    def _pass_check(self, now_ns: int) -> None:
        if self.state.attempt is not None:
            self.state.advance(events.Woke(self.state.attempt.at(now_ns)))

    @property
    def _open_attempt(self) -> str | None:
        """The attempt on the screen that runs; None while it is held, or there is none."""
        attempt = self.state.attempt
        return attempt.id if attempt is not None and not self.state.is_held else None

    @property
    def _has_sum_to_show(self) -> bool:
        """Whether a first digit has ended the reading of a question (audio version)."""
        attempt = self.state.attempt
        return attempt is not None and attempt.waits_for_flip and bool(attempt.machine.typed)

    # -- waiting and watching

    def _until(self) -> tuple[int, bool]:
        """How long to block, and whether a deadline is due then, which is met exactly."""
        now_ns = self._clock.now_ns()
        attempt = self.state.attempt
        checking = attempt is not None and attempt.machine.held is None
        times = [now_ns + (HEARTBEAT_NS if checking else _IDLE_NS)]
        times += [ns for ns in (self._dispatcher.wake_ns(), self._voice.wake_ns()) if ns is not None]
        wake_ns = attempt.wake_ns(now_ns) if attempt is not None else None
        if attempt is not None and attempt.machine.waiting_since is not None:
            times.append(now_ns + _SLOW_DISK_LOOK_NS)
        if attempt is None or wake_ns is None or wake_ns > min(times):
            return min(times), False
        coming = due(attempt.machine)
        return wake_ns, coming is not None and attempt.moment(coming.at) == wake_ns

    def _watch(self, now_ns: int, others: list[events.Event]) -> None:
        """Handle failures at once; put other events into ``others``, to be handled after earlier keys."""
        needed = self._dispatcher.keyboard_used or self._setup.keyboard_needed or self.state.current.arrangements.no_pad
        present = replace(self._present(), focus=self._window.has_focus())
        if self._canvas.lost:
            present = replace(present, display=False)  # what cannot be painted is not seen
        seen = self._watchdog.check(now_ns, present, keyboard_needed=needed)
        others += [event for event in seen if not isinstance(event, events.Failed)]
        for event in seen:
            if isinstance(event, events.Failed):
                self._advance_at(event)

    # -- what happened

    def _take(self, happening: happen.InputEvent, now_ns: int) -> None:
        match happening:
            case happen.KeyDown() | happen.KeyUp() | happen.Press() | happen.Release():
                self._dispatcher.take(happening, self.picture.marks, now_ns)
            case happen.FocusLost(at_ns):
                self._dispatcher.let_go()
                self._advance_at(events.Lost(at_ns, Device.FOCUS))
            case happen.FocusGained(at_ns):
                self._advance_at(events.Found(at_ns, Device.FOCUS))
            case happen.Uncovered():
                self.picture.forget()
            case happen.Resized(at_ns):
                self._resized(at_ns)
            case happen.SoundDeviceGone():
                if self._speaker is not None:
                    self._speaker.device_gone()
            case _:
                self.state.close_asked()

    def _resized(self, at_ns: int) -> None:
        """Take the new surface, and show on it what was on the old one before anything else is pressed."""
        self._dispatcher.let_go_of_screen()
        was_lost, size = self._canvas.lost, self._canvas.renew()
        self._screen.renewed()
        if size is not None:
            self._advance_at(events.Noted(at_ns, "window_size", size))
        if self._canvas.lost:
            self._advance_at(events.Lost(at_ns, Device.DISPLAY))
        elif was_lost and self._present().display is not False:
            self._advance_at(events.Found(at_ns, Device.DISPLAY))
        self._screen.draw()

    # -- machine and journal

    def _advance_at(self, event: events.Event) -> None:
        """Handle an event with times that are still in nanoseconds of the clock."""
        if self.state.attempt is not None:
            self.state.advance(self.state.attempt.seen(event))

    def _read(self, news: News) -> None:
        match news:
            case Kept(ticket, at_ns):
                self.state.kept(ticket, at_ns)
            case Trouble():
                self.state.trouble = news
                now_ns = self._clock.now_ns()
                self._advance_at(events.Failed(now_ns, Cause.JOURNAL, now_ns))
            case Recovered():
                self.state.trouble = None

    def _pass_sounds(self) -> None:
        try:
            self._voice.pass_time()
        except Exception as problem:
            self._guard.note(problem)
            self._voice.fail()
        self._try(self._keep_sounds)

    def _keep_sounds(self) -> None:
        """What was played is kept, once the keys of this pass are: a sound must not make one of them late."""
        if self._voice.is_lost:
            self.state.sound_lost(self._clock.now_ns())
        attempt = self.state.attempt
        for heard in self._voice.reports():
            if attempt is not None:
                self.state.advance(attempt.heard(heard))

    # -- the picture

    def _redraw(self) -> None:
        """Draw. What cannot be drawn makes way: for a held check or a page that says so, else for the calm page."""
        for make_way in (self._guard.met_on_screen, self._guard.met_again, self._guard.note):
            try:
                self._screen.draw()
            except Exception as problem:
                make_way(problem)
                self._try(self.picture.forget)  # it may be half painted
            else:
                return
