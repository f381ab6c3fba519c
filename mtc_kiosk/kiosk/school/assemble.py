"""Assemble a school's kiosk: signing in, the staff menu, marking PINs as used, sealing checks, and who gives commands.

A kiosk that is enrolled at a desk gets its commands from there; another one from a console that shares the home.
"""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.kiosk.flow.room_port import ConsoleCommands
from mtc_kiosk.kiosk.flow.sign_in_port import SignInService
from mtc_kiosk.kiosk.school.console_commands import CommandReader
from mtc_kiosk.kiosk.school.desk_claims import DeskClaims
from mtc_kiosk.kiosk.school.desk_link import DeskLink
from mtc_kiosk.kiosk.school.desk_time import DeskTime
from mtc_kiosk.kiosk.school.late_sealer import import_the_rest, late, late_sealer_of
from mtc_kiosk.kiosk.school.pack_keeper import PackKeeper
from mtc_kiosk.kiosk.school.pack_sign_in import PackSignIn
from mtc_kiosk.kiosk.school.sign_in import SchoolSignIn
from mtc_kiosk.kiosk.staff.port import StaffRoom
from mtc_kiosk.kiosk.system.staff_log import TellStaff
from mtc_kiosk.school.staff import kiosk_staff
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.home.desk_file import Enrolment, enrolment_of
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import is_made_up
from mtc_kiosk.store.school.journal_hooks import SchoolHooks

if TYPE_CHECKING:  # no first screen waits for it
    from mtc_kiosk.kiosk.school.staff_room import SchoolStaffRoom


@dataclass(frozen=True)
class School:
    """The school's parts of one kiosk. ``hooks`` are called at each step of an attempt; ``console`` brings commands.

    ``read_commands`` begins to read them, beside the loop. ``waiting_checks`` is how many checks wait for the desk.
    """

    hooks: SchoolHooks
    sign_in: SignInService
    staff_room: StaffRoom
    console: ConsoleCommands
    read_commands: Callable[[], None]
    waiting_checks: Callable[[], int]

    def import_the_rest(self) -> None:
        """Import, in a thread beside the loop, the modules that the first screen does not need."""
        import_the_rest()


@dataclass(frozen=True)
class LinkedHooks(SchoolHooks):
    """The school's hooks on an enrolled kiosk: once a check's end is on the disk, ``ended`` is called."""

    ended: Callable[[], None]

    def on_settled(self, db: Database, attempt_id: str) -> None:
        """Deliver the record at once."""
        super().on_settled(db, attempt_id)
        self.ended()


@contextlib.contextmanager
def opened_school(
    home: Home,
    configuration: Configuration,
    kiosk: str,
    now: Callable[[], datetime],
    *,
    tell: TellStaff,
    displays: Callable[[], int],
    no_sound: Callable[[], bool] = lambda: False,
) -> Iterator[School]:
    """The school in this home, on a connection closed at the end; DeviceKeyRefused without the home's key, and
    DeskFileRefused if what it knows of its desk cannot be read."""
    enrolment = enrolment_of(home)
    with contextlib.closing(connect(home.database)) as db:
        if enrolment is None:
            sign_in = SchoolSignIn(home, configuration, kiosk, db, now, tell=tell, displays=displays)
            staff_room = staff_room_of(home, configuration, kiosk, db, now)
            reader = CommandReader(home, kiosk)
            with contextlib.closing(reader):
                yield School(hooks_of(home, configuration), sign_in, staff_room, reader, reader.start, lambda: 0)
        else:
            with _enrolled(home, configuration, enrolment, kiosk, db, now, tell, displays, no_sound) as school:
                yield school


def link_of(
    home: Home,
    configuration: Configuration,
    enrolment: Enrolment,
    now: Callable[[], datetime],
    tell: TellStaff,
    keeper: PackKeeper | None = None,
    no_sound: Callable[[], bool] = lambda: False,
) -> DeskLink:
    """The link of this enrolled kiosk to its desk; without ``keeper`` it fetches no packs."""
    seals = late_sealer_of(home, configuration, made_up=is_made_up(home.root))
    days = configuration.school.retention.days_after_receipt
    return DeskLink(home, enrolment, seals, now, tell, keeper, keeper, days_kept=days, no_sound=no_sound)


@contextlib.contextmanager
def _enrolled(
    home: Home,
    configuration: Configuration,
    enrolment: Enrolment,
    kiosk: str,
    db: Database,
    now: Callable[[], datetime],
    tell: TellStaff,
    displays: Callable[[], int],
    no_sound: Callable[[], bool],
) -> Iterator[School]:
    """The school at a kiosk with a desk on another PC: pupils sign in by its pack, records go there."""
    hooks = hooks_of(home, configuration)
    keeper = PackKeeper(home, enrolment, DeskTime(now), tell, made_up=is_made_up(home.root))
    link = link_of(home, configuration, enrolment, now, tell, keeper, no_sound)
    claims = DeskClaims(link.connected, lambda: link.is_heard)
    sign_in = PackSignIn(
        keeper,
        claims,
        configuration,
        kiosk,
        db,
        now,
        tell=tell,
        displays=displays,
        about_desk=lambda lacks_pack: link.for_staff(lacks_pack=lacks_pack),
    )
    of_one_pc = staff_room_of(home, configuration, kiosk, db, now)

    def make() -> StaffRoom:
        from mtc_kiosk.kiosk.school.enrolled_room import EnrolledStaffRoom  # noqa: PLC0415 - as for the other room

        return EnrolledStaffRoom(of_one_pc, keeper, sign_in, now)

    def start() -> None:
        keeper.read_soon()
        link.start()

    linked = LinkedHooks(hooks.sealer, link.check_ended)
    with contextlib.closing(link):
        yield School(linked, sign_in, late(make), link.commands, start, lambda: link.waiting_checks)


def hooks_of(home: Home, configuration: Configuration) -> SchoolHooks:
    """The school's hooks for each step of an attempt: mark PINs as used, seal checks."""
    return SchoolHooks(late_sealer_of(home, configuration, made_up=is_made_up(home.root)))


def staff_room_of(
    home: Home, configuration: Configuration, kiosk: str, db: Database, now: Callable[[], datetime]
) -> "SchoolStaffRoom":
    """The staff room for this kiosk's menu; ``db`` is the loop's own connection, as for signing in."""
    made_up = is_made_up(home.root)
    seals = late_sealer_of(home, configuration, made_up=made_up)

    def make() -> "SchoolStaffRoom":
        from mtc_kiosk.kiosk.school.staff_room import SchoolStaffRoom  # noqa: PLC0415 - no first screen waits for it
        from mtc_kiosk.office.open import OpenHome  # noqa: PLC0415 - the same

        staff = kiosk_staff(kiosk)
        return SchoolStaffRoom(OpenHome(home, configuration, db, staff, now(), made_up, kiosk, seals), now)

    return late(make)
