"""School > Kiosks: the other PCs that take the check for this desk; name one, revoke one, withdraw what one is."""

from flask import Blueprint, g, render_template, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response
from wtforms import StringField

from mtc_kiosk.console import replies
from mtc_kiosk.console.forms import ConsoleForm
from mtc_kiosk.console.guard import needs
from mtc_kiosk.office import kiosk_words
from mtc_kiosk.office import kiosks as office
from mtc_kiosk.office.kiosks import NO_DEVICE, NO_KIOSK, KnownDevice, Listed
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.staff import by_whom
from mtc_kiosk.school.words import counted

pages = Blueprint("kiosks", __name__)

Answer = str | Response | tuple[str, int]
LONGEST_NAME = 32


class NameForm(ConsoleForm):
    """The name of a kiosk."""

    name = StringField("Name of this kiosk")


@pages.get("/school/kiosks")
@needs(May.SEE_SCHOOL)
def kiosks() -> str:
    """Every kiosk of this desk, what needs a look first."""
    found, zone = office.listed(g.home), g.home.timetable.zone
    return render_template(
        "kiosks/kiosks.html",
        found=found,
        heading=kiosk_words.heading(found),
        looks=[(one, title, said) for one in found.to_look_at for title, said in kiosk_words.looks(one, zone)],
        others=found.other_devices,
        words=kiosk_words,
        by_whom=by_whom,
    )


@pages.route("/school/kiosks/<int:kiosk_id>", methods=["GET", "POST"])
@needs(May.RUN_KIOSKS)
def kiosk(kiosk_id: int) -> Answer:
    """One kiosk: all that it said, its name, and the ways to be rid of it."""
    one = _one(kiosk_id)
    form = NameForm(data={"name": one.kiosk.name})
    if form.validate_on_submit():
        try:
            before = office.rename(g.home, kiosk_id, form.name.data or "")
        except OfficeRefused as refused:
            form.show(refused.problems)
        else:
            named = (form.name.data or "").strip()
            return replies.done("/school/kiosks", f"{before} is now {named}. That PC shows it with its next word.")
    page = render_template("kiosks/kiosk.html", one=one, form=form, words=kiosk_words, most=LONGEST_NAME)
    return (page, 422) if request.method == "POST" else page


@pages.route("/school/kiosks/<int:kiosk_id>/revoke", methods=["GET", "POST"])
@needs(May.RUN_KIOSKS)
def revoke(kiosk_id: int) -> Answer:
    """Ask, and then end a kiosk's membership."""
    one = _one(kiosk_id)
    if request.method != "POST":
        return render_template("kiosks/revoke.html", one=one)
    name = office.revoke(g.home, kiosk_id)
    return replies.done("/school/kiosks", f"{name} no longer belongs to this desk. What it sent stays.")


@pages.route("/school/devices/<device>/withdraw", methods=["GET", "POST"])
@needs(May.RUN_KIOSKS)
def withdraw(device: str) -> Answer:
    """Ask, and then withdraw a device."""
    found = _device(device)
    if request.method != "POST":
        return render_template("kiosks/withdraw.html", found=found)
    office.withdraw(g.home, device)
    said = f"The device {found.shown} is withdrawn. What it sends waits."
    return replies.done("/school/kiosks", said)


@pages.route("/school/devices/<device>/accept", methods=["GET", "POST"])
@needs(May.RUN_KIOSKS)
def accept(device: str) -> Answer:
    """Ask to compare, and then accept a device and take in what waited."""
    found = _device(device)
    if request.method != "POST":
        return render_template("kiosks/accept.html", found=found)
    taken = office.accept(g.home, device)
    taken_in = f" {counted(taken, 'record')} that waited {'is' if taken == 1 else 'are'} taken in." if taken else ""
    return replies.done("/school/waiting", f"The device {found.shown} is accepted.{taken_in}")


def _one(kiosk_id: int) -> Listed:
    try:
        return office.one(g.home, kiosk_id)
    except OfficeRefused as refused:
        if refused.problems[0].code == NO_KIOSK:
            raise NotFound from refused
        raise


def _device(fingerprint: str) -> KnownDevice:
    try:
        return office.device(g.home, fingerprint)
    except OfficeRefused as refused:
        if refused.problems[0].code == NO_DEVICE:
            raise NotFound from refused
        raise
