"""Every page that can be reached: by the routes themselves, and by the links of what they answer."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from mtc_kiosk.store.home.home import Home
from tests.console.desk import Visitor
from tests.console.every_route import address, every_route
from tests.console.furnished import known
from tests.console.markup import Form, Page, within

LONGEST = 400
"""So many addresses at most, so that a calendar or a search cannot go on for ever."""


def page_addresses(visitor: Visitor, home: Home) -> list[str]:
    """An address for each route that is got, files of the look apart."""
    values = known(home)
    return [
        address(visitor.app, route, values)
        for route in every_route(visitor.app)
        if route.method == "GET" and route.endpoint not in ("static", "font")
    ]


def every_page(visitor: Visitor, home: Home) -> dict[str, Page]:
    """Each whole page that is answered with 200, by its address; parts that a page fetches are no pages."""
    waiting, found = page_addresses(visitor, home), dict[str, Page]()
    seen = set[tuple[str, tuple[str, ...]]]()
    while waiting and len(seen) < LONGEST:
        url = waiting.pop(0)
        if _kind(url) in seen:
            continue
        seen.add(_kind(url))
        answer = visitor.ask(url)
        if answer.status_code == 200 and answer.data.lstrip().startswith(b"<!DOCTYPE html>"):
            found[url] = Page(f"http://127.0.0.1:8425{url}", answer.text)
            waiting += [within(link) for link in found[url].links if urlsplit(link).netloc == "127.0.0.1:8425"]
    return found


def every_form(pages: dict[str, Page]) -> Iterator[tuple[str, Form]]:
    """Each form that is posted, once by where it goes and what it asks, with the page that has it."""
    seen = set()
    for url, page in pages.items():
        for form in page.forms:
            kind = (_kind(within(form.action)), tuple(sorted(form.fields)))
            if form.method == "post" and kind not in seen:
                seen.add(kind)
                yield url, form


def looks(urls: Iterable[str]) -> list[str]:
    """Those of the addresses whose pages look different: a list in another order is the same page."""
    return [url for url in urls if not any(f"{name}=" in url for name in ("order", "sort", "every"))]


def _kind(url: str) -> tuple[str, tuple[str, ...]]:
    """Two addresses of one kind differ only in numbers and in what is searched for."""
    parts = urlsplit(url)
    path = "/".join("#" if piece.isdigit() else piece for piece in parts.path.split("/"))
    return path, tuple(sorted(piece.partition("=")[0] for piece in parts.query.split("&")))
