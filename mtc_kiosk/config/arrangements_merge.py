"""Merges entries of ``access_arrangements.yaml``, and remembers where in the file each value comes from.

The school's entry comes first, then a pupil's profile, then the pupil's own; the later one wins, setting by setting.
The codes in ``arrangements`` add up, and ``none`` among them removes all seven given before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from mtc_kiosk.check.arrangements import (
    Code,
    Colours,
    Countdown,
    Granted,
    Look,
    Rate,
    Size,
    TryLimit,
    Typeface,
)
from mtc_kiosk.check.settings import SECOND
from mtc_kiosk.config.arrangement_values import Choose, NoLimit, Pad, Pointer

COLOURS, SIZE, PAD, VOLUME = "colours", "size", "pad", "volume_percent"

CHOSEN_BY = {Code.CCT: COLOURS, Code.FTS: SIZE}
"""Two of the seven codes are settings as well: the code alone lets the pupil choose."""

Value = Code | Colours | Size | Choose | Pointer | Typeface | Countdown | Pad | int | Rate | Decimal | NoLimit | None


class Source(StrEnum):
    """The kind of entry that something comes from."""

    SCHOOL = "school"
    PROFILE = "profile"
    PUPIL = "pupil"


@dataclass(frozen=True)
class LocatedValue:
    """A value, and its line in the file."""

    value: Value
    line: int


@dataclass(frozen=True)
class ArrangementEntry:
    """One entry. ``name`` is the profile's, or the pupil's UPN or ref as it was written.

    ``codes`` are those of ``arrangements``; ``clears``: remove those given before. ``settings`` are the others by name.
    The school's entry has no line.
    """

    source: Source
    name: str = ""
    line: int = 0
    clears: bool = False
    codes: tuple[LocatedValue, ...] = ()
    settings: Mapping[str, LocatedValue] = field(default_factory=dict)
    profile: str | None = None


@dataclass(frozen=True)
class ArrangementSource:
    """One thing that a pupil gets: a code or a setting, its value, and where in the file it is."""

    what: str
    value: Value
    line: int
    source: Source
    name: str

    @property
    def written(self) -> str:
        """The value as a file has it."""
        return str(self.value)


def merged(entries: Iterable[ArrangementEntry]) -> Mapping[str, ArrangementSource]:
    """What a pupil gets, by code or setting, in the order of the codes and then of the settings."""
    found: dict[str, ArrangementSource] = {}
    for entry in entries:
        if entry.clears:
            for what in (*map(str, Code), COLOURS, SIZE):
                found.pop(what, None)
        for what, placed in (*_listed(entry), *entry.settings.items()):
            found.pop(what, None)
            if placed.value is not None:
                found[what] = ArrangementSource(what, placed.value, placed.line, entry.source, entry.name)
    order = (*map(str, Code), COLOURS, SIZE)
    return dict(sorted(found.items(), key=lambda item: order.index(item[0]) if item[0] in order else len(order)))


def granted(found: Mapping[str, ArrangementSource]) -> Granted:
    """The same as the core's type. What no entry mentions has the default of ``Granted``."""
    values = {what: got.value for what, got in found.items()}
    colours, size = values.get(COLOURS), values.get(SIZE)
    rate, volume, seconds = values.get("speech_rate"), values.get(VOLUME), values.get("try_it_out_seconds")
    return Granted(
        codes=codes_of(found),
        look=_look(values),
        chooses_colours=colours is Choose.CHOOSE,
        chooses_size=size is Choose.CHOOSE,
        rate=rate if isinstance(rate, Rate) else Rate.NORMAL,
        volume_percent=volume if isinstance(volume, int) else None,
        try_limit=_try_limit(seconds),
    )


def codes_of(found: Mapping[str, ArrangementSource]) -> tuple[Code, ...]:
    """Which of the seven arrangements a pupil has; fixed colours or a fixed size count as that arrangement."""
    return tuple(code for code in Code if CHOSEN_BY.get(code, code) in found)


def _listed(entry: ArrangementEntry) -> Iterable[tuple[str, LocatedValue]]:
    """The codes and settings of an entry; its own colours or size are more specific than their code."""
    for placed in entry.codes:
        assert isinstance(placed.value, Code), "only codes are listed"
        setting = CHOSEN_BY.get(placed.value)
        yield (setting, LocatedValue(Choose.CHOOSE, placed.line)) if setting else (str(placed.value), placed)


def _look(values: Mapping[str, Value]) -> Look:
    colours, size, typeface, countdown = (values.get(name) for name in (COLOURS, SIZE, "typeface", "countdown"))
    usual = Look()
    return Look(
        colours=colours if isinstance(colours, Colours) else usual.colours,
        size=size if isinstance(size, Size) else usual.size,
        typeface=typeface if isinstance(typeface, Typeface) else usual.typeface,
        countdown=countdown if isinstance(countdown, Countdown) else usual.countdown,
        pad_on_left=values.get(PAD) is Pad.LEFT,
        large_pointer=values.get("pointer") is Pointer.LARGE,
    )


def _try_limit(seconds: Value) -> TryLimit | None:
    if isinstance(seconds, Decimal):
        return TryLimit(int(seconds * SECOND))
    return TryLimit(None) if seconds is NoLimit.NO_LIMIT else None
