"""Connections to the console: each waits for a thread only once it has sent something, and can be shut at any time.

With TLS the two sides agree on it as far as has come in: a client that is slow to do so keeps nobody else waiting.
"""

import contextlib
import socket
import ssl
import time
from typing import Any

from cheroot.connections import ConnectionManager
from cheroot.errors import FatalSSLAlert
from cheroot.makefile import MakeFile
from cheroot.server import HTTPConnection, HTTPRequest

LARGEST_HEAD = 16_384
_CHUNK = 65_536
_NO_TLS = b"""HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: 53\r\nConnection: close\r\n\r
Only https:// works here. Begin the address with it.\n"""
_TOO_MANY = b"""HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\nRetry-After: 1\r
X-Mtc-Again-Ms: 500\r\n\r\n"""
"""To a kiosk the last header says in how many milliseconds to ask again."""


class Request(HTTPRequest):
    """A request; before a refusal of a large body is sent the body is dropped, or no browser would show it."""

    def send_headers(self) -> None:
        """Drop what was not read of the body, piece by piece, then send the head of the answer."""
        rest = getattr(self.rfile, "remaining", 0)
        while rest > 0 and self.rfile.read(min(_CHUNK, rest)):
            rest = self.rfile.remaining
        self.conn.answering = time.monotonic()
        super().send_headers()


class Connection(HTTPConnection):
    """A connection; ``since`` is when its present request began to come in, ``answering`` when its answer began."""

    RequestHandlerClass = Request
    since: float | None = None
    answering: float | None = None
    is_agreed = False
    """Whether the two sides have agreed on TLS, where there is some."""

    def communicate(self) -> Any:
        """Take one request, or the next step of agreeing on TLS; whether the connection stays open."""
        self.since = time.monotonic()
        try:
            if isinstance(self.socket, ssl.SSLSocket) and not self.is_agreed:
                return self._agree(self.socket)
            return super().communicate()  # type: ignore[no-untyped-call]  # cheroot's own
        finally:
            self.since = self.answering = None

    def _agree(self, tls: ssl.SSLSocket) -> bool:
        """Go on agreeing on TLS with what has come in; whether the connection stays open.

        Who is slow to send the rest, or a request after it, holds no thread: the connection waits like any other.
        """
        tls.settimeout(0)
        try:
            tls.do_handshake()
            self.is_agreed = True
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLError as problem:
            if problem.reason == "HTTP_REQUEST":
                with contextlib.suppress(OSError):
                    socket.socket.send(tls, _NO_TLS)
            return False
        except (OSError, ValueError):  # ValueError: it broke off before
            return False
        tls.settimeout(self.server.timeout)
        return True

    @property
    def has_more(self) -> bool:
        """Whether a part of the next request has come in that no selector can see."""
        return isinstance(self.socket, ssl.SSLSocket) and self.is_agreed and self.socket.pending() > 0

    def shut(self, how: int) -> None:
        """Let whoever reads from it, or writes to it, find it closed."""
        with contextlib.suppress(OSError):
            socket.socket.shutdown(self.socket, how)  # TLS's own would take the connection from under the reader

    def turn_away(self) -> None:
        """Answer that too many wait, without a look at the request."""
        self.socket.settimeout(0)
        with contextlib.suppress(OSError):
            self.socket.recv(LARGEST_HEAD)  # what is left unread could keep the answer from arriving
        with contextlib.suppress(OSError):
            self.socket.send(_TOO_MANY)
        self.close()


class Connections(ConnectionManager):
    """The connections that wait for a request, new ones too."""

    _selector: Any

    @property
    def _num_connections(self) -> int:
        """How many connections wait, counted without cheroot's lock: each answer asks, and some have to wait for it."""
        return len(self._selector._selector.get_map() or ()) - 1

    def _from_server_socket(self, server_socket: socket.socket) -> None:
        """Accept a connection, and wait until it has sent something."""
        new = super()._from_server_socket(server_socket)  # type: ignore[misc]  # cheroot's own name
        if new is None:
            return
        new.ssl_env = self.server.said_of(new)
        if len(self._selector) > self.server.bounds.at_once:
            new.turn_away()
        else:
            self.put(new)

    def put(self, conn: Connection) -> None:
        """Let a connection wait for its next request, or take it where it has come in already."""
        if conn.has_more:
            conn.last_used = time.time()
            self.server.process_conn(conn)
        else:
            super().put(conn)

    def _expire(self, threshold: float) -> None:
        """Close idle connections, and of too many the oldest.

        Only here, between two rounds of the loop: the number of a closed one may be a new one's at once, and the round
        would take them for each other.
        """
        super()._expire(threshold)  # type: ignore[misc]  # cheroot's own name
        idle = sorted(
            (conn for _, conn in self._selector.connections if conn is not self.server), key=lambda conn: conn.last_used
        )
        for oldest in idle[: max(0, len(idle) - self.server.bounds.idle)]:
            self._selector.unregister(oldest.socket.fileno())
            oldest.close()
        self.server.cut_off_slow_ones()


class Tls:
    """What cheroot asks for of TLS. On what the two sides agree is left to the connection, as it may take long."""

    makefile = staticmethod(MakeFile)

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context

    @staticmethod
    def bind(listening: socket.socket) -> socket.socket:
        """The listening socket needs nothing."""
        return listening

    def wrap(self, accepted: socket.socket) -> tuple[ssl.SSLSocket, dict[str, str]]:
        """A connection on which nothing is agreed yet."""
        try:
            return self._context.wrap_socket(accepted, server_side=True, do_handshake_on_connect=False), {}
        except (OSError, ValueError) as problem:
            raise FatalSSLAlert("The connection broke off.") from problem
