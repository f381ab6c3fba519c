"""Reads ``school.yaml``: the school, its scheme and dates, when results come out, retention, destinations.

The defaults are those of the file that ships with the program: a school's own scheme, with nothing to fill in.
"""

import re
from collections.abc import Mapping
from datetime import date, time
from itertools import pairwise
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import BeforeValidator, ValidationInfo, field_validator

from mtc_kiosk.config.group import Group, missing_is_empty, refuse, several
from mtc_kiosk.config.mistakes import Code, did_you_mean, quoted
from mtc_kiosk.config.school_shape import (
    NATIONAL_HOURS,
    STORES,
    UNNAMED,
    AfterClosing,
    CommonTransferFileShape,
    ConsoleShape,
    DestinationShape,
    HoursShape,
    Release,
    RetentionShape,
    Scheme,
    SchoolShape,
    WindowShape,
    in_force,
)
from mtc_kiosk.config.written import (
    calendar_date,
    choice,
    from_text,
    one_line,
    or_none,
    time_of_day,
    whole,
    yes_no,
)

NATIONAL_SUPPLIER = "Multiplication Tables Check"
"""The national service's name in a Common Transfer File; no file of ours may pass for one of its own."""


def _digits(count: int, what: str) -> BeforeValidator:
    return or_none(one_line(count, pattern=f"[0-9]{{{count}}}", allowed=f"Write {what}: {count} digits, or 'none'."))


def _time_zone() -> BeforeValidator:
    allowed = "Write it as continent/city, such as Europe/London."

    def read(text: str) -> str:
        try:
            if not re.fullmatch("[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*", text):
                raise ZoneInfoNotFoundError(text)
            ZoneInfo(text)
        except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
            known = available_timezones()
            if not known:
                raise refuse(
                    Code.NO_TIME_ZONES,
                    "This computer has no list of time zones. Ask IT staff to install the Python package tzdata.",
                ) from problem
            raise refuse(
                Code.NOT_A_TIME_ZONE, f"{quoted(text)} is not a time zone. {allowed}{did_you_mean(text, known)}"
            ) from problem
        return text

    return from_text(read, allowed)


def _place() -> BeforeValidator:
    allowed = (
        f"Write the whole path of a folder, or an address that begins with {', '.join(f'{s}://' for s in STORES)}."
    )

    def read(text: str) -> str:
        store, found, rest = text.partition("://")
        if found and ":" in rest.partition("@")[0] and "@" in rest:
            # Not repeated: the value is a password.
            raise refuse(Code.PASSWORD_IN_ADDRESS, f"Do not write a password in an address. {allowed}")
        folder = not found and re.match(r"/|[A-Za-z]:[\\/]|\\\\", text)
        if not text.isprintable() or not (folder or (store in STORES and rest)):
            hint = did_you_mean(store, STORES) if found else ""
            raise refuse(Code.NOT_A_PLACE, f"{quoted(text)} is not a place to send records to. {allowed}{hint}")
        return text

    return from_text(read, allowed)


class Window(Group, WindowShape):
    """The dates of the check, from first to last minute in the school's time; None is no limit."""

    register_opens: Annotated[date | None, or_none(calendar_date())] = None
    try_it_out_opens: Annotated[date | None, or_none(calendar_date())] = None
    check_opens: Annotated[date | None, or_none(calendar_date())] = None
    check_closes: Annotated[date | None, or_none(calendar_date())] = None
    register_closes: Annotated[date | None, or_none(calendar_date())] = None
    after_closing: Annotated[AfterClosing, choice(AfterClosing)] = AfterClosing.READ_ONLY


class Hours(Group, HoursShape):
    """The hours of a day in the school's time; None means the scheme's."""

    pins_from: Annotated[time | None, or_none(time_of_day())] = None
    sign_in_from: Annotated[time | None, or_none(time_of_day())] = None
    until: Annotated[time | None, or_none(time_of_day())] = None


class Retention(Group, RetentionShape):
    """How long a kiosk keeps a check that has been received."""

    days_after_receipt: Annotated[int, whole(1, 3650)] = 30


class Destination(Group, DestinationShape):
    """One place that records are sent to beyond the school; ``to`` is a folder or an address."""

    name_is = "name"

    name: Annotated[str, one_line(60)]
    to: Annotated[str, _place()]


