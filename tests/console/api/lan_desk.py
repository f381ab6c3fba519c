"""A desk in a process of its own, as a school starts it, and PCs that join it over its HTTPS."""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass

from mtc_kiosk.office import enrolments
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.school.staff import Role, staff_of
from mtc_kiosk.store.home.desk_file import Enrolment
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.sync.certificate import kept_certificate
from mtc_kiosk.sync.client import DeskClient
from mtc_kiosk.sync.desk_connection import DeskConnection
from mtc_kiosk.sync.wire import Beat, Enrolled, Sound, as_json
from tests.console.serving import Serving, serving
from tests.office.as_staff import open_as
from tests.office.enrolling import JoiningPc

PROGRAM = "0.1.0"
OWNER = staff_of("o.owner", Role.OWNER)
BEAT = Beat(
    at="2027-06-07T09:00:00.000Z",
    started=False,
    program=PROGRAM,
    waiting=0,
    waiting_since=None,
    sound=Sound.NOT_TRIED,
    pack=None,
    spent=None,
    attempts=(),
    answers=(),
)


@dataclass
class LanDesk:
    """A desk that runs: its console, its home, and the certificate that kiosks pin; ``now`` is where its time began."""

    running: Serving
    home: Home
    certificate: str
    certificate_sha256: str
    now: str | None = None

    @property
    def address(self) -> str:
        """Its address on this PC."""
        return f"https://127.0.0.1:{self.running.lan['port']}"

    def connection(self) -> DeskConnection:
        """A connection of a PC that has not joined."""
        return DeskConnection(self.address, self.certificate, PROGRAM)

    def secret(self, kiosks: int = 1) -> str:
        """The secret of a new room code for this many kiosks."""
        with open_as(self.home.root, OWNER, self.now) as office:
            return enrolments.make_code(office, kiosks, self.certificate_sha256).secret

    def joined(self, pc: JoiningPc) -> Enrolment:
        """A PC joins with a new room code."""
        asked = pc.asks(self.secret(), self.certificate_sha256)
        with self.connection() as connection:
            answer = connection.send("POST", "/api/v1/enrolments", as_json(asked))
        given = Enrolled.model_validate_json(answer.body)
        return Enrolment(
            address=self.address,
            certificate=self.certificate,
            desk_key=given.desk_key,
            sealing_key=given.sealing_key,
            kiosk=given.kiosk,
            name=given.name,
            token=given.token,
            enrolled_at=BEAT.at,
            school_name=given.school.name,
            la=given.school.la,
            estab=given.school.estab,
            urn=given.school.urn,
        )


@dataclass
class AKiosk:
    """A PC that has joined."""

    enrolment: Enrolment
    key: DeviceKey
    client: DeskClient


@contextlib.contextmanager
def lan_desk(home: Home, port: int = 0) -> Iterator[LanDesk]:
    """The desk of this home, serving the network at this port, until the block ends."""
    with serving("console", "--lan", "--lan-port", port, "--home", home.root) as running:
        certificate = kept_certificate(home)
        assert certificate is not None
        yield LanDesk(running, home, certificate.pem, certificate.sha256, os.environ.get("MTC_KIOSK_NOW"))


@contextlib.contextmanager
def a_kiosk(desk: LanDesk, name: str) -> Iterator[AKiosk]:
    """A new kiosk of the desk."""
    pc = JoiningPc(name)
    enrolment = desk.joined(pc)
    with DeskClient(enrolment, pc.key, PROGRAM) as client:
        yield AKiosk(enrolment, pc.key, client)
