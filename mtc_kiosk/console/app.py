"""The console as a Flask app: pages over ``office`` for one home."""

import contextlib
import io
import secrets
import sqlite3
from typing import IO, TYPE_CHECKING, Any

from flask import Flask, Request, Response, current_app, g, send_file
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import NotFound
from werkzeug.routing import IntegerConverter, Map

from mtc_kiosk.console import guard, navigation, replies
from mtc_kiosk.console.api.routes import routes as api_routes
from mtc_kiosk.console.forms import new_once
from mtc_kiosk.console.guard import public
from mtc_kiosk.console.pages import BLUEPRINTS, sign_in
from mtc_kiosk.export.about import OWN_CHECK
from mtc_kiosk.export.typeface import FONTS
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.room import needs_you
from mtc_kiosk.office.sessions import open_now
from mtc_kiosk.resources import asset
from mtc_kiosk.school.permissions import May, may, who_may
from mtc_kiosk.school.words import counted, number_in_words
from mtc_kiosk.store.db.sqlite_faults import OddRow

if TYPE_CHECKING:
    from mtc_kiosk.console.desk import Desk

LARGEST_REQUEST = 6_000_000
"""Bytes: a class list of 5 MB, and the form around it."""


LARGEST_NUMBER = 2**63 - 1
"""The largest number that a row can have."""


class ConsoleRequest(Request):
    """A request of which nothing is ever written to the disk: an upload has children's data in it.

    To a view, HEAD is GET.
    """

    max_form_memory_size = LARGEST_REQUEST
    max_form_parts = 2000

    def __init__(self, environ: dict[str, Any], populate_request: bool = True, shallow: bool = False) -> None:
        super().__init__(environ, populate_request, shallow)
        if self.method == "HEAD":
            # A view with a form asks whether it is a GET. Flask sends it HEAD as well, which no CSRF token guards.
            self.method = "GET"

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return io.BytesIO()


@public("the sign-in page is set in it, too")
def font(name: str) -> Response:
    """A font of the pages."""
    if name not in FONTS:
        raise NotFound
    response = send_file(asset("fonts", name), mimetype="font/ttf", max_age=30 * 24 * 3600)
    response.cache_control.private = True
    return response


class RowNumber(IntegerConverter):
    """The number of a row in an address; a larger one leads nowhere, as the database cannot look it up."""

    def __init__(self, map: Map) -> None:  # noqa: A002 - werkzeug's own name
        super().__init__(map, max=LARGEST_NUMBER)


class ConsoleFlask(Flask):
    """Flask with our requests."""

    request_class = ConsoleRequest


def create_app(desk: "Desk", port: int = 8425) -> Flask:
    """The console of one desk; ValueError if a view says neither what it needs nor that it is public."""
    app = ConsoleFlask(__name__, static_folder=str(asset("console")), static_url_path="/static")
    app.config.update(
        SECRET_KEY=secrets.token_bytes(32),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        WTF_CSRF_TIME_LIMIT=None,
        CONSOLE_PORT=port,
    )
    app.logger.disabled = True  # it would write exceptions with their texts, which may name a pupil
    app.session_interface = desk.web
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(
        counted=counted,
        new_once=new_once,
        May=May,
        OWN_CHECK=OWN_CHECK,
        divider_of=navigation.divider_of,
        pupil_page=replies.pupil_page,
        who_may=lambda what: " or ".join(map(str, who_may(what))),
        when=replies.when,
        number_in_words=number_in_words,
    )
    app.url_map.converters["int"] = RowNumber
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.register_blueprint(api_routes)
    app.add_url_rule("/fonts/<name>", "font", font)
    protection = CSRFProtect(app)
    for view in (sign_in.sign_in, sign_in.first_owner):  # they look at it themselves, and ask again for an old one
        protection.exempt(view)
    protection.exempt(api_routes)  # no browser's cookie counts there
    replies.put_on(app)
    guard.put_on(app, desk)
    app.context_processor(lambda: _on_every_page(desk))
    return app


def _on_every_page(desk: "Desk") -> dict[str, object]:
    """What the base template shows."""
    staff, home = g.get("staff"), g.get("home")
    divider, tab = navigation.present()
    return {
        "desk": desk,
        "staff": staff,
        "home": home,
        "school_name": desk.configuration().school.name,
        "dividers": navigation.shown_to(staff) if staff is not None else (),
        "present_divider": divider,
        "present_tab": tab,
        "open_sessions": lambda: open_now(home) if home is not None else (),
        "took": replies.took,
        "may": lambda what: staff is not None and may(staff, what),
        "settings_mistakes": desk.mistakes,
        "needs_you": lambda: _needs_you(home),
        "has_view": lambda endpoint: endpoint in current_app.view_functions,
    }


def _needs_you(home: OpenHome | None) -> int:
    """The number on the divider; none where the database cannot be read, so that the page that says so can be shown."""
    if home is None or not may(home.staff, May.RUN_ROOM):
        return 0
    with contextlib.suppress(sqlite3.Error, OddRow):
        return needs_you(home)
    return 0
