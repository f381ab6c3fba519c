"""Messages in and out: read one, answer with one, and refuse in words that people and programs can use."""

import math
import re
import sqlite3
from collections.abc import Mapping
from typing import TypeVar

from flask import Response, g, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from mtc_kiosk.config.mistakes import ConfigMistakes
from mtc_kiosk.console.api.rates import TooMany
from mtc_kiosk.console.api.refusals import BUSY, TOO_MANY, ApiRefused
from mtc_kiosk.office.refusals import problems_of
from mtc_kiosk.record.shape import Shape
from mtc_kiosk.store.db.database import DatabaseRefused
from mtc_kiosk.store.db.sqlite_faults import is_the_disks, sentence
from mtc_kiosk.store.home.device_key import DeviceKeyRefused
from mtc_kiosk.store.home.home import HomeRefused
from mtc_kiosk.sync.wire import AGAIN_HEADER, VERSION, Refusal, as_json

UNKNOWN_KIOSK, CONFLICT = 401, 409
AGAIN_S = "1"
"""After how many seconds a kiosk may ask again, where the desk has too much to do."""

_LATER: tuple[type[Exception], ...] = (HomeRefused, DatabaseRefused, DeviceKeyRefused, ConfigMistakes)
"""Refusals that are the desk's own trouble, not the kiosk's: it asks again later."""

_MOST_CHARACTERS = 500
_VERSIONED = re.compile(r"/api/v([0-9]{1,4})/")
_BY_STATUS: Mapping[int, str] = {404: "no_such_address", 405: "no_such_request", 411: "no_length", 413: "too_large"}

_Message = TypeVar("_Message", bound=Shape)


def is_api() -> bool:
    """Whether the request at hand is to the API, whichever version and whether or not there is such an address."""
    return request.path == "/api" or request.path.startswith("/api/")


def body_of(most: int) -> bytes:
    """The body of the request at hand, whole; ApiRefused for one that is larger, or does not state its length.

    One that breaks off is no body: the library refuses it.
    """
    if request.content_length is None:
        raise ApiRefused("no_length")
    if request.content_length > most:
        raise ApiRefused("too_large")
    request.max_content_length = most  # a record may be larger than the form of a page
    return request.get_data()


def message_of(kind: type[_Message], body: bytes) -> _Message:
    """Read a message; ApiRefused unless it is one of this kind, exactly. The refusal repeats nothing of it."""
    try:
        return kind.model_validate_json(body)
    except ValidationError:
        raise ApiRefused("unreadable") from None


def said(message: Shape, status: int = 200) -> Response:
    """Answer with a message."""
    return Response(as_json(message), status, mimetype="application/json")


def refused(problem: Exception) -> Response:
    """The answer for anything that a view, or what guards it, raised; a fault of the program is not named."""
    if isinstance(problem, ApiRefused):
        return _refusal(problem.status, problem.code, str(problem))
    if isinstance(problem, TooMany):
        return _with_room_in(refused(ApiRefused("busy")), problem.again_s)
    if isinstance(problem, HTTPException):
        return refused(ApiRefused(_code_of(problem)))
    if isinstance(problem, sqlite3.Error | OSError) and is_the_disks(problem):
        return refused(ApiRefused("disk", sentence(problem)))
    return refused(ApiRefused("fault"))


def of_office(refusal: Exception, status: int = 0) -> Response:
    """The answer for a refusal of the office: its first sentence. Without a ``status``: 401 before a kiosk is known."""
    home = g.get("home")
    status = status or (CONFLICT if "kiosk" in g else UNKNOWN_KIOSK)
    first = problems_of(refusal, home.db if home is not None else None)[0]
    return _refusal(BUSY if isinstance(refusal, _LATER) else status, first.code, str(first))


def _code_of(problem: HTTPException) -> str:
    version = _VERSIONED.match(request.path)
    if problem.code == 404 and version is not None and int(version[1]) != VERSION:
        return "older_version" if int(version[1]) < VERSION else "newer_version"
    return _BY_STATUS.get(problem.code or 400, "unreadable")


def _with_room_in(answer: Response, again_s: float) -> Response:
    """Say when there will be room, to the millisecond for a kiosk and in whole seconds for anybody else."""
    answer.headers[AGAIN_HEADER] = str(math.ceil(again_s * 1000))
    answer.headers["Retry-After"] = str(math.ceil(again_s))
    return answer


def _refusal(status: int, code: str, message: str) -> Response:
    """A refusal; where the kiosk may ask again the answer says when."""
    answer = said(Refusal(code=code, message=message[:_MOST_CHARACTERS]), status)
    if status in (TOO_MANY, BUSY):
        answer.headers["Retry-After"] = AGAIN_S
    return answer
