"""A kiosk's first meeting with its desk: compare the desk's certificate with the room code or file, then ask to join.

Nothing at all is sent to a PC with another certificate.
"""

import contextlib
import importlib.metadata
import ssl
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from pydantic import ValidationError

from mtc_kiosk.record.signing import ENROL_PURPOSE, DeviceKey
from mtc_kiosk.sync.desk_connection import DeskConnection
from mtc_kiosk.sync.enrolment_file import EnrolmentFile
from mtc_kiosk.sync.pinned_tls import certificate_sha256, shown_certificate
from mtc_kiosk.sync.room_code import RoomCode
from mtc_kiosk.sync.transport import TransportTrouble
from mtc_kiosk.sync.wire import Enrol, Enrolled, Hello, as_json, proof_of

DESK_PORT = 8426
"""Where a desk serves its kiosks, unless its address says otherwise."""

PATIENCE_S = 10.0
"""How long a step of the first meeting may take; a person waits for it."""

_LAST_PORT = 65_535


class NotAnAddress(ValueError):
    """The text is not a desk's address; the message is a sentence for people."""


@dataclass(frozen=True)
class Met:
    """A desk that has the right certificate. ``hello`` is who it says it is."""

    address: str
    certificate: str
    secret: str
    hello: Hello


def read_address(text: str) -> str:
    """A desk's address as staff type it, such as ``192.168.1.10``, as one with scheme and port; NotAnAddress."""
    typed = text.strip()
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
        port = parts.port if parts.port is not None else DESK_PORT
    except ValueError:
        raise NotAnAddress(_not_an_address(typed)) from None
    bare = parts.path in {"", "/"} and not (parts.query or parts.fragment or "@" in parts.netloc)
    if parts.scheme != "https" or not parts.hostname or not bare or not 1 <= port <= _LAST_PORT or " " in typed:
        raise NotAnAddress(_not_an_address(typed))
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"https://{host}:{port}"


def meet_by_code(address: str, code: RoomCode) -> Met:
    """The desk at this address, if it is the one that made the code; TransportTrouble."""
    where = urlsplit(address)
    try:
        shown = shown_certificate(where.hostname or "", where.port or DESK_PORT, PATIENCE_S)
    except ssl.SSLError as problem:
        raise TransportTrouble(f"What answers at {address} is not a desk. Nothing was sent.", again=False) from problem
    except (OSError, UnicodeError) as problem:
        raise TransportTrouble(_not_reached([address])) from problem
    if not code.is_of(certificate_sha256(shown)):
        raise TransportTrouble(
            f"The PC at {address} is not the desk that made this room code, or the code was mistyped. Nothing was sent"
            " to it. Compare address and code with those at the desk, and try again.",
            again=False,
        )
    with _connected(address, shown) as connection:
        return Met(address, shown, code.secret, connection.hello())


def meet_by_file(file: EnrolmentFile) -> Met:
    """The desk that made the file, at the first of its addresses that answers; TransportTrouble."""
    trouble = TransportTrouble(_not_reached(file.addresses))
    for address in file.addresses:
        try:
            with _connected(address, file.certificate) as connection:
                return Met(address, file.certificate, file.secret, connection.hello())
        except TransportTrouble as problem:
            trouble = TransportTrouble(_not_reached(file.addresses)) if problem.again else problem
    raise trouble


def join(met: Met, name: str, key: DeviceKey, waiting: int) -> Enrolled:
    """Ask the desk to take this kiosk in; DeskRefused, TransportTrouble."""
    proof = key.sign(proof_of(met.secret, certificate_sha256(met.certificate)), ENROL_PURPOSE)
    asked = Enrol(
        secret=met.secret,
        name=name,
        key=key.public.hex(),
        proof=proof.hex(),
        program=importlib.metadata.version("mtc-kiosk"),
        waiting=waiting,
    )
    with _connected(met.address, met.certificate) as connection:
        sent = {"Content-Type": "application/json"}
        answer = connection.send("POST", "/api/v1/enrolments", as_json(asked), sent, patience_s=PATIENCE_S)
    try:
        return Enrolled.model_validate_json(answer.body)
    except ValidationError as problem:
        said = "The desk's answer cannot be read. Install the same version on both PCs. Nothing was changed."
        raise TransportTrouble(said, again=False) from problem


@contextlib.contextmanager
def _connected(address: str, certificate: str) -> Iterator[DeskConnection]:
    try:
        connection = DeskConnection(address, certificate, importlib.metadata.version("mtc-kiosk"))
    except ValueError as problem:
        said = "The certificate in this file cannot be read. Make a new file at the desk. Nothing was changed."
        raise TransportTrouble(said, again=False) from problem
    with connection:
        yield connection


def _not_reached(addresses: Sequence[str]) -> str:
    return (
        f"The desk cannot be reached at {' or '.join(addresses)}. Check that the desk PC is on, that its console is"
        " open with --lan, and that both PCs are in the same network. Nothing was changed."
    )


def _not_an_address(typed: str) -> str:
    return (
        f"'{typed}' is not a desk's address. Type it as the desk shows it, such as https://192.168.1.10:{DESK_PORT}."
        " Nothing was changed."
    )
