"""Cheroot's server with bounds: how many connections, how large and how slow a request, how long a stop may take.

Any program on this PC can connect. A connection holds no thread before it has sent something; a request that does not
come in whole in time is cut off, sooner while others wait; of too many idle connections the oldest is closed.
"""

import contextlib
import queue
import socket
import sys
import time
from typing import Any

from cheroot.connections import ConnectionManager
from cheroot.server import HTTPConnection, HTTPRequest
from cheroot.workers import threadpool
from cheroot.workers.threadpool import ThreadPool, WorkerThread
from cheroot.wsgi import Server

THREADS = 16
MOST_IDLE, MOST_AT_ONCE = 100, 200
"""Idle connections that are kept, and those that may be there for a moment."""

MOST_WAITING = 64
"""Requests that wait for a thread; the next is answered with 503."""

LARGEST_HEAD = 16_384
LARGEST_BODY = 64_000_000
"""A larger one is not read at all. Up to here the app answers with a page, for which the rest is read and dropped."""

IDLE_S = 10
WHOLE_WITHIN_S, WHOLE_WHEN_BUSY_S = 8.0, 1.0
TAKEN_WITHIN_S = 60.0
"""How long a client may take to receive an answer."""

STOP_WITHIN_S = 1
LOOK_EVERY_S = 0.25
_CHUNK = 65_536
_TOO_MANY = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\nRetry-After: 1\r\n\r\n"


class _Request(HTTPRequest):
    """A request; before a refusal of a large body is sent the body is dropped, or no browser would show it."""

    def send_headers(self) -> None:
        """Drop what was not read of the body, piece by piece, then send the head of the answer."""
        rest = getattr(self.rfile, "remaining", 0)
        while rest > 0 and self.rfile.read(min(_CHUNK, rest)):
            rest = self.rfile.remaining
        self.conn.answering = time.monotonic()
        super().send_headers()


class _Connection(HTTPConnection):
    """A connection; ``since`` is when its present request began to come in, ``answering`` when its answer began."""

    RequestHandlerClass = _Request
    since: float | None = None
    answering: float | None = None

    def communicate(self) -> Any:
        """Take one request; whether the connection stays open."""
        self.since = time.monotonic()
        try:
            return super().communicate()  # type: ignore[no-untyped-call]  # cheroot's own
        finally:
            self.since = self.answering = None

    def shut(self, how: int) -> None:
        """Let whoever reads from it, or writes to it, find it closed."""
        with contextlib.suppress(OSError):
            self.socket.shutdown(how)

    def turn_away(self) -> None:
        """Answer that too many wait, without a look at the request."""
        self.socket.settimeout(0)
        with contextlib.suppress(OSError):
            self.socket.recv(LARGEST_HEAD)  # what is left unread could keep the answer from arriving
        with contextlib.suppress(OSError):
            self.socket.send(_TOO_MANY)
        self.close()


class _Connections(ConnectionManager):
    """The connections that wait for a request, new ones too."""

    _selector: Any

    def _from_server_socket(self, server_socket: socket.socket) -> None:
        """Accept a connection, and wait until it has sent something."""
        new = super()._from_server_socket(server_socket)  # type: ignore[misc]  # cheroot's own name
        if new is None:
            return
        if len(self._selector) > MOST_AT_ONCE:
            new.turn_away()
        else:
            self.put(new)

    def _expire(self, threshold: float) -> None:
        """Close idle connections, and of too many the oldest.

        Only here, between two rounds of the loop: the number of a closed one may be a new one's at once, and the round
        would take them for each other.
        """
        super()._expire(threshold)  # type: ignore[misc]  # cheroot's own name
        idle = sorted(
            (conn for _, conn in self._selector.connections if conn is not self.server), key=lambda conn: conn.last_used
        )
        for oldest in idle[: max(0, len(idle) - MOST_IDLE)]:
            self._selector.unregister(oldest.socket.fileno())
            oldest.close()
        self.server.cut_off_slow_ones()


class _Threads(ThreadPool):
    """A fixed number of threads, none of which keeps the program from ending."""

    _threads: list[WorkerThread]
    _queue: "queue.Queue[Any]"

    def _spawn_worker(self) -> WorkerThread:
        worker = WorkerThread(self.server)  # type: ignore[no-untyped-call]  # cheroot's own
        worker.daemon = True
        worker.start()
        return worker

    @property
    def busy(self) -> list[_Connection]:
        """The connections that a thread works on."""
        return [worker.conn for worker in self._threads if worker.conn is not None]

    def stop(self, timeout: float = STOP_WITHIN_S) -> None:
        """End within ``timeout``: requests at work may finish, those that still come in or wait are cut off."""
        give_up_at = time.monotonic() + timeout
        with contextlib.suppress(queue.Empty):
            while True:
                self._queue.get_nowait().close()
        for _ in self._threads:
            self._queue.put(threadpool._SHUTDOWNREQUEST)  # type: ignore[attr-defined]  # cheroot's own
        for conn in self.busy:
            conn.shut(socket.SHUT_RD)
        for worker in self._threads:
            worker.join(max(0.0, give_up_at - time.monotonic()))
        self._threads.clear()


class BoundedServer(Server):
    """A server with these bounds, and a port that no other program can share. ``refused`` is why it got none."""

    ConnectionClass = _Connection
    _connections: Any
    expiration_interval = LOOK_EVERY_S
    max_request_header_size = LARGEST_HEAD
    max_request_body_size = LARGEST_BODY
    keep_alive_conn_limit = MOST_IDLE

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            (host, port),
            None,
            server_name="mtc_kiosk",
            request_queue_size=MOST_IDLE,
            timeout=IDLE_S,
            shutdown_timeout=STOP_WITHIN_S,
        )
        self.refused: OSError | None = None
        self.requests = _Threads(self, THREADS, THREADS)

    def prepare(self) -> None:
        """Listen, and start the threads; OSError if the port cannot be had."""
        super().prepare()
        self._connections.close()
        self._connections = _Connections(self)

    def bind(self, *given: Any) -> socket.socket:
        """Bind the port, and keep the system's own reason where it refuses; cheroot only quotes it."""
        try:
            bound: socket.socket = super().bind(*given)
        except OSError as problem:
            self.refused = problem
            raise
        return bound

    def process_conn(self, conn: _Connection) -> None:
        """Let a thread take the request, or answer at once that too many wait."""
        if self.requests.qsize < MOST_WAITING + self.requests.idle:
            super().process_conn(conn)
        else:
            conn.turn_away()

    def cut_off_slow_ones(self) -> None:
        """Cut off requests that do not come in whole, and answers that nobody takes."""
        now = time.monotonic()
        whole_within_s = WHOLE_WHEN_BUSY_S if self.requests.qsize else WHOLE_WITHIN_S
        for conn in self.requests.busy:
            since, answering = conn.since, conn.answering
            if since is not None and now - since > whole_within_s:
                conn.shut(socket.SHUT_RD)
            if answering is not None and now - answering > TAKEN_WITHIN_S:
                conn.shut(socket.SHUT_RDWR)

    @classmethod
    def prepare_socket(cls, *given: Any, **named: Any) -> socket.socket:
        """The socket; on Windows another program could else listen at the same port."""
        made: socket.socket = super().prepare_socket(*given, **named)
        if sys.platform == "win32":
            made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        return made
