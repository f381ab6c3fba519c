"""School > Kiosks > Let PCs join: a room code or a file for so many kiosks, and each kiosk as it joins."""

from typing import Any

from flask import Blueprint, g, redirect, render_template, request
from flask.typing import ResponseReturnValue
from wtforms import StringField

from mtc_kiosk.console import replies
from mtc_kiosk.console.forms import ConsoleForm, row_number
from mtc_kiosk.console.guard import needs, of_this_request
from mtc_kiosk.office import joining as office
from mtc_kiosk.office.joining import Joining
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.staff import by_whom

pages = Blueprint("joining", __name__)

HERE = "/school/kiosks/join"
FILE_NAME, AUTHORITY_NAME = "join-this-desk.mtc-enrol", "desk-authority.crt"
_CODE, _FILE = "room code", "file to join with"


class HowManyForm(ConsoleForm):
    """How many PCs may join."""

    kiosks = StringField("How many PCs?", default="30")


@pages.get(HERE)
@needs(May.RUN_KIOSKS)
def join() -> ResponseReturnValue:
    """The form, and what is open."""
    return _page(HowManyForm(), 200)


@pages.get(f"{HERE}/now")
@needs(May.RUN_KIOSKS, polls=True)
def news() -> ResponseReturnValue:
    """What is open and who has joined, if that is not what the browser shows; 204 if it is.

    Once nothing is open any more the browser fetches the whole page, which says so at the top.
    """
    found = office.joining(g.home)
    if request.args.get("have") == found.state:
        return "", 204
    if not found.open:
        return "", 200, {"HX-Refresh": "true"}
    return render_template("joining/news.html", **_shown(found))


@pages.post("/school/kiosks/code")
@needs(May.RUN_KIOSKS)
def code() -> ResponseReturnValue:
    """Make a room code, which this browser shows until it ends."""
    return _make(_CODE, lambda count: office.make_code(g.home, count))


@pages.post("/school/kiosks/file")
@needs(May.RUN_KIOSKS)
def file() -> ResponseReturnValue:
    """Make a file, which this browser can download until it ends."""
    return _make(_FILE, lambda count: office.make_file(g.home, count, g.desk.kiosk_addresses))


@pages.get("/school/kiosks/file")
@needs(May.RUN_KIOSKS)
def download() -> ResponseReturnValue:
    """The file that this browser made."""
    made = _kept(_FILE, office.joining(g.home), "file")
    if made is None:
        return redirect(HERE, 303)
    return replies.download(made, FILE_NAME, "application/octet-stream")


@pages.get("/school/kiosks/authority")
@needs(May.RUN_KIOSKS)
def authority() -> ResponseReturnValue:
    """The certificate that a teacher's tablet can trust."""
    found = office.authority(g.home)
    if found is None:
        return redirect(HERE, 303)
    return replies.download(found, AUTHORITY_NAME, "application/x-x509-ca-cert")


@pages.post("/school/kiosks/close")
@needs(May.RUN_KIOSKS)
def close() -> ResponseReturnValue:
    """End the room code and the file early."""
    office.close(g.home)
    for what in (_CODE, _FILE):
        of_this_request().pop(what, None)
    return replies.done("/school/kiosks", "No further PC can join now. Those that have joined stay.")


def _make(what: str, make: Any) -> ResponseReturnValue:
    form = HowManyForm()
    try:
        made = make(row_number((form.kiosks.data or "").strip()) or 0)
    except OfficeRefused as refused:
        form.show(refused.problems)
        return _page(form, 422)
    kind = "code" if what == _CODE else "file"
    newest = next(one.id for one in office.joining(g.home).open if one.by == kind)
    of_this_request()[what] = (newest, made)
    return redirect(HERE, 303)


def _page(form: HowManyForm, status: int) -> ResponseReturnValue:
    found = office.joining(g.home)
    has_authority = office.authority(g.home) is not None
    return render_template("joining/join.html", form=form, has_authority=has_authority, **_shown(found)), status


def _shown(found: Joining) -> dict[str, object]:
    return {
        "found": found,
        "code": _kept(_CODE, found, "code"),
        "has_file": _kept(_FILE, found, "file") is not None,
        "addresses": g.desk.kiosk_addresses,
        "by_whom": by_whom,
    }


def _kept(what: str, found: Joining, kind: str) -> Any:
    """What this browser made, while it is open."""
    kept = of_this_request().get(what)
    if kept is None or not any(one.id == kept[0] and one.by == kind for one in found.open):
        return None
    return kept[1]
