"""``mtc-kiosk run --robot KIND``: robot pupils sign in on this kiosk, one after another, on a virtual clock.

Only in a home of made-up pupils. Each takes the next slip that nobody has used, as a class at several PCs does: one
that is taken meanwhile is turned away at the door, and the robot takes another.
"""

import random
import secrets
import uuid
from datetime import UTC, datetime

import click

from mtc_kiosk.check.draw import draw
from mtc_kiosk.check.kind import Kind as SessionKind
from mtc_kiosk.cli.output import MADE_UP, CommandFailed
from mtc_kiosk.cli.places import migrate
from mtc_kiosk.cli.school_kiosk import followers_of, reception_of
from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.kiosk.flow.prepare import PreparedAttempt, build_arrangements
from mtc_kiosk.kiosk.flow.sign_in_port import SignInService
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.robots.clock import VirtualClock
from mtc_kiosk.robots.kinds import KINDS, Kind
from mtc_kiosk.robots.pc import RobotPC, RobotStuck
from mtc_kiosk.robots.pupil import Slip
from mtc_kiosk.school.numbers import EVERYBODY
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.journal.journal import NewAttempt
from mtc_kiosk.store.made_up import is_made_up, wall_clock
from mtc_kiosk.store.school.rules import timetable_of
from mtc_kiosk.store.school.sessions import pins_of_day

MIXED = "mixed"
KINDS_TO_CHOOSE = (MIXED, *(str(kind) for kind in Kind))


def run_robots(home: Home, configuration: Configuration, name: str, kind: str) -> None:
    """Let robots take the official check with every PIN of the day that is left; a Refusal in a home of real pupils."""
    if not is_made_up(home.root):
        raise CommandFailed(
            Problem("Robots never go where real pupils may be: only a home that simulate made.", "not_made_up")
        )
    migrate(home, name)
    db = connect(home.database)
    chance = random.Random(secrets.randbits(64))
    started = wall_clock(home)()
    clock = VirtualClock(round(started.timestamp() * 1000))

    def walk_up() -> PreparedAttempt:
        form = draw(chance, configuration.check.form_rules())
        settings = build_arrangements(
            configuration.check.settings(), configuration.arrangements.granted(EVERYBODY), form, official=False
        )
        return PreparedAttempt(NewAttempt(str(uuid.uuid4()), SessionKind.TRY, form, settings, name))

    def reception(ticking: VirtualClock) -> SignInService:
        def now() -> datetime:
            return datetime.fromtimestamp(ticking.wall_ms() / 1000, UTC)

        return reception_of(home, configuration, name, db, now=now)

    pc = RobotPC(
        home,
        name,
        walk_up,
        random.Random(chance.getrandbits(64)),
        clock,
        followers=followers_of(home, configuration),
        reception=reception,
    )
    try:
        taken = _take_slips(pc, db, configuration, kind, chance, started)
    except RobotStuck as stuck:
        raise CommandFailed(Problem(str(stuck), "robot_stuck")) from stuck
    finally:
        pc.close()
        db.close()
    click.echo(f"({MADE_UP}) {taken} took the check on {name}.")


def _take_slips(
    pc: RobotPC,
    db: Database,
    configuration: Configuration,
    kind: str,
    chance: random.Random,
    now: datetime,
) -> int:
    """How many took the check. The slips on the teacher's home are looked through again for each."""
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
