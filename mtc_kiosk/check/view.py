"""What a pupil should see: one small value for each kind of screen, without how it looks.

``seconds_left`` is whole seconds, rounded up; 6 until the sum is shown, 1 during the last second.
"""

from dataclasses import dataclass

from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.script import Page


@dataclass(frozen=True)
class PageView:
    """A page with a button; the numbers are what its words may need."""

    page: Page
    practice_questions: int
    questions: int
    seconds: str  # "6", or "6.5" if a school changed the rules; "" without a limit
    practised: bool = True  # on the page after the practice: whether anything was typed in it


@dataclass(frozen=True)
class PauseView:
    """The wait before question ``number`` of ``total``. ``next_button``: show the button of the pause arrangement."""

    number: int
    total: int
    practice: bool
    next_button: bool = False
    saving: bool = False  # the pause waits for the disk
    minutes_left: int | None = None  # of the whole check, shown in a long pause with the next button


@dataclass(frozen=True)
class QuestionView:
    """A question; the sum is hidden while it is being read out.

    ``has_speaker``: the audio version's button to hear it again, which ``can_repeat`` until the first digit.
    ``seconds_left`` and ``seconds`` are None without a limit.
    """

    number: int
    total: int
    practice: bool
    showing: int
    factor1: int
    factor2: int
    sum_shown: bool
    typed: str
    seconds_left: int | None
    seconds: int | None
    has_speaker: bool = False
    can_repeat: bool = False


@dataclass(frozen=True)
class HeldView:
    """The check is held. With ``only_stop`` staff may only end it."""

    cause: Cause
    only_stop: bool


@dataclass(frozen=True)
class EndedView:
    """The attempt is over."""

    outcome: Outcome


View = PageView | PauseView | QuestionView | HeldView | EndedView
