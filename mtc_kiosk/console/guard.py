"""Who may call which route. Every view names what it needs, or says why it needs nothing.

Before each request: the Host header must be the console's own; then the session, the account, its permission; then the
home is opened for that account as ``g.home``.
"""

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast
from urllib.parse import urlencode

from flask import Flask, Response, g, redirect, request, session
from werkzeug.exceptions import BadRequest, Forbidden
from werkzeug.wrappers import Response as AnyResponse

from mtc_kiosk.console.web_sessions import WebSession
from mtc_kiosk.school.permissions import May, may

if TYPE_CHECKING:
    from mtc_kiosk.console.desk import Desk
    from mtc_kiosk.school.staff import Staff

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

    ``polls``: the page asks by itself, so a request does not count as somebody being there.
    """

    permissions: tuple[May, ...] = ()
    public: str = ""
    polls: bool = False


def needs(*permissions: May, polls: bool = False) -> Callable[[View], View]:
    """Mark a view as open to accounts with any one of these permissions."""
    return _marked(Mark(permissions, polls=polls))


def public(why: str) -> Callable[[View], View]:
    """Mark a view as open to everybody who reaches the console, and say why."""
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
    if request.host not in desk.origins:
        return Response(NOT_OURS, 400, mimetype="text/plain")
    if request.endpoint is None or request.endpoint in _FILES:
        return None
    mark = marks[request.endpoint]
    g.desk, g.staff, g.needs = desk, _staff(desk), mark.permissions
    if mark.public:
        return None
    if g.staff is None:
        return _to_sign_in()
    if not mark.polls:
        of_this_request().used = desk.now()
    if not any(may(g.staff, what) for what in mark.permissions):
        raise Forbidden
    g.closing = contextlib.ExitStack()
    g.home = g.closing.enter_context(desk.opened(g.staff))
    g.changes_before = g.home.changes
    return _already_done()


def _close(_: BaseException | None) -> None:
    closing = g.pop("closing", None)
    if closing is not None:
        closing.close()


def _finish(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    kept = request.endpoint in _FILES and response.status_code in (200, 304)
    response.headers["Cache-Control"] = "private, max-age=86400" if kept else "no-store"
    if request.method == "POST" and response.status_code == 303 and "closing" in g:
        of_this_request().note_done(request.form["once"], response.headers["Location"])
    return response


def _marked(mark: Mark) -> Callable[[View], View]:
    def put(view: View) -> View:
        view.mark = mark  # type: ignore[attr-defined]  # read by ``mark_of``
        return view

    return put


def _staff(desk: "Desk") -> "Staff | None":
    """Who acts; None if nobody is signed in, or the session is locked or was unused for too long."""
    if desk.signed_in_as is not None:
        return desk.signed_in_as
    found = of_this_request()
    if found.account is None or found.locked or desk.web.is_idle(found):
        return None
    return desk.staff_called(found.account)


def _to_sign_in() -> AnyResponse:
    there = request.full_path.rstrip("?") if request.method == "GET" else ""
    return redirect(f"/sign-in?{urlencode({'next': there})}" if there else "/sign-in", 303)


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
