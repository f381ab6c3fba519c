"""``school.yaml``: the school, its scheme and dates, when results come out, how long things are kept, where they go.

The defaults are those of the file that ships with the program: a school's own scheme, in which nothing need be filled
in. It opens no connection and looks at no clock.
"""

import re
from collections.abc import Mapping
from datetime import date, time
from enum import StrEnum
from itertools import pairwise
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from pydantic import BeforeValidator, ValidationInfo, field_validator

from mtc_kiosk.config.group import Group, refuse, several
from mtc_kiosk.config.mistakes import Code, did_you_mean, quoted
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
"""What the national service calls itself in a Common Transfer File; no file of ours may pass for one of its own."""

STORES = ("sftp", "s3", "abfs")
"""The kinds of place beside a folder that records can be sent to."""


class Scheme(StrEnum):
    """Whose rules of dates, hours, register and order of things hold."""

    OWN = "own"
    NATIONAL = "national"


class AfterClosing(StrEnum):
    """What staff may still do once the window has closed (the national service's own setting)."""

    READ_ONLY = "read_only"
    CLOSED = "closed"


class Release(StrEnum):
    """When results are shown."""

    BY_SCHEME = "by_scheme"  # at once under the school's own scheme, after the window under the national one
    AT_ONCE = "at_once"
    AFTER_WINDOW = "after_window"


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
                    Code.NO_TIME_ZONES, "This computer has no table of time zones. Install the Python package tzdata."
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
            # Not repeated: what stands there is a password.
            raise refuse(Code.PASSWORD_IN_ADDRESS, f"No password belongs in an address. {allowed}")
        folder = not found and re.match(r"/|[A-Za-z]:[\\/]|\\\\", text)
        if not text.isprintable() or not (folder or (store in STORES and rest)):
            hint = did_you_mean(store, STORES) if found else ""
            raise refuse(Code.NOT_A_PLACE, f"{quoted(text)} is not a place to send records to. {allowed}{hint}")
        return text

    return from_text(read, allowed)


class Window(Group):
    """The dates of the check; None is no limit. Each holds from its first to its last minute, in the school's time."""

    register_opens: Annotated[date | None, or_none(calendar_date())] = None
    try_it_out_opens: Annotated[date | None, or_none(calendar_date())] = None
    check_opens: Annotated[date | None, or_none(calendar_date())] = None
    check_closes: Annotated[date | None, or_none(calendar_date())] = None
    register_closes: Annotated[date | None, or_none(calendar_date())] = None
    after_closing: Annotated[AfterClosing, choice(AfterClosing)] = AfterClosing.READ_ONLY

    @property
    def dates(self) -> dict[str, date | None]:
        """The dates by name, in the order they fall in (national service: the six dates of a check window)."""
        names = ("register_opens", "try_it_out_opens", "check_opens", "check_closes", "register_closes")
        return {name: getattr(self, name) for name in names}


class Hours(Group):
    """The hours of a day in the school's time; None is as the scheme has it."""

    pins_from: Annotated[time | None, or_none(time_of_day())] = None
    sign_in_from: Annotated[time | None, or_none(time_of_day())] = None
    until: Annotated[time | None, or_none(time_of_day())] = None

    @property
    def times(self) -> dict[str, time | None]:
        """The times by name, in the order they fall in."""
        return {"pins_from": self.pins_from, "sign_in_from": self.sign_in_from, "until": self.until}


NATIONAL_HOURS = Hours(pins_from=time(6), sign_in_from=time(8), until=time(16))
"""Source: the national service makes PINs from 6am, takes them from 8am, and lets them lapse at 4pm."""


class Retention(Group):
    """How long a kiosk keeps a check that has been received."""

    days_after_receipt: Annotated[int, whole(1, 3650)] = 30


class Destination(Group):
    """One place that records are sent to beyond the school; ``to`` is a folder or an address."""

    name_is = "name"

    name: Annotated[str, one_line(60)]
    to: Annotated[str, _place()]


