"""Small words that sentences for staff and for pupils share: colours, sizes, causes, counts, dates and times."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from mtc_kiosk.check.arrangements import Colours, Size
from mtc_kiosk.check.events import Cause

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
CAUSE_WORDS = {
    Cause.STALL: "The PC froze for a second or more.",
    Cause.SUSPEND: "The PC went to sleep.",
    Cause.FOCUS: "Another window took the keyboard.",
    Cause.DISPLAY: "The screen was unplugged or switched off.",
    Cause.KEYBOARD: "The keyboard was unplugged.",
    Cause.JOURNAL: "What was typed could not be saved.",
    Cause.SLOW_DISK: "The disk was too slow to save an answer.",
    Cause.SOUND: "The sound stopped working.",
    Cause.STAFF: "A teacher held the check.",
    Cause.PROGRAM: "The program had a fault.",
    Cause.ENDED: "The PC closed the program.",
    Cause.UNKNOWN: "The program or the PC stopped.",
}
"""Why a check was held, or a question spoilt; at the kiosk and in the console alike."""


def counted(count: int, what: str, several: str = "") -> str:
    """``1 pupil``, ``2 pupils``."""
    return f"{count} {what}" if count == 1 else f"{count} {several or f'{what}s'}"


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def number_in_words(count: int) -> str:
    """``nine``, but ``10``: as a heading has it."""
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else str(count)


def number_of(count: int, what: str, several: str) -> str:
    """For a heading: ``Two pupils have``, ``12 pupils have``; counts up to nine are words."""
    return f"{number_in_words(count).capitalize()} {what if count == 1 else several}"


def names_in_words(names: Sequence[str]) -> str:
    """``hall-1``, ``hall-1 and hall-2``, ``hall-1, hall-2 and hall-3``."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def date_in_words(day: date) -> str:
    """``14 March 2017``."""
    return f"{day.day} {day:%B %Y}"


def time_in_words(instant: datetime, zone: tzinfo | None) -> str:
    """``7 June 2027 at 10:05``, by the clocks of that zone, or by this PC's for None."""
    local = instant.astimezone(zone)
    return f"{date_in_words(local)} at {local:%H:%M}"
