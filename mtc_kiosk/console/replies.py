"""Answers that all pages share: what took place and its undo, a file to keep, and pages for what went wrong."""

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import quote

from flask import Flask, Response, g, redirect, render_template, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from mtc_kiosk.console.api import answers
from mtc_kiosk.console.api.rates import TooMany
from mtc_kiosk.console.api.refusals import ApiRefused
from mtc_kiosk.console.guard import of_this_request
from mtc_kiosk.office.refusals import REFUSALS, problems_of
from mtc_kiosk.school.permissions import who_may
from mtc_kiosk.store.db.traces import trace
from mtc_kiosk.store.home.log_file import add_lines


@dataclass(frozen=True)
class Took:
    """What took place, for the strip on the next page. ``undo`` is where its form posts to, with these fields."""

    message: str
    undo: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    asks: bool = False


def done(url: str, message: str, undo: str = "", **fields: str) -> AnyResponse:
    """Go on to ``url``, which says what took place and offers "Undo" where ``undo`` is a route that takes it back."""
    of_this_request()["took"] = Took(message, undo, fields)
    return redirect(url, 303)


def look(url: str, message: str) -> AnyResponse:
    """Go on to ``url``, which says that something needs a look (yellow)."""
    of_this_request()["took"] = Took(message, asks=True)
    return redirect(url, 303)


def download(content: bytes, name: str, kind: str) -> Response:
    """A file to keep. ``name`` names no pupil."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().replace('"', "")
    response = Response(content, mimetype=kind)
    response.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    return response


def when(moment: datetime) -> str:
    """``Monday 7 June, 10:05`` by the school's clock, with the year if it is not this one."""
    zone = g.home.configuration.school.zone
    local = moment.astimezone(zone)
    year = "" if local.year == g.home.now.astimezone(zone).year else f" {local.year}"
    return f"{local:%A} {local.day} {local:%B}{year}, {local:%H:%M}"


def pupil_page() -> str:
    """The address of a pupil's page but the id, which ends it; found once for a list of 700 names."""
    return url_for("pupil.pupil", pupil_id=0).removesuffix("0")


def took() -> Took | None:
    """What took place, once; for the base template."""
    found = of_this_request().pop("took", None)
    return found if isinstance(found, Took) else None


def put_on(app: Flask) -> None:
    """Answer every refusal and fault with a page."""
    app.register_error_handler(CSRFError, _old_page)
    app.register_error_handler(HTTPException, _refused)
    for refusal in REFUSALS:
        app.register_error_handler(refusal, _office_refused)
    for kind in (ApiRefused, TooMany):
        app.register_error_handler(kind, answers.refused)
    app.register_error_handler(Exception, _fault)


_PAGES = {
    400: ("This request cannot be read", "Nothing was changed. Go back, open the page again, and try once more."),
    404: ("There is no such page", "The address may be wrong, or what was here is gone. Nothing was changed."),
    405: ("This address is not for that", "Nothing was changed. Go back and open the page again."),
    413: ("This is too large", "Nothing was kept and nothing was changed. A file may have 5 MB at most."),
}


def _page(code: int, heading: str, *sentences: str) -> tuple[str, int]:
    return render_template("went_wrong.html", heading=heading, sentences=sentences), code


def _refused(problem: HTTPException) -> tuple[str, int] | AnyResponse:
    if answers.is_api():
        return answers.refused(problem)
    if problem.code is not None and problem.code < 400 and problem.response is not None:
        return problem.get_response()
    if problem.code == 403:
        roles = sorted({str(role) for what in g.get("needs", ()) for role in who_may(what)})
        who = f"This page is for: {', '.join(roles)}." if roles else "This page is not for your account."
        return _page(403, "Your account may not do this", who, "Nothing was changed.")
    heading, sentence = _PAGES.get(problem.code or 500, _PAGES[400])
    return _page(problem.code or 400, heading, sentence)


def _old_page(_: CSRFError) -> tuple[str, int]:
    return _page(
        400,
        "This page was open for too long",
        "Nothing was changed. Go back, open the page again, and press the button once more.",
    )


def _office_refused(refusal: Exception) -> tuple[str, int] | AnyResponse:
    if answers.is_api():
        return answers.of_office(refusal)
    home = g.get("home")
    problems = problems_of(refusal, home.db if home is not None else None)
    return _page(409, "This cannot be done now", *(str(problem) for problem in problems), "Nothing was changed.")


def _fault(problem: Exception) -> tuple[str, int] | AnyResponse:
    """A fault of the program: where it happened goes to the log, no pupil's name does."""
    desk, home = g.get("desk"), g.get("home")
    if desk is not None:
        line = f"{desk.now():%Y-%m-%dT%H:%M:%SZ} console {request.endpoint} {trace(problem)}"
        add_lines(desk.home.faults_log, (line,))
    if answers.is_api():
        return answers.refused(problem)
    changed = home is not None and home.changes != g.changes_before
    what = "What you asked for was done, but the page cannot be shown." if changed else "Nothing was changed."
    return _page(
        500, "Something went wrong in the program", what, "If it happens again, tell whoever looks after this PC."
    )