class CommonTransferFile(Group, CommonTransferFileShape):
    """Whether results may be written as a Common Transfer File, and who it says made it."""

    on: Annotated[bool, yes_no()] = False
    supplier_id: Annotated[str, one_line(60)] = "mtc_kiosk"

    @field_validator("supplier_id")
    @classmethod
    def _is_ours(cls, supplier: str) -> str:
        if supplier.casefold() == NATIONAL_SUPPLIER.casefold():
            raise refuse(Code.NOT_OURS, f"{quoted(supplier)} is the national service's name. Write another name.")
        return supplier


class Console(Group, ConsoleShape):
    """The teacher's console: after how many minutes without use it locks."""

    idle_minutes: Annotated[int, whole(3, 120)] = 15


class SchoolFile(Group, SchoolShape):
    """The whole of ``school.yaml``."""

    name: Annotated[str, one_line(120)] = UNNAMED
    la: Annotated[str | None, _digits(3, "the local authority's number")] = None
    estab: Annotated[str | None, _digits(4, "the school's number in its local authority")] = None
    urn: Annotated[str | None, _digits(6, "the school's unique reference number")] = None
    time_zone: Annotated[str, _time_zone()] = "Europe/London"
    window: Window = Window()
    # Settings are checked in order: the scheme needs the window, the hours need the scheme.
    scheme: Annotated[Scheme, choice(Scheme)] = Scheme.OWN
    hours: Hours = Hours()
    results: Annotated[Release, choice(Release)] = Release.BY_SCHEME
    retention: Retention = Retention()
    destinations: Annotated[tuple[Destination, ...], several("name", "to"), missing_is_empty()] = ()
    ctf: CommonTransferFile = CommonTransferFile()
    console: Console = Console()

    @field_validator("window")
    @classmethod
    def _dates_follow(cls, window: Window) -> Window:
        _in_order(window.dates)
        return window

    @field_validator("scheme")
    @classmethod
    def _has_its_dates(cls, scheme: Scheme, info: ValidationInfo) -> Scheme:
        window = info.data.get("window")
        if scheme is Scheme.NATIONAL and isinstance(window, Window):
            missing = [name for name, day in window.dates.items() if day is None]
            if missing:
                raise refuse(
                    Code.NO_DATES,
                    f"The national scheme needs more dates. Write them under window: {', '.join(missing)}.",
                )
        return scheme

    @field_validator("hours")
    @classmethod
    def _hours_follow(cls, hours: Hours, info: ValidationInfo) -> Hours:
        _in_order(in_force(info.data.get("scheme", Scheme.OWN), hours).times)
        return hours

    @field_validator("results")
    @classmethod
    def _has_an_end(cls, results: Release, info: ValidationInfo) -> Release:
        window = info.data.get("window")
        if results is Release.AFTER_WINDOW and isinstance(window, Window) and window.check_closes is None:
            raise refuse(
                Code.NO_DATES,
                "after_window needs the last day of the check. Write check_closes under window, or write at_once here.",
            )
        return results

    @field_validator("ctf")
    @classmethod
    def _names_the_school(cls, ctf: CommonTransferFile, info: ValidationInfo) -> CommonTransferFile:
        missing = [name for name in ("la", "estab", "urn") if name in info.data and info.data[name] is None]
        if ctf.on and missing:
            raise refuse(
                Code.NO_SCHOOL,
                f"A Common Transfer File needs the school's numbers. Write {', '.join(missing)} above, or no here.",
                at="on",
            )
        return ctf


def _shown(moment: date | time) -> str:
    return moment.isoformat("minutes") if isinstance(moment, time) else moment.isoformat()


def _in_order(moments: Mapping[str, date | time | None]) -> None:
    """Refuse dates, or times, that are not in the order of their names."""
    written = [(name, _shown(moment)) for name, moment in moments.items() if moment is not None]
    for (earlier, first), (later, second) in pairwise(written):
        # Both are written year or hour first with all digits, so the order of the texts is the order in time.
        if second < first:
            raise refuse(Code.OUT_OF_ORDER, f"{second} is before {earlier} ({first}). Put them in order.", at=later)


__all__ = [
    "NATIONAL_HOURS",
    "NATIONAL_SUPPLIER",
    "STORES",
    "AfterClosing",
    "CommonTransferFile",
    "Console",
    "Destination",
    "Hours",
    "Release",
    "Retention",
    "Scheme",
    "SchoolFile",
    "Window",
]
