"""The project's own faulty network before a small real HTTPS server: each kind of fault does what its name says."""

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tools.network.byte_proxy import ByteProxy
from tools.network.event_loop import EventLoop
from tools.network.faults import ByteFault, Fault, Faults, MessageFault
from tools.network.message_proxy import MessageProxy, trusting

PATH, BODY = "/api/v1/records/one", b"a record's bytes, which are longer than a few"
ANSWER = b'{"receipt":{"verdict":"new"}}'


class Server(ThreadingHTTPServer):
    """Answers every request with ``ANSWER``; ``took`` are the bodies that came whole, with their paths."""

    daemon_threads = True

    def __init__(self, tls: ssl.SSLContext) -> None:
        self.took: list[tuple[str, bytes]] = []
        super().__init__(("127.0.0.1", 0), Answers)
        self.socket = tls.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def handle_error(self, request: object, client_address: object) -> None:
        """Connections that break are what this is about."""


class Answers(BaseHTTPRequestHandler):
    """One connection to the server."""

    protocol_version = "HTTP/1.1"
    timeout = 10
    server: Server

    def do_PUT(self) -> None:
        """Take a body that came whole, and answer."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if len(body) < int(self.headers["Content-Length"]):
            self.close_connection = True
            return
        self.server.took.append((self.path, body))
        self.send_response(200)
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name of the class above
        """Print nothing."""


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A certificate and its key, as files."""
    folder: Path = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a small server")])
    made = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(made - timedelta(days=1))
        .not_valid_after(made + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return str(folder / "certificate.pem"), str(folder / "key.pem")


@pytest.fixture
def server(pem: tuple[str, str]) -> Iterator[Server]:
    """A small HTTPS server."""
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(*pem)
    made = Server(tls)
    serving = threading.Thread(target=made.serve_forever, args=(0.02,))
    serving.start()
    yield made
    made.shutdown()
    serving.join()
    made.server_close()


@contextlib.contextmanager
def between(server: Server, pem: tuple[str, str], faults: Faults) -> Iterator[MessageProxy]:
    """A proxy of messages in front of the server."""
    with EventLoop() as loop:
        yield MessageProxy(loop, ("127.0.0.1", server.server_port), *pem, faults)


def put(port: int, pem: tuple[str, str], path: str = PATH, body: bytes = BODY, patience_s: float = 10) -> bytes:
    """Send a body over a connection of its own; what was answered."""
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=trusting(pem[0]), timeout=patience_s)
    try:
        connection.request("PUT", path, body, {"X-Mtc-Number": "1"})
        return connection.getresponse().read()
    finally:
        connection.close()


def tried(port: int, pem: tuple[str, str], patience_s: float = 10) -> bytes | None:
    """What was answered, None if the connection broke or the answer lost its head or end."""
    try:
        return put(port, pem, patience_s=patience_s) or None
    except (OSError, http.client.HTTPException):
        return None


def always(kind: Fault) -> Faults:
    """This fault, every time."""
    return Faults(1, {kind: 1.0})


def test_without_faults_everything_passes(server: Server, pem: tuple[str, str]) -> None:
    """Several requests on one connection pass both proxies as they are, and are counted."""
    none = Faults(1, {})
    with between(server, pem, none) as proxy, EventLoop() as loop:
        bytes_too = ByteProxy(loop, ("127.0.0.1", proxy.port), none)
        connection = http.client.HTTPSConnection("127.0.0.1", bytes_too.port, context=trusting(pem[0]), timeout=10)
        for _ in range(3):
            connection.request("PUT", PATH, BODY)
            assert connection.getresponse().read() == ANSWER
        connection.close()
    assert server.took == [(PATH, BODY)] * 3
    assert proxy.traffic.answers == {("PUT", "/api/v1/records/NAME", "200"): 3}
    assert proxy.traffic.verdicts == {"new": 3}
    assert none.counts.total() == 0


@pytest.mark.parametrize(
    ("kind", "taken", "answered"),
    [
        (MessageFault.REQUEST_LOST, 0, None),
        (MessageFault.ANSWER_LOST, 1, None),
        (MessageFault.DELAYED, 1, ANSWER),
        (MessageFault.DUPLICATED, 2, ANSWER),
        (MessageFault.REPLAYED, 2, ANSWER),
        (MessageFault.REQUEST_TRUNCATED, 0, None),
        (MessageFault.ANSWER_TRUNCATED, 1, None),
    ],
)
def test_a_message_is_spoilt(
    server: Server, pem: tuple[str, str], kind: MessageFault, taken: int, answered: bytes | None
) -> None:
    """What the desk took, and what the kiosk was answered (None: a broken connection)."""
    faults = always(kind)
    with between(server, pem, faults) as proxy:
        assert tried(proxy.port, pem) == answered
    assert server.took == [(PATH, BODY)] * taken
    assert faults.counts == {kind: 1}