class CommonTransferFile(Group):
    """Whether results may be written as a Common Transfer File, and who it says made it."""

    on: Annotated[bool, yes_no()] = False
    supplier_id: Annotated[str, one_line(60)] = "mtc_kiosk"

    @field_validator("supplier_id")
    @classmethod
    def _is_ours(cls, supplier: str) -> str:
        if supplier.casefold() == NATIONAL_SUPPLIER.casefold():
            raise refuse(Code.NOT_OURS, f"{quoted(supplier)} is the national service's own name. Write another.")
        return supplier


class SchoolFile(Group):
    """What ``school.yaml`` says."""

    name: Annotated[str, one_line(120)] = "Our school"
    la: Annotated[str | None, _digits(3, "the local authority's number")] = None
    estab: Annotated[str | None, _digits(4, "the school's number in its local authority")] = None
    urn: Annotated[str | None, _digits(6, "the school's unique reference number")] = None
    time_zone: Annotated[str, _time_zone()] = "Europe/London"
    window: Window = Window()
    # A setting is judged after those above it: the scheme needs the window, the hours need the scheme.
    scheme: Annotated[Scheme, choice(Scheme)] = Scheme.OWN
    hours: Hours = Hours()
    results: Annotated[Release, choice(Release)] = Release.BY_SCHEME
    retention: Retention = Retention()
    destinations: Annotated[tuple[Destination, ...], several("name", "to")] = ()
    ctf: CommonTransferFile = CommonTransferFile()

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that every date and hour here is meant in."""
        return ZoneInfo(self.time_zone)

    @property
    def hours_in_force(self) -> Hours:
        """The hours that hold: those written, and where none is, the scheme's (None: no limit)."""
        return _in_force(self.scheme, self.hours)

    @property
    def release(self) -> Release:
        """When results are shown: AT_ONCE or AFTER_WINDOW."""
        if self.results is not Release.BY_SCHEME:
            return self.results
        return Release.AFTER_WINDOW if self.scheme is Scheme.NATIONAL else Release.AT_ONCE

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
                    Code.NO_DATES, f"The national scheme needs these dates below window: {', '.join(missing)}."
                )
        return scheme

    @field_validator("hours")
    @classmethod
    def _hours_follow(cls, hours: Hours, info: ValidationInfo) -> Hours:
        _in_order(_in_force(info.data.get("scheme", Scheme.OWN), hours).times)
        return hours

    @field_validator("results")
    @classmethod
    def _has_an_end(cls, results: Release, info: ValidationInfo) -> Release:
        window = info.data.get("window")
        if results is Release.AFTER_WINDOW and isinstance(window, Window) and window.check_closes is None:
            raise refuse(Code.NO_DATES, "after_window needs the date check_closes below window, or write at_once.")
        return results

    @field_validator("ctf")
    @classmethod
    def _names_the_school(cls, ctf: CommonTransferFile, info: ValidationInfo) -> CommonTransferFile:
        missing = [name for name in ("la", "estab", "urn") if name in info.data and info.data[name] is None]
        if ctf.on and missing:
            raise refuse(Code.NO_SCHOOL, f"A Common Transfer File needs the school's {', '.join(missing)}.", at="on")
        return ctf


def _in_force(scheme: Scheme, hours: Hours) -> Hours:
    national = NATIONAL_HOURS if scheme is Scheme.NATIONAL else Hours()
    return Hours(**{name: written or national.times[name] for name, written in hours.times.items()})


def _shown(moment: date | time) -> str:
    return moment.isoformat("minutes") if isinstance(moment, time) else moment.isoformat()


def _in_order(moments: Mapping[str, date | time | None]) -> None:
    """Refuse dates, or times, that do not follow one another in the order they are named in."""
    written = [(name, _shown(moment)) for name, moment in moments.items() if moment is not None]
    for (earlier, first), (later, second) in pairwise(written):
        # Both are written year first or hour first and with all their digits, so the order of the text is that of time.
        if second < first:
            raise refuse(Code.OUT_OF_ORDER, f"{second} is before {earlier}, which is {first}.", at=later)
