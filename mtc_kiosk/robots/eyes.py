"""What a robot sees: the marks on the screen, read as a pupil reads them, without access to the check itself.

A sum that is painted wrongly is read wrongly, and a button that is not painted cannot be found.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from mtc_kiosk.check.arrangements import Colours, Size
from mtc_kiosk.kiosk.drawing.marks import Box, Mark, Rect, Text
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button, Control, Feeling, Field, ScreenKey

_COMING = re.compile(r"(Practice question|Question) (\d+)")
_PRACTISED = re.compile(r"Practice (\d+) of \d+")
_TURNED_AWAY = frozenset({*words.WRONG_PAIR, *words.SESSION_OVER, *words.SESSION_GONE, *words.ask_teacher(False, "")})
_RING = 60  # pixels; a box up to this much wider than a control, painted just before it, is its focus ring


class Place(StrEnum):
    """Where in the journey the screen is."""

    WELCOME = "welcome"
    PAGE = "page"
    PAUSE = "pause"
    QUESTION = "question"
    HELD = "held"
    HOW_WAS_IT = "how_was_it"
    AGAIN = "again"
    SIGN_IN = "sign_in"
    CONFIRM = "confirm"
    SIZE = "size"
    COLOURS = "colours"
    ASSISTANT = "assistant"
    KEYBOARD = "keyboard"
    LISTENING = "listening"  # a question is read out, its sum hidden
    MOMENT = "moment"  # the kiosk still waits for the database before the check
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class SeenControl:
    """A control, and where it is."""

    what: Control
    rect: Rect


@dataclass(frozen=True)
class Sight:
    """One look at the screen. ``sum`` is the two factors; ``number`` is None if no question is named."""

    place: Place
    texts: tuple[str, ...]
    controls: tuple[SeenControl, ...]
    focus: Control | None
    sum: tuple[int, int] | None
    typed: str
    number: int | None
    practice: bool
    seconds_left: int | None

    @property
    def page(self) -> tuple[object, ...]:
        """What identifies a page: a new digit or a passing second is not another page."""
        if self.place in (Place.QUESTION, Place.PAUSE, Place.LISTENING):
            has_next = self.find(Button.NEXT) is not None
            return self.place, self.number, self.practice, self.sum, has_next
        if self.place in (Place.SIZE, Place.COLOURS):
            return self.place, self.focus
        if self.place in (Place.ASSISTANT, Place.KEYBOARD):
            return self.place, self.find(Button.NEXT) is not None
        if self.place is Place.SIGN_IN:
            return self.place, self.turned_away, self.find(Button.SIGN_IN) is not None
        return self.place, self.texts, tuple(seen.what for seen in self.controls)

    @property
    def turned_away(self) -> bool:
        """Whether the sign-in page says why the pupil cannot sign in."""
        return any(text in _TURNED_AWAY for text in self.texts)

    def find(self, control: Control) -> Rect | None:
        """Where a control is, or None."""
        return next((seen.rect for seen in self.controls if seen.what == control), None)

    def reached_by_keyboard(self) -> tuple[Control, ...]:
        """The controls that Tab goes through, in order."""
        return tuple(seen.what for seen in self.controls if not isinstance(seen.what, ScreenKey))


def see(marks: Sequence[Mark]) -> Sight:
    """Look at the screen."""
    texts = [mark for mark in marks if isinstance(mark, Text)]
    controls = tuple(SeenControl(mark.control, mark.rect) for mark in marks if isinstance(mark, Box) and mark.control)
    factors, typed = _sum(texts)
    number, practice = _number([text.text for text in texts])
    return Sight(
        place=_place({seen.what for seen in controls}, [text.text for text in texts], factors is not None, number),
        texts=tuple(text.text for text in texts),
        controls=controls,
        focus=_focus(marks),
        sum=factors,
        typed=typed,
        number=number,
        practice=practice,
        seconds_left=_seconds_left([text.text for text in texts]),
    )


_PLACE_BY_CONTROL: dict[Control, Place] = {
    Field.PIN: Place.SIGN_IN,
    Field.FORENAME: Place.ASSISTANT,
    Size.RGL: Place.SIZE,
    Colours.BOW: Place.COLOURS,
    Button.THATS_ME: Place.CONFIRM,
    Button.TRY_IT_OUT: Place.WELCOME,
    Button.RESUME: Place.HELD,
    Button.STOP: Place.HELD,
    Feeling.EASY: Place.HOW_WAS_IT,
    Button.LEAVE: Place.AGAIN,
}


def _place(controls: set[Control], texts: Sequence[str], asked: bool, number: int | None) -> Place:
    if asked:
        return Place.QUESTION
    place = next((place for control, place in _PLACE_BY_CONTROL.items() if control in controls), None)
    if place is not None:
        return place
    if words.LISTEN in texts:
        return Place.LISTENING
    if words.ONE_MOMENT[0] in texts:
        return Place.MOMENT
    if number is not None:
        return Place.PAUSE
    if words.KEYBOARD in texts:
        return Place.KEYBOARD
    return Place.PAGE if Button.NEXT in controls else Place.ELSEWHERE


def _sum(texts: Sequence[Text]) -> tuple[tuple[int, int] | None, str]:
    """The numbers left and right of the times sign, and the text after the equals sign or, in the same size, below."""
    times = next((index for index, text in enumerate(texts) if text.text == words.TIMES), None)
    equals = next((text for text in texts if text.text == words.EQUALS), None)
    if times is None or equals is None:
        return None, ""
    line = sorted((text for text in texts if text.pen[1] == equals.pen[1]), key=lambda text: text.rect.x)
    left, _, right, _, *answer = [text.text for text in line]
    below = [text.text for text in texts if text.style == equals.style and text.pen[1] != equals.pen[1]]
    return (int(left), int(right)), "".join(answer or below)


def _number(texts: Sequence[str]) -> tuple[int | None, bool]:
    for index, text in enumerate(texts):
        if practised := _PRACTISED.fullmatch(text):
            return int(practised[1]), True
        if coming := _COMING.fullmatch(text):
            return int(coming[2]), coming[1] == "Practice question"
        if text == "Question" and texts[index + 1 : index + 2]:
            return int(texts[index + 1]), False
    return None, False


def _seconds_left(texts: Sequence[str]) -> int | None:
    for before, text in pairwise(texts):
        if before.isdigit() and text == words.seconds_left(int(before)):
            return int(before)
    return None


def _focus(marks: Sequence[Mark]) -> Control | None:
    for ring, mark in pairwise(marks):
        if (
            isinstance(mark, Box)
            and isinstance(ring, Box)
            and mark.control is not None
            and ring.control is None
            and ring.rect.holds(mark.rect)
            and ring.rect.w - mark.rect.w < _RING
        ):
            return mark.control
    return None
