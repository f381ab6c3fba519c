"""Who may call which route. Every view names what it needs, or says why it needs nothing.

Before each request: the Host header must be the console's own; then the session, the account as it is now, its
permission; ``g.home`` is the home, open for that account. What somebody sends whose time ran out is kept for them.
"""

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar, cast
from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, g, redirect, render_template, request, session
from flask_wtf.csrf import validate_csrf
from werkzeug.exceptions import BadRequest, Forbidden
from werkzeug.wrappers import Response as AnyResponse
from wtforms import ValidationError

from mtc_kiosk.console.api import admission, answers
from mtc_kiosk.console.bounds import REACHED_AT
from mtc_kiosk.console.web_sessions import WebSession, asked_by_another_site
from mtc_kiosk.office import accounts
from mtc_kiosk.school.accounts import UNKNOWN
from mtc_kiosk.school.permissions import May, may
from mtc_kiosk.school.staff import kiosk_staff, staff_of

if TYPE_CHECKING:
    from mtc_kiosk.console.desk import Desk
    from mtc_kiosk.office.open import OpenHome

VISITOR = staff_of(UNKNOWN)
"""Who acts before anybody is signed in: an account without roles."""

_FILES = ("static", "font")
View = TypeVar("View", bound=Callable[..., Any])

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self';"
    " img-src 'self' data:; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""What every answer carries. The policy allows no inline script and no inline style."""

NOT_OURS = "This is not the console's own address. Open the address that the console printed.\n"
"""The answer to a request for another host: no page, as a host that is no host's name has no addresses for one."""


@dataclass(frozen=True)
class Mark:
    """What a view needs: any one of these permissions, or nothing where ``public`` says why.

    ``polls``: the page asks by itself, so a request does not count as somebody being there. ``first``: also open to
    somebody who has to change their password first. ``kiosks``: enrolled kiosks alone may call it, over HTTPS.
    """

    permissions: tuple[May, ...] = ()
    public: str = ""
    polls: bool = False
    first: bool = False
    kiosks: bool = False


def needs(*permissions: May, polls: bool = False, first: bool = False) -> Callable[[View], View]:
    """Mark a view as open to accounts with any one of these permissions."""
    return _marked(Mark(permissions, polls=polls, first=first))


def public(why: str) -> Callable[[View], View]:
    """Mark a view as open to everybody who reaches the console, and say why."""
    return _marked(Mark(public=why))


def for_kiosks(view: View) -> View:
    """Mark a view of the API as open to enrolled kiosks alone."""
    return _marked(Mark(kiosks=True))(view)


def for_strangers(why: str) -> Callable[[View], View]:
    """Mark a view of the API as open to everybody who reaches it over HTTPS, and say why."""
    return _marked(Mark(public=why))


def mark_of(app: Flask, endpoint: str) -> Mark:
    """The mark of a view; ValueError if it has none."""
    if endpoint == "static":
        return Mark(public="the sign-in page has a style, too")
    mark = getattr(app.view_functions[endpoint], "mark", None)
    if not isinstance(mark, Mark):
        raise ValueError(f"The view {endpoint} says neither what it needs nor that it is public.")
    return mark


def of_this_request() -> WebSession:
    """The session of the request at hand."""
    return cast(WebSession, session._get_current_object())  # type: ignore[attr-defined]  # Flask's own proxy


def put_on(app: Flask, desk: "Desk") -> None:
    """Guard every route of the app; ValueError names a view without a mark."""
    marks = {endpoint: mark_of(app, endpoint) for endpoint in app.view_functions}
    app.before_request_funcs.setdefault(None, []).insert(0, lambda: _admit(desk, marks))
    app.after_request(_finish)
    app.teardown_request(_close)


def _admit(desk: "Desk", marks: Mapping[str, Mark]) -> AnyResponse | None:
    """Open the home for who asks, as ``g.home``; or the answer that refuses."""
    if answers.is_api():
        _admit_to_api(desk, marks)
        return None
    if not _is_own_host(desk):
        return Response(NOT_OURS, 400, mimetype="text/plain")
    if request.method == "HEAD":
        request.method = "GET"  # else a view would take it for its form; the answer has no body all the same
    if request.endpoint is None or request.endpoint in _FILES:
        return None
    mark = marks[request.endpoint]
    g.desk, g.staff, g.needs, g.polls = desk, desk.signed_in_as, mark.permissions, mark.polls
    if mark.public:
        return None
    g.closing = contextlib.ExitStack()
    home = _home_of_who_asks(desk)
    if home is None:
        return _to_sign_in(desk)
    if not mark.polls:
        of_this_request().used = desk.now()
    if _must_change_password() and not mark.first:
        return redirect("/password", 303)
    g.home, g.staff, g.changes_before = home, home.staff, home.changes
    if not any(may(g.staff, what) for what in mark.permissions):
        raise Forbidden
    return _already_done()


