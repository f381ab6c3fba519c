"""Access arrangements in a teacher's words."""

from collections.abc import Iterable, Iterator

from mtc_kiosk.check.arrangements import Chosen, Code, Colours, Size
from mtc_kiosk.config.arrangement_values import Choose
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
    """One arrangement or setting of a pupil, and its line in the file."""
    whose = {Source.SCHOOL: "for everybody", Source.PROFILE: f"profile {got.name}", Source.PUPIL: "the pupil's own"}
    return f"{_what(got)}  ({ARRANGEMENTS}:{got.line}, {whose[got.source]})"


def short(gets: Iterable[ArrangementSource]) -> str:
    """All of a pupil's arrangements in one line, as the file names them."""
    words = [got.what if got.what == got.written else f"{got.what} {got.written}" for got in gets]
    return ", ".join(words) or "no arrangements"


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
            code = {COLOURS: Code.CCT, SIZE: Code.FTS}[got.what]
            return f"{CODES[code]} ({code}): the pupil chooses"
        case Colours():
            return f"{CODES[Code.CCT]} ({Code.CCT}): {COLOUR_WORDS[got.value]}, {got.value}"
        case Size():
            return f"{CODES[Code.FTS]} ({Code.FTS}): {SIZE_WORDS[got.value]}, {got.value}"
        case _:
            return f"{_SETTINGS[got.what]}: {got.written}"
