"""Assemble a school's kiosk: signing in, the staff menu, marking PINs as used, sealing checks."""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.kiosk.school.console_commands import CommandReader
from mtc_kiosk.kiosk.school.late_sealer import import_the_rest, late, late_sealer_of
from mtc_kiosk.kiosk.school.sign_in import SchoolSignIn
from mtc_kiosk.kiosk.staff.port import StaffRoom
from mtc_kiosk.kiosk.system.staff_log import TellStaff
from mtc_kiosk.school.staff import kiosk_staff
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import is_made_up
from mtc_kiosk.store.school.journal_hooks import SchoolHooks


@dataclass(frozen=True)
class School:
    """The school's parts of one kiosk. ``hooks`` are called at each step of an attempt."""

    hooks: SchoolHooks
    sign_in: SchoolSignIn
    staff_room: StaffRoom
    console: CommandReader

    def import_the_rest(self) -> None:
        """Import, in a thread beside the loop, the modules that the first screen does not need."""
        import_the_rest()

    def read_commands(self) -> None:
        """Begin to read the commands of a console that shares the home."""
        self.console.start()


@contextlib.contextmanager
def opened_school(
    home: Home,
    configuration: Configuration,
    kiosk: str,
    now: Callable[[], datetime],
    *,
    tell: TellStaff,
    displays: Callable[[], int],
) -> Iterator[School]:
    """The school in this home, on a connection closed at the end; DeviceKeyRefused without the home's key."""
    db = connect(home.database)
    console = CommandReader(home, kiosk)
    try:
        yield School(
            hooks_of(home, configuration),
            SchoolSignIn(home, configuration, kiosk, db, now, tell=tell, displays=displays),
            staff_room_of(home, configuration, kiosk, db, now),
            console,
        )
    finally:
        console.close()
        db.close()


def hooks_of(home: Home, configuration: Configuration) -> SchoolHooks:
    """The school's hooks for each step of an attempt: mark PINs as used, seal checks."""
    return SchoolHooks(late_sealer_of(home, configuration, made_up=is_made_up(home.root)))


def staff_room_of(
    home: Home, configuration: Configuration, kiosk: str, db: Database, now: Callable[[], datetime]
) -> StaffRoom:
    """The staff room for this kiosk's menu; ``db`` is the loop's own connection, as for signing in."""
    made_up = is_made_up(home.root)
    seals = late_sealer_of(home, configuration, made_up=made_up)

    def make() -> StaffRoom:
        from mtc_kiosk.kiosk.school.staff_room import SchoolStaffRoom  # noqa: PLC0415 - no first screen waits for it
        from mtc_kiosk.office.open import OpenHome  # noqa: PLC0415 - the same

        staff = kiosk_staff(kiosk)
        return SchoolStaffRoom(OpenHome(home, configuration, db, staff, now(), made_up, kiosk, seals), now)

    return late(make)
