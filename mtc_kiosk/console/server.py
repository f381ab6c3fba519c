"""Serve the console over HTTP from this PC."""

import contextlib
from collections.abc import Iterator

from cheroot.wsgi import Server

from mtc_kiosk.console.app import create_app
from mtc_kiosk.console.desk import Desk
from mtc_kiosk.school.staff import Staff
from mtc_kiosk.store.home.home import Home

HOST, PORT = "127.0.0.1", 8425


class ConsoleServer(Server):
    """A server whose own log stays empty: the app answers and logs its faults, and broken connections are no fault."""

    def error_log(self, msg: str = "", level: int = 20, traceback: bool = False) -> None:
        """Write nothing: a traceback's text may name a pupil."""


class PortTaken(RuntimeError):
    """Another program has the port; the message is a sentence for a person."""


@contextlib.contextmanager
def prepared(home: Home, port: int = PORT, signed_in_as: Staff | None = None) -> Iterator[tuple[str, ConsoleServer]]:
    """The console's address and its server, which listens already; ``server.serve()`` answers until it is stopped."""
    server = ConsoleServer((HOST, port), None, numthreads=12, server_name="mtc_kiosk", timeout=10)
    try:
        server.prepare()
    except OSError as problem:
        raise PortTaken(
            f"Another program uses port {port} on this PC. Choose another with --port, or close that program."
        ) from problem
    try:
        bound = server.bind_addr[1]
        origins = frozenset({f"{HOST}:{bound}", f"localhost:{bound}"})
        server.wsgi_app = create_app(Desk(home, origins, signed_in_as), bound)
        yield f"http://{HOST}:{bound}/", server
    finally:
        server.stop()
