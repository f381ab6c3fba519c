"""The server under the console ends in time, whatever its requests do."""

import selectors
import socket
import threading
import time
from collections.abc import Iterable
from typing import Any

from mtc_kiosk.console.bounds import MOST_WAITING, STOP_WITHIN_S, THREADS, BoundedServer
from mtc_kiosk.sync.wire import AGAIN_HEADER

from .serving import read_all, status

SLACK_S, AT_LEAST, TOO_MANY = 1.5, 2, 2 + THREADS
ASKS = b"GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"


class Stuck:
    """An app that answers only once it is let go, and counts those who wait."""

    def __init__(self) -> None:
        self.free, self.began = threading.Event(), threading.Semaphore(0)

    def __call__(self, environ: Any, start: Any) -> Iterable[bytes]:
        """Wait, then answer."""
        self.began.release()
        self.free.wait(30)
        start("200 OK", [("Content-Length", "2")])
        return [b"ok"]


def listening(app: Stuck) -> tuple[BoundedServer, threading.Thread, int]:
    """A server with the app, its thread, and its port."""
    server = BoundedServer("127.0.0.1", 0)
    server.wsgi_app = app
    server.prepare()
    thread = threading.Thread(target=server.serve)
    thread.start()
    return server, thread, server.bind_addr[1]


def test_a_request_that_hangs_does_not_hold_the_end() -> None:
    """The app never answers: the server ends all the same."""
    app = Stuck()
    server, thread, port = listening(app)
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.sendall(ASKS)
        assert app.began.acquire(timeout=10)
        began = time.monotonic()
        server.stop()
        thread.join(10)
        assert not thread.is_alive()
        assert time.monotonic() - began < STOP_WITHIN_S + SLACK_S
        app.free.set()
        read_all(connection)


def test_a_request_at_work_may_finish_while_the_server_ends() -> None:
    """Its change was made, so its answer is worth waiting for a moment."""
    app = Stuck()
    server, thread, port = listening(app)
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.sendall(ASKS)
        assert app.began.acquire(timeout=10)
        ending = threading.Thread(target=server.stop)
        ending.start()
        thread.join(10)
        app.free.set()
        assert read_all(connection).endswith(b"ok")
        ending.join(10)


def test_of_too_many_requests_the_last_are_answered_at_once() -> None:
    """With 503: all threads are busy and as many wait as may."""
    app = Stuck()
    server, thread, port = listening(app)
    asking = [socket.create_connection(("127.0.0.1", port), 10) for _ in range(THREADS + MOST_WAITING + TOO_MANY)]
    try:
        for connection in asking:
            connection.sendall(ASKS)
        for _ in range(THREADS):
            assert app.began.acquire(timeout=10)
        answered = set[socket.socket]()
        with selectors.DefaultSelector() as waiting:
            for connection in asking:
                waiting.register(connection, selectors.EVENT_READ)
            while len(answered) < AT_LEAST and (ready := waiting.select(10)):
                answered |= {key.fileobj for key, _ in ready if isinstance(key.fileobj, socket.socket)}
        assert AT_LEAST <= len(answered) <= TOO_MANY
        answers = [read_all(connection) for connection in answered]
        assert {status(answer) for answer in answers} == {503}
        assert all(f"{AGAIN_HEADER}: 500".encode() in answer for answer in answers), "a kiosk knows when to come again"
    finally:
        app.free.set()
        for connection in asking:
            connection.close()
        server.stop()
        thread.join(10)
