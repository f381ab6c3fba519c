"""What a kiosk of a school has beyond "try it out": pupils who sign in, PINs that are used, checks that are sealed."""

import random
import secrets
import uuid
from collections.abc import Callable
from datetime import datetime

from mtc_kiosk.check.arrangements import Granted
from mtc_kiosk.check.draw import Met, draw_unmet
from mtc_kiosk.check.form import Form
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.cli.door_arrangements import DoorArrangements
from mtc_kiosk.cli.telling import Tell, prepared_or_told
from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.kiosk.flow.prepare import PreparedAttempt, build_arrangements
from mtc_kiosk.kiosk.school.late_sealer import late_sealer_of
from mtc_kiosk.kiosk.school.sign_in import SchoolSignIn
from mtc_kiosk.kiosk.school.staff_room import SchoolStaffRoom
from mtc_kiosk.kiosk.system.second_screen import SecondScreen
from mtc_kiosk.school.sign_in import SignedIn
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.journal.attempts import earlier_forms
from mtc_kiosk.store.journal.journal import NewAttempt
from mtc_kiosk.store.made_up import is_made_up, wall_clock
from mtc_kiosk.store.school.journal_hooks import SchoolHooks
from mtc_kiosk.store.school.rules import rules_of


def followers_of(home: Home, configuration: Configuration) -> SchoolHooks:
    """What follows from an attempt in this home."""
    return SchoolHooks(late_sealer_of(home, configuration, made_up=is_made_up(home.root)))


def reception_of(
    home: Home,
    configuration: Configuration,
    kiosk: str,
    db: Database,
    *,
    now: Callable[[], datetime] | None = None,
    tell: Tell = lambda _: None,
    displays: Callable[[], int] = lambda: 1,
) -> SchoolSignIn:
    """The school at the door of this kiosk; ``db`` is the loop's own connection, used between checks alone.

    ``tell`` hands staff sentences about what they should look at; ``displays`` counts the displays of this PC.
    """
    clock = now or wall_clock(home)
    arrangements = DoorArrangements(home, configuration, db, clock, tell)
    second = SecondScreen(displays, allowed=configuration.kiosk.lockdown.allow_second_display, tell=tell)
    volume = configuration.kiosk.sound.volume_percent
    return SchoolSignIn(
        db=db,
        home=home,
        kiosk=kiosk,
        school=configuration.school.name or "",
        zone=configuration.school.zone,
        now=clock,
        prepared=lambda signed_in, granted: prepared_or_told(
            lambda: _prepared(db, configuration, kiosk, signed_in, granted), tell
        ),
        grants=arrangements.granted,
        staff_line=arrangements.for_staff,
        in_the_way=second.in_the_way,
        volume_percent=volume,
    )


def staff_room_of(home: Home, configuration: Configuration, kiosk: str, db: Database) -> SchoolStaffRoom:
    """What the staff menu of this kiosk works with; ``db`` as at the door."""
    return SchoolStaffRoom(
        db=db,
        home=home,
        kiosk=kiosk,
        rules=rules_of(configuration),
        now=wall_clock(home),
        seals=late_sealer_of(home, configuration, made_up=is_made_up(home.root)),
    )


def unmet_form(
    db: Database, configuration: Configuration, pupil_id: int | None, kiosk: str
) -> tuple[Form, tuple[str, ...]]:
    """A form this pupil, or this kiosk's walk-ups, have not met, and what the journal is to say of it."""
    earlier = earlier_forms(db, pupil_id, kiosk)
    chance = random.Random(secrets.randbits(128))
    drawn = draw_unmet(chance, configuration.check.form_rules(), Met(earlier.official, earlier.tries))
    if not drawn.too_alike:
        return drawn.form, ()
    return drawn.form, (f"form shares {drawn.shared} questions with {drawn.shared_with} after {drawn.draws} draws",)


def _prepared(
    db: Database, configuration: Configuration, kiosk: str, signed_in: SignedIn, granted: Granted
) -> PreparedAttempt:
    form, notes = unmet_form(db, configuration, signed_in.pupil.id, kiosk)
    settings = build_arrangements(
        configuration.check.settings(),
        granted,
        form,
        official=signed_in.kind is Kind.OFFICIAL,
        volume_percent=configuration.kiosk.sound.volume_percent,
    )
    new = NewAttempt(
        id=str(uuid.uuid4()),
        kind=signed_in.kind,
        form=form,
        settings=settings,
        kiosk=kiosk,
        check_code=signed_in.check_code,
        session_id=signed_in.session_id,
        pupil_id=signed_in.pupil.id,
    )
    return PreparedAttempt(new, notes)
