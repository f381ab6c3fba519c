"""The door of the console: who is let in, by which address, and what every answer carries."""

import pytest
from flask import Blueprint, Flask

from mtc_kiosk.console.guard import mark_of
from mtc_kiosk.store.home.home import Home
from tests.console.desk import console_of


def test_an_address_that_is_not_the_consoles_own_is_refused(home: Home) -> None:
    """A page elsewhere could give its own name the address 127.0.0.1."""
    visitor = console_of(home)
    assert visitor.client.get("/", base_url="http://attacker.example:8425").status_code == 400
    assert visitor.client.get("/", base_url="http://127.0.0.1:9000").status_code == 400


def test_a_page_that_is_not_there_says_so(home: Home) -> None:
    """With the same headers as every page."""
    answer = console_of(home).get("/no-such-page")
    assert answer.status_code == 404
    assert "There is no such page" in answer.text
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_view_without_a_mark_cannot_be_added_by_mistake() -> None:
    """The app does not start with it."""
    app, pages = Flask("elsewhere"), Blueprint("some", __name__)
    pages.add_url_rule("/other", "other", lambda: "")
    app.register_blueprint(pages)
    with pytest.raises(ValueError, match="neither"):
        mark_of(app, "some.other")
