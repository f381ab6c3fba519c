"""The day's PINs as slips to print: for which pupils, in which order, valid until when in local time."""

from dataclasses import dataclass
from pathlib import Path

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.export.files import NotWritten, path_for, write_page
from mtc_kiosk.export.slips import Slip, sheets_html, slips_html
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.pins import PupilPin, of_day
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.school.names import same, tidy

NO_PINS = Problem("There are no PINs that can be used. Start a session first.", "no_pins")
NO_SUCH_PINS = Problem("There are PINs, but none for this group and kind.", "no_pins")


@dataclass(frozen=True)
class SlipsWanted:
    """Which of the day's slips: of one group, kind or pupil; all for None."""

    group: str | None = None
    kind: Kind | None = None
    pupil_id: int | None = None


ALL = SlipsWanted()


@dataclass(frozen=True)
class SlipsPage:
    """A page of HTML, and how many slips are on it."""

    count: int
    html: bytes


@dataclass(frozen=True)
class SlipSheets:
    """The sheets of slips as HTML for a page that has ``slips.css``, and how many slips are on them."""

    count: int
    html: str


@dataclass(frozen=True)
class SlipsWritten:
    """The file of a page, and how many slips are on it."""

    path: Path
    count: int


def page(home: OpenHome, group: str | None = None, kind: Kind | None = None) -> SlipsPage:
    """The slips of the day, or of one group or kind, sorted by group and name; OfficeRefused if there are none."""
    slips, password = _slips(home, SlipsWanted(group, kind))
    html = slips_html(slips, password, home.configuration.school.name, made_up=home.made_up)
    return SlipsPage(len(slips), html)


def sheets(home: OpenHome, wanted: SlipsWanted = ALL) -> SlipSheets:
    """The same slips for a page of the console; OfficeRefused if there are none."""
    slips, password = _slips(home, wanted)
    html = sheets_html(slips, password, home.configuration.school.name, made_up=home.made_up)
    return SlipSheets(len(slips), html)


def write(home: OpenHome, out: Path, group: str | None = None, kind: Kind | None = None) -> SlipsWritten:
    """Write that page to a file, or into a folder; OfficeRefused if there is none, or it cannot be written."""
    found = page(home, group, kind)
    path = path_for(home.home.exports, out, "slips.html")
    try:
        write_page(path, found.html)
    except NotWritten as problem:
        raise OfficeRefused(Problem(str(problem), "not_written", str(problem.path))) from problem
    return SlipsWritten(path, found.count)


def is_wanted(one: PupilPin, wanted: SlipsWanted) -> bool:
    """Whether this is one of the slips that are wanted."""
    in_group = wanted.group is None or same(one.pupil.group_name, tidy(wanted.group))
    of_pupil = wanted.pupil_id is None or one.pupil.id == wanted.pupil_id
    return in_group and of_pupil and wanted.kind in (None, one.issued.kind)


def _slips(home: OpenHome, wanted: SlipsWanted) -> tuple[list[Slip], str]:
    """The slips, at least one, and the day's password."""
    day = of_day(home)
    slips = [_slip(home, each) for each in day.pins if is_wanted(each, wanted)]
    if not slips or day.password is None:
        raise OfficeRefused(NO_SUCH_PINS if day.pins else NO_PINS)
    return slips, day.password


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
