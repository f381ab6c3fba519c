"""Serve the console over HTTP from this PC, to this PC alone."""

import contextlib
import errno
import os
import sys
import threading
from collections.abc import Iterator

from mtc_kiosk.console.app import create_app
from mtc_kiosk.console.bounds import BoundedServer
from mtc_kiosk.console.desk import Desk
from mtc_kiosk.plain_file import why
from mtc_kiosk.school.staff import Staff
from mtc_kiosk.spare_memory import keep_little, share_one_heap
from mtc_kiosk.store.db.traces import trace
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.log_file import add_lines

HOST, PORT = "127.0.0.1", 8425
_HTTP = 80
_ERROR = 40
_TAKEN = (errno.EADDRINUSE, 10048)
_NOT_ALLOWED = (errno.EACCES, errno.EPERM, 10013)


class ConsoleServer(BoundedServer):
    """A server that writes down only its own faults, without their texts, which may name a pupil."""

    def __init__(self, home: Home, port: int) -> None:
        super().__init__(HOST, port)
        self._home = home

    def error_log(self, msg: str = "", level: int = 20, traceback: bool = False) -> None:
        """Note a fault of the server; a connection that broke is none."""
        problem = sys.exc_info()[1]
        if level >= _ERROR and problem is not None:
            with contextlib.suppress(OSError):
                add_lines(self._home.faults_log, (f"console server {trace(problem)}",))


class PortTaken(RuntimeError):
    """The port cannot be had; the message is a sentence for a person."""


@contextlib.contextmanager
def prepared(home: Home, port: int = PORT, signed_in_as: Staff | None = None) -> Iterator[tuple[str, Desk]]:
    """The console's address and its desk; it answers until the end of the block. PortTaken."""
    keep_little()
    share_one_heap()
    os.environ.pop("LISTEN_PID", None)  # with it, cheroot would serve whatever file is open as number 3
    server = ConsoleServer(home, port)
    try:
        server.prepare()
    except OSError as problem:
        raise PortTaken(_why_not(port, server.refused or problem)) from problem
    serving = threading.Thread(target=server.serve, name="console")
    try:
        bound = server.bind_addr[1]
        desk = Desk(home, origins_at(bound), signed_in_as)
        server.wsgi_app = create_app(desk, bound)
        serving.start()
        yield f"http://{HOST}:{bound}/", desk
    finally:
        server.stop()
        if serving.ident is not None:
            serving.join()


def origins_at(port: int) -> frozenset[str]:
    """The Host headers of the console itself: any other name may be a page elsewhere that points here."""
    written = "" if port == _HTTP else f":{port}"
    return frozenset({f"{HOST}{written}", f"localhost{written}"})


def _why_not(port: int, problem: OSError) -> str:
    if problem.errno in _TAKEN:
        return f"Another program uses port {port} on this PC. Choose another with --port, or close that program."
    if problem.errno in _NOT_ALLOWED:
        return f"This account may not use port {port}. Choose another with --port, such as {PORT}."
    return f"Port {port} cannot be used ({why(problem)}). Choose another with --port."
