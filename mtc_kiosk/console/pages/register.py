"""The register: look pupils up, add one, change one, and mark one as having left."""

from collections.abc import Mapping

from flask import Blueprint, abort, g, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import HiddenField, StringField

from mtc_kiosk.console import listing
from mtc_kiosk.console.forms import ConsoleForm
from mtc_kiosk.console.guard import needs
from mtc_kiosk.console.replies import done
from mtc_kiosk.office import pupils as office
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.refusals import REFUSALS, problems_of
from mtc_kiosk.office.register import NO_GROUP, Order, Search, look_up
from mtc_kiosk.school.birth import british
from mtc_kiosk.school.details import written_of
from mtc_kiosk.school.headings import TITLES, Field
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.pupil import Pupil, version_of
from mtc_kiosk.school.selection import ById

pages = Blueprint("register", __name__)
Answer = str | Response | tuple[str, int]

COLUMNS = (
    (Order.NAME, "Pupil"),
    (Order.BORN, "Date of birth"),
    (Order.UPN, "UPN"),
    (Order.REF, "Pupil ref"),
    (Order.GROUP, "Group"),
)
"""The columns of the register that can be its order, with their headings."""


class PupilForm(ConsoleForm):
    """The details of one pupil, as in a class list; ``version`` is what an edit was made from."""

    surname = StringField(TITLES[Field.SURNAME])
    forename = StringField(TITLES[Field.FORENAME])
    middle_names = StringField(TITLES[Field.MIDDLE_NAMES])
    date_of_birth = StringField(TITLES[Field.DATE_OF_BIRTH])
    sex = StringField(TITLES[Field.SEX])
    upn = StringField(TITLES[Field.UPN])
    ref = StringField(TITLES[Field.REF])
    group_name = StringField(TITLES[Field.GROUP])
    alias_forename = StringField(TITLES[Field.ALIAS_FORENAME])
    alias_surname = StringField(TITLES[Field.ALIAS_SURNAME])
    version = HiddenField()

    @property
    def written(self) -> dict[Field, str]:
        """The details as typed."""
        return {field: self[str(field)].data or "" for field in Field}


class LeaveForm(ConsoleForm):
    """The day on which a pupil left; today if blank."""

    day = StringField("The day they left")


@pages.get("/pupils")
@needs(May.SEE_PUPILS)
def register() -> Answer:
    """The register, or what is looked for in it."""
    asked = request.args
    order = asked.get("order", "")
    search = Search(
        asked.get("q", "")[:100],
        asked.get("group", "")[:100],
        "left" in asked,
        Order(order) if order in set(Order) else Order.NAME,
        "down" in asked,
    )
    found = look_up(g.home, search)
    listing.keep(request.full_path.rstrip("?"), [pupil.id for pupil in found.pupils])
    return render_template(
        "register/register.html",
        found=found,
        search=search,
        columns=COLUMNS,
        NO_GROUP=NO_GROUP,
        british=british,
        changed=asked.get("changed", type=int),
        sorted_by=lambda order: _sorted_by(search, order),
    )


@pages.route("/pupils/add", methods=["GET", "POST"])
@needs(May.EDIT_PUPILS)
def add() -> Answer:
    """Add one pupil."""
    form = PupilForm()
    if request.method == "GET" or not form.validate_on_submit():
        return _form(form, 200 if request.method == "GET" else 422)
    try:
        added = office.add(g.home, form.written)
    except REFUSALS as refused:
        form.show(problems_of(refused, g.home.db))
        return _form(form, 422)
    said = f"{added.pupil.listed} is on the register."
    return done(_at(added.pupil), " ".join((said, *added.notes)))


