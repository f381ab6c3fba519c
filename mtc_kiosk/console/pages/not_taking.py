"""Who does not take the check: give reasons, to several pupils at once, and take them back."""

from collections.abc import Iterable

from flask import Blueprint, g, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from mtc_kiosk.console import listing
from mtc_kiosk.console.forms import ConsoleForm
from mtc_kiosk.console.guard import needs
from mtc_kiosk.console.replies import done
from mtc_kiosk.office import not_taking as office
from mtc_kiosk.office import reasons
from mtc_kiosk.office.refusals import problems_of
from mtc_kiosk.school.obstacle import Refused
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.selection import ById
from mtc_kiosk.school.words import counted, date_in_words, number_of

pages = Blueprint("not_taking", __name__)

Page = str | tuple[str, int] | Response


class ReasonsForm(ConsoleForm):
    """Pupils and one reason."""

    pupils = SelectMultipleField("Who else?", widget=ListWidget(prefix_label=False), option_widget=CheckboxInput())
    code = RadioField("Why do they not take it?")


@pages.route("/pupils/not-taking", methods=["GET", "POST"])
@needs(May.GIVE_REASONS)
def not_taking() -> Page:
    """Who has a reason, who may be given one, and what each reason means."""
    group = request.values.get("group", "")
    found = office.overview(g.home, group)
    form = ReasonsForm()
    form.pupils.choices = {}  # the template draws them: several hundred fields would take their time
    form.code.choices = {code.code: code.label for code in found.reasons}
    if form.is_submitted():
        answer = _given(form)
        if answer is not None:
            return answer
        found = office.overview(g.home, group)
    listing.keep(
        url_for("not_taking.not_taking"),
        [*(one.pupil.id for one in found.given), *(one.pupil.id for one in found.others)],
    )
    page = render_template(
        "not_taking/not_taking.html",
        form=form,
        found=found,
        group=group,
        meanings=office.MEANINGS,
        heading=_heading(len(found.given)),
        day=lambda moment: date_in_words(moment.astimezone(g.home.timetable.zone)),
        ticked=_ids(form.pupils.data),
    )
    return (page, 422) if form.mistakes else page


@pages.post("/pupils/not-taking/take-back")
@needs(May.GIVE_REASONS)
def take_back() -> Page:
    """Take back the reasons of one or several pupils."""
    removed = reasons.remove_several(g.home, _ids(request.form.get("pupils", "").split(",")))
    said = (
        f"{removed[0].called} no longer has a reason."
        if len(removed) == 1
        else (f"{counted(len(removed), 'pupil')} no longer have a reason.")
    )
    return done(url_for("not_taking.not_taking"), said)


def _given(form: ReasonsForm) -> Page | None:
    """Give the reasons; None with the form's mistakes noted if that cannot be done."""
    chosen = _ids(form.pupils.data)
    if not chosen:
        form.pupils.errors = ["Tick at least one pupil."]
    if not form.code.data:
        form.code.errors = ["Choose one of these."]
    if form.mistakes:
        return None
    try:
        given = reasons.give(g.home, ById(chosen), form.code.data)
    except Refused as refused:
        form.show(problems_of(refused, g.home.db, lambda pupil: pupil.listed))
        return None
    count = len(given.pupils)
    who = given.pupils[0].called if count == 1 else counted(count, "pupil")
    pins = f" {counted(len(given.without_pin), 'unused PIN')} cancelled." if given.without_pin else ""
    said = f"{who} {'does' if count == 1 else 'do'} not take the check: {given.label}.{pins}"
    ids = ",".join(str(pupil.id) for pupil in given.pupils)
    return done(url_for("not_taking.not_taking"), said, url_for("not_taking.take_back"), pupils=ids)


def _ids(texts: Iterable[str] | None) -> tuple[int, ...]:
    """The numbers among these texts; at most ten digits, which no id exceeds."""
    return tuple(int(one) for one in texts or () if one.isascii() and one.isdecimal() and len(one) <= 10)


def _heading(count: int) -> str:
    """``Two pupils do not take the check``."""
    if count == 0:
        return "Everybody takes the check"
    return f"{number_of(count, 'pupil does', 'pupils do')} not take the check"
