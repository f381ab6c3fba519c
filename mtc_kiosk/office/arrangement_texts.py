"""A pupil's arrangements as the texts of a form: what can be chosen, in a teacher's words, and back."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from mtc_kiosk.check.arrangements import Code, Colours, Countdown, Rate, Size, Typeface
from mtc_kiosk.config.arrangement_choice import TICKED, USUAL, Choice, text_of
from mtc_kiosk.config.arrangement_values import Choose, NoLimit, Pad, Pointer
from mtc_kiosk.config.arrangements_merge import COLOURS, PAD, SIZE, VOLUME, Value
from mtc_kiosk.office.arrangement_words import CODES, SETTING_WORDS
from mtc_kiosk.school.words import COLOUR_WORDS, SIZE_WORDS

NONE, TICK = "none", "y"

_TICKED = {
    Code.ATA: "A beep with two seconds left, and one at the end",
    Code.QNR: "Questions and everything else are read aloud",
    Code.ITA: "Somebody types what the pupil says",
    Code.NBQ: "The pupil presses Next when ready",
    Code.RON: "The pupil needs a keyboard",
}

TICKS: Mapping[str, tuple[str, str]] = {str(code): (CODES[code], _TICKED[code]) for code in TICKED}
"""The five that a pupil has or has not, each with its name and what it means."""

_LOOKS = ((NONE, "As everybody"), (str(Choose.CHOOSE), "The pupil chooses"))


def _named(kind: type[StrEnum]) -> tuple[tuple[str, str], ...]:
    return tuple((str(word), SETTING_WORDS[word][:1].upper() + SETTING_WORDS[word][1:]) for word in kind)


OPTIONS: Mapping[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    COLOURS: (CODES[Code.CCT], (*_LOOKS, *((str(one), f"Always {words}") for one, words in COLOUR_WORDS.items()))),
    SIZE: (CODES[Code.FTS], (*_LOOKS, *((str(one), f"Always {words}") for one, words in SIZE_WORDS.items()))),
    "typeface": ("Typeface", _named(Typeface)),
    "countdown": ("How the time left is shown", _named(Countdown)),
    PAD: ("Number pad", _named(Pad)),
    "pointer": ("Mouse pointer", _named(Pointer)),
    "speech_rate": ("How fast the audio version speaks", _named(Rate)),
    VOLUME: ("Volume", ((NONE, "As this PC has it"), *((f"{n}", f"{n} %") for n in (25, 50, 75, 100)))),
    "try_it_out_seconds": (
        "Time for a question of “try it out”, never of the check",
        (
            (NONE, "As everybody"),
            *((f"{n}", f"{n} seconds") for n in (8, 10, 15, 20, 30, 60)),
            (str(NoLimit.NO_LIMIT), "No limit"),
        ),
    ),
}
"""What can be chosen beside the five: the name of each setting, and its texts with their words."""

_KINDS: Mapping[str, type[Pointer | Typeface | Countdown | Pad | Rate]] = {
    "pointer": Pointer,
    "typeface": Typeface,
    "countdown": Countdown,
    PAD: Pad,
    "speech_rate": Rate,
}
_Look = TypeVar("_Look", Colours, Size)


def texts_of(choice: Choice) -> dict[str, str]:
    """The choice as texts by the names of ``TICKS`` and ``OPTIONS``; "" for one of the five that is not given."""
    ticks = {name: TICK if name in choice.codes else "" for name in TICKS}
    looks = {COLOURS: text_of(choice.colours), SIZE: text_of(choice.size)}
    return ticks | looks | {what: text_of(value) for what, value in choice.settings.items()}


def options_with(choice: Choice, name: str) -> tuple[tuple[str, str], ...]:
    """The options of a setting, with what the file says now if it is another, such as a volume of 30."""
    _, options = OPTIONS[name]
    now = texts_of(choice)[name]
    return options if now in dict(options) else (*options, (now, now))


def choice_from(texts: Mapping[str, str], before: Choice) -> Choice:
    """The choice that a form says; a text that it cannot have counts as unchanged, and so does one left out."""
    was = texts_of(before)
    said = {name: texts.get(name, was[name]) for name in OPTIONS}
    sure = {name: text if text in dict(options_with(before, name)) else was[name] for name, text in said.items()}
    return Choice(
        codes=frozenset(code for code in TICKED if texts.get(code)),
        colours=_look(Colours, sure[COLOURS]),
        size=_look(Size, sure[SIZE]),
        settings={what: _setting(what, sure[what]) for what in USUAL},
        profile=before.profile,
    )


def _look(kind: type[_Look], text: str) -> _Look | Choose | None:
    if text == NONE:
        return None
    return Choose.CHOOSE if text == Choose.CHOOSE else kind(text)


def _setting(what: str, text: str) -> Value:
    if text == NONE:
        return None
    if what in _KINDS:
        return _KINDS[what](text)
    if what == VOLUME:
        return int(text)
    return NoLimit.NO_LIMIT if text == NoLimit.NO_LIMIT else Decimal(text)
