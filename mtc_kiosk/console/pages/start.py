"""Start a session, after a look at who gets a PIN and who does not; and end one."""

from collections.abc import Mapping
from datetime import date, time
from urllib.parse import urlencode

from flask import Blueprint, g, render_template, request, url_for
from pydantic_core import PydanticCustomError
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.widgets import CheckboxInput, ListWidget

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.config.written import read_as, time_of_day
from mtc_kiosk.console.forms import ConsoleForm, row_number
from mtc_kiosk.console.guard import needs
from mtc_kiosk.console.replies import done
from mtc_kiosk.office import session_end, session_preview, sessions
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.refusals import problems_of
from mtc_kiosk.office.session_preview import Choice, NoPin, Preview
from mtc_kiosk.office.sessions import NOT_ACKNOWLEDGED, SessionWanted
from mtc_kiosk.school.birth import BirthFault, not_a_day, read_day
from mtc_kiosk.school.obstacle import ObstacleCode, Refused
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.selection import ById, InGroup, Selection, WholeRegister
from mtc_kiosk.school.words import counted, number_in_words

pages = Blueprint("start", __name__)

Page = str | tuple[str, int] | Response

EVERYBODY, CHOSEN, GROUP = "all", "chosen", "group:"


class StartForm(ConsoleForm):
    """A session as it is asked for; the page shows it first, and its button starts it."""

    kind = RadioField("Which")
    who = SelectField("Who")
    pupils = SelectMultipleField(
        "Chosen pupils", widget=ListWidget(prefix_label=False), option_widget=CheckboxInput(), validate_choice=False
    )
    day = StringField("Day")
    until = StringField("Until")
    acknowledged = BooleanField("These lines are right")


@pages.get("/room/start")
@needs(May.START_SESSIONS)
def start() -> Page:
    """Look ahead to a session; nothing is saved."""
    form = _filled(request.args, csrf=False)
    wanted = _wanted(form)
    return _page(form, wanted), 422 if form.mistakes else 200


@pages.post("/room/start")
@needs(May.START_SESSIONS)
def begin() -> Page:
    """Start the session that the page showed."""
    form = _filled(request.form, csrf=True)
    wanted = _wanted(form)
    if wanted is None or form.mistakes:
        return _page(form, wanted), 422
    try:
        started = sessions.start(g.home, wanted)
    except (OfficeRefused, Refused) as refused:
        if isinstance(refused, OfficeRefused) and NOT_ACKNOWLEDGED in refused.problems:
            form.acknowledged.errors = ["Correct these lines, or tick that they are right."]
        else:
            form.show(problems_of(refused, g.home.db)[:1])
        return _page(form, wanted), 422
    there = url_for("printed.slips" if request.form.get("print") else "slips.slips", kind=str(wanted.kind))
    said = f"{counted(len(started.pins), 'PIN')} made. The school password is {started.session.password}."
    return done(there, said, undo=url_for("start.end"), session=str(started.session.id))


@pages.get("/room/end")
@needs(May.START_SESSIONS)
def ask_to_end() -> Page:
    """Who is still taking it, and what happens to them when a session ends."""
    return _end_page(200)


@pages.post("/room/end")
@needs(May.START_SESSIONS)
def end() -> Page:
    """End one session, or all that are open."""
    wanted = row_number(request.form.get("session"))
    try:
        ended = sessions.end(g.home, wanted)
    except (OfficeRefused, Refused) as refused:
        return _end_page(422, tuple(str(problem) for problem in problems_of(refused, g.home.db)))
    said = (
        f"{number_in_words(len(ended)).capitalize()} sessions have ended."
        if len(ended) > 1
        else "The session has ended."
    )
    return done(url_for("slips.slips"), f"{said} Its PINs no longer work. Checks that have begun carry on.")


def _end_page(status: int, refused: tuple[str, ...] = ()) -> Page:
    found = session_end.look(g.home, row_number(request.values.get("session")))
    return render_template("start/end.html", found=found, refused=refused), status


