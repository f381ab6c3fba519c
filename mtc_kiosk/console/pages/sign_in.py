"""Sign in, lock and unlock, sign out; the first owner; and what a page asks so that it does not lock too early."""

from urllib.parse import urlsplit

from flask import Blueprint, current_app, g, jsonify, redirect, render_template, request, url_for
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response
from wtforms import HiddenField, PasswordField, StringField

from mtc_kiosk.console.forms import ConsoleForm, Ticks
from mtc_kiosk.console.guard import VISITOR, needs, of_this_request, page_of_form, public
from mtc_kiosk.console.replies import Took
from mtc_kiosk.office import accounts, sessions
from mtc_kiosk.office.first_owner import ALSO
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.refusals import problems_of
from mtc_kiosk.office.sign_in import is_known
from mtc_kiosk.office.sign_in import sign_in as sign_in_with
from mtc_kiosk.school.accounts import Account
from mtc_kiosk.school.obstacle import Refused
from mtc_kiosk.school.passwords import RULE
from mtc_kiosk.school.permissions import MEANING, May, may
from mtc_kiosk.school.session import SessionState
from mtc_kiosk.school.staff import Role

pages = Blueprint("sign_in", __name__)


def role_label(role: Role) -> str:
    """A role at the head of its box."""
    return "SENCO" if role is Role.SENCO else str(role).capitalize()


BROWSER_DAYS = 400
_LONGEST_NEXT = 2000
_NOWHERE = ("/", "/sign-in", "/idle")
"""Addresses that are no page to come back to."""


class SignInForm(ConsoleForm):
    """Name and password, and where to go afterwards."""

    name = StringField("Your name")
    password = PasswordField("Password")
    next = HiddenField()


class FirstOwnerForm(ConsoleForm):
    """The first account; ``code`` is the part of the link behind the hash sign."""

    code = StringField("Code of the link")
    name = StringField("Your name")
    password = PasswordField("Password")
    again = PasswordField("The same password again")
    also = Ticks("What else do you do?", choices={str(role): role_label(role) for role in ALSO})


@pages.route("/sign-in", methods=["GET", "POST"])
@public("people sign in here")
def sign_in() -> str | Response | tuple[str, int]:
    """Ask who is there."""
    desk, web = g.desk, of_this_request()
    desk.web.forget_old(web)
    if desk.signed_in_as is not None or (web.account is not None and desk.web.left(web, desk.idle).total_seconds() > 0):
        return redirect(_safe(request.args.get("next", "")) or "/", 303)
    form = SignInForm()
    if request.method != "POST":
        with desk.opened(VISITOR) as home:
            first = accounts.none_yet(home)
        form.next.data = _safe(request.args.get("next", ""))
        return _page(form, first=first)
    if not form.validate():
        form = SignInForm(formdata=None, data={"name": form.name.data, "next": _safe(form.next.data or "")})
        form.others.append("This page was open for too long. Please sign in once more.")
        return _page(form), 422
    try:
        with desk.opened(VISITOR) as home:
            done = sign_in_with(home, desk.tries, form.name.data or "", form.password.data or "", _browser())
            answer = redirect(_after(done.account, _safe(form.next.data or ""), _is_open(home)), 303)
    except OfficeRefused as refused:
        form.others += [problem.message for problem in refused.problems]
        return _page(form), 422
    _let_in(answer, done.account, done.browser)
    return answer


@pages.route("/sign-in/first", methods=["GET", "POST"])
@public("the first start has no account yet; the link's secret is asked for")
def first_owner() -> str | Response | tuple[str, int]:
    """Make the first account, for whoever has the link of the terminal."""
    desk, form = g.desk, FirstOwnerForm()
    with desk.opened(VISITOR) as home:
        if not accounts.none_yet(home):
            return redirect("/sign-in", 303)
        if request.method != "POST":
            form.also.data = [str(Role.TEACHER)]
            return render_template("sign_in/first.html", form=form, explained=_explained(), rule=RULE)
        if not form.validate():
            form.others.append("This page was open for too long. Please press the button once more.")
        elif form.password.data != form.again.data:
            form.again.errors = ["Type the same password twice."]
        else:
            also = frozenset(role for role in ALSO if str(role) in (form.also.data or ()))
            name, password = form.name.data or "", form.password.data or ""
            try:
                desk.first_owner.make_owner(home, form.code.data or "", name, password, also)
            except (OfficeRefused, Refused) as refused:
                form.show(
                    problems_of(refused), {"not_a_password": "password", "not_a_name": "name", "not_the_link": "code"}
                )
            else:
                done = sign_in_with(home, desk.tries, name, password, _browser())
                answer = redirect("/", 303)
                _let_in(answer, done.account, done.browser)
                return answer
        return render_template("sign_in/first.html", form=form, explained=_explained(), rule=RULE), 422


