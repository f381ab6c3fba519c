"""A kiosk speaks to the one desk that has its pinned certificate, and sends nothing to anybody else."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mtc_kiosk.sync.desk_connection import LONGEST_AGAIN_S, DeskConnection, DeskRefused
from mtc_kiosk.sync.transport import TransportTrouble
from mtc_kiosk.sync.wire import AGAIN_HEADER, Refusal, as_json
from tests.sync.certificates import make_certificate

SMALL = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"


@contextlib.contextmanager
def answering(certificate: Path, key: Path, answer: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """A server that answers one connection with these bytes: its address, and what was sent to it."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    heard: list[bytes] = []

    def serve() -> None:
        with contextlib.suppress(OSError), context.wrap_socket(listener.accept()[0], server_side=True) as taken:
            heard.append(taken.recv(65_536))
            taken.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        serving = threading.Thread(target=serve)
        serving.start()
        yield f"https://127.0.0.1:{listener.getsockname()[1]}", heard
        serving.join(10)


@contextlib.contextmanager
def connected(folder: Path, answer: bytes) -> Iterator[DeskConnection]:
    """A kiosk's connection to a server that answers one request with these bytes."""
    certificate, key = make_certificate(folder, "desk")
    with (
        answering(certificate, key, answer) as (address, _),
        DeskConnection(address, certificate.read_text(), "0.1.0") as connection,
    ):
        yield connection


def test_the_pinned_certificate_is_trusted_whatever_its_name_and_dates(tmp_path: Path) -> None:
    """A kiosk's own clock may be years out, and a desk's address changes."""
    certificate, key = make_certificate(tmp_path, "elsewhere.example", ended=True)
    with (
        answering(certificate, key, SMALL) as (address, heard),
        DeskConnection(address, certificate.read_text(), "0.1.0") as connection,
    ):
        answer = connection.send("GET", "/api")
    assert (answer.status, answer.body) == (200, b"{}")
    assert heard[0].startswith(b"GET /api HTTP/1.1\r\n")


def test_nothing_is_sent_to_whoever_has_another_certificate(tmp_path: Path) -> None:
    """Even one of the same name: an impostor learns no token."""
    pinned, _ = make_certificate(tmp_path, "desk")
    (tmp_path / "other").mkdir()
    with (
        answering(*make_certificate(tmp_path / "other", "desk"), SMALL) as (address, heard),
        DeskConnection(address, pinned.read_text(), "0.1.0") as connection,
        pytest.raises(DeskRefused) as refused,
    ):
        connection.send("PUT", "/api/v1/records/x", b"secret", {"Authorization": "Bearer secret"})
    assert refused.value.code == "another_certificate"
    assert b"".join(heard) == b""


def test_the_systems_proxy_is_not_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A desk is in the same building, and the filter would only break the connection."""
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with connected(tmp_path, SMALL) as connection:
        assert connection.send("GET", "/api").body == b"{}"


@pytest.mark.parametrize(
    ("said", "again_s"), [("70", 0.07), ("9" * 9, LONGEST_AGAIN_S), ("-1", None), ("9" * 5000, None), ("0.5", None)]
)
@pytest.mark.parametrize("body", [as_json(Refusal(code="busy", message="The desk has too much to do.")), b""])
def test_a_busy_desk_says_when_it_has_room(tmp_path: Path, said: str, again_s: float | None, body: bytes) -> None:
    """In whole milliseconds, up to a bound; also where its server answers, which has no words."""
    head = f"HTTP/1.1 503 x\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{AGAIN_HEADER}: {said}\r\n\r\n"
    with connected(tmp_path, head.encode() + body) as connection, pytest.raises(TransportTrouble) as problem:
        connection.send("GET", "/api")
    assert (problem.value.again, problem.value.again_s) == (True, again_s)


def test_an_answer_that_breaks_off_is_none(tmp_path: Path) -> None:
    """Half a receipt must not pass for one."""
    with (
        connected(tmp_path, SMALL.replace(b"Length: 2", b"Length: 3")) as connection,
        pytest.raises(TransportTrouble, match="broke off") as trouble,
    ):
        connection.send("GET", "/api")
    assert trouble.value.again


def test_an_answer_without_end_is_cut_off(tmp_path: Path) -> None:
    """What answers there cannot fill this PC's memory."""
    head = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
    with (
        connected(tmp_path, head + b"x" * 2_000) as connection,
        pytest.raises(TransportTrouble, match="not the desk"),
    ):
        connection.send("GET", "/api", most=1_999)
    with connected(tmp_path, head + b"x" * 2_000) as connection:
        assert len(connection.send("GET", "/api", most=2_000).body) == 2_000


def test_a_desk_that_is_off_may_be_back_later(tmp_path: Path) -> None:
    """The kiosk tries again, and says what to look at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    certificate = make_certificate(tmp_path, "desk")[0].read_text()
    with (
        DeskConnection(f"https://127.0.0.1:{port}", certificate, "0.1.0") as connection,
        pytest.raises(TransportTrouble, match="cannot be reached") as trouble,
    ):
        connection.send("GET", "/api")
    assert trouble.value.again


@pytest.mark.parametrize("text", ["", "-----BEGIN CERTIFICATE-----\n", "no certificate"])
def test_what_is_no_certificate_pins_none(text: str) -> None:
    """And never means that any will do."""
    with pytest.raises(ValueError, match="PEM"):
        DeskConnection("https://127.0.0.1:1", text, "0.1.0")


@pytest.mark.parametrize(
    ("greeting", "older"),
    [
        (b'{"product": "mtc_kiosk", "versions": [2, 3], "program": "2.0.0", "more": 1}', "this kiosk"),
        (b'{"product": "mtc_kiosk", "versions": [], "program": "0.0.1"}', "the desk"),
    ],
)
def test_a_desk_of_another_version_is_answered_in_words(tmp_path: Path, greeting: bytes, older: str) -> None:
    """Even where its greeting has other fields: it says which of the two PCs to update."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (len(greeting), greeting)
    with (
        connected(tmp_path, answer) as connection,
        pytest.raises(DeskRefused, match=f"Install the newer version on {older}") as refused,
    ):
        connection.hello()
    assert refused.value.code == "other_version"
