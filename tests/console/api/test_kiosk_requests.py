"""What an enrolled kiosk asks of a desk that runs: each request is taken once, unaltered, from this kiosk, for now."""

import contextlib
import hashlib
import secrets
import socket
import ssl
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from mtc_kiosk.console.api.admission import LARGEST_MESSAGE
from mtc_kiosk.console.api.replays import WIDTH
from mtc_kiosk.office.known_kiosks import kiosk_of_token
from mtc_kiosk.record.pack import read_pack
from mtc_kiosk.record.receipt import read_receipt
from mtc_kiosk.record.sealed import Sealed
from mtc_kiosk.record.signing import REQUEST_PURPOSE, DeviceKey
from mtc_kiosk.store.classroom import kiosks
from mtc_kiosk.store.classroom.kiosks import Why
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.db.transaction import change
from mtc_kiosk.store.made_up import open_made_up_home
from mtc_kiosk.sync.client import DeskClient
from mtc_kiosk.sync.desk_connection import DeskConnection, DeskRefused
from mtc_kiosk.sync.pinned_tls import pinned_context
from mtc_kiosk.sync.transport import TransportTrouble
from mtc_kiosk.sync.wire import (
    BOOT_HEADER,
    DESK_HEADER,
    NUMBER_HEADER,
    SIGNATURE_HEADER,
    TOKEN_HEADER,
    VERSION,
    Claim,
    as_json,
    signed_text,
)
from tests.console.serving import PATIENCE_S, read_all
from tests.office.as_staff import open_as
from tests.office.enrolling import JoiningPc
from tests.record.examples import UNNAMED, reason
from tests.store.a_school import ASchool
from tests.sync.tls_desk import free_port

from .lan_desk import BEAT, OWNER, PROGRAM, AKiosk, LanDesk, a_kiosk, lan_desk

BODY = as_json(BEAT)
BEATS = "/api/v1/beats"


@dataclass
class Hand:
    """Requests signed by hand, to be altered; each is sent on one connection."""

    kiosk: AKiosk
    connection: DeskConnection
    boot: str = field(default_factory=lambda: secrets.token_hex(16))
    desk_boot: str = ""

    def __post_init__(self) -> None:
        self.desk_boot = self.connection.hello().boot

    def headers(self, number: int, body: bytes = BODY, path: str = BEATS, method: str = "POST") -> dict[str, str]:
        """The headers of a request with this number."""
        text = signed_text(method, path, self.desk_boot, self.boot, number, hashlib.sha256(body).hexdigest())
        return {
            TOKEN_HEADER: f"Bearer {self.kiosk.enrolment.token}",
            DESK_HEADER: self.desk_boot,
            BOOT_HEADER: self.boot,
            NUMBER_HEADER: str(number),
            SIGNATURE_HEADER: self.kiosk.key.sign(text, REQUEST_PURPOSE).hex(),
        }

    def send(self, headers: dict[str, str], body: bytes = BODY, path: str = BEATS, method: str = "POST") -> str:
        """What the desk answers: "taken", or the code with which it refuses."""
        try:
            self.connection.send(method, path, body, headers)
        except DeskRefused as refused:
            return refused.code
        return "taken"


@pytest.fixture
def hand(kiosk: AKiosk, desk: LanDesk) -> Iterator[Hand]:
    """Requests of that kiosk by hand."""
    with desk.connection() as connection:
        yield Hand(kiosk, connection)


def test_a_kiosk_joins_with_the_room_code_and_beats(kiosk: AKiosk, desk: LanDesk) -> None:
    """Over the desk's HTTPS, which says who it is to whoever asks."""
    assert kiosk.client.hello().versions == (VERSION,)
    answer = kiosk.client.beat(BEAT)
    assert answer.name == kiosk.enrolment.name
    with open_as(desk.home.root, OWNER) as office:
        assert kiosk_of_token(office, kiosk.enrolment.token).public_key == kiosk.key.public


def test_a_wrong_room_code_lets_nobody_in(desk: LanDesk) -> None:
    """And says where to look."""
    asked = JoiningPc("hall-9").asks("0000", desk.certificate_sha256)
    with desk.connection() as connection, pytest.raises(DeskRefused, match="Look at the desk again") as refused:
        connection.send("POST", "/api/v1/enrolments", as_json(asked))
    assert (refused.value.code, refused.value.again) == ("wrong_code", False)


def test_a_request_is_taken_once(hand: Hand) -> None:
    """Whoever recorded it, and sends it again now or a thousand requests later, changes nothing."""
    first = hand.headers(1)
    assert hand.send(first) == "taken"
    assert hand.send(first) == "replayed"
    assert hand.send(hand.headers(WIDTH)) == "taken"
    assert hand.send(first) == "replayed"
    assert hand.send(hand.headers(WIDTH + 1)) == "taken"
    assert hand.send(first) == "replayed"


