"""A console over a real home, without a browser: a client that is signed in as whoever a test says."""

import html
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mtc_kiosk.console.app import create_app
from mtc_kiosk.console.desk import Desk
from mtc_kiosk.school.staff import Role, Staff, staff_of
from mtc_kiosk.store.home.home import Home

HOST = "127.0.0.1:8425"
MORNING = "2027-06-07T09:00:00Z"


class Visitor:
    """A browser without a screen. ``at`` changes the time; pages are text, forms are posted as the page has them."""

    def __init__(self, app: Flask, desk: Desk) -> None:
        self.app, self.desk = app, desk
        self.client: FlaskClient = app.test_client()

    def at(self, instant: str) -> None:
        """Let it be this instant."""
        moment = datetime.fromisoformat(instant)
        self.desk.now = self.desk.web.now = lambda: moment

    def ask(self, url: str, method: str = "GET", host: str = HOST, **sent: Any) -> TestResponse:
        """Any request, of any host; the answer is read to its end."""
        return self.client.open(url, method=method, base_url=f"http://{host}", buffered=True, **sent)

    def get(self, url: str, **headers: str) -> TestResponse:
        """A page."""
        return self.client.get(url, base_url=f"http://{HOST}", headers=headers)

    def post(self, url: str, form: Mapping[str, object], **headers: str) -> TestResponse:
        """A form as a browser sends it, with nothing added."""
        return self.client.post(url, data=dict(form), base_url=f"http://{HOST}", headers=headers)

    def send(self, page: str, form: Mapping[str, object], to: str = "") -> TestResponse:
        """Open a page and send its form (the one that posts to ``to``, else to the page) with what is filled in."""
        shown = self.get(page)
        assert shown.status_code == 200, (page, shown.status_code)
        return self.post(to or page, {**hidden(shown.text, to or page), **form})


def hidden(page: str, action: str) -> dict[str, str]:
    """The hidden fields of the form that posts to ``action`` (or has none, so posts to its own page)."""
    forms = re.findall(r"<form\b([^>]*)>(.*?)</form>", page, re.DOTALL)
    for attributes, inside in forms:
        named = re.search(r'action="([^"]*)"', attributes)
        if 'method="post"' in attributes and (named is None or html.unescape(named[1]) == action):
            found = re.findall(r'<input\b[^>]*type="hidden"[^>]*>', inside)
            return {_attribute(each, "name"): _attribute(each, "value") for each in found}
    raise AssertionError(f"No form on the page posts to {action}.")


def console_of(home: Home, *roles: Role, at: str = MORNING, staff: Staff | None = None) -> Visitor:
    """A visitor of the console of a made-up home, signed in with these roles (a head's unless told)."""
    who = staff or staff_of("a.adeyemi", *(roles or (Role.HEAD,)))
    desk = Desk(home, frozenset({HOST}), who, {"MTC_KIOSK_NOW": at})
    visitor = Visitor(create_app(desk), desk)
    visitor.at(at)
    return visitor


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return html.unescape(found[1]) if found else ""
