"""The attempt on the screen: its machine, the pages that its arrangements bring, and its sound.

It hands the machine each event and plays the sound that follows. ``journey`` decides the pages before and after it.
"""

from collections.abc import Sequence
from dataclasses import replace

from mtc_kiosk.check import events, facts
from mtc_kiosk.check.arrangements import Arrangements, Colours, Look, Size
from mtc_kiosk.check.events import Cause, Source
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.script import Intro, Page
from mtc_kiosk.kiosk.audio.narrator import Narrator
from mtc_kiosk.kiosk.flow.arrangement_pages import ArrangementPages
from mtc_kiosk.kiosk.flow.attempt import RunningAttempt
from mtc_kiosk.kiosk.system.clock import Clock
from mtc_kiosk.kiosk.view.controls import Button, Control, Field
from mtc_kiosk.store.journal.journal import Journal


class CurrentAttempt:
    """Empty where ``attempt`` is None."""

    def __init__(self, clock: Clock, journal: Journal, narrator: Narrator) -> None:
        self.attempt: RunningAttempt | None = None
        self.pages: ArrangementPages | None = None
        self.narrator = narrator
        self._clock, self._journal = clock, journal

    @property
    def arrangements(self) -> Arrangements:
        """The attempt's arrangements; none without an attempt."""
        return self.attempt.machine.settings.arrangements if self.attempt is not None else Arrangements()

    @property
    def look(self) -> Look | None:
        """The look of the pupil's screen; None without an attempt."""
        return self.pages.look if self.pages is not None else None

    @property
    def is_choosing(self) -> bool:
        """Whether the page for choosing size or colours is open."""
        return self.pages is not None and self.pages.looks.shown is not None

    @property
    def is_held(self) -> bool:
        """Whether the check is held."""
        return self.attempt is not None and self.attempt.machine.held is not None

    @property
    def page(self) -> Page | None:
        """The page of the check that is open; None in a question, a pause, or while it is held."""
        if self.attempt is None:
            return None
        machine = self.attempt.machine
        if machine.held is not None or machine.outcome is not None:
            return None
        step = machine.step
        return step.page if isinstance(step, Intro) else None

    @property
    def may_back_out(self) -> bool:
        """Whether the page offers "This is not me"."""
        return self.attempt is not None and not self.is_choosing and self.attempt.machine.may_back_out

    def has_sound_for(self, having: Arrangements) -> bool:
        """Whether there is the sound that these need; without it the check neither begins nor goes on."""
        return not having.needs_sound or self.narrator.can_be_heard(having.volume_percent)

    def start(self, attempt: RunningAttempt, about: str, notes: Sequence[str]) -> None:
        """Make this the current attempt, whether new or continued."""
        self.attempt = attempt
        having = attempt.machine.settings.arrangements
        self.pages = ArrangementPages(having, can_change_between=attempt.kind is Kind.TRY)
        if attempt.chosen is not None:
            self.pages.looks.look = replace(having.look, colours=attempt.chosen.colours, size=attempt.chosen.size)
        self.narrator.speech.reports()  # discard reports of what was spoken before the sign-in
        self.narrator.begin(attempt.machine)
        now = attempt.at(self._clock.now_ns())
        self.apply(events.Noted(now, "kiosk", about))
        for note in notes:
            self.apply(events.Noted(now, "form", note))

    def clear(self) -> None:
        """Clear the attempt and all data of this pupil."""
        self.attempt, self.pages = None, None
        self.narrator.clear()

    def apply(self, event: events.Event) -> tuple[facts.Fact, ...]:
        """Hand the machine an event, and play the sound that follows."""
        if self.attempt is None:
            return ()
        before = self.attempt.machine
        emitted = self.attempt.record(event)
        self.narrator.follow(before, emitted, self.attempt.machine)
        return emitted

    def sound_lost(self, now_ns: int) -> events.Event | None:
        """The event for lost sound: a failure with the audio version, else a hold after the question (check.machine).

        None if the check needs no sound, is held or is about to be.
        """
        if self.attempt is None or self.attempt.over or not self.arrangements.needs_sound:
            return None
        now, machine = self.attempt.at(now_ns), self.attempt.machine
        if machine.held is not None or machine.hold_asked is not None:
            return None
        if self.arrangements.clips is not None:
            return events.Failed(now, Cause.SOUND, now)
        return events.HoldAsked(now, Cause.SOUND)

    def look_chosen(self) -> events.LookChosen | None:
        """The event that stores the pupil's choice of look; None if the pupil may not choose."""
        if self.attempt is None or self.pages is None or not self.pages.looks.any:
            return None
        look = self.pages.look
        return events.LookChosen(self.attempt.at(self._clock.now_ns()), look.colours, look.size)

    def act(self, control: Control, source: Source, at_ns: int) -> events.Event | None:
        """Press a control on a page of the check; return the event for the machine, if any."""
        pages, page, attempt = self.pages, self.page, self.attempt
        if pages is None or page is None or attempt is None:
            return None
        if isinstance(control, Colours | Size):
            pages.looks.choose(control)
        elif isinstance(control, Field):
            pages.go_to(control)
        elif pages.looks.shown is not None:
            pages.looks.close()
            return self.look_chosen()
        elif control is Button.COLOURS or control is Button.SIZE:
            pages.looks.open(control)
        elif pages.may_go_on(page):
            self._keep_assistant(pages, page, attempt)
            return events.Next(attempt.at(at_ns), source)
        return None

    def _keep_assistant(self, pages: ArrangementPages, page: Page, attempt: RunningAttempt) -> None:
        if page is Page.ASSISTANT:
            self._journal.keep_assistant(attempt.id, pages.assistant(), self._clock.wall_ms())
