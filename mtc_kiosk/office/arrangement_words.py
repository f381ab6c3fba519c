"""Access arrangements in a teacher's words."""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from mtc_kiosk.check.arrangements import Chosen, Code, Colours, Countdown, Rate, Size, Typeface
from mtc_kiosk.config.arrangement_values import Choose, NoLimit, Pad, Pointer
from mtc_kiosk.config.arrangements import ARRANGEMENTS
from mtc_kiosk.config.arrangements_merge import COLOURS, SIZE, ArrangementSource, Source
from mtc_kiosk.office.arrangements import PupilArrangements
from mtc_kiosk.school.words import COLOUR_WORDS, SIZE_WORDS

CODES = {
    # Source: docs/reference/pupil-client.md, "Access arrangements".
    Code.ATA: "Audible time alert",
    Code.QNR: "Audio version",
    Code.CCT: "Colours",
    Code.ITA: "Input assistant",
    Code.FTS: "Text size",
    Code.NBQ: "Next button between questions",
    Code.RON: "No number pad on the screen",
}
_CODE_OF = {COLOURS: Code.CCT, SIZE: Code.FTS}
_SETTINGS = {
    "pointer": "Pointer",
    "typeface": "Typeface",
    "countdown": "Time left",
    "pad": "Number pad on the",
    "volume_percent": "Volume in per cent",
    "speech_rate": "Speech",
    "try_it_out_seconds": 'Seconds for a question of "try it out", never of the check',
}
SETTING_WORDS: Mapping[StrEnum, str] = {
    Typeface.ANDIKA: "Andika, made for new readers",
    Typeface.ATKINSON: "Atkinson, made for low vision",
    Typeface.OPENDYSLEXIC: "OpenDyslexic, made for dyslexia",
    Countdown.NUMBER: "the seconds and a bar",
    Countdown.BAR: "a bar alone",
    Countdown.HIDDEN: "not shown",
    Pad.RIGHT: "on the right",
    Pad.LEFT: "on the left",
    Pointer.USUAL: "as usual",
    Pointer.LARGE: "large",
    Rate.SLOW: "slower",
    Rate.NORMAL: "as recorded",
    Rate.QUICK: "faster",
    NoLimit.NO_LIMIT: "no limit",
}
"""The words of the settings beside the seven."""

_PLAIN = {
    "pointer": "Mouse pointer: {}",
    "typeface": "Typeface: {}",
    "countdown": "Time left: {}",
    "pad": "Number pad: {}",
    "volume_percent": "Volume: {} %",
    "speech_rate": "Speech: {}",
    "try_it_out_seconds": "Seconds for a question of “try it out”, never of the check: {}",
}


def line(got: ArrangementSource) -> str:
    """One arrangement or setting of a pupil, and its line in the file."""
    whose = {Source.SCHOOL: "for everybody", Source.PROFILE: f"profile {got.name}", Source.PUPIL: "the pupil's own"}
    return f"{_what(got)}  ({ARRANGEMENTS}:{got.line}, {whose[got.source]})"


def short(gets: Iterable[ArrangementSource]) -> str:
    """All of a pupil's arrangements in one line, as the file names them."""
    words = [got.what if got.what == got.written else f"{got.what} {got.written}" for got in gets]
    return ", ".join(words) or "no arrangements"


def in_words(got: ArrangementSource) -> str:
    """One arrangement or setting of a pupil without codes: ``Text size: very large``."""
    match got.value:
        case Code():
            return CODES[got.value]
        case Choose():
            return f"{CODES[_CODE_OF[got.what]]}: the pupil chooses"
        case Colours():
            return f"{CODES[Code.CCT]}: {COLOUR_WORDS[got.value]}"
        case Size():
            return f"{CODES[Code.FTS]}: {SIZE_WORDS[got.value]}"
        case _:
            known = SETTING_WORDS.get(got.value) if isinstance(got.value, StrEnum) else None
            return _PLAIN[got.what].format(known or got.written)


def whence(got: ArrangementSource) -> str:
    """Where in the file one arrangement of a pupil comes from, in words."""
    words = {
        Source.SCHOOL: "for everybody",
        Source.PROFILE: f"the set “{got.name}”",
        Source.PUPIL: "this pupil's own",
    }
    return words[got.source]


def choice_sentences(found: PupilArrangements) -> Iterator[str]:
    """The pupil's last choice of colours and size, as far as they may choose."""
    chosen = found.last_choice or Chosen()
    if found.granted.chooses_colours:
        yield f"Last choice of colours: {COLOUR_WORDS[chosen.colours] if chosen.colours else 'none yet'}"
    if found.granted.chooses_size:
        yield f"Last choice of size: {SIZE_WORDS[chosen.size] if chosen.size else 'none yet'}"


def _what(got: ArrangementSource) -> str:
    match got.value:
        case Code():
            return f"{CODES[got.value]} ({got.what})"
        case Choose():
            code = _CODE_OF[got.what]
            return f"{CODES[code]} ({code}): the pupil chooses"
        case Colours():
            return f"{CODES[Code.CCT]} ({Code.CCT}): {COLOUR_WORDS[got.value]}, {got.value}"
        case Size():
            return f"{CODES[Code.FTS]} ({Code.FTS}): {SIZE_WORDS[got.value]}, {got.value}"
        case _:
            return f"{_SETTINGS[got.what]}: {got.written}"
