"""Access arrangements: the choices there are, what staff grant a pupil, and what one check runs with.

Codes and choices are those of the national service (docs/reference/pupil-client.md, "Access arrangements"); additions
are marked. ``Granted`` is what the school's file grants a pupil; ``Arrangements`` is what a check is built from, and is
kept with the attempt.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any


class Code(StrEnum):
    """The seven arrangements, in the order of their numbers in the national service's report."""

    ATA = "ATA"  # audible time alert
    QNR = "QNR"  # audio version
    CCT = "CCT"  # colours
    ITA = "ITA"  # input assistance
    FTS = "FTS"  # font size
    NBQ = "NBQ"  # Next between questions
    RON = "RON"  # no on-screen number pad


class Colours(StrEnum):
    """The five colour schemes."""

    BOW = "BOW"  # black on white
    YOB = "YOB"  # yellow on black
    BOB = "BOB"  # black on blue
    BOP = "BOP"  # black on peach
    BOC = "BOC"  # blue on cream


class Size(StrEnum):
    """The six sizes of words and numbers, the smallest first."""

    VSM = "VSM"  # very small
    SML = "SML"  # small
    RGL = "RGL"  # regular
    LRG = "LRG"  # large
    XLG = "XLG"  # very large
    XXL = "XXL"  # largest


class Typeface(StrEnum):
    """The typefaces a pupil may have; not in the national service."""

    ANDIKA = "andika"
    ATKINSON = "atkinson"
    OPENDYSLEXIC = "opendyslexic"


class Countdown(StrEnum):
    """How the time left is shown; not in the national service. The time itself is the same."""

    NUMBER = "number"  # the seconds as a number, and the bar
    BAR = "bar"
    HIDDEN = "hidden"


class Rate(StrEnum):
    """How fast the recordings speak: three recordings of everything, none of them stretched."""

    SLOW = "slow"
    NORMAL = "normal"
    QUICK = "quick"


@dataclass(frozen=True)
class Look:
    """How a pupil's screen looks; it does not change the script. ``colours`` None means the kiosk's own scheme."""

    colours: Colours | None = None
    size: Size = Size.RGL
    typeface: Typeface = Typeface.ANDIKA
    countdown: Countdown = Countdown.NUMBER
    pad_on_left: bool = False
    large_pointer: bool = False


@dataclass(frozen=True)
class Clips:
    """The lengths of the recordings that the machine counts with, in microseconds; audio version (QNR) only."""

    questions: Mapping[str, int] = field(default_factory=dict)  # "7x8" -> length
    pauses: Mapping[str, int] = field(default_factory=dict)  # "7", or "p2" in practice -> length
    digits: Mapping[str, int] = field(default_factory=dict)  # "5" typed -> length
    deletions: Mapping[str, int] = field(default_factory=dict)  # "5" taken back -> length


@dataclass(frozen=True)
class Arrangements:
    """What one check is built from, kept in ``attempt.settings``.

    ``next_button``, ``clips`` and ``alert`` change the script.

    ``settings_page``, ``asks_assistant`` and ``no_pad`` add pages before "what to expect"; the rest is look and sound.
    ``own_time_limit`` marks a "try it out" in which a question lasts longer than in the check, or has no limit.
    """

    codes: tuple[str, ...] = ()
    next_button: bool = False
    clips: Clips | None = None
    alert: bool = False
    no_pad: bool = False
    settings_page: bool = False
    asks_assistant: bool = False
    chooses_colours: bool = False
    chooses_size: bool = False
    look: Look = Look()
    rate: Rate = Rate.NORMAL
    volume_percent: int = 100
    own_time_limit: bool = False

    @property
    def needs_sound(self) -> bool:
        """Whether a check with these arrangements cannot run without sound."""
        return self.alert or self.clips is not None

    def to_json(self, rules: int) -> dict[str, Any]:
        """The shape kept in ``attempt.settings``; rules 1 keeps codes, next button and clips only."""
        shape = asdict(self) | {"codes": list(self.codes)}
        if rules > 1:
            return shape
        clips = {name: shape["clips"][name] for name in ("questions", "pauses")} if self.clips is not None else None
        return {"codes": shape["codes"], "next_button": self.next_button, "clips": clips}

    @classmethod
    def from_json(cls, shape: Mapping[str, Any]) -> "Arrangements":
        """Read what ``to_json`` wrote; KeyError, TypeError or ValueError if the shape is different."""
        values = dict(shape)
        values["codes"] = tuple(shape["codes"])
        values["clips"] = Clips(**shape["clips"]) if shape["clips"] is not None else None
        if "look" in shape:
            values["look"] = _look_from(shape["look"])
            values["rate"] = Rate(shape["rate"])
        return cls(**values)


def _look_from(shape: Mapping[str, Any]) -> Look:
    colours = Colours(shape["colours"]) if shape["colours"] is not None else None
    choices = {
        "colours": colours,
        "size": Size(shape["size"]),
        "typeface": Typeface(shape["typeface"]),
        "countdown": Countdown(shape["countdown"]),
    }
    return Look(**{**shape, **choices})


@dataclass(frozen=True)
class TryLimit:
    """How long a question of "try it out" lasts, in microseconds; None for no limit. Not for official checks."""

    us: int | None


@dataclass(frozen=True)
class Chosen:
    """The pupil's last choice of colours and size; None for what was not chosen."""

    colours: Colours | None = None
    size: Size | None = None


@dataclass(frozen=True)
class Granted:
    """What the school's file grants a pupil. A pupil who chooses colours or size starts from those of ``look``.

    ``volume_percent`` None means the PC's own volume; ``try_limit`` None means the time limit of the check.
    """

    codes: tuple[Code, ...] = ()
    look: Look = Look()
    chooses_colours: bool = False
    chooses_size: bool = False
    rate: Rate = Rate.NORMAL
    volume_percent: int | None = None
    try_limit: TryLimit | None = None

    @property
    def needs_sound(self) -> bool:
        """Whether a check with these arrangements cannot run without sound."""
        return Code.ATA in self.codes or Code.QNR in self.codes

    def volume_on(self, this_pcs: int) -> int:
        """The volume for this pupil on a PC with its own volume at ``this_pcs``; both in per cent."""
        return self.volume_percent if self.volume_percent is not None else this_pcs

    def with_choice(self, chosen: Chosen) -> "Granted":
        """The same arrangements with the pupil's last choice, as far as the pupil may choose."""
        look = self.look
        if self.chooses_colours:
            look = replace(look, colours=chosen.colours or look.colours or Colours.BOW)
        if self.chooses_size and chosen.size is not None:
            look = replace(look, size=chosen.size)
        return replace(self, look=look)


def arranged(granted: Granted, clips: Clips | None, *, official: bool, volume_percent: int = 100) -> Arrangements:
    """Build the arrangements of one check. ``clips`` are the recordings' lengths, needed with the audio version only.

    ``volume_percent`` is the PC's own. Only an official check asks for an assistant.
    """
    codes = tuple(code for code in Code if code in granted.codes)
    return Arrangements(
        codes=tuple(str(code) for code in codes),
        next_button=Code.NBQ in codes,
        clips=clips if Code.QNR in codes else None,
        alert=Code.ATA in codes,
        no_pad=Code.RON in codes,
        settings_page=bool(codes),
        asks_assistant=Code.ITA in codes and official,
        chooses_colours=granted.chooses_colours,
        chooses_size=granted.chooses_size,
        look=granted.look,
        rate=granted.rate,
        volume_percent=granted.volume_on(volume_percent),
        own_time_limit=granted.try_limit is not None and not official,
    )