@pages.post("/sign-out")
@needs(May.SIGNED_IN, first=True)
def sign_out() -> Response:
    """End the session."""
    web = of_this_request()
    if web.account is not None:
        g.desk.kept.drop(web.account.id)
    g.desk.web.sign_out(web)
    return redirect("/sign-in", 303)


@pages.post("/lock")
@needs(May.SIGNED_IN, polls=True, first=True)
def lock() -> Response:
    """Lock: the same person's password opens this page again."""
    g.desk.web.lock(of_this_request())
    return redirect(url_for("sign_in.sign_in", next=_safe(page_of_form(g.desk))), 303)


@pages.get("/idle")
@needs(May.SIGNED_IN, polls=True, first=True)
def idle() -> Response:
    """How many seconds are left until the console locks; asking is not use."""
    left = g.desk.web.left(of_this_request(), g.desk.idle)
    return jsonify(left=max(0, int(left.total_seconds())))


@pages.post("/still-here")
@needs(May.SIGNED_IN, first=True)
def still_here() -> tuple[str, int]:
    """Somebody is there: they type, or they pressed "I am still here"."""
    return "", 204


@pages.post("/keep")
@needs(May.SIGNED_IN, polls=True)
def keep() -> tuple[str, int]:
    """Keep what somebody had typed when their time runs out."""
    account = of_this_request().account
    if account is not None:
        g.desk.kept.keep(account.id, page_of_form(g.desk), request.form.items(multi=True))
    return "", 204


@pages.get("/kept")
@needs(May.SIGNED_IN)
def kept() -> str:
    """What somebody had typed when their time ran out, to read and copy."""
    account = of_this_request().account
    form = g.desk.kept.of(account.id) if account is not None else None
    return render_template("sign_in/kept.html", kept=form)


def _page(form: SignInForm, *, first: bool = False) -> str:
    web = of_this_request()
    locked = web.account is not None and "else" not in request.args
    if locked and web.account is not None and not form.name.data:
        form.name.data = web.account.name
    return render_template("sign_in/sign_in.html", form=form, first=first, locked=web.account if locked else None)


def _let_in(answer: Response, account: Account, browser: str) -> None:
    """Sign in the session of this request, and give the browser its mark."""
    desk, web = g.desk, of_this_request()
    desk.web.sign_in(web, account)
    generate_csrf()
    if desk.kept.of(account.id) is not None:
        web["took"] = Took("You were away, so nothing was saved. What you had typed is back on its page.", asks=True)
    answer.set_cookie(
        _browser_cookie(),
        browser,
        max_age=BROWSER_DAYS * 24 * 3600,
        httponly=True,
        samesite="Strict",
        secure=request.is_secure,
        path="/",
    )


def _after(account: Account, there: str, session_is_open: bool) -> str:
    """Where signing in leads: to where one was, else to where the work is."""
    if account.must_change:
        return "/password"
    if there:
        return there
    staff, views = account.staff, current_app.view_functions
    if session_is_open and may(staff, May.RUN_ROOM) and "room.room" in views:
        return url_for("room.room")
    if staff.roles == {Role.ADMIN} and "exports.exports" in views:
        return url_for("exports.exports")
    return "/"


def _is_open(home: OpenHome) -> bool:
    return any(each.state is SessionState.OPEN for each in sessions.listed(home))


def _safe(there: str) -> str:
    """An address below this console, or ""."""
    parts = urlsplit(there)
    ours = there.startswith("/") and not there.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    known = ours and there.isprintable() and len(there) <= _LONGEST_NEXT and parts.path not in _NOWHERE
    return there if known else ""


def browser_of_request(home: OpenHome, account_id: int) -> str:
    """The mark of the browser, if this account signed in from it before; "" if not."""
    return _browser() if is_known(home, account_id, _browser()) else ""


def _browser() -> str:
    return request.cookies.get(_browser_cookie(), "")


def _browser_cookie() -> str:
    return f"{'__Host-' if request.is_secure else ''}mtc_browser_{current_app.config['CONSOLE_PORT']}"


def _explained() -> dict[str, str]:
    return {str(role): MEANING[role] for role in ALSO}
