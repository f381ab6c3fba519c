"""What every answer of the console carries, and what no address does: each route, each form, nothing left out."""

import re

import pytest

from mtc_kiosk.store.home.home import Home
from tests.console.conftest import LookedAt
from tests.console.crawl import every_form, every_page
from tests.console.desk import Visitor
from tests.console.every_route import address, every_route
from tests.console.furnished import known
from tests.console.markup import within
from tests.console.snapshot import changed, held_in

KEPT = ("static", "font")
"""The look of the pages, in which there is nobody's data."""


def test_every_answer_says_what_a_browser_may_do_with_it(everyone: Visitor, furnished: Home) -> None:
    """No script and no style but the console's own, no frame, no guess at the kind of a file, nothing kept."""
    for url, endpoint, method in _addresses(everyone, furnished):
        answer = everyone.ask(url, method)
        policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["Content-Security-Policy"].split(";"))
        assert policy["default-src"] == "'none'", url
        assert (policy["script-src"], policy["style-src"]) == ("'self'", "'self'"), url
        assert (policy["frame-ancestors"], policy["form-action"], policy["base-uri"]) == (
            "'none'",
            "'self'",
            "'none'",
        ), url
        assert "unsafe" not in answer.headers["Content-Security-Policy"], url
        assert answer.headers["X-Content-Type-Options"] == "nosniff", url
        kept = endpoint in KEPT and answer.status_code == 200
        assert answer.headers["Cache-Control"] == ("private, max-age=86400" if kept else "no-store"), url
        assert "Access-Control-Allow-Origin" not in answer.headers, url


def test_no_page_has_a_script_or_a_style_in_it(looked_at: LookedAt) -> None:
    """The policy would leave them out, and the page would not be what was meant."""
    for url, page in looked_at.pages.items():
        for tag, attributes in page.tags:
            assert "style" not in attributes, (url, tag)
            assert not [name for name in attributes if name.startswith("on")], (url, tag)
            assert tag != "style", url
            assert tag != "script" or attributes.get("src", "").startswith("/static/"), url


def test_every_address_answers_to_its_own_host_alone(everyone: Visitor, furnished: Home) -> None:
    """A page elsewhere may have its own name lead to 127.0.0.1: no answer is for it."""
    for url, _, method in _addresses(everyone, furnished):
        for host in ("attacker.example:8425", "127.0.0.1:9000", "127.0.0.1", "127.0.0.1.attacker.example:8425"):
            assert everyone.ask(url, method, host).status_code == 400, url


def test_nothing_changes_by_looking(everyone: Visitor, furnished: Home) -> None:
    """Each page and each link of it, by GET and by HEAD; only that results or PINs were shown is noted."""
    before = held_in(furnished)
    for url in every_page(everyone, furnished):
        everyone.ask(url, "HEAD")
    assert changed(before, held_in(furnished)) == []


def test_every_change_needs_the_pages_own_mark(looked_at: LookedAt) -> None:
    """A form that another page sends has no CSRF token, or one of another session: nothing is done."""
    before, refused, everyone = held_in(looked_at.home), 0, looked_at.visitor
    for _, form in every_form(looked_at.pages):
        for token in ([], ["of another session"]):
            sent = {**form.as_sent(), "csrf_token": token}
            answer = everyone.ask(within(form.action), "POST", data=sent)
            assert (answer.status_code, "Nothing was changed" in answer.text) == (400, True), form.action
            refused += 1
    assert changed(before, held_in(looked_at.home)) == []
    assert refused > 50


def test_every_form_has_a_mark_and_a_value_that_lets_it_be_done_once(looked_at: LookedAt) -> None:
    """And each carries its own: two forms of one page are two changes."""
    for url, page in looked_at.pages.items():
        posted = [form for form in page.forms if form.method == "post"]
        once = [form.fields["once"].values[0] for form in posted]
        assert len(set(once)) == len(once), url
        assert all(re.fullmatch(r"[\w-]{12,}", value) for value in once), url
        assert all(form.fields["csrf_token"].values[0] for form in posted), url


def test_a_form_that_comes_twice_is_done_once(everyone: Visitor, furnished: Home) -> None:
    """A double press, or a reload after it: the second answer leads where the first one led, and nothing is done.

    A file that is asked for twice is given out twice, and the audit says so.
    """
    for url, form in list(every_form(every_page(everyone, furnished))):
        first = everyone.ask(within(form.action), "POST", data=form.as_sent())
        between = held_in(furnished)
        again = everyone.ask(within(form.action), "POST", data=form.as_sent())
        assert first.status_code < 500, (url, form.action)
        if first.status_code == 303:
            assert (again.status_code, again.headers["Location"]) == (303, first.headers["Location"]), form.action
        given_out_again = {"audit"} if "Content-Disposition" in again.headers else set()
        assert set(changed(between, held_in(furnished))) <= given_out_again, (url, form.action)


def test_every_cookie_is_for_the_browser_and_this_site_alone(everyone: Visitor, furnished: Home) -> None:
    """No script can read it, no other site sends it, and it holds nothing but chance."""
    set_by = [
        cookie
        for url, _, method in _addresses(everyone, furnished)
        for cookie in everyone.ask(url, method).headers.getlist("Set-Cookie")
    ]
    for cookie in set_by:
        named, *flags = (part.strip() for part in cookie.split(";"))
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(flags), cookie
        assert re.fullmatch(r"mtc_console_8425=[\w-]{43}", named), cookie


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND"])
def test_no_address_takes_another_method(everyone: Visitor, furnished: Home, method: str) -> None:
    """405, and the page that says so."""
    before = held_in(furnished)
    for url, _, _ in _addresses(everyone, furnished):
        assert everyone.ask(url, method).status_code in (404, 405), url
    assert changed(before, held_in(furnished)) == []


def _addresses(visitor: Visitor, home: Home) -> list[tuple[str, str, str]]:
    values = known(home)
    return [(address(visitor.app, one, values), one.endpoint, one.method) for one in every_route(visitor.app)]
