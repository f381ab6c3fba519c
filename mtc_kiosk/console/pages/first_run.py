"""Steps of a school's first run that have a page or a button of their own: the school, nobody needs anything, a
rehearsal.
"""

from ipaddress import ip_address

from flask import Blueprint, g, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, RadioField, StringField

from mtc_kiosk.console.forms import ConsoleForm
from mtc_kiosk.console.guard import needs
from mtc_kiosk.console.replies import done, look
from mtc_kiosk.office import arrangements, rehearsal, school_settings
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.school_settings import DATES, ChangedMeanwhile, SchoolDetails, SchoolRefused
from mtc_kiosk.school.permissions import May

pages = Blueprint("first_run", __name__)

Page = str | tuple[str, int] | Response

SCHEMES = (("own", "The school's own check"), ("national", "The national scheme"))


class SchoolForm(ConsoleForm):
    """The school's name, scheme and dates; the file it was made from tells two people apart."""

    name = StringField("The school's name")
    scheme = RadioField("Which rules")
    made_from = HiddenField()

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)
        self.scheme.choices = list(SCHEMES)


for _name, _label in DATES.items():
    setattr(SchoolForm, _name, StringField(_label))


@pages.route("/today/school", methods=["GET", "POST"])
@needs(May.CHANGE_SETTINGS)
def school() -> Page:
    """The form of the first step; a POST writes ``school.yaml``."""
    if request.method == "GET":
        return _school_page(_form_of(school_settings.details(g.home)), 200)
    form = SchoolForm()
    try:
        saved = school_settings.save(g.home, _typed(form))
    except SchoolRefused as refused:
        for name, sentence in refused.fields.items():
            form[name].errors = [sentence]
        return _school_page(form, 422)
    except ChangedMeanwhile as changed:
        form.show(changed.problems)
        form.made_from.data = changed.now.made_from
        return _school_page(form, 422, theirs=changed.now)
    except OfficeRefused as refused:
        form.show(refused.problems)
        return _school_page(form, 422)
    return done(url_for("today.today"), f"Saved: {saved.name}. Kiosks that are open take it up when they next start.")


@pages.post("/today/nobody")
@needs(May.ARRANGE)
def nobody() -> Page:
    """No pupil needs an arrangement: that is settled, too."""
    arrangements.nobody_needs_any(g.home)
    return done(url_for("today.today"), "Noted: no pupil needs anything. You can still set something up later.")


@pages.post("/today/rehearsal")
@needs(May.SEE_SCHOOL, May.RUN_ROOM)
def rehearse() -> Page:
    """Open a rehearsal on the screen of this PC."""
    try:
        rehearsal.start(g.home, from_this_pc=_is_from_this_pc(), environ=g.desk.environ)
    except OfficeRefused as refused:
        return look(url_for("today.today"), " ".join(problem.message for problem in refused.problems))
    return done(url_for("today.today"), "The rehearsal opens on this PC's screen: three questions, read aloud.")


def _is_from_this_pc() -> bool:
    try:
        return ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def _form_of(found: SchoolDetails) -> SchoolForm:
    name = "" if not school_settings.is_named(g.home) else found.name
    return SchoolForm(formdata=None, name=name, scheme=found.scheme, made_from=found.made_from, **found.dates)


def _typed(form: SchoolForm) -> SchoolDetails:
    dates = {name: str(form[name].data or "") for name in DATES}
    return SchoolDetails(form.name.data or "", form.scheme.data or "", dates, form.made_from.data or "")


def _school_page(form: SchoolForm, status: int, theirs: SchoolDetails | None = None) -> Page:
    return render_template("first_run/school.html", form=form, dates=list(DATES), labels=DATES, theirs=theirs), status
