"""The recordings that ship with the program: their names, files and lengths.

Lengths are read from the files, so a person's recording can replace one by having the same name. If a sentence was not
recorded whole, its numbers are looked up one by one.
"""

import re
import struct
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from mtc_kiosk.check.arrangements import Clips, Rate
from mtc_kiosk.check.form import Item
from mtc_kiosk.plain_file import why
from mtc_kiosk.resources import asset

BEEP_TWO_SECONDS = "beep-two-seconds"
BEEP_TIME_OUT = "beep-time-out"
BEEPS = (BEEP_TWO_SECONDS, BEEP_TIME_OUT)
BEEPS_FOLDER = "beeps"
POINT = "said-point"
DIGITS = "0123456789"
MOST_WHOLE = 66
"""Numbers up to the most questions possible are recorded whole; above that only the tens are."""

SUFFIX = ".ogg"

_FOLDER = "sounds"
_LONGEST_SLUG = 60
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_SECOND_US = 1_000_000
_PAGE = b"OggS"
_PAGE_HEADER = struct.Struct("<4sBBqIIIB")
_VORBIS = b"\x01vorbis"
_NO_PACKET_ENDS = -1


class RecordingFault(Exception):
    """A recording is missing or broken (perhaps a replacement); the message is for a person."""


class NotRecorded(RecordingFault, LookupError):
    """There is no recording of something to be spoken; the message is a sentence for a person."""


class NotASoundFile(RecordingFault, ValueError):
    """The file is not Ogg Vorbis; the message is a sentence for a person."""


def question(item: Item) -> str:
    """The recording of a question: "seven times eight"."""
    return f"question-{item}"


def digit(figure: str) -> str:
    """The recording of a digit that was typed."""
    return f"digit-{figure}"


def delete(figure: str) -> str:
    """The recording of a deleted digit: "Delete 5"."""
    return f"delete-{figure}"


def coming(number: int, *, practice: bool) -> str:
    """The recording of the pause before a question: "Question 7", "Practice question 2"."""
    return f"coming-practice-{number}" if practice else f"coming-{number}"


def sentence(text: str) -> str:
    """The recording of a whole sentence, or of a piece of one; its name comes from its words."""
    plain = re.sub(r"['’]", "", text.lower())
    slug = "-".join(re.findall(r"[a-z0-9]+", plain))
    if len(slug) > _LONGEST_SLUG:
        slug = slug[: _LONGEST_SLUG + 1].rpartition("-")[0]
    return f"said-{slug}"


def number(written: str) -> tuple[str, ...]:
    """The recordings that speak a number, such as ``25``, ``75`` or ``6.5``; the digits after a point one by one."""
    whole, _, decimals = written.partition(".")
    behind = (POINT, *map(digit, decimals)) if decimals else ()
    if len(whole) == 1:
        return digit(whole), *behind
    if int(whole) > MOST_WHOLE and whole[1] != "0":
        return f"number-{whole[0]}0", digit(whole[1]), *behind
    return f"number-{int(whole)}", *behind


def pieces(text: str) -> Iterator[str]:
    """Split a sentence into words, numbers, words, as ``sentence_names`` looks them up."""
    at = 0
    for found in _NUMBER.finditer(text):
        yield text[at : found.start()].strip()
        yield found[0]
        at = found.end()
    yield text[at:].strip()


def sentence_names(text: str) -> tuple[str, ...]:
    """The recordings that speak a sentence, in order: one for the whole, else one for each piece."""
    whole = sentence(text)
    if is_recorded(whole):
        return (whole,)
    names: list[str] = []
    for piece in pieces(text):
        if _NUMBER.fullmatch(piece):
            names += number(piece)
        elif re.search(r"\w", piece):
            names.append(sentence(piece))
    missing = [name for name in names if not is_recorded(name)]
    if missing or names == [whole] or not names:
        raise NotRecorded(f"There is no recording of {text!r} ({', '.join(missing) or whole}).")
    return tuple(names)


def path_of(rate: Rate, name: str) -> Path:
    """The file of a recording. A beep is the same at every rate."""
    path = _path(rate, name)
    if path is None:
        raise NotRecorded(f"The recording {name} is missing at the rate {rate}. Install the program again.")
    return path


def is_recorded(name: str) -> bool:
    """Whether there is a recording of that name at every rate."""
    return all(_path(rate, name) is not None for rate in Rate)


def length_us(rate: Rate, name: str) -> int:
    """The length of a recording, in microseconds."""
    return ogg_length_us(path_of(rate, name))


def clips_for(items: Iterable[Item], practice: Iterable[Item], questions: int, rate: Rate) -> Clips:
    """The lengths that a check with the audio version counts with. ``items`` are its questions and its spares."""
    practised = tuple(practice)
    pauses = {str(n): length_us(rate, coming(n, practice=False)) for n in range(1, questions + 1)}
    pauses |= {f"p{n}": length_us(rate, coming(n, practice=True)) for n in range(1, len(practised) + 1)}
    return Clips(
        questions={str(item): length_us(rate, question(item)) for item in (*practised, *items)},
        pauses=pauses,
        digits={figure: length_us(rate, digit(figure)) for figure in DIGITS},
        deletions={figure: length_us(rate, delete(figure)) for figure in DIGITS},
    )


def forget() -> None:
    """Forget the lengths, in case a person has replaced a recording."""
    _path.cache_clear()
    ogg_length_us.cache_clear()


@lru_cache(maxsize=2048)  # lengths are asked for with every digit
def ogg_length_us(path: Path) -> int:
    """The length of an Ogg Vorbis file: from its sample rate and the last page's end."""
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise NotASoundFile(f"{path.name} cannot be read: {why(problem)}.") from problem
    begins = content.find(_VORBIS, 0, 128)
    if not content.startswith(_PAGE) or begins < 0:
        raise NotASoundFile(f"{path.name} is not an Ogg Vorbis file.")
    (sample_rate,) = struct.unpack_from("<I", content, begins + len(_VORBIS) + 5)
    samples = _samples(content)
    if not sample_rate or samples <= 0:
        raise NotASoundFile(f"{path.name} is an empty Ogg Vorbis file.")
    return samples * _SECOND_US // int(sample_rate)


def _samples(content: bytes) -> int:
    """The position in the last page's header; pages on which no packet ends have none."""
    at = len(content)
    while (at := content.rfind(_PAGE, 0, at)) >= 0:
        if len(content) - at >= _PAGE_HEADER.size:
            granule = int(_PAGE_HEADER.unpack_from(content, at)[3])
            if granule != _NO_PACKET_ENDS:
                return granule
    return 0


@lru_cache(maxsize=4096)
def _path(rate: Rate, name: str) -> Path | None:
    try:
        return asset(_FOLDER, BEEPS_FOLDER if name in BEEPS else str(rate), f"{name}{SUFFIX}")
    except FileNotFoundError:
        return None
