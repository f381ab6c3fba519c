"""An enrolled kiosk's requests to its desk, each signed with the kiosk's key and numbered.

After the desk's restart the kiosk greets it again and sends the request once more, by itself. Several threads may use
one client.
"""

import hashlib
import itertools
import secrets
import threading
from collections.abc import Mapping
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from mtc_kiosk.record.shape import Shape
from mtc_kiosk.record.signing import REQUEST_PURPOSE, DeviceKey, fingerprint
from mtc_kiosk.store.home.desk_file import Enrolment
from mtc_kiosk.sync.desk_connection import LARGEST_MESSAGE, MOVE_S, Answer, DeskConnection, DeskRefused
from mtc_kiosk.sync.transport import TransportTrouble
from mtc_kiosk.sync.wire import (
    BOOT_HEADER,
    DESK_HEADER,
    GREET_AGAIN,
    NUMBER_HEADER,
    SIGNATURE_HEADER,
    TOKEN_HEADER,
    Beat,
    BeatAnswer,
    Claim,
    Claimed,
    Hello,
    Names,
    as_json,
    signed_text,
)

__all__ = ["DeskClient", "DeskRefused"]

LARGEST_PACK = 20_000_000
"""Bytes: some 20 kB for each of a thousand pupils."""

BEAT_S, CLAIM_S = 3.0, 2.0
"""How long one step of a beat may take, so that the next one is in time; and of a claim, for which a pupil waits."""

_Message = TypeVar("_Message", bound=BaseModel)


class DeskClient:
    """The desk of one enrolled kiosk. ``program`` is this kiosk's version.

    Every method raises DeskRefused for a refusal, and TransportTrouble if the desk is away.
    """

    def __init__(self, enrolment: Enrolment, key: DeviceKey, program: str) -> None:
        self._token, self._key = enrolment.token, key
        self._desk = fingerprint(bytes.fromhex(enrolment.desk_key))
        self._connection = DeskConnection(enrolment.address, enrolment.certificate, program)
        self._boot, self._numbers = secrets.token_hex(16), itertools.count(1)
        self._lock = threading.Lock()
        self._desk_boot: str | None = None

    def __enter__(self) -> "DeskClient":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the connections to the desk."""
        self._connection.close()

    def hello(self) -> Hello:
        """Who the desk is; DeskRefused for another desk than the one at which this kiosk was enrolled."""
        found = self._connection.hello()
        if found.desk != self._desk:
            raise DeskRefused(
                "another_desk",
                "This is another desk than the one at which this kiosk was enrolled. Nothing was sent to it."
                " Enrol this kiosk again, or ask IT staff.",
            )
        with self._lock:
            self._desk_boot = found.boot
        return found

    def beat(self, beat: Beat) -> BeatAnswer:
        """Say that this kiosk runs, and get the desk's commands."""
        return _read(BeatAnswer, self._ask("POST", "/api/v1/beats", beat, patience_s=BEAT_S))

    def claim(self, claim: Claim) -> Claimed:
        """Ask whether a PIN may start a check at this kiosk."""
        return _read(Claimed, self._ask("POST", "/api/v1/claims", claim, patience_s=CLAIM_S))

    def pack(self, known: str | None) -> bytes | None:
        """The pack of today's sessions, as the desk signed it; None if it is still the version ``known``."""
        headers = {} if known is None else {"If-None-Match": f'"{known}"'}
        answer = self._ask("GET", "/api/v1/pack", headers=headers, most=LARGEST_PACK)
        return None if answer.status == 304 else answer.body

    def names(self) -> Mapping[str, int]:
        """The record files that the desk has of this kiosk, each with its size in bytes."""
        return _read(Names, self._ask("GET", "/api/v1/records", most=LARGEST_PACK)).names

    def keep(self, name: str, content: bytes) -> bytes:
        """Bring the desk a record file; its signed receipt (``record.receipt.read_receipt`` checks it)."""
        return self._ask("PUT", f"/api/v1/records/{name}", content).body

    def _ask(
        self,
        method: str,
        path: str,
        sent: Shape | bytes = b"",
        headers: Mapping[str, str] = {},
        most: int = LARGEST_MESSAGE,
        patience_s: float = MOVE_S,
    ) -> Answer:
        """Send a signed request; a desk that was started again meanwhile is greeted, and gets it once more."""
        body = as_json(sent) if isinstance(sent, Shape) else sent

        def sent_to(desk_boot: str) -> Answer:
            signed = self._signed(method, path, desk_boot, body)
            return self._connection.send(method, path, body, {**headers, **signed}, most, patience_s)

        with self._lock:
            known = self._desk_boot
        if known is not None:
            try:
                return sent_to(known)
            except DeskRefused as refused:
                if refused.code != GREET_AGAIN:
                    raise
        return sent_to(self.hello().boot)

    def _signed(self, method: str, path: str, desk_boot: str, body: bytes) -> dict[str, str]:
        """The headers of one request, with a number that no other request of this start has."""
        number = next(self._numbers)
        text = signed_text(method, path, desk_boot, self._boot, number, hashlib.sha256(body).hexdigest())
        return {
            TOKEN_HEADER: f"Bearer {self._token}",
            DESK_HEADER: desk_boot,
            BOOT_HEADER: self._boot,
            NUMBER_HEADER: str(number),
            SIGNATURE_HEADER: self._key.sign(text, REQUEST_PURPOSE).hex(),
        }


def _read(kind: type[_Message], answer: Answer) -> _Message:
    try:
        return kind.model_validate_json(answer.body)
    except ValidationError as problem:
        raise TransportTrouble("The desk's answer cannot be read. Install the same version on both PCs.") from problem
