"""The day's PINs as slips to print: for which pupils, in which order, valid until when in local time."""

from dataclasses import dataclass
from pathlib import Path

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.export.files import NotWritten, path_for, write_page
from mtc_kiosk.export.slips import Slip, slips_html
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.pins import PupilPin, of_day
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.school.names import same, tidy

NO_PINS = Problem("There are no PINs that can be used. Start a session first.", "no_pins")


@dataclass(frozen=True)
class SlipsPage:
    """A page of HTML, and how many slips are on it."""

    count: int
    html: bytes


@dataclass(frozen=True)
class SlipsWritten:
    """The file of a page, and how many slips are on it."""

    path: Path
    count: int


def page(home: OpenHome, group: str | None = None, kind: Kind | None = None) -> SlipsPage:
    """The slips of the day, or of one group or kind, sorted by group and name; OfficeRefused if there are none."""
    day = of_day(home)
    slips = [_slip(home, each) for each in day.pins if _is_wanted(each, group, kind)]
    if not slips or day.password is None:
        other = Problem("There are PINs, but none for this group and kind.", "no_pins")
        raise OfficeRefused(other if day.pins else NO_PINS)
    html = slips_html(slips, day.password, home.configuration.school.name, made_up=home.made_up)
    return SlipsPage(len(slips), html)


def write(home: OpenHome, out: Path, group: str | None = None, kind: Kind | None = None) -> SlipsWritten:
    """Write that page to a file, or into a folder; OfficeRefused if there is none, or it cannot be written."""
    found = page(home, group, kind)
    path = path_for(home.home.exports, out, "slips.html")
    try:
        write_page(path, found.html)
    except NotWritten as problem:
        raise OfficeRefused(Problem(str(problem), "not_written", str(problem.path))) from problem
    return SlipsWritten(path, found.count)


def _is_wanted(one: PupilPin, group: str | None, kind: Kind | None) -> bool:
    in_group = group is None or same(one.pupil.group_name, tidy(group))
    return in_group and (kind is None or one.issued.kind is kind)


def _slip(home: OpenHome, one: PupilPin) -> Slip:
    return Slip(
        kind=one.issued.kind,
        name=one.pupil.called_in_full,
        listed=one.pupil.listed,
        group=one.pupil.group_name,
        apart=one.apart,
        pin=one.issued.pin,
        until=one.issued.expires_at.astimezone(home.timetable.zone),
    )
