"""Access arrangements in a teacher's words. It knows the codes and settings, and no pupil."""

from collections.abc import Iterable, Iterator

from mtc_kiosk.check.arrangements import Chosen, Code, Colours, Granted, Size
from mtc_kiosk.config.arrangement_values import Choose
from mtc_kiosk.config.arrangements import ARRANGEMENTS
from mtc_kiosk.config.arrangements_merge import COLOURS, SIZE, ArrangementSource, Source

CODES = {
    # Source: docs/reference/pupil-client.md, "Access arrangements".
    Code.ATA: "Audible time alert",
    Code.QNR: "Audio version",
    Code.CCT: "Colours",
    Code.ITA: "Input assistant",
    Code.FTS: "Size of words and numbers",
    Code.NBQ: "Next button between questions",
    Code.RON: "No number pad on the screen",
}
COLOUR_WORDS = {
    Colours.BOW: "black on white",
    Colours.YOB: "yellow on black",
    Colours.BOB: "black on blue",
    Colours.BOP: "black on peach",
    Colours.BOC: "blue on cream",
}
SIZE_WORDS = {
    Size.VSM: "very small",
    Size.SML: "small",
    Size.RGL: "regular",
    Size.LRG: "large",
    Size.XLG: "very large",
    Size.XXL: "largest",
}
_SETTINGS = {
    "pointer": "Pointer",
    "typeface": "Typeface",
    "countdown": "Time left",
    "pad": "Number pad on the",
    "volume_percent": "Volume in per cent",
    "speech_rate": "Speech",
    "try_it_out_seconds": 'Seconds for a question of "try it out", never of the check',
}


def line(got: ArrangementSource) -> str:
    """One thing that a pupil gets, and where that stands."""
    whose = {Source.SCHOOL: "for everybody", Source.PROFILE: f"profile {got.name}", Source.PUPIL: "the pupil's own"}
    return f"{_told(got)}  ({ARRANGEMENTS}:{got.line}, {whose[got.source]})"


def short(gets: Iterable[ArrangementSource]) -> str:
    """All that a pupil gets, in one line, as the file has it."""
    words = [got.what if got.what == got.written else f"{got.what} {got.written}" for got in gets]
    return ", ".join(words) or "no arrangements"


def told_choice(granted: Granted, chosen: Chosen) -> Iterator[str]:
    """What the pupil chose last, of what they may choose."""
    if granted.chooses_colours:
        yield f"Last choice of colours: {COLOUR_WORDS[chosen.colours] if chosen.colours else 'none yet'}"
    if granted.chooses_size:
        yield f"Last choice of size: {SIZE_WORDS[chosen.size] if chosen.size else 'none yet'}"


def _told(got: ArrangementSource) -> str:
    match got.value:
        case Code():
            return f"{CODES[got.value]} ({got.what})"
        case Choose():
            code = {COLOURS: Code.CCT, SIZE: Code.FTS}[got.what]
            return f"{CODES[code]} ({code}): the pupil chooses"
        case Colours():
            return f"{CODES[Code.CCT]} ({Code.CCT}): {COLOUR_WORDS[got.value]}, {got.value}"
        case Size():
            return f"{CODES[Code.FTS]} ({Code.FTS}): {SIZE_WORDS[got.value]}, {got.value}"
        case _:
            return f"{_SETTINGS[got.what]}: {got.written}"
