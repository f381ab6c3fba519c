"""The day's slips: who has which PIN, to print and to take back."""

from urllib.parse import urlencode

from flask import Blueprint, g, render_template, request, url_for
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.console.guard import needs
from mtc_kiosk.console.replies import done, look
from mtc_kiosk.office import pin_slips, pins, sessions
from mtc_kiosk.office.pin_slips import SlipsWanted
from mtc_kiosk.office.pins import PinsCancelled, PupilPin
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.refusals import problems_of
from mtc_kiosk.office.sessions import SessionListed, SessionWanted
from mtc_kiosk.school.birth import BirthFault, read_day
from mtc_kiosk.school.obstacle import Refused
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.selection import ById, groups
from mtc_kiosk.school.session import SessionState
from mtc_kiosk.school.staff import Role
from mtc_kiosk.school.words import counted

pages = Blueprint("slips", __name__)

Page = str | tuple[str, int] | Response


@pages.get("/room/slips")
@needs(May.SEE_SLIPS)
def slips() -> Page:
    """The PINs that can be used today, or on the next day with a session."""
    wanted = wanted_slips()
    day = pins.of_day(g.home)
    shown = [one for one in day.pins if pin_slips.is_wanted(one, wanted)]
    return render_template(
        "slips/slips.html",
        password=day.password,
        pins=shown,
        everybody=len(day.pins),
        groups=groups(one.pupil for one in day.pins),
        kinds=sorted({one.issued.kind for one in day.pins}),
        wanted=wanted,
        query=asked(wanted),
        sessions=_sessions(),
        heading=_heading(shown, len(day.pins)),
        until=_clock,
    )


@pages.post("/room/slips/take-back")
@needs(May.START_SESSIONS)
def take_back() -> Page:
    """Take back the PINs that one pupil can still use; "Undo" makes a new one."""
    pupil_id = _pupil()
    try:
        cancelled = pins.cancel(g.home, ById((pupil_id,)))
    except (OfficeRefused, Refused) as refused:
        return look(url_for("slips.slips"), " ".join(str(one) for one in problems_of(refused, g.home.db)))
    again = cancelled.again[0]
    fields = {"pupil": str(pupil_id), "kind": str(again.kind), "day": again.day.isoformat() if again.day else ""}
    return done(url_for("slips.slips"), _said(cancelled), undo=url_for("slips.make_again"), **fields)


@pages.post("/room/slips/make-again")
@needs(May.START_SESSIONS)
def make_again() -> Page:
    """Make a new PIN for a pupil, as the rules allow."""
    day = read_day(request.form.get("day", ""))
    try:
        kind = Kind(request.form.get("kind", ""))
    except ValueError as problem:
        raise BadRequest from problem
    wanted = SessionWanted(kind, ById((_pupil(),)), None if isinstance(day, BirthFault) else day)
    try:
        started = sessions.start(g.home, wanted)
    except (OfficeRefused, Refused) as refused:
        return look(url_for("slips.slips"), " ".join(str(one) for one in problems_of(refused, g.home.db)))
    one = started.pins[0]
    said = f"{one.pupil.called} has a new PIN, {one.issued.pin}. Print the slip again."
    return done(url_for("slips.slips", pupil=one.pupil.id), said)


def wanted_slips() -> SlipsWanted:
    """Which slips the address asks for; what cannot be read asks for nothing."""
    kind = request.args.get("kind", "")
    pupil = request.args.get("pupil", "")
    is_number = pupil.isascii() and pupil.isdecimal() and len(pupil) < 16
    return SlipsWanted(
        request.args.get("group") or None,
        Kind(kind) if kind in set(Kind) else None,
        int(pupil) if is_number else None,
    )


def asked(wanted: SlipsWanted) -> str:
    """The same as an address has it, with its question mark; "" for all."""
    found = {"group": wanted.group, "kind": wanted.kind, "pupil": wanted.pupil_id}
    query = urlencode({name: str(value) for name, value in found.items() if value is not None})
    return f"?{query}" if query else ""


def _pupil() -> int:
    written = request.form.get("pupil", "")
    if not (written.isascii() and written.isdecimal() and len(written) < 16):
        raise BadRequest
    return int(written)


def _sessions() -> list[SessionListed]:
    """The sessions that are open or to come, as far as the account may see them."""
    only = g.staff.session_id if g.staff.roles == {Role.COVER} else None
    return [
        one
        for one in sessions.listed(g.home)
        if one.state is not SessionState.CLOSED and only in (None, one.session.id)
    ]


def _clock(one: PupilPin) -> str:
    until = one.issued.expires_at.astimezone(g.home.timetable.zone)
    return f"{until.hour}:{until.minute:02}"


def _heading(shown: list[PupilPin], everybody: int) -> str:
    if not everybody:
        return "There are no slips yet"
    if not shown:
        return "No slip is like this"
    zone = g.home.timetable.zone
    day = shown[0].issued.expires_at.astimezone(zone).date()
    when = "today" if day == g.home.today else f"{day:%A} {day.day} {day:%B}"
    return f"{counted(len(shown), 'slip')} for {when}"


def _said(cancelled: PinsCancelled) -> str:
    pupil, one = cancelled.cancelled[0]
    said = f"The PIN of {pupil.called_in_full} no longer works."
    if one.signed_in_on is not None:
        return f"{said} {pupil.called} is signed in on {one.signed_in_on}, but the check will not begin there."
    return f"{said} “Undo” makes a new one, with another number."
