"""Cheroot's server with bounds: how many connections, how large and how slow a request, how long a stop may take.

Any program on this PC can connect. A connection holds no thread before it has sent something; a request that does not
come in whole in time is cut off, sooner while others wait; of too many idle connections the oldest is closed.
"""

import contextlib
import queue
import socket
import ssl
import sys
import time
from dataclasses import dataclass
from typing import Any

from cheroot.workers import threadpool
from cheroot.workers.threadpool import ThreadPool, WorkerThread
from cheroot.wsgi import Server

from mtc_kiosk.console.connections import LARGEST_HEAD, Connection, Connections, Tls

THREADS = 16
MOST_IDLE, MOST_AT_ONCE = 100, 200
"""Idle connections that are kept, and those that may be there for a moment."""

MOST_WAITING = 64
"""Requests that wait for a thread; the next is answered with 503."""

WHOLE_WITHIN_S, WHOLE_WHEN_BUSY_S = 8.0, 1.0
"""How long a request may take to come in whole; sooner while others wait."""


@dataclass(frozen=True)
class Bounds:
    """How much one server takes: threads, connections, requests that wait for a thread, and how slow they may be."""

    threads: int = THREADS
    idle: int = MOST_IDLE
    at_once: int = MOST_AT_ONCE
    waiting: int = MOST_WAITING
    whole_when_busy_s: float = WHOLE_WHEN_BUSY_S


THIS_PC = Bounds()
"""Enough for the browsers of one PC."""


LARGEST_BODY = 64_000_000
"""A larger one is not read at all. Up to here the app answers with a page, for which the rest is read and dropped."""

REACHED_AT = "mtc.reached_at"
"""In the environment of a request: the address of this PC at which it came in."""

IDLE_S = 10
TAKEN_WITHIN_S = 60.0
"""How long a client may take to receive an answer."""

STOP_WITHIN_S = 1
LOOK_EVERY_S = 0.25


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
    def busy(self) -> list[Connection]:
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
    """A server with these bounds, and a port that no other program can share. ``refused`` is why it got none.

    With a context of TLS it speaks HTTPS.
    """

    ConnectionClass = Connection
    _connections: Any
    expiration_interval = LOOK_EVERY_S
    max_request_header_size = LARGEST_HEAD
    max_request_body_size = LARGEST_BODY

    def __init__(self, host: str, port: int, bounds: Bounds = THIS_PC, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(
            (host, port),
            None,
            server_name="mtc_kiosk",
            request_queue_size=bounds.idle,
            timeout=IDLE_S,
            shutdown_timeout=STOP_WITHIN_S,
        )
        self.bounds = bounds
        self.keep_alive_conn_limit = bounds.idle
        self.ssl_adapter = Tls(tls) if tls is not None else None
        self.refused: OSError | None = None
        self.requests = _Threads(self, bounds.threads, bounds.threads)

    def prepare(self) -> None:
        """Listen, and start the threads; OSError if the port cannot be had."""
        super().prepare()
        self._connections.close()
        self._connections = Connections(self)

    def bind(self, *given: Any) -> socket.socket:
        """Bind the port, and keep the system's own reason where it refuses; cheroot only quotes it."""
        try:
            bound: socket.socket = super().bind(*given)
        except OSError as problem:
            self.refused = problem
            raise
        return bound

    def process_conn(self, conn: Connection) -> None:
        """Let a thread take the request, or answer at once that too many wait."""
        if self.requests.qsize < self.bounds.waiting + self.requests.idle:
            super().process_conn(conn)
        else:
            conn.turn_away()

    def said_of(self, conn: Connection) -> dict[str, str]:
        """What the app learns of a connection: how it came here, which no request can say otherwise, and where to."""
        scheme = "http" if self.ssl_adapter is None else "https"
        try:
            here = conn.socket.getsockname()[0]
        except OSError:
            here = ""
        return {"wsgi.url_scheme": scheme, REACHED_AT: here}

    def cut_off_slow_ones(self) -> None:
        """Cut off requests that do not come in whole, and answers that nobody takes."""
        now = time.monotonic()
        whole_within_s = self.bounds.whole_when_busy_s if self.requests.qsize else WHOLE_WITHIN_S
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
