"""The kinds of value a teacher writes: numbers, yes and no, dates, times, choices; read from text, exactly.

Each kind is a pydantic validator. It reads the text in the file, and accepts a value that a program passes in the right
type.
"""

import re
from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import BeforeValidator

from mtc_kiosk.config.group import refuse
from mtc_kiosk.config.meanings import explained
from mtc_kiosk.config.mistakes import Code, did_you_mean, quoted
from mtc_kiosk.config.shape import Span

NONE = ("none", "null", "~", "")
"""Ways to write "there is none", besides leaving the value out."""

_YES, _NO = ("yes", "true", "on"), ("no", "false", "off")


def whole(least: int, most: int) -> BeforeValidator:
    """A whole number from ``least`` to ``most``."""
    allowed = f"Write a whole number from {least} to {most}."

    def read(text: str) -> int:
        if not re.fullmatch("-?[0-9]+", text):
            raise refuse(Code.NOT_A_NUMBER, f"{quoted(text)} is not a whole number. {allowed}")
        # No setting needs ten digits, and int() raises on thousands of them.
        if len(text) > 9 or not least <= int(text) <= most:
            raise refuse(Code.OUT_OF_RANGE, f"{quoted(text)} is out of range. {allowed}")
        return int(text)

    return from_text(read, allowed)


def span(least: int, most: int) -> BeforeValidator:
    """Two whole numbers from ``least`` to ``most``, as ``1 to 3``."""
    allowed = f"Write the smallest and the largest number, from {least} to {most}, such as 1 to 3."

    def read(text: str) -> Span:
        numbers = re.fullmatch("([0-9]{1,9})(?: to | ?[-–] ?)([0-9]{1,9})", text)
        if not numbers:
            raise refuse(Code.NOT_A_SPAN, f"{quoted(text)} is not two numbers such as 1 to 3. {allowed}")
        first, last = int(numbers[1]), int(numbers[2])
        if not least <= first <= last <= most:
            turned = f" Did you mean {last} to {first}?" if least <= last < first <= most else ""
            raise refuse(Code.OUT_OF_RANGE, f"{quoted(text)} is out of range. {allowed}{turned}")
        return Span(first, last)

    return from_text(read, allowed)


def decimal(least: int, most: int, places: int, unit: str) -> BeforeValidator:
    """A number of ``unit`` from ``least`` to ``most``, with up to ``places`` decimal places; exact."""
    allowed = f"Write {unit} as a number from {least} to {most}, such as {max(least, 1)}.5."

    def read(text: str) -> Decimal:
        if re.fullmatch("[0-9]+,[0-9]+", text):
            raise refuse(Code.NOT_A_NUMBER, f"{quoted(text)} has a comma. Did you mean {text.replace(',', '.')}?")
        if not re.fullmatch(r"-?[0-9]{1,99}(\.[0-9]{1,99})?", text):
            raise refuse(Code.NOT_A_NUMBER, f"{quoted(text)} is not a number. {allowed}")
        if not least <= Decimal(text) <= most:
            raise refuse(Code.OUT_OF_RANGE, f"{quoted(text)} is out of range. {allowed}")
        if len(text.partition(".")[2]) > places:
            raise refuse(
                Code.TOO_EXACT, f"{quoted(text)} has too many digits after the decimal point. Write {places} at most."
            )
        return Decimal(text)

    return from_text(read, allowed)


def yes_no() -> BeforeValidator:
    """``yes`` or ``no``; also true, false, on and off."""
    allowed = "Write yes or no."

    def read(text: str) -> bool:
        folded = text.casefold()
        if folded not in _YES + _NO:
            raise refuse(Code.NOT_YES_OR_NO, f"{quoted(text)} is not allowed here. {allowed}")
        return folded in _YES

    return from_text(read, allowed)