@pages.route("/pupils/<int:pupil_id>/edit", methods=["GET", "POST"])
@needs(May.EDIT_PUPILS)
def edit(pupil_id: int) -> Answer:
    """Change one pupil's details; of two teachers at once, the second is shown both."""
    pupil = _pupil(pupil_id)
    if request.method == "GET":
        form = PupilForm(data={**_as_form(pupil), "version": version_of(pupil)})
        return _form(form, 200, pupil)
    form = PupilForm()
    if not form.validate_on_submit():
        return _form(form, 422, pupil)
    try:
        edited = office.edit(g.home, pupil_id, form.written, form.version.data or "none")
    except office.EditedMeanwhile as refused:
        form.version.data = version_of(refused.now)
        return _form(form, 409, refused.now, both=_both(form, refused.now))
    except REFUSALS as refused:
        form.show(problems_of(refused, g.home.db))
        return _form(form, 422, pupil)
    said = f"Changed for {edited.pupil.listed}: {edited.change.words}."
    return done(
        _at(edited.pupil), " ".join((said if edited.change.values else "Nothing was different.", *edited.notes))
    )


@pages.route("/pupils/<int:pupil_id>/leave", methods=["GET", "POST"])
@needs(May.EDIT_PUPILS)
def leave(pupil_id: int) -> Answer:
    """Mark one pupil as having left, on a page of its own."""
    pupil, form = _pupil(pupil_id), LeaveForm()
    if request.method == "GET" or not form.validate_on_submit():
        return _leave_page(form, pupil, 200 if request.method == "GET" else 422)
    day = (form.day.data or "").strip()
    try:
        office.leave(g.home, ById((pupil_id,)), day or None)
    except OfficeRefused as refused:
        form.show(refused.problems, {"not_a_day": "day"})
        return _leave_page(form, pupil, 422)
    return done("/pupils", f"{pupil.listed} is marked as having left.", f"/pupils/{pupil_id}/back")


@pages.post("/pupils/<int:pupil_id>/back")
@needs(May.EDIT_PUPILS)
def back(pupil_id: int) -> Answer:
    """Bring a pupil back who was marked as having left."""
    pupil = _pupil(pupil_id)
    office.come_back(g.home, ById((pupil_id,)))
    return done(_at(pupil), f"{pupil.listed} is back on the register.")


def _sorted_by(search: Search, order: Order) -> str:
    """The same list in this order; in the other direction where it has this order already."""
    down = "1" if order is search.order and not search.descending else ""
    left = "1" if search.left else ""
    asked = {"q": search.text, "group": search.group, "left": left, "order": str(order), "down": down}
    return url_for("register.register", **{name: value for name, value in asked.items() if value})  # type: ignore[arg-type]


def _at(pupil: Pupil) -> str:
    """The register, with this pupil's row marked."""
    return f"/pupils?changed={pupil.id}#p{pupil.id}"


def _pupil(pupil_id: int) -> Pupil:
    """A pupil whom the account may change; else there is no such page."""
    found = office.listed(g.home, with_left=True)
    return next((pupil for pupil in found if pupil.id == pupil_id), None) or abort(404)


def _form(
    form: PupilForm, code: int, pupil: Pupil | None = None, both: list[tuple[str, str, str]] | None = None
) -> Answer:
    own = sorted(g.staff.groups)
    groups = [name for name, _ in look_up(g.home, Search()).groups]
    page = render_template(
        "register/pupil_form.html", form=form, pupil=pupil, both=both, groups=own or groups, national=g.home.is_national
    )
    return page, code


def _leave_page(form: LeaveForm, pupil: Pupil, code: int) -> Answer:
    return render_template("register/leave.html", form=form, pupil=pupil, today=british(g.home.today)), code


def _as_form(pupil: Pupil) -> Mapping[str, str]:
    return {str(field): text for field, text in written_of(pupil).items()}


def _both(form: PupilForm, now: Pupil) -> list[tuple[str, str, str]]:
    """What differs: the detail, as it is on the register now, and as it was typed."""
    there, typed = written_of(now), form.written
    return [(TITLES[field], there[field], typed[field]) for field in Field if there[field] != typed[field].strip()]
