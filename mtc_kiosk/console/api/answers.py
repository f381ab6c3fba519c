"""Messages in and out: read one, answer one, and refuse in words that people and programs can use."""

import re
import sqlite3
from typing import TypeVar

from flask import Response, g, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from mtc_kiosk.config.mistakes import ConfigMistakes
from mtc_kiosk.console.api.rates import TooMany
from mtc_kiosk.office.greeting import PROGRAM
from mtc_kiosk.office.refusals import problems_of
from mtc_kiosk.record.shape import Shape
from mtc_kiosk.store.db.database import DatabaseRefused
from mtc_kiosk.store.db.sqlite_faults import is_the_disks, sentence
from mtc_kiosk.store.home.device_key import DeviceKeyRefused
from mtc_kiosk.store.home.home import HomeRefused
from mtc_kiosk.sync.wire import VERSION, Refusal, as_json

AGAIN_S = "1"
"""After how many seconds a kiosk may ask again, where the desk has too much to do."""

_KEPT = "Nothing was changed at the desk, and what waits on the kiosk stays there."
_OTHER = f"Install the same version of mtc-kiosk on both PCs. {_KEPT}"
_LATER: tuple[type[Exception], ...] = (HomeRefused, DatabaseRefused, DeviceKeyRefused, ConfigMistakes)
"""Refusals that are the desk's own trouble, not the kiosk's: it asks again later."""

_MOST_CHARACTERS = 500
_VERSIONED = re.compile(r"/api/v([0-9]{1,4})/")
_WORDS = {
    404: ("no_such_address", f"The desk's mtc-kiosk {PROGRAM} does not know this request. {_OTHER}"),
    405: ("no_such_request", f"The desk's mtc-kiosk {PROGRAM} does not know this request. {_OTHER}"),
    411: ("no_length", f"The request does not state its length. {_KEPT}"),
    413: ("too_large", f"The request is too large. {_KEPT}"),
}

_Message = TypeVar("_Message", bound=Shape)


class ApiRefused(Exception):
    """The desk refuses a request of a kiosk."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


def is_api() -> bool:
    """Whether the request at hand is to the API, whichever version and whether or not there is such an address."""
    return request.path == "/api" or request.path.startswith("/api/")


def body_of(most: int) -> bytes:
    """The body of the request at hand, whole; ApiRefused for one that is larger, or does not state its length."""
    if request.content_length is None:
        raise _in_words(411)
    if request.content_length > most:
        raise _in_words(413)
    try:
        body = request.get_data()
    except RequestEntityTooLarge:
        raise _in_words(413) from None
    if len(body) != request.content_length:
        raise ApiRefused(400, "broken_off", f"The request did not come in whole. {_KEPT}")
    return body


def message_of(kind: type[_Message], body: bytes) -> _Message:
    """Read a message; ApiRefused unless it is one of this kind, exactly. The refusal repeats nothing of it."""
    try:
        return kind.model_validate_json(body)
    except ValidationError:
        raise ApiRefused(422, "unreadable", f"The desk's mtc-kiosk {PROGRAM} cannot read it. {_OTHER}") from None


def said(message: Shape, status: int = 200) -> Response:
    """Answer with a message."""
    return Response(as_json(message), status, mimetype="application/json")


def refused(problem: Exception) -> Response:
    """The answer for anything that a view, or what guards it, raised; a fault of the program is not named."""
    if isinstance(problem, ApiRefused):
        return _refusal(problem.status, problem.code, str(problem))
    if isinstance(problem, TooMany):
        return _refusal(503, "busy", f"The desk has too much to do just now. The kiosk asks again by itself. {_KEPT}")
    if isinstance(problem, HTTPException):
        return _of_http(problem)
    if isinstance(problem, sqlite3.Error | OSError) and is_the_disks(problem):
        return _refusal(503, "disk", f"The desk cannot write to its disk. {sentence(problem)} {_KEPT}")
    return _refusal(500, "fault", f"Something went wrong in the program at the desk. {_KEPT}")


def of_office(refusal: Exception, status: int = 409) -> Response:
    """The answer for a refusal of the office: its first sentence."""
    home = g.get("home")
    first = problems_of(refusal, home.db if home is not None else None)[0]
    return _refusal(503 if isinstance(refusal, _LATER) else status, first.code, str(first))


def _of_http(problem: HTTPException) -> Response:
    version = _VERSIONED.match(request.path)
    if problem.code == 404 and version is not None and int(version[1]) != VERSION:
        older = int(version[1]) < VERSION
        which, where = ("older", "kiosk") if older else ("newer", "desk")
        return _refusal(
            426 if older else 404,
            f"{which}_version",
            f"The kiosk's mtc-kiosk is {which} than the desk's, which is {PROGRAM}."
            f" Install the newer version on the {where}. {_KEPT}",
        )
    return refused(_in_words(problem.code or 400))


def _in_words(status: int) -> ApiRefused:
    return ApiRefused(status, *_WORDS.get(status, ("unreadable", f"The request cannot be read. {_OTHER}")))


def _refusal(status: int, code: str, message: str) -> Response:
    """A refusal; where the kiosk may ask again the answer says when."""
    answer = said(Refusal(code=code, message=message[:_MOST_CHARACTERS]), status)
    if status in (429, 503):
        answer.headers["Retry-After"] = AGAIN_S
    return answer
