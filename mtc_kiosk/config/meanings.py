"""A few words of meaning for each code and word that a settings file may choose from."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from mtc_kiosk.check.arrangements import Code, Countdown, Rate, Typeface
from mtc_kiosk.check.settings import InterruptedQuestion
from mtc_kiosk.config.arrangement_values import Choose, Cleared, NoLimit, Pad, Pointer
from mtc_kiosk.config.check_shape import SetBy
from mtc_kiosk.config.school_shape import AfterClosing, Release, Scheme
from mtc_kiosk.school.words import COLOUR_WORDS, SIZE_WORDS

_NAMED: tuple[Mapping[Any, str], ...] = (COLOUR_WORDS, SIZE_WORDS)

MEANINGS: Mapping[StrEnum, str] = {
    Code.ATA: "a beep when time is nearly over",
    Code.QNR: "questions read aloud",
    Code.CCT: "the pupil chooses colours",
    Code.ITA: "somebody types what the pupil says",
    Code.FTS: "the pupil chooses the text size",
    Code.NBQ: "a Next button between questions",
    Code.RON: "no number pad on the screen",
    Cleared.NONE: "without those given further up",
    **{word: meaning for named in _NAMED for word, meaning in named.items()},
    Choose.CHOOSE: "the pupil chooses",
    Pointer.USUAL: "the computer's own",
    Pointer.LARGE: "easier to see",
    Typeface.ANDIKA: "made for new readers",
    Typeface.ATKINSON: "made for low vision",
    Typeface.OPENDYSLEXIC: "made for dyslexia",
    Countdown.NUMBER: "the seconds and a bar",
    Countdown.BAR: "a bar alone",
    Countdown.HIDDEN: "not shown",
    Pad.RIGHT: "number pad on the right",
    Pad.LEFT: "number pad on the left",
    Rate.SLOW: "slower speech",
    Rate.NORMAL: "as recorded",
    Rate.QUICK: "faster speech",
    NoLimit.NO_LIMIT: "a question waits for its answer",
    Scheme.OWN: "the school's own check, at any time",
    Scheme.NATIONAL: "the dates, hours and rules of the national check",
    Release.BY_SCHEME: "at once for own, after the window for national",
    Release.AT_ONCE: "as each check is finished",
    Release.AFTER_WINDOW: "from the Monday after the last day of the check",
    AfterClosing.READ_ONLY: "staff may still look",
    AfterClosing.CLOSED: "staff pages are shut",
    InterruptedQuestion.SPARE: "another question of the same table is asked",
    InterruptedQuestion.FORFEIT: "the question stays blank",
    SetBy.TEACHER: "any teacher may give it",
    SetBy.HEAD: "only the head may give it",
}
"""By word. Colours and sizes are called what pupils and staff see elsewhere."""


def explained(words: Iterable[StrEnum]) -> str:
    """The words with their meanings, as a list in a sentence."""
    return ", ".join(f"{word} ({MEANINGS[word]})" if word in MEANINGS else word for word in words)
