"""The contents of ``school.yaml`` as types; ``school_file`` reads the file."""

from datetime import date, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from mtc_kiosk.config.shape import Shape

UNNAMED = "Our school"
"""The school's name as shipped, before it is filled in."""

STORES = ("sftp", "s3", "abfs")
"""The kinds of destination, besides a folder, for records."""


class Scheme(StrEnum):
    """Whether dates, hours, register rules and order are the school's own or the national ones."""

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


class WindowShape(Shape):
    """The dates of the check, from first to last minute in the school's time; None is no limit."""

    register_opens: date | None
    try_it_out_opens: date | None
    check_opens: date | None
    check_closes: date | None
    register_closes: date | None
    after_closing: AfterClosing

    @property
    def dates(self) -> dict[str, date | None]:
        """The dates by name, in order (the national service has the same six)."""
        names = ("register_opens", "try_it_out_opens", "check_opens", "check_closes", "register_closes")
        return {name: getattr(self, name) for name in names}


class HoursShape(Shape):
    """The hours of a day in the school's time; None means the scheme's."""

    pins_from: time | None
    sign_in_from: time | None
    until: time | None

    @property
    def times(self) -> dict[str, time | None]:
        """The times by name, in order."""
        return {"pins_from": self.pins_from, "sign_in_from": self.sign_in_from, "until": self.until}


NATIONAL_HOURS = HoursShape.of(pins_from=time(6), sign_in_from=time(8), until=time(16))
"""Source: docs/reference/school-side.md, "Password and PIN"."""

NO_HOURS = HoursShape.of(pins_from=None, sign_in_from=None, until=None)


class RetentionShape(Shape):
    """How long a kiosk keeps a check that has been received."""

    days_after_receipt: int


class DestinationShape(Shape):
    """One place that records are sent to beyond the school; ``to`` is a folder or an address."""

    name: str
    to: str


class CommonTransferFileShape(Shape):
    """Whether results may be written as a Common Transfer File, and who it says made it."""

    on: bool
    supplier_id: str


class ConsoleShape(Shape):
    """The teacher's console: after how many minutes without use it locks."""

    idle_minutes: int


class SchoolShape(Shape):
    """The whole of ``school.yaml``."""

    name: str
    la: str | None
    estab: str | None
    urn: str | None
    time_zone: str
    window: WindowShape
    scheme: Scheme
    hours: HoursShape
    results: Release
    retention: RetentionShape
    destinations: tuple[DestinationShape, ...]
    ctf: CommonTransferFileShape
    console: ConsoleShape

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of every date and hour here."""
        return ZoneInfo(self.time_zone)

    @property
    def hours_in_force(self) -> HoursShape:
        """The hours in force: those written, else the scheme's (None: no limit)."""
        return in_force(self.scheme, self.hours)

    @property
    def release(self) -> Release:
        """When results are shown: AT_ONCE or AFTER_WINDOW."""
        if self.results is not Release.BY_SCHEME:
            return self.results
        return Release.AFTER_WINDOW if self.scheme is Scheme.NATIONAL else Release.AT_ONCE


def in_force(scheme: Scheme, hours: HoursShape) -> HoursShape:
    """The hours in force under a scheme."""
    usual = NATIONAL_HOURS if scheme is Scheme.NATIONAL else NO_HOURS
    return HoursShape.of(**{name: written or usual.times[name] for name, written in hours.times.items()})
