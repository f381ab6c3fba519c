"""A connection to a desk over HTTPS: who the desk is, requests and their answers, and what went wrong in words.

Nothing is taken from the system's settings: no proxy, no certificates of its own. A connection may be used by several
threads at once.
"""

import contextlib
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import httpx
from pydantic import BaseModel, ConfigDict, ValidationError

from mtc_kiosk.sync.pinned_tls import AnotherCertificate, pinned_context
from mtc_kiosk.sync.transport import TransportTrouble
from mtc_kiosk.sync.wire import AGAIN_HEADER, VERSION, Hello, Refusal

CONNECT_S, MOVE_S = 3.0, 5.0
"""How long the desk may take to accept a connection, and to take or send the next piece."""

WHOLE_S = 30.0
"""How long a whole answer may take, from the request on."""

KEPT_IDLE_S = 5.0
"""How long an idle connection is kept; the desk closes it after 10 s."""

LONGEST_AGAIN_S = 60.0
"""How long a desk can make a kiosk wait."""

MOST_CONNECTIONS = 4
LARGEST_MESSAGE = 1_000_000
"""Bytes of one answer; a pack may have more."""

_AWAY = "The desk cannot be reached. Check that the desk PC is on and its console is open with --lan."
_BROKEN_OFF = "The connection to the desk broke off."
_GARBLED = "What answers at the desk's address is not the desk of this kiosk, or not this version of mtc-kiosk."


class DeskRefused(TransportTrouble):
    """The desk refused. ``code`` is the Refusal's, for programs; the message its sentence, for people."""

    def __init__(self, code: str, sentence: str, *, again: bool = False, again_s: float | None = None) -> None:
        super().__init__(sentence, again=again, again_s=again_s)
        self.code = code


@dataclass(frozen=True)
class Answer:
    """An answer that came in whole."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class _Greeting(BaseModel):
    """As much of a Hello as every version has."""

    model_config = ConfigDict(strict=False)
    product: str
    versions: tuple[int, ...]
    program: str


class DeskConnection:
    """Requests to the desk at ``address`` with the pinned ``certificate`` (PEM). ``program`` is this kiosk's version.

    ValueError if the certificate cannot be read.
    """

    def __init__(self, address: str, certificate: str, program: str) -> None:
        self.program = program
        self._http = httpx.Client(
            base_url=address,
            verify=pinned_context(certificate),
            trust_env=False,
            follow_redirects=False,
            headers={"User-Agent": f"mtc_kiosk/{program}", "Accept-Encoding": "identity"},
            limits=httpx.Limits(
                max_connections=MOST_CONNECTIONS,
                max_keepalive_connections=MOST_CONNECTIONS,
                keepalive_expiry=KEPT_IDLE_S,
            ),
        )

    def __enter__(self) -> "DeskConnection":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End every connection."""
        self._http.close()

    def hello(self) -> Hello:
        """Who the desk is; DeskRefused for a desk that shares no version with this kiosk, TransportTrouble."""
        answer = self.send("GET", "/api")
        try:
            found = Hello.model_validate_json(answer.body)
        except ValidationError:
            raise self._not_greeted(answer.body) from None
        if VERSION not in found.versions:
            raise self._other_version(found.versions, found.program)
        return found

    def send(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: Mapping[str, str] = {},
        most: int = LARGEST_MESSAGE,
        patience_s: float = MOVE_S,
    ) -> Answer:
        """Send a request and read the whole answer, 304 included.

        ``patience_s`` is for each step: to connect, and for the next piece. DeskRefused for a Refusal;
        TransportTrouble if the desk is away, too slow, or not a desk.
        """
        with _in_words():
            timeout = httpx.Timeout(patience_s, connect=min(patience_s, CONNECT_S))
            content = None if method == "GET" else body
            request = self._http.build_request(method, path, content=content, headers=dict(headers), timeout=timeout)
            answer = self._sent(request, most)
        if answer.status < 300 or answer.status == 304:
            return answer
        raise _refusal_of(answer)

    def _sent(self, request: httpx.Request, most: int) -> Answer:
        give_up_at = time.monotonic() + WHOLE_S
        with contextlib.closing(self._http.send(request, stream=True)) as answer:
            read = bytearray()
            for piece in answer.iter_raw():
                read += piece
                if len(read) > most:
                    raise TransportTrouble(_GARBLED, again=False)
                if time.monotonic() > give_up_at:
                    raise TransportTrouble(_BROKEN_OFF)
        return Answer(answer.status_code, answer.headers, bytes(read))

    def _not_greeted(self, body: bytes) -> TransportTrouble:
        """Why an answer to "who are you?" is no Hello of this version."""
        with contextlib.suppress(ValidationError):
            found = _Greeting.model_validate_json(body)
            if found.product == "mtc_kiosk" and VERSION not in found.versions:
                return self._other_version(found.versions, found.program)
        return TransportTrouble(_GARBLED)

    def _other_version(self, versions: tuple[int, ...], program: str) -> DeskRefused:
        """That kiosk and desk have no version in common, and which of them to update."""
        older = "the desk" if max(versions, default=0) < VERSION else "this kiosk"
        return DeskRefused(
            "other_version",
            f"This kiosk has mtc-kiosk {self.program} and the desk has {program}: they do not understand each other."
            f" Install the newer version on {older}. Checks on this PC are kept.",
        )


@contextlib.contextmanager
def _in_words() -> Iterator[None]:
    """Turn what goes wrong in the network into TransportTrouble."""
    try:
        yield
    except (httpx.ConnectError, httpx.ConnectTimeout) as problem:
        if _is_another_certificate(problem):
            raise DeskRefused(
                "another_certificate",
                "Another PC answers at the desk's address, or the desk has a new certificate. Nothing was sent to it."
                " Ask IT staff: if the certificate was changed on purpose, enrol this kiosk again.",
            ) from problem
        raise TransportTrouble(_AWAY) from problem
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as problem:
        raise TransportTrouble(_BROKEN_OFF) from problem


def _is_another_certificate(problem: BaseException | None) -> bool:
    """Whether the comparison of certificates ended the connection; httpx puts its own exceptions around it."""
    while problem is not None:
        if isinstance(problem, AnotherCertificate):
            return True
        problem = problem.__cause__ or problem.__context__
    return False


def _refusal_of(answer: Answer) -> TransportTrouble:
    """What to raise for an answer that refuses. A fault or a lack of time at the desk may be over later."""
    again = answer.status in (408, 429) or answer.status >= 500
    again_s = _room_in_s(answer) if again else None
    try:
        refusal = Refusal.model_validate_json(answer.body)
    except ValidationError:
        return TransportTrouble(_BROKEN_OFF if again else _GARBLED, again_s=again_s)
    return DeskRefused(refusal.code, refusal.message, again=again, again_s=again_s)


def _room_in_s(answer: Answer) -> float | None:
    """After how many seconds the desk will have room, as it says; None where it does not."""
    said = answer.headers.get(AGAIN_HEADER, "")
    return min(int(said) / 1000, LONGEST_AGAIN_S) if said.isascii() and said.isdigit() and len(said) < 10 else None