def test_requests_of_two_threads_may_overtake_each_other(hand: Hand) -> None:
    """Each is new, however late; those of another start of the kiosk begin anew."""
    assert [hand.send(hand.headers(number)) for number in (3, 1, 2)] == ["taken"] * 3
    assert [hand.send(hand.headers(number)) for number in (1, 2, 3)] == ["replayed"] * 3
    hand.boot = secrets.token_hex(16)
    assert hand.send(hand.headers(1)) == "taken"


def test_what_is_not_as_the_kiosk_signed_it_is_refused(hand: Hand) -> None:
    """Method, address, number, start and content are signed; and with this kiosk's key."""
    good, record = hand.headers(1), "/api/v1/records/x.json"
    assert hand.send(good, BODY.replace(b'"waiting":0', b'"waiting":9')) == "altered"
    assert hand.send({**good, NUMBER_HEADER: "2"}) == "altered"
    assert hand.send({**good, BOOT_HEADER: "0" * 32}) == "altered"
    assert hand.send(good, path="/api/v1/records", method="GET") == "altered"
    assert hand.send(good, path=f"{BEATS}?more=1") == "altered"
    assert hand.send(hand.headers(1, b"x", record, "PUT"), b"x", "/api/v1/records/y.json", "PUT") == "altered"
    other = replace(hand.kiosk, key=DeviceKey.new())
    assert hand.send(replace(hand, kiosk=other).headers(1)) == "altered"
    assert hand.send(good) == "taken"


def test_what_was_signed_for_an_earlier_start_of_the_desk_is_refused(hand: Hand) -> None:
    """The kiosk greets it again, and is told no more."""
    hand.desk_boot = secrets.token_hex(16)
    assert hand.send(hand.headers(1)) == "greet_again"


@pytest.mark.parametrize("name", [BOOT_HEADER, NUMBER_HEADER, SIGNATURE_HEADER])
@pytest.mark.parametrize("value", ["", "0", "-1", "1" * 16, "G" * 32, "a" * 127])
def test_a_header_that_is_none_is_refused(hand: Hand, name: str, value: str) -> None:
    """Before anything else is looked at."""
    headers = {**hand.headers(1), name: value}
    assert hand.send(headers) == "unreadable"


@pytest.mark.parametrize("token", ["", "Bearer x", f"Bearer {'x' * 43}", f"Basic {'x' * 43}"])
def test_a_pc_that_is_no_kiosk_is_refused(hand: Hand, token: str) -> None:
    """And reads what happens to the checks on it."""
    with pytest.raises(DeskRefused, match="The checks on it are kept") as refused:
        hand.connection.send("POST", BEATS, BODY, {**hand.headers(1), TOKEN_HEADER: token})
    assert refused.value.code == "not_enrolled"


def test_a_kiosk_that_staff_removed_is_refused(kiosk: AKiosk, desk: LanDesk) -> None:
    """At its next request; its checks stay on it."""
    kiosk.client.beat(BEAT)
    with open_as(desk.home.root, OWNER) as office, change(office.db):
        known = kiosk_of_token(office, kiosk.enrolment.token)
        kiosks.end(office.db, office.stamp, known, Why.REVOKED)
    with pytest.raises(DeskRefused, match="have removed this PC") as refused:
        kiosk.client.beat(BEAT)
    assert (refused.value.code, refused.value.again) == ("revoked", False)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "unreadable"),
        (b"{}", "unreadable"),
        (b"[" * 5000, "unreadable"),
        (b"\xff\xfe", "unreadable"),
        (BODY[:-1], "unreadable"),
        (BODY.replace(b'"waiting":0', b'"waiting":"0"'), "unreadable"),
        (BODY.replace(b'"waiting":0', b'"waiting":-1'), "unreadable"),
        (BODY.replace(b'"waiting":0', b'"waiting":0,"more":1'), "unreadable"),
        (b" " * LARGEST_MESSAGE + BODY, "too_large"),
    ],
)
def test_what_is_no_message_is_refused(hand: Hand, body: bytes, why: str) -> None:
    """Though the kiosk signed it: every field is there, no other is, and each is of exactly its type."""
    assert hand.send(hand.headers(1, body), body) == why


def test_the_address_says_which_version_is_spoken(hand: Hand) -> None:
    """A kiosk of another version reads which of the two PCs to update."""
    cases = ((VERSION + 1, "newer_version", "on the desk"), (VERSION - 1, "older_version", "on the kiosk"))
    for version, code, where in cases:
        path = f"/api/v{version}/beats"
        with pytest.raises(DeskRefused, match=f"Install the newer one {where}") as refused:
            hand.connection.send("POST", path, BODY, hand.headers(1, path=path))
        assert refused.value.code == code
    path = f"/api/v{VERSION}/no-such-thing"
    assert hand.send(hand.headers(1, path=path), path=path) == "no_such_address"
    assert hand.send(hand.headers(1, method="DELETE"), method="DELETE") == "no_such_request"