def one_line(longest: int, *, pattern: str = "", allowed: str = "") -> BeforeValidator:
    """Text on one line of at most ``longest`` characters, matching ``pattern``; ``allowed`` describes it in words."""
    allowed = allowed or f"Write at most {longest} characters."

    def read(text: str) -> str:
        if not text.isprintable():
            raise refuse(
                Code.NOT_ONE_LINE, f"{quoted(text)} has a line end, a tab or an unseen character in it. {allowed}"
            )
        if len(text) > longest:
            raise refuse(Code.TOO_LONG, f"{quoted(text)} is too long. {allowed}")
        if pattern and not re.fullmatch(pattern, text):
            raise refuse(Code.NOT_ALLOWED, f"{quoted(text)} is not allowed here. {allowed}")
        return text

    return from_text(read, allowed)


def choice(*kinds: type[StrEnum]) -> BeforeValidator:
    """One of the words of these kinds, in capitals or not."""
    words = {str(word).casefold(): word for kind in kinds for word in kind}
    allowed = f"Write one of: {explained(words.values())}."

    def read(text: str) -> StrEnum:
        if text.casefold() in words:
            return words[text.casefold()]
        raise refuse(
            Code.NOT_A_CHOICE,
            f"{quoted(text)} is not allowed here. {allowed}{did_you_mean(text, words.values())}",
        )

    return from_text(read, allowed)


def calendar_date() -> BeforeValidator:
    """A day of the calendar, as year-month-day."""
    allowed = "Write year-month-day, such as 2027-06-07."

    def read(text: str) -> date:
        british = re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})", text)
        if british:
            meant = "-".join((british[3], british[2].zfill(2), british[1].zfill(2)))
            hint = f"Did you mean {meant}?" if _is_date(meant) else ""
            raise refuse(Code.NOT_A_DATE, f"{quoted(text)} is not in the order year-month-day. {hint or allowed}")
        if not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise refuse(Code.NOT_A_DATE, f"{quoted(text)} is not a date. {allowed}")
        if not _is_date(text):
            raise refuse(Code.NOT_A_DATE, f"{quoted(text)} is not a day in the calendar. {allowed}")
        return date.fromisoformat(text)

    return from_text(read, allowed)


def time_of_day() -> BeforeValidator:
    """A time by the 24-hour clock, to the minute."""
    allowed = "Write hours:minutes on the 24-hour clock, such as 09:00 or 16:00."

    def read(text: str) -> time:
        if spoken := re.fullmatch("(1[0-2]|0?[1-9])(?:[:.]([0-5][0-9]))? ?([ap])m", text.casefold()):
            hour = int(spoken[1]) % 12 + (12 if spoken[3] == "p" else 0)
            raise refuse(
                Code.NOT_A_TIME,
                f"{quoted(text)} is not a time on the 24-hour clock. Did you mean {hour:02}:{spoken[2] or '00'}?",
            )
        if not re.fullmatch("([01]?[0-9]|2[0-3]):[0-5][0-9]", text):
            raise refuse(Code.NOT_A_TIME, f"{quoted(text)} is not a time of day. {allowed}")
        hours, minutes = text.split(":")
        return time(int(hours), int(minutes))

    return from_text(read, allowed)


def or_none(kind: BeforeValidator) -> BeforeValidator:
    """What ``kind`` reads, or None if the value is empty or ``none``."""

    def read(written: Any) -> Any:
        if written is None or (isinstance(written, str) and written.strip().casefold() in NONE):
            return None
        return read_as(kind, written)

    return BeforeValidator(read)


def read_as(kind: BeforeValidator, written: Any) -> Any:
    """What ``kind`` reads; a refusal passes through."""
    return kind.func(written)  # type: ignore[call-arg] # every kind here takes the value alone


def from_text(read: Callable[[str], object], allowed: str) -> BeforeValidator:
    """A kind that reads text with ``read``; ``allowed`` says what may be written."""

    def check(written: Any) -> Any:
        if written is None or (isinstance(written, str) and not written.strip()):
            raise refuse(Code.NO_VALUE, f"There is no value. {allowed}")
        if isinstance(written, dict | list):
            raise refuse(Code.NOT_ONE_VALUE, f"Only one value is allowed, not a list or a group. {allowed}")
        return read(written.strip()) if isinstance(written, str) else written

    return BeforeValidator(check)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
