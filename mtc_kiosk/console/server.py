"""Serve the console: over HTTP to this PC alone, and over HTTPS to the school's network where that is asked for."""

import contextlib
import errno
import os
import ssl
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime

from mtc_kiosk.console.app import create_app
from mtc_kiosk.console.bounds import THIS_PC, BoundedServer, Bounds
from mtc_kiosk.console.desk import Desk
from mtc_kiosk.console.lan import EVERYWHERE, LAN_BOUNDS, LAN_PORT, Lan, allow_connections, lan_names, names_of
from mtc_kiosk.plain_file import why
from mtc_kiosk.school.staff import Staff
from mtc_kiosk.spare_memory import keep_little, share_one_heap
from mtc_kiosk.store.db.traces import trace
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.log_file import add_lines
from mtc_kiosk.sync.certificate import desk_certificate, server_context

HOST, PORT = "127.0.0.1", 8425
_HTTP = 80
_ERROR = 40
_TAKEN = (errno.EADDRINUSE, 10048)
_BROKE_OFF = (ConnectionError, ssl.SSLError)
_NOT_ALLOWED = (errno.EACCES, errno.EPERM, 10013)


class ConsoleServer(BoundedServer):
    """A server that writes down only its own faults, without their texts, which may name a pupil."""

    def __init__(
        self, home: Home, host: str, port: int, bounds: Bounds = THIS_PC, tls: ssl.SSLContext | None = None
    ) -> None:
        super().__init__(host, port, bounds, tls)
        self._home = home

    def error_log(self, msg: str = "", level: int = 20, traceback: bool = False) -> None:
        """Note a fault of the server; a connection that broke is none."""
        problem = sys.exc_info()[1]
        if level >= _ERROR and problem is not None and not isinstance(problem, _BROKE_OFF):
            with contextlib.suppress(OSError):
                add_lines(self._home.faults_log, (f"console server {trace(problem)}",))


class PortTaken(RuntimeError):
    """The port cannot be had; the message is a sentence for a person."""


@contextlib.contextmanager
def prepared(
    home: Home, port: int = PORT, signed_in_as: Staff | None = None, lan_port: int | None = None
) -> Iterator[tuple[str, Desk]]:
    """The console's address and its desk; it answers until the end of the block. PortTaken, CertificateRefused.

    With ``lan_port`` other PCs reach it, too, and ``desk.lan`` says how.
    """
    keep_little()
    share_one_heap()
    os.environ.pop("LISTEN_PID", None)  # with it, cheroot would serve whatever file is open as number 3
    with contextlib.ExitStack() as until_the_end:
        server = ConsoleServer(home, HOST, port)
        bound = until_the_end.enter_context(_listening(server, "--port", PORT))
        desk = Desk(home, origins_at(bound), signed_in_as)
        until_the_end.enter_context(desk.database_kept_open())
        servers = [server]
        if lan_port is not None:
            certificate = desk_certificate(home, lan_names(), datetime.now(UTC))
            allow_connections()
            servers.append(ConsoleServer(home, EVERYWHERE, lan_port, LAN_BOUNDS, server_context(certificate)))
            reached = until_the_end.enter_context(_listening(servers[1], "--lan-port", LAN_PORT))
            desk.lan = Lan(reached, names_of(certificate.names), certificate.pem, certificate.sha256)
            desk.kiosk_addresses = desk.lan.addresses()
        app = create_app(desk, bound)
        for each in servers:
            each.wsgi_app = app
            until_the_end.enter_context(_serving(each))
        yield f"http://{HOST}:{bound}/", desk


@contextlib.contextmanager
def _listening(server: ConsoleServer, option: str, usual: int) -> Iterator[int]:
    """The port at which the server listens, until the end of the block; PortTaken."""
    try:
        try:
            server.prepare()
        except OSError as problem:
            raise PortTaken(_why_not(server.bind_addr[1], option, usual, server.refused or problem)) from problem
        yield server.bind_addr[1]
    finally:
        server.stop()


@contextlib.contextmanager
def _serving(server: ConsoleServer) -> Iterator[None]:
    """Answer requests until the end of the block."""
    serving = threading.Thread(target=server.serve, name="console")
    serving.start()
    try:
        yield
    finally:
        server.stop()
        serving.join()


def origins_at(port: int) -> frozenset[str]:
    """The Host headers of the console itself: any other name may be a page elsewhere that points here."""
    written = "" if port == _HTTP else f":{port}"
    return frozenset({f"{HOST}{written}", f"localhost{written}"})


def _why_not(port: int, option: str, usual: int, problem: OSError) -> str:
    if problem.errno in _TAKEN:
        return f"Another program uses port {port} on this PC. Choose another with {option}, or close that program."
    if problem.errno in _NOT_ALLOWED:
        return f"This account may not use port {port}. Choose another with {option}, such as {usual}."
    return f"Port {port} cannot be used ({why(problem)}). Choose another with {option}."
