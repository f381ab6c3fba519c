"""A desk: a school's home with the console's memory, and kiosks that are enrolled at it."""

import contextlib
from collections.abc import Iterator
from datetime import timedelta

from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.room import Need, Room, Tile, room_now
from mtc_kiosk.school.kiosk_command import CheckNow, Order
from mtc_kiosk.school.staff import Role, Staff, staff_of
from mtc_kiosk.store.db.opened import Memory
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.db.transaction import AuditStamp
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.school import kiosk_commands
from tests.office.as_staff import open_as
from tests.office.away_kiosk import AwayKiosk, PcClock, enrolled
from tests.store.a_school import ASchool

TEACHER = staff_of("t.teacher", Role.TEACHER)
HEAD = staff_of("h.head", Role.HEAD)


class Desk:
    """The desk. ``clock`` is this PC's own; the school's time is ``school.now``."""

    def __init__(self, home: Home, school: ASchool) -> None:
        self.home, self.school, self.clock = home, school, PcClock()
        self.memory: Memory = {}

    @contextlib.contextmanager
    def console(self, staff: Staff = TEACHER) -> Iterator[OpenHome]:
        """The home as the console has it open, with what it remembers."""
        with open_as(self.home.root, staff, self.school.now.isoformat()) as office:
            office.db.remembers = self.memory
            yield office

    def kiosk(self, name: str = "PC7") -> AwayKiosk:
        """Another kiosk of this desk, which tells the school's time."""
        return enrolled(self.school.db, name, self.clock, lambda: self.school.now)

    def beat(self, *kiosks: AwayKiosk, ago: float = 0) -> None:
        """These kiosks beat, so many seconds ago, and what they tell is written."""
        self.clock.follow()
        self.clock.now -= timedelta(seconds=ago)
        self.clock.running_s += 1
        with self.console() as office:
            for kiosk in kiosks[:-1]:
                kiosk.beat(office)
            self.clock.running_s += 1
            kiosks[-1].beat(office)
        self.clock.follow()

    def command(self, kiosk: AwayKiosk, check: CheckNow, order: Order = Order.HOLD) -> int:
        """A command that the console gives now."""
        stamp = AuditStamp(written(self.clock.now), "t.teacher")
        return kiosk_commands.give(self.school.db, kiosk.name, check, order, stamp)

    def room(self, *, anew: bool = False) -> Room:
        """The whole room now; ``anew``: by a program that remembers nothing."""
        with self.console() as office:
            if anew:
                office.db.remembers = None
            return room_now(office, whole=True)

    def tile(self, pupil_id: int) -> Tile:
        """One pupil's tile."""
        return next(tile for tile in self.room().tiles if tile.pupil_id == pupil_id)

    def need(self) -> Need:
        """The one pupil who needs a person."""
        (need,) = self.room().needs
        return need

    def remove(self, attempt_id: str) -> None:
        """Leave only the record of an attempt, as if the check had been taken at another PC."""
        row = (attempt_id, "2027-06-07T09:00:00.000Z")
        self.school.db.execute(
            "insert into removal (attempt_id, at, by, reason) values (?, ?, 'cli', 'past_its_days')", row
        )
