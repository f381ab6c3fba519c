"""Who may call which route of the API, written by hand: a new route fails here until somebody has said who may."""

import pytest

from mtc_kiosk.console.guard import mark_of
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.sync.desk_connection import DeskRefused
from tests.console.desk import console_of
from tests.console.every_route import every_api_route

from .lan_desk import LanDesk

KIOSKS, EVERYBODY = "kiosks", "everybody"
WHO_MAY = {
    "GET /api": EVERYBODY,
    "POST /api/v1/enrolments": EVERYBODY,
    "POST /api/v1/beats": KIOSKS,
    "POST /api/v1/claims": KIOSKS,
    "GET /api/v1/pack": KIOSKS,
    "GET /api/v1/records": KIOSKS,
    "PUT /api/v1/records/<name>": KIOSKS,
}


def test_every_route_is_in_the_table_and_says_who_may_call_it(home: Home) -> None:
    """A route for everybody says why."""
    app = console_of(home).app
    found = {str(route): mark_of(app, route.endpoint) for route in every_api_route(app)}
    assert {name: KIOSKS if mark.kiosks else EVERYBODY for name, mark in found.items()} == WHO_MAY
    assert all(mark.kiosks != bool(mark.public) for mark in found.values())
    assert not any(mark.permissions for mark in found.values())


def test_none_answers_without_https(home: Home) -> None:
    """A token would go over the network for all to read; and a browser, signed in or not, is no kiosk."""
    visitor = console_of(home)
    for route in every_api_route(visitor.app):
        answer = visitor.ask(route.rule.replace("<name>", "x"), route.method)
        assert (answer.status_code, answer.json["code"]) == (403, "https_only"), str(route)


@pytest.mark.parametrize("name", [name for name, who in WHO_MAY.items() if who is KIOSKS])
def test_a_pc_that_is_no_kiosk_is_refused_over_https(desk: LanDesk, name: str) -> None:
    """Whatever it sends."""
    method, rule = name.split(" ")
    with desk.connection() as connection, pytest.raises(DeskRefused) as refused:
        connection.send(method, rule.replace("<name>", "x"), b"{}")
    assert refused.value.code == "not_enrolled"