def _admit_to_api(desk: "Desk", marks: Mapping[str, Mark]) -> None:
    """Open the home, as ``g.home``, for a kiosk or for whoever asks; ApiRefused, OfficeRefused.

    The Host header does not matter here: a browser has nothing that would let a page elsewhere in.
    """
    admission.refuse_without_tls()
    if request.endpoint is None:
        admission.count_stranger(desk.admission)
        return
    g.desk, g.staff, g.needs, g.polls = desk, VISITOR, (), True
    mark, g.closing = marks[request.endpoint], contextlib.ExitStack()
    if not mark.kiosks:
        admission.count_stranger(desk.admission)
        admission.read_body()
    home = g.closing.enter_context(desk.opened(VISITOR))
    if mark.kiosks:
        g.kiosk = admission.admit(desk.admission, home)
        home = replace(home, staff=kiosk_staff(g.kiosk.name))
    g.home, g.changes_before = home, home.changes


def _is_own_host(desk: "Desk") -> bool:
    """Whether the request names this console, in the way in which it came here."""
    if request.is_secure and desk.lan is not None:
        return desk.lan.is_own(request.host, request.environ.get(REACHED_AT, ""))
    return request.host in desk.origins


def _close(_: BaseException | None) -> None:
    closing = g.pop("closing", None)
    if closing is not None:
        closing.close()


def _finish(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    kept = request.endpoint in _FILES and response.status_code in (200, 304)
    response.headers["Cache-Control"] = "private, max-age=86400" if kept else "no-store"
    if request.method == "POST" and response.status_code == 303 and "home" in g:
        found = of_this_request()
        found.note_done(request.form.get("once", ""), response.headers["Location"])
        if found.account is not None and not g.polls:  # to lock is not to send what was kept a moment before
            g.desk.kept.drop(found.account.id, request.path, urlsplit(request.referrer or "").path)
    return response


def _marked(mark: Mark) -> Callable[[View], View]:
    def put(view: View) -> View:
        view.mark = mark  # type: ignore[attr-defined]  # read by ``mark_of``
        return view

    return put


def _home_of_who_asks(desk: "Desk") -> "OpenHome | None":
    """The home, open for who asks, with the roles of now; None where the session is locked, or nobody's.

    Whose account was removed, has ended, or has another password since, is signed out.
    """
    if desk.signed_in_as is not None:
        everybody: OpenHome = g.closing.enter_context(desk.opened(desk.signed_in_as))
        return everybody
    found = of_this_request()
    if desk.web.left(found, desk.idle) <= timedelta(0) or found.account is None:
        desk.web.lock(found)
        return None
    home: OpenHome = g.closing.enter_context(desk.opened(VISITOR))
    account = accounts.signed_in(home, found.account.id)
    if account is None or account.password_at != found.account.password_at:
        desk.web.sign_out(found)
        return None
    found.account = account
    return replace(home, staff=account.staff)


def _must_change_password() -> bool:
    account = of_this_request().account
    return account is not None and account.must_change


def _to_sign_in(desk: "Desk") -> AnyResponse:
    """Ask who is there; and keep what was sent for who was there, if it is theirs.

    Who comes by a link of another site may be signed in: the browser sends the cookie with the next step, our own.
    """
    page = request.full_path.rstrip("?")
    if request.method == "POST":
        page, account = page_of_form(desk), of_this_request().account
        if account is not None and _is_of_our_form():
            desk.kept.keep(account.id, page, request.form.items(multi=True))
    there = f"/sign-in?{urlencode({'next': page})}" if page != "/" else "/sign-in"
    if request.method == "GET" and asked_by_another_site():
        step = Response(render_template("sign_in/go_on.html", there=there))
        step.headers["Refresh"] = f"0; url={there}"
        return step
    return redirect(there, 303)


def page_of_form(desk: "Desk") -> str:
    """The page on which the form of this request was, as the browser says; else its own address."""
    from_page = urlsplit(request.referrer or "")
    if from_page.netloc != request.host or not from_page.path.startswith("/"):
        return "/"
    return from_page.path + (f"?{from_page.query}" if from_page.query else "")


def _is_of_our_form() -> bool:
    """Whether the form was made for this session: a page elsewhere must not leave one behind."""
    try:
        validate_csrf(request.form.get("csrf_token"))
    except ValidationError:
        return False
    return True


def _already_done() -> AnyResponse | None:
    """The answer to a form that this session sent before, so that a second press is not a second change.

    Two requests of one session that change something wait for each other.
    """
    if request.method != "POST":
        return None
    found = of_this_request()
    g.closing.enter_context(found.lock)
    once = request.form.get("once", "")
    if not once or len(once) > 64:
        raise BadRequest("This form is not complete. Nothing was changed. Open the page again.")
    location = found.done.get(once)
    return redirect(location, 303) if location is not None else None
