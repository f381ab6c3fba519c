"""Who may call a route of the API: everybody, or an enrolled kiosk that proves that it sent this very request, now.

In this order: over HTTPS; a known token; no more than so many; signed for this start of the desk; not altered; not
taken before.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from flask import g, request

from mtc_kiosk.console.api.answers import body_of
from mtc_kiosk.console.api.rates import Lane, Rate
from mtc_kiosk.console.api.refusals import ApiRefused
from mtc_kiosk.console.api.replays import Fate, Replays
from mtc_kiosk.office.known_kiosks import KnownKiosk, kiosk_of_token
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.record.sealed import LARGEST_FILE
from mtc_kiosk.record.signing import REQUEST_PURPOSE, is_signed_by
from mtc_kiosk.sync.wire import (
    BOOT_HEADER,
    DESK_HEADER,
    GREET_AGAIN,
    NUMBER_HEADER,
    SIGNATURE_HEADER,
    TOKEN_HEADER,
    signed_text,
)

if TYPE_CHECKING:
    from mtc_kiosk.office.open import OpenHome

A_SECOND, BURST = 30.0, 150
"""Requests of one kiosk: it beats once or twice a second, and sends what waits one after another."""

OF_ADDRESS, BURST_OF_ADDRESS, MOST_KNOWN = 30.0, 400, 2000
"""Requests without a token, or with a wrong one, from one address: all kiosks may come by one, and start at once."""

LARGEST_MESSAGE = 100_000
"""Bytes; a record file may have more."""

CLAIMS_WAIT = 16
"""How many claims may wait for the one before: SQLite's own wait for a writer grows to a tenth of a second a look."""

RECORDS_WAIT, RECORDS_AT_ONCE = 11, 2
"""How many kiosks may wait to hand in a record, and from how many at once one is taken: while one is written to the
disk, the next is proven. Others ask again when there is room, and hear when that will be."""

_BEARER = re.compile(r"Bearer ([0-9A-Za-z_-]{43})")
_HEXADECIMAL = re.compile(r"[0-9a-f]+")
_NUMBER = re.compile(r"[1-9][0-9]{0,14}")
_BOOT_DIGITS, _SIGNATURE_DIGITS = 32, 128


@dataclass
class Admission:
    """What the API keeps between requests. ``clock`` counts seconds."""

    clock: Callable[[], float]
    replays: Replays = field(default_factory=Replays)
    records: Lane = field(default_factory=lambda: Lane(RECORDS_WAIT, RECORDS_AT_ONCE))
    claims: Lane = field(default_factory=lambda: Lane(CLAIMS_WAIT))

    def __post_init__(self) -> None:
        self.of_kiosk = Rate(A_SECOND, BURST, MOST_KNOWN, self.clock)
        self.of_address = Rate(OF_ADDRESS, BURST_OF_ADDRESS, MOST_KNOWN, self.clock)


def refuse_without_tls() -> None:
    """Refuse a request that did not come over HTTPS; ApiRefused."""
    if not request.is_secure:
        raise ApiRefused("https_only")


def count_stranger(admission: Admission) -> None:
    """Count a request of somebody unknown; ApiRefused for one too many."""
    if not admission.of_address.take(request.remote_addr):
        raise ApiRefused("too_many")


def read_body() -> None:
    """Read the body of the request at hand as ``g.body``; ApiRefused for one that is too large or not whole."""
    g.body = body_of(LARGEST_FILE if request.method == "PUT" else LARGEST_MESSAGE) if _has_body() else b""


def admit(admission: Admission, home: "OpenHome") -> KnownKiosk:
    """The enrolled kiosk that sent the request at hand, whose body is ``g.body``; ApiRefused, OfficeRefused."""
    kiosk = _known(admission, home)
    if not admission.of_kiosk.take(kiosk.id):
        raise ApiRefused("too_many")
    kiosk_boot = _header(BOOT_HEADER, _HEXADECIMAL, _BOOT_DIGITS)
    signature = _header(SIGNATURE_HEADER, _HEXADECIMAL, _SIGNATURE_DIGITS)
    number = int(_header(NUMBER_HEADER, _NUMBER))
    boot = admission.replays.boot
    if request.headers.get(DESK_HEADER) != boot:
        raise ApiRefused(GREET_AGAIN)
    read_body()
    text = signed_text(request.method, request.path, boot, kiosk_boot, number, hashlib.sha256(g.body).hexdigest())
    if request.query_string or not is_signed_by(kiosk.public_key, bytes.fromhex(signature), text, REQUEST_PURPOSE):
        raise ApiRefused("altered")
    fate = admission.replays.take(boot, kiosk.id, kiosk_boot, number)
    if fate is Fate.GREET_AGAIN:
        raise ApiRefused(GREET_AGAIN)
    if fate is Fate.REPLAYED:
        raise ApiRefused("replayed")
    return kiosk


def _known(admission: Admission, home: "OpenHome") -> KnownKiosk:
    """The kiosk of the request's token; who has none is counted."""
    token = _BEARER.fullmatch(request.headers.get(TOKEN_HEADER, ""))
    try:
        return kiosk_of_token(home, token[1] if token is not None else "")
    except OfficeRefused:
        count_stranger(admission)
        raise


def _header(name: str, pattern: re.Pattern[str], length: int = 0) -> str:
    value = request.headers.get(name, "")
    if pattern.fullmatch(value) is None or (length and len(value) != length):
        raise ApiRefused("unreadable")
    return value


def _has_body() -> bool:
    return request.method != "GET" or bool(request.content_length)
