"""The controls of a page as values: a screen puts them on its marks; the focus and a press refer to them.

Code that acts on a control matches it by type. No two controls are equal: buttons and boxes are both strings, but
have different texts.
"""

from dataclasses import dataclass
from enum import StrEnum

from mtc_kiosk.check.arrangements import Colours, Size


class Button(StrEnum):
    """Every button of a page."""

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
    SIGN_IN = "sign_in"
    THATS_ME = "thats_me"
    NOT_ME = "not_me"
    PINS = "pins"  # the staff menu: today's PINs
    HELD = "held"  # the staff menu: checks that are held
    RESTART = "restart"
    REASON = "reason"
    HOLD = "hold"  # the staff menu: hold the check that runs
    DATE = "date"  # the staff menu: confirm the date, on an enrolled kiosk
    EXIT = "exit"
    GIVE = "give"  # give the chosen restart or reason
    TAKE_BACK = "take_back"  # take an earlier one back
    COLOURS = "colours"  # change the colours
    SIZE = "size"  # change the text size
    PREVIOUS = "previous"  # a page of a list
    FOLLOWING = "following"


class Field(StrEnum):
    """The boxes that take text: two for signing in, two for the name of an input assistant."""

    PASSWORD = "password"  # noqa: S105 - the name of a box
    PIN = "pin"
    FORENAME = "forename"
    SURNAME = "surname"


class Feeling(StrEnum):
    """The five answers to "how was it" (docs/reference/pupil-client.md, "Screens")."""

    VERY_EASY = "very_easy"
    EASY = "easy"
    NEITHER = "neither"
    DIFFICULT = "difficult"
    VERY_DIFFICULT = "very_difficult"


@dataclass(frozen=True)
class ScreenKey:
    """A key on the screen, which acts when it goes down. ``Repeat`` is the speaker of the audio version.

    ``name`` is that of the keyboard's key: ``0`` to ``9``, ``Backspace`` and ``Enter`` on the pad; ``0`` to ``9``,
    ``a`` to ``z``, ``Backspace`` and ``Tab`` (the other box) on the sign-in page.
    """

    name: str


@dataclass(frozen=True)
class Row:
    """A row of a list; the first row of a page is 0."""

    index: int


@dataclass(frozen=True)
class ListedCode:
    """A restart's or a reason's code on a list, such as ``ABSNT``."""

    code: str


Control = Button | Field | Feeling | Colours | Size | ScreenKey | Row | ListedCode