def test_a_request_is_altered_by_one_bit(server: Server, pem: tuple[str, str]) -> None:
    """The desk is sent another body of the same length."""
    with between(server, pem, always(MessageFault.REQUEST_ALTERED)) as proxy:
        put(proxy.port, pem)
    [(_, body)] = server.took
    assert [(one ^ other) for one, other in zip(body, BODY, strict=True) if one != other] == [1]


def test_only_signed_answers_are_altered(server: Server, pem: tuple[str, str]) -> None:
    """A receipt is altered; the answer to a beat has no signature by which anybody could notice it."""
    faults = always(MessageFault.ANSWER_ALTERED)
    with between(server, pem, faults) as proxy:
        assert put(proxy.port, pem, "/api/v1/beats") == ANSWER
        altered = put(proxy.port, pem)
    assert altered != ANSWER
    assert len(altered) == len(ANSWER)
    assert faults.counts == {MessageFault.ANSWER_ALTERED: 1}


def test_a_request_is_overtaken(server: Server, pem: tuple[str, str]) -> None:
    """The first request waits until the second has gone by."""
    faults = Faults(1, {MessageFault.REORDERED: 1.0}, most=1)
    with between(server, pem, faults) as proxy:
        first = threading.Thread(target=put, args=(proxy.port, pem, PATH, b"first"))
        first.start()
        while not faults.counts.total():
            pass
        put(proxy.port, pem, PATH, b"second")
        first.join()
    assert [body for _, body in server.took] == [b"second", b"first"]


@pytest.mark.parametrize("kind", [ByteFault.REFUSED, ByteFault.CUT, ByteFault.TRUNCATED, ByteFault.DROPPED])
def test_a_connection_breaks(server: Server, pem: tuple[str, str], kind: ByteFault) -> None:
    """Nothing that a connection loses is taken for an answer, and nothing waits for ever."""
    faults = always(kind)
    with EventLoop() as loop:
        proxy = ByteProxy(loop, ("127.0.0.1", server.server_port), faults)
        assert tried(proxy.port, pem, patience_s=0.3) is None
    assert server.took == []
    assert faults.counts[kind] > 0


def test_bytes_are_late(server: Server, pem: tuple[str, str]) -> None:
    """A slow connection answers in the end."""
    faults = Faults(1, {ByteFault.DELAYED: 1.0}, most=2)
    with EventLoop() as loop:
        assert put(ByteProxy(loop, ("127.0.0.1", server.server_port), faults).port, pem) == ANSWER
    assert faults.counts == {ByteFault.DELAYED: 2}


def test_the_network_is_away_and_comes_back(server: Server, pem: tuple[str, str]) -> None:
    """While it is away no connection can be made, and those that were open have ended."""
    with EventLoop() as loop:
        proxy = ByteProxy(loop, ("127.0.0.1", server.server_port), Faults(1, {}))
        open_before = trusting(pem[0]).wrap_socket(socket.create_connection(("127.0.0.1", proxy.port), timeout=10))
        proxy.away()
        with open_before, contextlib.suppress(OSError):
            assert open_before.recv(1) == b""
        with pytest.raises(ConnectionRefusedError):
            put(proxy.port, pem)
        proxy.back()
        assert put(proxy.port, pem) == ANSWER


def test_the_same_seed_draws_the_same_faults() -> None:
    """Draws depend on the seed and their order alone; ``most`` and ``calm`` end them."""
    chances: dict[Fault, float] = dict.fromkeys(MessageFault, 0.1)
    one, same, other = (Faults(seed, chances) for seed in (7, 7, 8))
    drawn = [[faults.draw(*MessageFault)[0] for _ in range(500)] for faults in (one, same, other)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert set(one.counts) == set(MessageFault)
    few = Faults(7, chances, most=5)
    assert sum(few.draw(*MessageFault)[0] is not None for _ in range(100)) == 5
    one.calm()
    assert one.draw(*MessageFault)[0] is None
