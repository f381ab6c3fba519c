"""Whatever is sent to the console: no fault, and nothing is done where the answer is a refusal.

Each route is asked with any query; each form of each page is sent with what a browser would not send: any text, fields
that are missing, doubled, huge or of another kind, a file that is none, bytes that are no text.
"""

import io
import random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from mtc_kiosk.store.home.home import Home
from tests.console.crawl import every_form, every_page
from tests.console.desk import Visitor
from tests.console.every_route import address, every_route
from tests.console.furnished import known
from tests.console.markup import Form, within
from tests.console.snapshot import changed, held_in

SEED = 8425
ODD_TEXTS = (
    *(
        "",
        " ",
        "\0",
        "\u202e",
        "\ud7ff",
        "0",
        "-1",
        "1e9",
        "99999999999999999999",
        "NaN",
        "true",
        "null",
        "[]",
        "{{7*7}}",
    ),
    *(
        "<script>alert(1)</script>",
        "'; drop table pupil; --",
        "../../etc/passwd",
        "%00",
        "\r\nSet-Cookie: a=b",
        "é" * 40,
    ),
    *("2027-02-30", "31/02/2018", "25:61", "A" * 5000, "\U0001f600", "a\u0308\u0301" * 30, "http://attacker.example/"),
)
once_each = settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
texts = st.sampled_from(ODD_TEXTS) | st.text(max_size=30)


def values_of(form: Form) -> st.SearchStrategy[dict[str, list[str]]]:
    """What may be sent for each field of a form: what the page has, or anything, or nothing, once or twice."""
    kept = {name: one for name, one in form.fields.items() if one.kind != "file" and name not in ("csrf_token", "once")}
    return st.fixed_dictionaries({name: _values(one.values + one.choices) for name, one in kept.items()})


def _values(own: list[str]) -> st.SearchStrategy[list[str]]:
    one = st.sampled_from(own) | texts if own else texts
    return st.lists(one, max_size=2)


@once_each
@given(chance=st.integers(0, 2**32))
def test_any_query_is_answered(everyone: Visitor, furnished: Home, chance: int) -> None:
    """Every page, with what its links ask for and what nobody asks for."""
    pick, values = random.Random(chance), known(furnished)
    names = sorted({name for url in _addresses(everyone, furnished) for name in _asked(url)} | {"page", "next", "q"})
    for route in every_route(everyone.app):
        if route.method == "GET":
            query = MultiDict((pick.choice(names), pick.choice(ODD_TEXTS)) for _ in range(pick.randrange(4)))
            answer = everyone.ask(address(everyone.app, route, values), query_string=query)
            assert answer.status_code < 500, (str(route), query)


def test_any_address_is_answered(everyone: Visitor, furnished: Home) -> None:
    """Arguments of another kind than meant: of nobody, too large, not a number, with bytes that are no text."""
    odd = (
        "0",
        "-1",
        "999",
        "9" * 30,
        "a",
        "%00",
        "%ff",
        "..",
        "%2e%2e%2fmtc.db",
        "é",
        "'",
        "PC9",
        "1.5",
        "%F0%9F%98%80",
    )
    for route in every_route(everyone.app):
        for value in odd if route.arguments else ():
            url = route.rule
            for name in _named(url):
                url = url.replace(name, value)
            answer = everyone.ask(url, route.method)
            assert answer.status_code < 500, (route.method, url)


def test_every_form_takes_anything(everyone: Visitor, furnished: Home) -> None:
    """And where it is refused, everything in the home is as it was."""
    for _, form in list(every_form(every_page(everyone, furnished))):
        _send_anything(everyone, furnished, form)


def _send_anything(visitor: Visitor, home: Home, form: Form) -> None:
    kept = {"now": held_in(home)}

    @once_each
    @given(sent=values_of(form), once=st.sampled_from(("new", "new", "new", "none", "long")), as_file=st.booleans())
    def send(sent: dict[str, list[str]], once: str, as_file: bool) -> None:
        data: MultiDict[str, Any] = MultiDict((name, value) for name, many in sent.items() for value in many)
        data.setlist("csrf_token", form.fields["csrf_token"].values)
        data["once"] = {"new": f"{random.getrandbits(96):024x}", "none": "", "long": "x" * 100}[once]
        for name, one in form.fields.items():
            if one.kind == "file":
                data[name] = (io.BytesIO(b"\xff\xfe\0PK\x03\x04" * 9), "é.xlsx") if as_file else "no file"
        answer = visitor.ask(within(form.action), "POST", data=data)
        assert answer.status_code < 500, (form.action, sent)
        before, kept["now"] = kept["now"], held_in(home)
        if answer.status_code >= 400:
            assert changed(before, kept["now"]) == [], (form.action, sent)

    send()


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b'{"once": 1}'),
        ("text/plain", b"once=1"),
        ("application/x-www-form-urlencoded", b"%ff=%fe&once=%00&&&=;" * 50),
        ("application/x-www-form-urlencoded", b"a=1&" * 3000),
        ("multipart/form-data; boundary=x", b"--x\r\nnothing"),
        ("multipart/form-data", b"--\r\n"),
        (
            "multipart/form-data; boundary=x",
            b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n" * 3000 + b"--x--",
        ),
        ("", b"\0" * 1000),
    ],
)
def test_any_body_is_answered(everyone: Visitor, furnished: Home, kind: str, body: bytes) -> None:
    """A body that is not a form, or not a whole one: no fault of any address, and nothing is done."""
    before, values = held_in(furnished), known(furnished)
    for route in every_route(everyone.app):
        if route.method == "POST":
            answer = everyone.ask(address(everyone.app, route, values), "POST", data=body, content_type=kind)
            assert 300 <= answer.status_code < 500, str(route)  # who is signed in is sent on from the sign-in page
    assert changed(before, held_in(furnished)) == []


@pytest.mark.parametrize("host", ["", "127.0.0.1:http", "[::1", "127.0.0.1:8425:8425", "é", "\xff", "a" * 9000, "x y"])
def test_any_host_is_refused(everyone: Visitor, host: str) -> None:
    """Even one that is not a host's name."""
    assert everyone.ask("/", headers={"Host": host}).status_code == 400


def test_any_cookie_is_answered(nobody: Visitor) -> None:
    """A cookie that this console never gave is no cookie."""
    for value in ("", "x", "é", "a" * 5000, "\xff", '"', "a=b"):
        answer = nobody.ask("/", headers={"Cookie": f"mtc_console_8425={value}; session={value}"})
        assert answer.status_code < 500, value


def _addresses(visitor: Visitor, home: Home) -> list[str]:
    return [within(link) for page in every_page(visitor, home).values() for link in page.links]


def _asked(url: str) -> list[str]:
    return [piece.partition("=")[0] for piece in url.partition("?")[2].split("&") if piece]


def _named(rule: str) -> list[str]:
    return [f"<{piece.partition('>')[0]}>" for piece in rule.split("<")[1:]]