def _filled(given: Mapping[str, str], *, csrf: bool) -> StartForm:
    """The form, with the groups and pupils that the account has."""
    assert isinstance(given, MultiDict), "Flask's own"
    form = StartForm(given, meta={"csrf": csrf})
    mine, groups = session_preview.choices(g.home)
    everybody = (EVERYBODY, f"Everybody, {counted(len(mine), 'pupil')}")
    form.kind.choices = [(str(Kind.OFFICIAL), "The check"), (str(Kind.TRY), "Try it out")]
    form.who.choices = [everybody, *map(_group, groups), (CHOSEN, "Chosen pupils")]
    form.pupils.choices = [(str(pupil_id), name) for pupil_id, name in mine.items()]
    form.kind.data = form.kind.data or str(Kind.OFFICIAL)
    form.who.data = form.who.data or EVERYBODY
    return form


def _group(one: Choice) -> tuple[str, str]:
    return f"{GROUP}{one.group}", f"{one.group}, {counted(one.count, 'pupil')}"


def _wanted(form: StartForm) -> SessionWanted | None:
    """What was asked for; None with the mistakes noted at their fields."""
    try:
        kind = Kind(form.kind.data)
    except ValueError:
        form.kind.errors = ["Choose one of the two."]
        kind = Kind.OFFICIAL
    who, day, until = _who(form), _day(form), _until(form)
    if who is None or form.mistakes:
        return None
    return SessionWanted(kind, who, day, until, acknowledged=bool(form.acknowledged.data))


def _who(form: StartForm) -> Selection | None:
    written = str(form.who.data)
    if written == EVERYBODY:
        return WholeRegister()
    if written.startswith(GROUP):
        return InGroup(written.removeprefix(GROUP))
    if written != CHOSEN:
        form.who.errors = ["Choose one of these."]
        return None
    ids = tuple(number for one in form.pupils.data or () if (number := row_number(one)) is not None)
    if not ids and "pupils" in (request.form or request.args):
        form.pupils.errors = ["Tick at least one pupil."]
    return ById(ids) if ids else None


def _day(form: StartForm) -> date | None:
    written = (form.day.data or "").strip()
    if not written:
        return None
    day = read_day(written)
    if isinstance(day, BirthFault):
        form.day.errors = [not_a_day(written, g.home.today)]
        return None
    return day


def _until(form: StartForm) -> time | None:
    written = (form.until.data or "").strip()
    if not written:
        return None
    try:
        until = read_as(time_of_day(), written)
    except PydanticCustomError as problem:
        form.until.errors = [problem.message()]
        return None
    assert isinstance(until, time), "this kind reads times"
    return until


def _page(form: StartForm, wanted: SessionWanted | None) -> str:
    preview = session_preview.preview(g.home, wanted) if wanted is not None else None
    return render_template(
        "start/start.html",
        form=form,
        preview=preview,
        heading=_heading(preview, wanted),
        change=_change,
        values=[(name, value) for name in _KEPT for value in _values(form, name)],
        chosen=form.who.data == CHOSEN,
        pupils=len(form.pupils.choices),
    )


_KEPT = ("kind", "who", "pupils", "day", "until")


def _values(form: StartForm, name: str) -> list[str]:
    """What the button sends: the values that the page shows."""
    data = form[name].data
    if name == "pupils":
        return [str(one) for one in data or ()] if form.who.data == CHOSEN else []
    return [str(data or "")]


def _heading(preview: Preview | None, wanted: SessionWanted | None) -> str:
    if preview is None or wanted is None:
        return "Who takes it?"
    if preview.why_not:
        return "No session can start like this"
    count = len(preview.with_pin)
    if not count:
        return "No pupil would get a PIN"
    who = f"{number_in_words(count).capitalize()} {'pupil' if count == 1 else 'pupils'}"
    what = "take the check" if wanted.kind is Kind.OFFICIAL else "try it out"
    assert preview.opens_at is not None, "a session that may start has times"
    day = preview.opens_at.date()
    return f"{who} can {what} {'today' if day == g.home.today else f'on {day:%A} {day.day} {day:%B}'}"


def _change(one: NoPin) -> tuple[str, str]:
    """The way to change why a pupil gets no PIN: an address and its words."""
    pupil: Pupil = one.pupil
    match one.obstacle.obstacle.code:
        case ObstacleCode.HAS_REASON:
            return "/pupils/not-taking", "Take back the reason"
        case ObstacleCode.HAS_PIN:
            return f"{url_for('slips.slips')}?{urlencode({'pupil': pupil.id})}", "See the PIN"
        case ObstacleCode.SIGNED_IN | ObstacleCode.RUNNING:
            return "/room", "Look in the room"
        case _:
            return f"/pupils/{pupil.id}", "Look at the pupil"
