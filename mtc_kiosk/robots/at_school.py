"""Robot pupils sign in on a kiosk of a made-up school, one after another, on a virtual clock (``run --robot KIND``).

Each takes an unused slip, as a class at several PCs does. A robot whose slip was used meanwhile is turned away at the
sign-in page, and the next takes another.
"""

import contextlib
import random
import secrets
from datetime import datetime

from mtc_kiosk.check.kind import Kind as SessionKind
from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.kiosk.flow.prepare import check_here, prepare_attempt
from mtc_kiosk.kiosk.flow.room_port import ConsoleCommands
from mtc_kiosk.kiosk.school.assemble import hooks_of
from mtc_kiosk.kiosk.school.sign_in import SchoolSignIn
from mtc_kiosk.kiosk.system.clock import utc
from mtc_kiosk.robots.clock import VirtualClock
from mtc_kiosk.robots.kinds import KINDS, Kind
from mtc_kiosk.robots.pc import RobotPC
from mtc_kiosk.robots.pupil import Slip
from mtc_kiosk.school.pupil import EVERYBODY
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import wall_clock
from mtc_kiosk.store.school.rules import timetable_of
from mtc_kiosk.store.school.sessions import pins_of_day

MIXED = "mixed"
KINDS_TO_CHOOSE = (MIXED, *(str(kind) for kind in Kind))


def take_slips(home: Home, configuration: Configuration, name: str, kind: str) -> int:
    """Let robots take the official check with the day's unused PINs; return how many took it. RobotStuck."""
    chance = random.Random(secrets.randbits(64))
    started = wall_clock(home)()
    with contextlib.closing(connect(home.database)) as db:
        pc = school_pc(home, configuration, name, db, VirtualClock(round(started.timestamp() * 1000)), chance)
        try:
            return _take_slips(pc, db, configuration, kind, chance, started)
        finally:
            pc.close()


def school_pc(
    home: Home,
    configuration: Configuration,
    name: str,
    db: Database,
    clock: VirtualClock,
    chance: random.Random,
    console: ConsoleCommands | None = None,
) -> RobotPC:
    """A PC of the school, at its sign-in page; ``db`` is the connection that its loop uses."""
    here = check_here(configuration, name)
    return RobotPC(
        home,
        name,
        lambda: prepare_attempt(here, configuration.arrangements.granted(EVERYBODY), chance=chance),
        random.Random(chance.getrandbits(64)),
        clock,
        hooks=hooks_of(home, configuration),
        sign_in=lambda now: SchoolSignIn(home, configuration, name, db, utc(now)),
        console=console,
    )


def _take_slips(
    pc: RobotPC,
    db: Database,
    configuration: Configuration,
    kind: str,
    chance: random.Random,
    now: datetime,
) -> int:
    """Read the unused slips anew for each robot."""
    turned_away: set[str] = set()
    taken = 0
    while True:
        day = pins_of_day(db, now, timetable_of(configuration.school))
        left = [pin for pin in day.pins if pin.kind is SessionKind.OFFICIAL and pin.check_code not in turned_away]
        if not left or day.password is None:
            return taken
        pin = chance.choice(left)
        chosen = chance.choice(tuple(Kind)) if kind == MIXED else Kind(kind)
        pupil = KINDS[chosen](random.Random(chance.getrandbits(64)))
        pupil.slip = Slip(day.password, pin.pin)
        pc.sit(pupil)
        turned_away.add(pin.check_code)
        taken += not pupil.turned_away
