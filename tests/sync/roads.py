"""A kiosk and its desk in two homes, and roads between them: the desk's own function, with what a network does to it.

Nothing of the program is replaced: records are sealed, taken in and receipted as in a school.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mtc_kiosk.office import receiving
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused
from mtc_kiosk.school.staff import kiosk_staff
from mtc_kiosk.store.classroom.receipts import DeskId, waiting_for_desk
from mtc_kiosk.store.db.transaction import AuditStamp
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.records.devices import accept, devices, remember
from mtc_kiosk.sync.delivery import Delivery, deliver_waiting
from mtc_kiosk.sync.transport import FileRefused, TransportTrouble
from tests.office.acting import acting
from tests.record.examples import UNNAMED
from tests.record.homes import ACT, SchoolHome, school_home

AWAY = "The desk cannot be reached."


@dataclass(frozen=True)
class TheSender:
    """The kiosk as the desk knows it."""

    fingerprint: str


@dataclass
class RoadToDesk:
    """Files go straight into the desk's ``office.receiving``. ``before`` and ``after`` may raise, as a network does."""

    desk: OpenHome
    sender: TheSender
    before: Callable[[], None] = lambda: None
    after: Callable[[bytes], bytes] = lambda receipt: receipt
    sent: list[str] = field(default_factory=list)
    place: str = "the desk"

    def names(self) -> Mapping[str, int]:
        """What the desk has of this kiosk."""
        return receiving.names_of(self.desk, self.sender)

    def read(self, name: str) -> bytes:
        """A desk gives out no records."""
        raise TransportTrouble(name)

    def keep(self, name: str, content: bytes) -> bytes:
        """Bring a record."""
        self.before()
        self.sent.append(name)
        try:
            receipt = receiving.take(self.desk, self.sender, name, content)
        except OfficeRefused as refused:
            raise FileRefused(str(refused)) from refused
        return self.after(receipt)

    def is_there(self, name: str, content: bytes) -> bool:
        """Whether the desk has it."""
        return self.names().get(name) == len(content)


@dataclass
class AKiosk:
    """An enrolled kiosk: what it seals goes into its outbox only."""

    home: SchoolHome
    road: RoadToDesk
    desk_key: bytes

    def deliver(self, epoch: str | None = None) -> Delivery:
        """Deliver what waits."""
        return deliver_waiting(self.home.db, self.road, self.desk_key, epoch, lambda: ACT)

    def waiting(self, epoch: str | None = None) -> int:
        """How many records wait for the desk."""
        return waiting_for_desk(self.home.db, DeskId(self.road_desk, epoch)).records

    @property
    def road_desk(self) -> str:
        """The desk's fingerprint."""
        return device_key(self.road.desk.home).fingerprint


def accepted_at(desk: OpenHome, home: SchoolHome, stamp: AuditStamp = ACT) -> None:
    """The desk accepts the kiosk's device, as when it is enrolled."""
    remember(desk.db, home.sealer.key.public, home.sealer.kiosk, stamp.at)
    accept(desk.db, [one for one in devices(desk.db) if one.fingerprint == home.sealer.key.fingerprint], stamp)


@contextlib.contextmanager
def a_kiosk(root: Path, desk: OpenHome, name: str = "PC7") -> Iterator[AKiosk]:
    """A kiosk of the desk, with nothing done yet."""
    with school_home(root, school=UNNAMED, made_up=True, into_inbox=False, kiosk=name) as home:
        accepted_at(desk, home)
        yield AKiosk(home, RoadToDesk(desk, TheSender(home.sealer.key.fingerprint)), device_key(desk.home).public)


@contextlib.contextmanager
def a_desk(home: Home) -> Iterator[OpenHome]:
    """The desk, at the work of a kiosk's request."""
    with acting(home, kiosk_staff("PC7")) as office:
        yield office


def breaks() -> None:
    """The network is away."""
    raise TransportTrouble(AWAY)


def answer_lost(_: bytes) -> bytes:
    """The desk's answer is lost."""
    raise TransportTrouble(AWAY)
