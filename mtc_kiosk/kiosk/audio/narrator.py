"""Decides what to speak and when: from the check's facts while it runs, from the page while one is open.

``speech_queue`` plays it. Without the audio version a pupil hears only the time alert, if they have that.
"""

from collections.abc import Sequence

from mtc_kiosk.check import events, facts
from mtc_kiosk.check.arrangements import Code, Granted
from mtc_kiosk.check.script import Asking, Reading
from mtc_kiosk.check.state import Machine
from mtc_kiosk.check.view import HeldView, PageView, PauseView
from mtc_kiosk.kiosk.audio import recordings
from mtc_kiosk.kiosk.audio.speech_queue import SpeechQueue
from mtc_kiosk.kiosk.view.controls import Control
from mtc_kiosk.kiosk.view.page_text import label_of, spoken
from mtc_kiosk.kiosk.view.scene import AssistantView, KeyboardView, NoticeView, Scene, Shown, StaffShown, WaitView


class Narrator:
    """Speaks to the current pupil. ``reads``: whether this pupil has pages and questions read out."""

    def __init__(self, speech: SpeechQueue) -> None:
        self.speech = speech
        self.reads = False
        self._page: object = None
        self._focus: Control | None = None

    # -- who is here

    def can_be_heard(self, volume_percent: int) -> bool:
        """Whether sound works now at this volume; opens the device if it is not open yet."""
        return volume_percent > 0 and self.speech.is_ready()

    def welcome(self, granted: Granted, volume_percent: int) -> None:
        """Set up for a pupil who has signed in, with these arrangements."""
        self.reads = Code.QNR in granted.codes
        self.speech.set_up(granted.rate, granted.volume_on(volume_percent))

    def begin(self, machine: Machine) -> None:
        """A check begins or goes on: prepare the recordings that its questions need."""
        having = machine.settings.arrangements
        self.reads = having.clips is not None
        if having.needs_sound:
            self.speech.set_up(having.rate, having.volume_percent)
            self.speech.prepare(_names(machine))

    def clear(self) -> None:
        """The pupil has left."""
        self.speech.hush()
        self.reads, self._page, self._focus = False, None, None

    # -- pages

    def page(self, scene: Scene) -> None:
        """Show the narrator the page on the screen: it reads a new one from the beginning."""
        page = type(scene.shown), _subject(scene.shown)
        if page == self._page:
            self._tab(scene)
            return
        self._page, self._focus = page, scene.focus
        sentences = spoken(scene) if self.reads else ()
        if sentences:
            self.read(sentences)
        elif isinstance(scene.shown, StaffShown):
            self.speech.hush()  # it is the teacher's turn to speak

    def read(self, sentences: Sequence[str]) -> None:
        """Read these sentences at once."""
        try:
            names = [name for sentence in sentences for name in recordings.sentence_names(sentence)]
        except recordings.RecordingFault:
            self.speech.fail()
            return
        self.speech.say_at_once(*names)

    def _tab(self, scene: Scene) -> None:
        """Read the label of the control that the keyboard moved to."""
        if not self.reads or scene.focus == self._focus:
            return
        self._focus = scene.focus
        label = label_of(scene.focus, scene) if scene.focus is not None else None
        if label is not None:
            self.read((label,))

    # -- the check

    def follow(self, before: Machine, emitted: Sequence[facts.Fact], after: Machine) -> None:
        """Speak or beep for the facts of one transition of the machine."""
        having = after.settings.arrangements
        for fact in emitted:
            if having.alert:
                self._alert(fact)
            if having.clips is not None:
                self._speak(before, fact, after)

    def _alert(self, fact: facts.Fact) -> None:
        match fact:
            case facts.Alerted():
                self.speech.beep(recordings.BEEP_TWO_SECONDS)
            case facts.TimedOut():
                self.speech.beep(recordings.BEEP_TIME_OUT)
            case _:
                pass

    def _speak(self, before: Machine, fact: facts.Fact, after: Machine) -> None:
        match fact:
            case facts.NextPressed(page=page) if page is not None:
                self.speech.hush()
            case facts.Held() | events.Released() | facts.Finished():
                self.speech.hush()
            case facts.StepBegan(step=facts.StepName.PAUSE, number=int(number)):
                self.speech.say(recordings.coming(number, practice=bool(fact.practice)))
            case facts.StepBegan(step=facts.StepName.READING) if isinstance(after.step, Reading):
                self.speech.say_at_once(recordings.question(after.step.question.item))
            case facts.Typed(input=digit):
                self.speech.say(recordings.digit(digit))
            case facts.Erased():
                self.speech.say(recordings.delete(before.typed[-1]))
            case facts.Repeated() if after.question is not None:
                self.speech.say(recordings.question(after.question.item))
            case _:
                pass


def _subject(shown: Shown) -> object:
    """The part of a page that makes it a new page to read out; a choice on it does not."""
    match shown:
        case PageView():
            return shown.page
        case PauseView():
            return shown.number, shown.practice, shown.minutes_left is not None
        case KeyboardView():
            return shown.key_pressed
        case AssistantView():
            return shown.message
        case HeldView():
            return shown.only_stop
        case NoticeView():
            return shown.heading
        case WaitView():
            return shown.sentences
        case _:
            return None


def _names(machine: Machine) -> tuple[str, ...]:
    """Every recording that a check with these arrangements may need while it runs."""
    having = machine.settings.arrangements
    names = [recordings.BEEP_TWO_SECONDS, recordings.BEEP_TIME_OUT] if having.alert else []
    if having.clips is not None:
        asked = [step.question for step in machine.script if isinstance(step, Asking)]
        items = dict.fromkeys((*(question.item for question in asked), *machine.spares))
        names += [recordings.question(item) for item in items]
        names += [name(digit) for digit in "0123456789" for name in (recordings.digit, recordings.delete)]
        names += [recordings.coming(question.number, practice=question.practice) for question in asked]
    return tuple(names)
