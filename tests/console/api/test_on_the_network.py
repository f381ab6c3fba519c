"""The desk's HTTPS: who reaches it under which name, what its cookies are, and that nobody keeps others waiting."""

import contextlib
import http.client
import re
import socket
import ssl
import struct

import pytest

from mtc_kiosk.cli.lan_guide import guide
from mtc_kiosk.console.lan import LAN_BOUNDS, Lan
from mtc_kiosk.console.own_addresses import own_addresses, own_names
from mtc_kiosk.store.home.desk_file import keep_enrolment
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.sync.pinned_tls import certificate_sha256, pinned_context
from tests.console.serving import PATIENCE_S, read_all, refused, status
from tests.office.enrolling import JoiningPc

from .lan_desk import LanDesk

KIOSKS = 120


def asked(desk: LanDesk, path: str = "/static/console.css", host: str = "", more: str = "") -> bytes:
    """The whole answer to a request over HTTPS on a connection of its own."""
    port = desk.running.lan["port"]
    head = f"GET {path} HTTP/1.1\r\nHost: {host or f'127.0.0.1:{port}'}\r\n{more}Connection: close\r\n\r\n"
    with connected(desk) as connection:
        connection.sendall(head.encode())
        return read_all(connection)


def plain(desk: LanDesk) -> socket.socket:
    """A connection to the port of HTTPS on which nothing is agreed."""
    return socket.create_connection(("127.0.0.1", desk.running.lan["port"]), PATIENCE_S)


def connected(desk: LanDesk) -> ssl.SSLSocket:
    """A connection on which TLS is agreed."""
    return pinned_context(desk.certificate).wrap_socket(plain(desk))


@pytest.mark.parametrize(
    ("host", "code"),
    [
        ("127.0.0.1:{port}", 200),
        ("localhost:{port}", 200),
        ("LocalHost:{port}", 200),
        ("127.0.0.1", 400),
        ("127.0.0.1:{other}", 400),
        ("rebound.example:{port}", 400),
        ("127.0.0.1:{port}.rebound.example", 400),
        ("127.0.0.1:{port}@rebound.example", 400),
        ("[::1]:{port}", 400),
        ("192.0.2.77:{port}", 400),
    ],
)
def test_pages_answer_to_the_desks_own_names_alone(desk: LanDesk, host: str, code: int) -> None:
    """Whose owner could else read them through a teacher's browser (DNS rebinding)."""
    port = desk.running.lan["port"]
    assert status(asked(desk, host=host.format(port=port, other=port + 1))) == code


def test_they_answer_to_every_name_and_address_that_the_guide_prints(desk: LanDesk) -> None:
    """And the guide prints this PC's name and its addresses on a network."""
    addresses = desk.running.lan["addresses"]
    assert {each.removeprefix("https://").rpartition(":")[0] for each in addresses} == {*own_names(), *own_addresses()}
    for each in addresses:
        host, port = each.removeprefix("https://").split(":")
        where = "127.0.0.1" if host in own_names() else host
        with (
            socket.create_connection((where, int(port)), PATIENCE_S) as made,
            pinned_context(desk.certificate).wrap_socket(made) as secured,
        ):
            secured.sendall(
                f"GET /static/console.css HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n".encode()
            )
            assert status(read_all(secured)) == 200, each


def test_it_shows_the_certificate_that_it_printed(desk: LanDesk) -> None:
    """Its fingerprint is what people compare."""
    with connected(desk) as connection:
        shown = connection.getpeercert(binary_form=True)
    assert shown is not None
    assert certificate_sha256(ssl.DER_cert_to_PEM_cert(shown)) == desk.running.lan["certificate_sha256"]


def test_who_speaks_no_tls_is_told_so(desk: LanDesk) -> None:
    """As a browser with http:// in its address does."""
    with plain(desk) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = read_all(connection)
    assert status(answer) == 400
    assert b"https://" in answer


