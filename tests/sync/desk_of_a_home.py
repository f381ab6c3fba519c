"""A small desk over real HTTPS that greets kiosks and lets them join, by the program's own office, and no more."""

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime

from mtc_kiosk.office import enrolments
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.office.sealing import school_of
from mtc_kiosk.school.staff import Role, staff_of
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.sync.certificate import DeskCertificate, desk_certificate, server_context
from mtc_kiosk.sync.wire import VERSION, Enrol, Hello, Refusal, as_json
from tests.office.as_staff import open_as
from tests.sync.tls_desk import serving

OWNER = staff_of("o.owner", Role.OWNER)


@dataclass
class SmallDesk:
    """A desk that serves. ``heard`` are the requests that reached it; ``drops`` answers are lost on the way."""

    home: Home
    at: str | None
    certificate: DeskCertificate
    port: int = 0
    heard: list[tuple[str, str, bytes]] = field(default_factory=list)
    drops: int = 0

    @property
    def address(self) -> str:
        """Where it serves."""
        return f"https://127.0.0.1:{self.port}"

    @contextlib.contextmanager
    def opened(self) -> Iterator[OpenHome]:
        """Its home, open for its owner."""
        with open_as(self.home.root, OWNER, self.at) as office:
            yield office

    def code(self, kiosks: int = 30) -> str:
        """A new room code as the page shows it."""
        with self.opened() as office:
            return str(enrolments.make_code(office, kiosks, self.certificate.sha256))

    def file(self, kiosks: int = 30) -> bytes:
        """A new file for so many kiosks."""
        with self.opened() as office:
            return enrolments.make_file(office, kiosks, [self.address], self.certificate.pem)

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, bytes]:
        """Greet, or let a kiosk join."""
        with self.opened() as office:
            if (method, path) == ("GET", "/api"):
                return 200, as_json(self._hello(office))
            try:
                joined = enrolments.join(office, Enrol.model_validate_json(body), self.certificate.sha256)
            except OfficeRefused as refused:
                (problem,) = refused.problems
                return 403, as_json(Refusal(code=problem.code, message=problem.message))
        if self.drops:
            self.drops -= 1
            raise ConnectionError
        return 200, as_json(joined)

    def _hello(self, office: OpenHome) -> Hello:
        return Hello(
            versions=(VERSION,),
            program="0.1.0",
            desk=device_key(self.home).fingerprint,
            boot="0" * 32,
            school=school_of(office.configuration.school),
            made_up=office.made_up,
            at=datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        )


@contextlib.contextmanager
def serving_desk(home: Home, at: str | None = None) -> Iterator[SmallDesk]:
    """The desk of this home, serving; ``at`` is the time in a home of made-up pupils."""
    desk = SmallDesk(home, at, desk_certificate(home, ("desk", "127.0.0.1"), datetime.now(UTC)))
    lock = threading.Lock()

    def answer(method: str, path: str, body: bytes) -> tuple[int, bytes]:
        with lock:
            return desk.answer(method, path, body)

    with serving(server_context(desk.certificate), answer) as (port, heard):
        desk.port, desk.heard = port, heard
        yield desk
