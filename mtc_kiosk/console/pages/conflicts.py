"""Two checks of one pupil, and two records: where, when, which counts. A head chooses with a reason. No scores."""

from typing import cast

from flask import Blueprint, abort, g, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.validators import DataRequired, Length

from mtc_kiosk.console.forms import ConsoleForm
from mtc_kiosk.console.guard import needs
from mtc_kiosk.console.replies import done, when
from mtc_kiosk.office import conflicts as office
from mtc_kiosk.office.conflict_list import (
    ConflictsListed,
    Rival,
    conflicts_listed,
    two_checks_of,
    two_records_with,
)
from mtc_kiosk.office.conflict_words import SHOWN_BEFORE
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.refusals import problems_of
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.rivals import LONGEST_WHY, NotSettled
from mtc_kiosk.school.words import number_in_words

pages = Blueprint("conflicts", __name__)

_WHY = f"Say why, in at most {LONGEST_WHY} characters."
_AT_ONCE = "Undone at once."
_RECORDS = {"reason": "Reason", "restart": "Restart", "assistant": "Who typed", "feedback": "What the pupil said"}


class WhyForm(ConsoleForm):
    """Why a head decides; ``version`` is what the head looked at."""

    version = HiddenField()
    why = TextAreaField("Why", validators=[DataRequired(_WHY), Length(max=LONGEST_WHY, message=_WHY)])


class ChoiceForm(WhyForm):
    """Which of two counts, and why."""

    counts = RadioField("Which counts", validate_choice=False, validators=[DataRequired("Choose one of them.")])


@pages.get("/results/conflicts")
@needs(May.SEE_RESULTS)
def conflicts() -> str:
    """Every conflict, open ones first."""
    found = conflicts_listed(_home())
    return render_template("conflicts/conflicts.html", found=found, heading=_heading(found), kinds=_RECORDS)


@pages.route("/results/conflicts/<int:pupil_id>", methods=["GET", "POST"])
@needs(May.SETTLE)
def choose(pupil_id: int) -> str | Response | tuple[str, int]:
    """Choose which of a pupil's checks counts, or change the choice."""
    found = two_checks_of(_home(), pupil_id) or abort(404)
    form = ChoiceForm(version=found.version)
    _offer(form, found.checks)
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                settled = office.choose(_home(), form.counts.data, form.why.data, form.version.data)
            except NotSettled as refusal:
                form.show(problems_of(refusal))
                form.version.data = found.version
            else:
                version = settled.version if settled is not None else ""
                return _done(f"The choice for {found.name} is kept.", pupil_id, version)
    page = render_template("conflicts/choose.html", one=found, form=form, shown_before=SHOWN_BEFORE)
    return page, status


@pages.route("/results/conflicts/<int:pupil_id>/take-back", methods=["GET", "POST"])
@needs(May.SETTLE)
def take_back(pupil_id: int) -> str | Response | tuple[str, int]:
    """Take a choice back: until a head chooses again, neither counts."""
    found = two_checks_of(_home(), pupil_id) or abort(404)
    form = WhyForm(version=found.version)
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                office.undo(_home(), pupil_id, form.why.data, form.version.data)
            except NotSettled as refusal:
                form.show(problems_of(refusal))
                form.version.data = found.version
            else:
                return done(url_for("conflicts.conflicts"), f"The choice for {found.name} is taken back.")
    return render_template("conflicts/take_back.html", one=found, form=form), status


@pages.route("/results/conflicts/records/<number>", methods=["GET", "POST"])
@needs(May.SETTLE)
def choose_record(number: str) -> str | Response | tuple[str, int]:
    """Choose which of two records applies."""
    found = two_records_with(_home(), number) or abort(404)
    form = ChoiceForm(version="")
    _offer(form, found.records)
    status = 200
    if form.is_submitted():
        status = 422
        if form.validate():
            try:
                office.choose(_home(), form.counts.data, form.why.data)
            except NotSettled as refusal:
                form.show(problems_of(refusal))
            else:
                return done(url_for("conflicts.conflicts"), "The choice between the two records is kept.")
    return render_template("conflicts/choose_record.html", one=found, form=form, kinds=_RECORDS), status


def _home() -> OpenHome:
    return cast(OpenHome, g.home)


def _offer(form: ChoiceForm, rivals: tuple[Rival, ...]) -> None:
    form.counts.choices = [(one.number, f"{one.kiosk}, {when(one.at)}") for one in rivals]
    if form.is_submitted() and form.counts.data not in {one.number for one in rivals}:
        form.counts.data = None


def _done(message: str, pupil_id: int, version: str) -> Response:
    undo = url_for("conflicts.take_back", pupil_id=pupil_id)
    return done(url_for("conflicts.conflicts"), message, undo, why=_AT_ONCE, version=version)


def _heading(found: ConflictsListed) -> str:
    count, records = found.open_checks, found.open_records
    if count:
        return f"{number_in_words(count).capitalize()} {'pupil' if count == 1 else 'pupils'} took two checks"
    if records:
        pairs = "pair of records differs" if records == 1 else "pairs of records differ"
        return f"{number_in_words(records).capitalize()} {pairs}"
    return "Every choice is made" if found.checks or found.records else "No pupil has two checks"
