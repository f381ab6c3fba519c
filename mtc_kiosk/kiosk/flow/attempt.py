"""One attempt in progress on this PC: the machine, its journal, and the check's time on the kiosk's clock.

``at`` of the check is int microseconds; the clock is in nanoseconds. Every fact goes to the journal before anything
else acts on it.
"""

from dataclasses import dataclass, replace

from mtc_kiosk.check import events, facts
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.machine import begin, handle
from mtc_kiosk.check.projection import view, wake_at
from mtc_kiosk.check.replay import replay
from mtc_kiosk.check.script import Asking
from mtc_kiosk.check.state import Machine
from mtc_kiosk.check.view import View
from mtc_kiosk.kiosk.audio.speech_queue import Began, Ended, SoundReport
from mtc_kiosk.kiosk.flow.hold_seq import HoldSeq
from mtc_kiosk.kiosk.system.clock import Clock
from mtc_kiosk.school.kiosk_command import CheckNow
from mtc_kiosk.store.db.times import iso
from mtc_kiosk.store.journal.journal import Journal, NewAttempt, Stamp, StoredAttempt


@dataclass(frozen=True)
class _Awaited:
    """An answer on its way to the disk."""

    number: int
    showing: int
    at: int


class RunningAttempt:
    """The attempt on the screen. ``begin`` starts a new one, ``take_up`` continues an unfinished one.

    ``chosen`` is the look that the pupil chose in an earlier run, if any.
    """

    def __init__(self, attempt_id: str, clock: Clock, journal: Journal, run: int, base_us: int) -> None:
        self.id = attempt_id
        self.kind = Kind.TRY
        self.run = run
        self.machine: Machine
        self.chosen: events.LookChosen | None = None
        self._clock = clock
        self._journal = journal
        self._base_us = base_us
        self._anchor_ns = clock.now_ns()
        self._awaited: dict[int, _Awaited] = {}
        self._hold_seq = HoldSeq()

    @classmethod
    def begin(cls, new: NewAttempt, clock: Clock, journal: Journal) -> "RunningAttempt":
        """Start a new attempt; hand its row and first facts to the journal."""
        running = cls(new.id, clock, journal, run=1, base_us=0)
        running.kind = new.kind
        began = facts.Began(0, iso(clock.wall_ms()), running._anchor_ns)
        running.machine, emitted = begin(new.form, new.settings, began)
        journal.begin(new, emitted, running._stamp())
        running._hold_seq.follow(emitted)
        return running

    @classmethod
    def take_up(cls, stored: StoredAttempt, clock: Clock, journal: Journal) -> "RunningAttempt":
        """Continue an unfinished attempt: void the open question and hold the check (check.machine, rule 6)."""
        running = cls(stored.id, clock, journal, run=stored.last_run + 1, base_us=stored.last_at_us)
        running.kind = stored.kind
        running.machine = replay(stored.form, stored.settings, stored.facts).machine
        running._hold_seq.follow(stored.facts)
        chosen = [fact for fact in stored.facts if isinstance(fact, events.LookChosen)]
        running.chosen = chosen[-1] if chosen else None
        wall_ms = clock.wall_ms()
        gap_ms = wall_ms - stored.last_wall_ms
        resumed = events.Resumed(stored.last_at_us, gap_ms if gap_ms >= 0 else None, iso(wall_ms), running._anchor_ns)
        running.record(resumed)
        return running

    def at(self, ns: int) -> int:
        """The check's time (us) at a time of the clock (ns)."""
        return self._base_us + (ns - self._anchor_ns) // 1_000

    def moment(self, at_us: int) -> int:
        """The first time of the clock (ns) at which the check's time is ``at_us``."""
        return self._anchor_ns + (at_us - self._base_us) * 1_000

    def seen(self, event: events.Event) -> events.Event:
        """What the watchdog or the window has seen (ns of the clock), by the check's time."""
        match event:
            case events.Failed():
                return replace(event, at=self.at(event.at), since_us=self.at(event.since_us))
            case events.Lost() | events.Found() | events.Noted():
                return replace(event, at=self.at(event.at))
            case _:
                raise AssertionError("The watchdog and the window see nothing else.")

    def heard(self, report: SoundReport) -> events.SoundBegan | events.SoundEnded:
        """What the speech queue has begun or ended (ns of the clock), by the check's time."""
        match report:
            case Began(at_ns, sound, lasts_us):
                return events.SoundBegan(self.at(at_ns), sound, lasts_us)
            case Ended(at_ns, sound, cut):
                return events.SoundEnded(self.at(at_ns), sound, cut)

    @property
    def waits_for_flip(self) -> bool:
        """Whether a question is open and no flip has shown its sum yet."""
        machine = self.machine
        return isinstance(machine.step, Asking) and machine.shown is None and machine.held is None

    def record(self, event: events.Event) -> tuple[facts.Fact, ...]:
        """Hand the machine an event, and the journal the facts it returns."""
        machine, emitted = handle(self.machine, event)
        if emitted:
            self._hold_seq.follow(emitted)
            ticket = self._journal.keep(self.id, emitted, self._stamp())
            for fact in emitted:
                if isinstance(fact, facts.Answered):
                    self._awaited[ticket] = _Awaited(fact.number, fact.showing, fact.at)
        self.machine = machine
        return emitted

    def kept(self, ticket: int, at_ns: int) -> events.Saved | None:
        """A ticket's facts reached the disk at ``at_ns``; return the event for an answer among them."""
        awaited = self._awaited.pop(ticket, None)
        if awaited is None:
            return None
        now = self.at(self._clock.now_ns())
        after = max(0, self.at(at_ns) - awaited.at)
        return events.Saved(now, awaited.number, awaited.showing, after)

    def view(self, now_ns: int) -> View:
        """What the pupil should see."""
        return view(self.machine, self.at(now_ns))

    def wake_ns(self, now_ns: int) -> int | None:
        """When the loop must wake for this attempt, at the latest."""
        wake = wake_at(self.machine, self.at(now_ns))
        return None if wake is None else self.moment(wake)

    @property
    def now(self) -> CheckNow:
        """The check as a command from the console names it."""
        return self._hold_seq.check(self.id, self.run)

    @property
    def over(self) -> bool:
        """Whether the attempt has ended."""
        return self.machine.outcome is not None

    def _stamp(self) -> Stamp:
        return Stamp(run=self.run, now_us=self.at(self._clock.now_ns()), wall_ms=self._clock.wall_ms())