def test_a_body_that_breaks_off_changes_nothing(hand: Hand, desk: LanDesk) -> None:
    """Half a message, after which the kiosk's network was gone."""
    head = "".join(f"{name}: {value}\r\n" for name, value in hand.headers(1).items())
    sent = f"POST {BEATS} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(BODY)}\r\n{head}\r\n".encode() + BODY[:-9]
    with connected(desk) as connection:
        connection.sendall(sent)
    assert hand.send(hand.headers(1)) == "taken"


def test_a_body_of_unknown_length_is_refused(hand: Hand, desk: LanDesk) -> None:
    """No limit could be kept with it."""
    head = "".join(f"{name}: {value}\r\n" for name, value in hand.headers(1).items()) + "Connection: close\r\n"
    chunk = f"{len(BODY):x}\r\n".encode() + BODY + b"\r\n0\r\n\r\n"
    sent = f"POST {BEATS} HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n{head}\r\n".encode() + chunk
    with connected(desk) as connection:
        connection.sendall(sent)
        assert b'"no_length"' in read_all(connection)


def test_a_record_gets_its_receipt_once_it_is_there(desk: LanDesk) -> None:
    """Signed by the desk; the second time, too, and the desk names it among what it has of this kiosk."""
    with a_kiosk(desk, "hall-5") as kiosk:
        sealed = a_record(kiosk)
        assert kiosk.client.names() == {}
        receipts = [kiosk.client.keep(sealed.file_name, sealed.to_file()) for _ in range(2)]
        public = bytes.fromhex(kiosk.enrolment.desk_key)
        verdicts = [read_receipt(each, public).verdict for each in receipts]
        assert verdicts[1] == "already_had"
        assert kiosk.client.names() == {sealed.file_name: len(sealed.to_file())}


def test_a_kiosk_fetches_the_pack_once_and_asks_before_a_check(desk: LanDesk, kiosk: AKiosk) -> None:
    """The second time it has that version. A PIN that the desk does not know starts no check."""
    with contextlib.closing(ASchool(desk.home.database)) as school:
        school.start(school.pupils(1))
    with pytest.raises(DeskRefused, match="still being prepared") as refused:
        kiosk.client.pack(None)  # with which the desk begins to make it
    assert refused.value.code == "no_pack"
    fetched = fetch(kiosk)
    pack = read_pack(fetched, bytes.fromhex(kiosk.enrolment.desk_key), made_up=True)
    assert len(pack.entries) == 1
    assert kiosk.client.pack("0" * 64) == fetched
    assert kiosk.client.pack(pack.version) is None
    claimed = kiosk.client.claim(Claim(check_code=str(uuid.uuid4())))
    assert (claimed.may, claimed.why) == (False, "cancelled")


def test_a_desk_that_was_started_again_is_greeted_by_the_client_itself(tmp_path: Path) -> None:
    """Whoever asked notices nothing, and no request of before counts any longer."""
    home = open_made_up_home(tmp_path / "home")
    open_database(home).close()
    port = free_port()
    with lan_desk(home, port) as first, a_kiosk(first, "hall-1") as kiosk:
        kiosk.client.beat(BEAT)
        boot = kiosk.client.hello().boot
        first.running.process.kill()
        first.running.process.wait()
        with pytest.raises(TransportTrouble) as trouble:
            kiosk.client.beat(BEAT)
        assert trouble.value.again
        with lan_desk(home, port) as second:
            assert second.certificate == first.certificate
            assert kiosk.client.beat(BEAT).name == "hall-1"
            assert kiosk.client.hello().boot != boot


def test_a_desk_with_another_key_is_not_the_kiosks_desk(kiosk: AKiosk) -> None:
    """Two desks by mistake, with one certificate: the kiosk sends nothing, and says so."""
    other = replace(kiosk.enrolment, desk_key=DeviceKey.new().public.hex())
    with DeskClient(other, kiosk.key, PROGRAM) as client, pytest.raises(DeskRefused, match="another desk") as refused:
        client.beat(BEAT)
    assert refused.value.code == "another_desk"


def fetch(kiosk: AKiosk) -> bytes:
    """The pack, once it is made."""
    give_up_at = time.monotonic() + PATIENCE_S
    while time.monotonic() < give_up_at:
        with contextlib.suppress(DeskRefused):
            fetched = kiosk.client.pack(None)
            assert fetched is not None
            return fetched
    raise AssertionError("There is no pack.")


def a_record(kiosk: AKiosk) -> Sealed:
    """A record that this kiosk sealed."""
    return reason(kiosk.key, id=str(uuid.uuid4()), kiosk=kiosk.enrolment.name, school=UNNAMED, made_up=True)


def connected(desk: LanDesk) -> ssl.SSLSocket:
    """A plain connection to the desk, to send any bytes on."""
    plain = socket.create_connection(("127.0.0.1", desk.running.lan["port"]), PATIENCE_S)
    return pinned_context(desk.certificate).wrap_socket(plain)
