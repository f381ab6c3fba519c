"""What ``access_arrangements.yaml`` may contain, for the school, a profile and a pupil, setting by setting.

Each value is checked alone. ``arrangements_file`` checks entries together, ``arrangements_merge`` merges them.
"""

import re
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from mtc_kiosk.check.arrangements import Code, Colours, Countdown, Rate, Size, Typeface
from mtc_kiosk.config.arrangement_values import Choose, Cleared, NoLimit, Pad, Pointer
from mtc_kiosk.config.group import Group, missing_is_empty, refuse, several
from mtc_kiosk.config.meanings import MEANINGS, explained
from mtc_kiosk.config.mistakes import Code as Wrong
from mtc_kiosk.config.mistakes import quoted
from mtc_kiosk.config.written import choice, decimal, from_text, one_line, or_none, read_as, whole

LEAST_TRY_SECONDS, MOST_TRY_SECONDS = 6, 60
"""A question of "try it out" never lasts less than one of the national check."""


def _codes() -> BeforeValidator:
    example = f"Write a list in square brackets, such as [ATA, QNR], or 'none'. There are: {explained(Code)}."

    def read(written: Any) -> Any:
        if written is None or written == "":
            raise refuse(Wrong.NO_VALUE, f"There is no value. {example}")
        if not isinstance(written, str):
            return written
        if len(re.split("[ ,;+]+", written.strip())) > 1:
            raise refuse(Wrong.NOT_A_LIST, f"{quoted(written)} needs square brackets. {example}")
        return [written]

    return BeforeValidator(read)


def _try_seconds() -> BeforeValidator:
    seconds = decimal(LEAST_TRY_SECONDS, MOST_TRY_SECONDS, 6, "seconds")
    also = f'Or write no_limit ({MEANINGS[NoLimit.NO_LIMIT]}). It applies to "try it out" only.'

    def read(text: str) -> object:
        if "_".join(text.casefold().split()) == NoLimit.NO_LIMIT:
            return NoLimit.NO_LIMIT
        try:
            return read_as(seconds, text)
        except PydanticCustomError as problem:
            context = problem.context or {}
            raise refuse(context["code"], f"{context['sentence']} {also}") from problem

    return from_text(read, f"Write seconds as a number from {LEAST_TRY_SECONDS} to {MOST_TRY_SECONDS}. {also}")


def _profile() -> BeforeValidator:
    allowed = "Write the name of a profile, or {arrangements: [ATA, QNR]}."
    return one_line(60, allowed=allowed)


def _empty_is_allowed() -> BeforeValidator:
    """Accept a profile with nothing below it."""

    def read(written: Any) -> Any:
        if not isinstance(written, dict):
            return written
        return {name: {} if group is None else group for name, group in written.items()}

    return BeforeValidator(read)


class Entry(Group):
    """The settings of the school, a profile or a pupil. A setting left out is inherited.

    ``none``, if written, cancels what was set further up.
    """

    arrangements: Annotated[tuple[Annotated[Code | Cleared, choice(Cleared, Code)], ...], _codes()] = ()
    colours: Annotated[Colours | Choose | None, or_none(choice(Choose, Colours))] = None
    size: Annotated[Size | Choose | None, or_none(choice(Choose, Size))] = None
    pointer: Annotated[Pointer, choice(Pointer)] = Pointer.USUAL
    typeface: Annotated[Typeface, choice(Typeface)] = Typeface.ANDIKA
    countdown: Annotated[Countdown, choice(Countdown)] = Countdown.NUMBER
    pad: Annotated[Pad, choice(Pad)] = Pad.RIGHT
    volume_percent: Annotated[int | None, or_none(whole(0, 100))] = None
    speech_rate: Annotated[Rate, choice(Rate)] = Rate.NORMAL
    try_it_out_seconds: Annotated[Decimal | NoLimit | None, or_none(_try_seconds())] = None


class ProfileEntry(Entry):
    """A named set, to be written once for several pupils."""

    name_is = "name"

    name: Annotated[str, one_line(60)]


class PupilEntry(Entry):
    """A pupil, by UPN or ref, with a profile, settings of their own, or both."""

    name_is = "upn"

    upn: Annotated[str, one_line(60)]
    profile: Annotated[str | None, _profile()] = None


class ArrangementsSettings(Group):
    """The whole file."""

    school: Entry = Entry()
    profiles: Annotated[tuple[ProfileEntry, ...], several("name"), _empty_is_allowed(), missing_is_empty()] = ()
    pupils: Annotated[tuple[PupilEntry, ...], several("upn", "profile"), missing_is_empty()] = ()


__all__ = [
    "LEAST_TRY_SECONDS",
    "MOST_TRY_SECONDS",
    "ArrangementsSettings",
    "Choose",
    "Cleared",
    "Entry",
    "NoLimit",
    "Pad",
    "Pointer",
    "ProfileEntry",
    "PupilEntry",
]
