"""The script: the steps of one check in order. The machine is a cursor on it.

Access arrangements change the script here and nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mtc_kiosk.check.arrangements import Arrangements
from mtc_kiosk.check.form import Form, Item
from mtc_kiosk.check.settings import Settings, Timings


class Page(StrEnum):
    """The pages of the check that wait for Next. The first three appear only with arrangements."""

    SETTINGS = "settings"  # the pupil's arrangements
    ASSISTANT = "assistant"  # who types for the pupil
    KEYBOARD = "keyboard"  # without the on-screen pad: asks the pupil to press a key
    EXPECT = "expect"
    PRACTICE_INTRO = "practice_intro"
    PRACTICE_COMPLETE = "practice_complete"
    QUESTIONS_INTRO = "questions_intro"


@dataclass(frozen=True)
class Question:
    """One showing of one question. ``showing`` is 1, or more if a fault spoilt an earlier showing."""

    number: int
    showing: int
    item: Item
    practice: bool

    @property
    def place(self) -> tuple[int, int, bool]:
        """Number, showing and practice: how the journal names this showing."""
        return self.number, self.showing, self.practice


@dataclass(frozen=True)
class Intro:
    """A page with a button; it ends when the pupil presses Next."""

    page: Page


@dataclass(frozen=True)
class Pause:
    """The wait before a question. ``lasts`` None is the next-button arrangement: the pause waits for Next."""

    question: Question
    lasts: int | None
    speech: int
    next_after: int


@dataclass(frozen=True)
class Reading:
    """The question is spoken with the sum hidden; audio version only. Ends by schedule or at a first digit."""

    question: Question
    lasts: int


@dataclass(frozen=True)
class Asking:
    """The sum is shown, and the clock runs from the flip that first shows it.

    ``lasts`` None is no limit ("try it out" only). ``alert_left``: with the time alert, how much time is left when it
    sounds; else None.
    """

    question: Question
    lasts: int | None
    alert_left: int | None = None


@dataclass(frozen=True)
class Done:
    """The last answer is given."""


Step = Intro | Pause | Reading | Asking | Done


def build(
    form: Form, timings: Timings, arrangements: Arrangements, practice: Sequence[Item] = Settings().practice
) -> tuple[Step, ...]:
    """The steps of a whole check, from "what to expect" to done."""
    steps: list[Step] = [*_before(arrangements), Intro(Page.EXPECT)]
    if practice:
        steps.append(Intro(Page.PRACTICE_INTRO))
        for number, item in enumerate(practice, start=1):
            steps += ask(Question(number, 1, item, practice=True), timings, arrangements)
        steps.append(Intro(Page.PRACTICE_COMPLETE))
    steps.append(Intro(Page.QUESTIONS_INTRO))
    for number, item in enumerate(form.items, start=1):
        steps += ask(Question(number, 1, item, practice=False), timings, arrangements)
    return (*steps, Done())


def _before(arrangements: Arrangements) -> list[Step]:
    """The pages that arrangements add before "what to expect"."""
    pages = {
        Page.SETTINGS: arrangements.settings_page,
        Page.ASSISTANT: arrangements.asks_assistant,
        Page.KEYBOARD: arrangements.no_pad,
    }
    return [Intro(page) for page, comes in pages.items() if comes]


def ask(question: Question, timings: Timings, arrangements: Arrangements) -> tuple[Step, ...]:
    """The steps of one question: its pause, its reading with the audio version, and the asking."""
    clips = arrangements.clips
    spoken = clips.pauses.get(f"{'p' if question.practice else ''}{question.number}", 0) if clips else 0
    pause = Pause(
        question,
        lasts=None if arrangements.next_button else timings.pause,
        speech=spoken,
        next_after=timings.next_after,
    )
    lasts = timings.question
    can_alert = arrangements.alert and lasts is not None and lasts > timings.alert_left
    asking = Asking(question, lasts, timings.alert_left if can_alert else None)
    if clips is None:
        return pause, asking
    return pause, Reading(question, clips.questions.get(str(question.item), 0) + timings.reading_margin), asking