def test_https_cannot_be_claimed_where_there_is_none(desk: LanDesk) -> None:
    """Neither by the address in the request nor by a proxy's header: nothing of the API is answered over plain HTTP."""
    for path, more in (
        ("https://127.0.0.1/api", ""),
        ("/api", "X-Forwarded-Proto: https\r\n"),
        ("/api", "Forwarded: proto=https\r\n"),
    ):
        assert b'"mtc_kiosk"' not in desk.running.asked(path, more=more)
    assert b'"mtc_kiosk"' in asked(desk, "/api")


def test_cookies_over_https_are_for_https_alone(desk: LanDesk) -> None:
    """No page without HTTPS can read or set one: its name begins with __Host-."""
    answer = asked(desk, "/sign-in")
    (cookie,) = re.findall(rb"Set-Cookie: ([^\r]*)", answer)
    named, *flags = (part.strip() for part in cookie.split(b";"))
    assert named.startswith(b"__Host-mtc_console_")
    assert {b"Secure", b"HttpOnly", b"SameSite=Strict", b"Path=/"} <= set(flags)
    over_http = desk.running.asked("/sign-in")
    assert b"Set-Cookie: mtc_console_" in over_http
    assert b"Secure" not in over_http


def test_who_agrees_on_nothing_keeps_nobody_waiting(desk: LanDesk) -> None:
    """More of them than there are threads: some send nothing, some half of what begins TLS."""
    slow = [plain(desk) for _ in range(LAN_BOUNDS.threads * 2)]
    try:
        for connection in slow[::2]:
            connection.sendall(b"\x16\x03\x01\x02\x00")
        assert status(asked(desk)) == 200
    finally:
        for connection in slow:
            connection.close()


def test_who_breaks_off_leaves_no_fault(desk: LanDesk) -> None:
    """Somebody in the network who does so all day would push the desk's own faults out of its log."""
    for sent in (b"GET / HTTP/1.1\r\nX-A: ", b"POST /api/v1/enrolments HTTP/1.1\r\nContent-Length: 9\r\n\r\n{"):
        for _ in range(5):
            with connected(desk) as connection:
                connection.sendall(sent)
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            with connected(desk) as connection:
                connection.sendall(sent)
    assert status(asked(desk)) == 200
    assert not desk.home.faults_log.exists() or "console server" not in desk.home.faults_log.read_text()


def test_a_class_of_kiosks_that_stay_connected_keeps_no_page_waiting(desk: LanDesk) -> None:
    """Two connections each, on which all of them ask at the same moment."""
    with contextlib.ExitStack() as until_the_end:
        kept = [until_the_end.enter_context(connected(desk)) for _ in range(KIOSKS * 2)]
        for connection in kept:
            connection.sendall(b"GET /api HTTP/1.1\r\nHost: x\r\n\r\n")
        assert status(asked(desk)) == 200
        for connection in kept:
            answer = http.client.HTTPResponse(connection)
            answer.begin()
            assert answer.status == 200
            answer.read()


def test_a_port_for_other_pcs_that_is_taken_is_refused(desk: LanDesk, home: Home) -> None:
    """With the option that chooses another; this PC's own port is free again."""
    said = refused("console", "--lan", "--lan-port", desk.running.lan["port"], "--port", 0, "--home", home.root)
    assert said.startswith(f"Another program uses port {desk.running.lan['port']} on this PC.")
    assert "--lan-port" in said


def test_a_kiosk_of_another_desk_is_no_desk(desk: LanDesk, home: Home) -> None:
    """Other PCs would join the wrong one."""
    keep_enrolment(home, desk.joined(JoiningPc("hall-8")))
    assert "kiosk of another desk" in refused("console", "--lan", "--home", home.root)


def test_the_guide_names_every_address_and_fits_a_terminal(desk: LanDesk) -> None:
    """With the fingerprint as browsers show it."""
    lan = Lan(desk.running.lan["port"], frozenset(), desk.certificate, desk.certificate_sha256)
    said = guide(lan)
    assert all(address in said for address in lan.addresses())
    shown = re.sub(r"[:\s]", "", "".join(re.findall(r"^    ((?:[0-9A-F]{2}:?)+)$", said, re.MULTILINE)))
    assert shown.lower() == desk.certificate_sha256
    assert max(map(len, said.splitlines())) <= 80
