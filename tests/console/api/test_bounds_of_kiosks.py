"""A kiosk, or whoever reaches the desk, that asks too much is asked to come again, and told when."""

import hashlib
import uuid
from dataclasses import dataclass, field

import pytest
from werkzeug.test import TestResponse

from mtc_kiosk.console.api.admission import A_SECOND, BURST, BURST_OF_ADDRESS
from mtc_kiosk.console.api.rates import Lane
from mtc_kiosk.office import enrolments
from mtc_kiosk.record.sealed import LARGEST_FILE
from mtc_kiosk.record.signing import REQUEST_PURPOSE
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.sync.wire import (
    AGAIN_HEADER,
    BOOT_HEADER,
    DESK_HEADER,
    NUMBER_HEADER,
    SIGNATURE_HEADER,
    TOKEN_HEADER,
    as_json,
    signed_text,
)
from tests.console.desk import HOST, Visitor, console_of
from tests.office.acting import MORNING, acting
from tests.office.enrolling import CERTIFICATE, JoiningPc
from tests.record.examples import UNNAMED, reason

from .lan_desk import BEAT, OWNER

HTTPS = f"https://{HOST}"


class Clock:
    """Seconds that a test counts."""

    now = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.now


@dataclass
class AtDesk:
    """A desk in this process, on a clock of the test's, and one kiosk of it."""

    visitor: Visitor
    clock: Clock
    pc: JoiningPc
    token: str
    number: int = field(default=0)

    def ask(self, method: str, path: str, body: bytes) -> TestResponse:
        """A request of the kiosk, signed."""
        self.number += 1
        desk, boot, content = self.visitor.desk.admission.replays.boot, "0" * 32, hashlib.sha256(body).hexdigest()
        text = signed_text(method, path, desk, boot, self.number, content)
        headers = {
            TOKEN_HEADER: f"Bearer {self.token}",
            DESK_HEADER: desk,
            BOOT_HEADER: boot,
            NUMBER_HEADER: str(self.number),
            SIGNATURE_HEADER: self.pc.key.sign(text, REQUEST_PURPOSE).hex(),
        }
        return self.visitor.client.open(path, method=method, data=body, headers=headers, base_url=HTTPS)

    def beat(self) -> TestResponse:
        """A beat."""
        return self.ask("POST", "/api/v1/beats", as_json(BEAT))


@pytest.fixture
def at_desk(home: Home) -> AtDesk:
    """That desk."""
    visitor, clock, pc = console_of(home), Clock(), JoiningPc("hall-1")
    visitor.desk.clock = clock
    with acting(home, OWNER, MORNING) as office:
        secret = enrolments.make_code(office, 1, CERTIFICATE).secret
        token = enrolments.join(office, pc.asks(secret), CERTIFICATE).token
    return AtDesk(visitor, clock, pc, token)


def refused(answer: TestResponse) -> tuple[int, str, str | None]:
    """Status, code, and when to ask again."""
    assert answer.json is not None
    return answer.status_code, answer.json["code"], answer.headers.get("Retry-After")


def test_a_kiosk_that_asks_too_often_is_asked_to_wait(at_desk: AtDesk) -> None:
    """A second later it is heard again, and others are heard all the while."""
    assert {at_desk.beat().status_code for _ in range(BURST)} == {200}
    assert refused(at_desk.beat()) == (429, "too_many", "1")
    assert at_desk.visitor.client.get("/api", base_url=HTTPS).status_code == 200
    at_desk.clock.now += 1
    assert {at_desk.beat().status_code for _ in range(int(A_SECOND))} == {200}
    assert refused(at_desk.beat())[0] == 429


def test_an_address_without_a_token_that_asks_too_often_is_asked_to_wait(at_desk: AtDesk) -> None:
    """Also where there is no such address, or with a token of nobody's; a kiosk at the same address is heard."""
    client = at_desk.visitor.client
    asks = ("/api", "/api/v1/nothing", "/api/v1/records")
    assert {client.get(asks[one % 3], base_url=HTTPS).status_code for one in range(BURST_OF_ADDRESS)} == {200, 404, 401}
    for path in asks:
        assert refused(client.get(path, base_url=HTTPS)) == (429, "too_many", "1"), path
    assert at_desk.beat().status_code == 200


def test_too_many_records_at_once_are_asked_to_come_again(at_desk: AtDesk) -> None:
    """And beats are not kept waiting by them."""
    sealed = reason(at_desk.pc.key, id=str(uuid.uuid4()), kiosk="hall-1", school=UNNAMED, made_up=True)
    path, lane = f"/api/v1/records/{sealed.file_name}", Lane(0)
    at_desk.visitor.desk.admission.records = lane
    with lane.turn():
        answer = at_desk.ask("PUT", path, sealed.to_file())
        assert refused(answer) == (503, "busy", "1")
        assert 0 < int(answer.headers[AGAIN_HEADER]) < 1000
        assert at_desk.beat().status_code == 200
    assert at_desk.ask("PUT", path, sealed.to_file()).status_code == 200


def test_a_record_may_be_as_large_as_a_record_file_may_be(at_desk: AtDesk) -> None:
    """Larger than any form of a page; a byte more is not looked at."""
    path = "/api/v1/records/x"
    assert refused(at_desk.ask("PUT", path, b"x" * LARGEST_FILE))[:2] == (409, "foreign")
    assert refused(at_desk.ask("PUT", path, b"x" * (LARGEST_FILE + 1)))[:2] == (413, "too_large")
