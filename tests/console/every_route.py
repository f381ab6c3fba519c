"""Every page of the console, as the app itself lists them, with an address that leads to something.

What kiosks ask is not among them: ``every_api_route``.

A route that is new is in every test that asks here, or the test fails and names what it lacks.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask

_LEFT_OUT = {"HEAD", "OPTIONS"}


@dataclass(frozen=True)
class Route:
    """One method of one route. ``arguments`` are the names in its address, each with its converter."""

    endpoint: str
    method: str
    rule: str
    arguments: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"{self.method} {self.rule}"


def every_route(app: Flask) -> tuple[Route, ...]:
    """Each method of each page, in order."""
    return tuple(route for route in _all(app) if not _is_api(route))


def every_api_route(app: Flask) -> tuple[Route, ...]:
    """Each method of each route of the API, in order."""
    return tuple(route for route in _all(app) if _is_api(route))


def _is_api(route: Route) -> bool:
    return route.rule == "/api" or route.rule.startswith("/api/")


def _all(app: Flask) -> tuple[Route, ...]:
    found = [
        Route(rule.endpoint, method, rule.rule, _arguments(rule))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - _LEFT_OUT
    ]
    return tuple(sorted(found, key=lambda route: (route.endpoint, route.method, route.rule)))


def address(app: Flask, route: Route, known: Mapping[str, str | int]) -> str:
    """An address of the route; ``known`` has a value for each name in it."""
    missing = [name for name, _ in route.arguments if name not in known]
    assert not missing, f"{route}: say in tests/console/furnished.py what <{missing}> may be."
    values = {name: known[name] for name, _ in route.arguments}
    return str(app.url_map.bind("127.0.0.1:8425").build(route.endpoint, values, method=route.method))


def _arguments(rule: object) -> tuple[tuple[str, str], ...]:
    converters: Mapping[str, object] = rule._converters  # type: ignore[attr-defined]  # werkzeug offers no other way
    return tuple((name, type(each).__name__) for name, each in sorted(converters.items()))
