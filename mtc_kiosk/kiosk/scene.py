"""A scene: everything that may change how the screen looks, as one value. Two equal scenes need no painting.

It knows what is on the screen, not where or how: that is ``screens``, ``layout`` and ``theme``.
"""

from dataclasses import dataclass
from enum import StrEnum

from mtc_kiosk.check.view import View


class Feeling(StrEnum):
    """The five answers to "how was it" (pupil client, section 1.2, row 17)."""

    VERY_EASY = "very_easy"
    EASY = "easy"
    NEITHER = "neither"
    DIFFICULT = "difficult"
    VERY_DIFFICULT = "very_difficult"


class Button(StrEnum):
    """Every button of a page. The value is its control's name behind ``button:``."""

    NEXT = "next"
    SEND = "send"  # how was it: send the chosen answer
    SKIP = "skip"  # how was it: go on without answering
    AGAIN = "again"
    LEAVE = "leave"
    TRY_IT_OUT = "try_it_out"
    RESUME = "resume"
    SET_ASIDE = "set_aside"
    STOP = "stop"
    BACK = "back"  # leave a staff page


class Label(StrEnum):
    """Which kind of check it is, shown on every page of "try it out"."""

    TRY = "try"
    OFFICIAL = "official"


def button_control(button: Button) -> str:
    """The name of a button's control."""
    return f"button:{button}"


def key_control(key: str) -> str:
    """The name of an on-screen key's control; ``key`` is ``0`` to ``9``, ``Backspace`` or ``Enter``."""
    return f"key:{key}"


def choice_control(feeling: Feeling) -> str:
    """The name of the control of one of the five answers."""
    return f"choice:{feeling}"


@dataclass(frozen=True)
class WelcomeView:
    """The kiosk waits: "try it out" can be started, an official check waits for the teacher."""


@dataclass(frozen=True)
class FinishedView:
    """The last answer is in."""


@dataclass(frozen=True)
class HowWasItView:
    """One question, five answers, none of them asked for."""

    chosen: Feeling | None


@dataclass(frozen=True)
class AgainView:
    """Again, or leave."""


@dataclass(frozen=True)
class StaffView:
    """The staff page over a held check. ``passcode_digits`` is how many are typed; None once it is open.

    ``message`` is a sentence for the teacher, such as what was held and why.
    """

    passcode_digits: int | None
    message: str
    can_resume: bool


@dataclass(frozen=True)
class NoticeView:
    """One calm notice with one button, such as a disk that is full before a check begins."""

    heading: str
    sentence: str
    button: Button


Shown = View | WelcomeView | FinishedView | HowWasItView | AgainView | StaffView | NoticeView


@dataclass(frozen=True)
class Scene:
    """What is shown, with which control focused and which pressed.

    ``held_open`` is for a kiosk without a passcode: the held page itself offers what staff may do.
    """

    shown: Shown
    label: Label
    focus: str | None = None
    pressed: frozenset[str] = frozenset()
    held_open: bool = False
