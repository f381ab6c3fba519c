"""What a route takes and gives. It reads the one and writes the other, so that ``docs/api.md`` cannot say otherwise."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import Response, g

from mtc_kiosk.console.api import answers
from mtc_kiosk.record.shape import Shape

_View = TypeVar("_View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Spoken:
    """What a route takes and gives: a message, or in words what else. ``status`` is that of a good answer."""

    takes: type[Shape] | str | None
    gives: type[Shape] | str
    status: int = 200


def speaks(takes: type[Shape] | None, gives: type[Shape], status: int = 200) -> Callable[[Callable[..., Any]], Any]:
    """Let a view get the message of a request, if it takes one, and answer with the message that it returns."""

    def put(view: Callable[..., Any]) -> Any:
        @functools.wraps(view)
        def spoken() -> Response:
            message = view() if takes is None else view(answers.message_of(takes, g.body))
            return message if isinstance(message, Response) else answers.said(message, status)

        return carries(takes, gives, status)(spoken)

    return put


def carries(takes: type[Shape] | str | None, gives: type[Shape] | str, status: int = 200) -> Callable[[_View], _View]:
    """Say what a view takes and gives that reads and writes it by itself."""

    def put(view: _View) -> _View:
        view.spoken = Spoken(takes, gives, status)  # type: ignore[attr-defined]  # read by ``spoken_of``
        return view

    return put


def spoken_of(view: Callable[..., Any]) -> Spoken:
    """What a view takes and gives; TypeError if it does not say."""
    found = getattr(view, "spoken", None)
    if not isinstance(found, Spoken):
        raise TypeError("The view does not say what it takes and gives.")
    return found
