"""The loop of a kiosk, wired: journal, school, orders, picture and window. Imported while the window opens.

Everything that a kiosk needs behind its window is reached from here, so that its import and the window system's own
time pass together.
"""

import contextlib
import random
import secrets
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import click

from mtc_kiosk.check.draw import Met, draw_unmet
from mtc_kiosk.check.form import Form
from mtc_kiosk.check.framework import NoFormFits
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.cli.output import CommandFailed
from mtc_kiosk.cli.staff_of import kept_guesses, place_of
from mtc_kiosk.cli.telling import prepared_or_told
from mtc_kiosk.cli.wanted import Wanted
from mtc_kiosk.config.passcode import matches
from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.kiosk.app import Kiosk
from mtc_kiosk.kiosk.audio.speaker import SdlSpeaker
from mtc_kiosk.kiosk.canvas import PictureOfScene
from mtc_kiosk.kiosk.drawing.spare_memory import keep_little
from mtc_kiosk.kiosk.flow.prepare import PreparedAttempt, build_arrangements
from mtc_kiosk.kiosk.flow.setup import KioskSetup
from mtc_kiosk.kiosk.flow.sign_in_port import SignInService
from mtc_kiosk.kiosk.flow.take_up import take_up
from mtc_kiosk.kiosk.staff.port import StaffRoom
from mtc_kiosk.kiosk.system.clock import clock_at
from mtc_kiosk.kiosk.system.devices import DeviceWatch
from mtc_kiosk.kiosk.system.end_signals import Ending
from mtc_kiosk.kiosk.system.fault_log import FaultLog
from mtc_kiosk.kiosk.system.staff_log import StaffLog
from mtc_kiosk.kiosk.system.thread_priority import raise_priority
from mtc_kiosk.kiosk.system.window import SdlWindow
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.school.numbers import EVERYBODY
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.journal.hooks import AttemptHooks
from mtc_kiosk.store.journal.journal import Journal, NewAttempt

LONGEST_WAIT_S = 10
"""How long the end of the program waits for what is still on its way to the disk."""

HOW_STAFF_LEAVE = "To leave, finish it, or hold Ctrl, Shift and F12 for 3 seconds and type the passcode."


@dataclass(frozen=True)
class School:
    """What a school's kiosk has beyond "try it out"; nothing of it where no passcode is set."""

    followers: AttemptHooks | None = None
    reception: SignInService | None = None
    staff_room: StaffRoom | None = None
    once_shown: Callable[[], None] = lambda: None


@contextlib.contextmanager
def school_at(
    home: Home, configuration: Configuration, name: str, wanted: Wanted, displays: Callable[[], int]
) -> Iterator[School]:
    """What the school adds in this home, with a connection that is closed behind it."""
    if not wanted.loops or configuration.kiosk.staff_passcode is None:
        yield School()
        return
    from mtc_kiosk.cli.school_kiosk import followers_of, reception_of, staff_room_of  # noqa: PLC0415 - not in "try it out"
    from mtc_kiosk.kiosk.school.late_sealer import import_the_rest  # noqa: PLC0415 - not in "try it out"

    db = connect(home.database)
    try:
        yield School(
            followers_of(home, configuration),
            reception_of(
                home,
                configuration,
                name,
                db,
                tell=lambda sentences: _say(home, name, sentences),
                displays=displays,
            ),
            staff_room_of(home, configuration, name, db),
            once_shown=import_the_rest,
        )
    finally:
        db.close()


def run_loop(
    home: Home,
    configuration: Configuration,
    name: str,
    wanted: Wanted,
    window: SdlWindow,
    school: School,
    ending: Ending,
) -> int:
    """Show the first screen and loop until the pupil or staff leave; the program's exit code."""
    keep_little()
    if not wanted.loops:
        has_passcode = configuration.kiosk.staff_passcode is not None
        click.echo(HOW_STAFF_LEAVE if has_passcode else words.TO_LEAVE, err=True)
    journal = Journal(home, wake=window.wake, hooks=school.followers)
    watch = DeviceWatch()
    speaker = SdlSpeaker(configuration.kiosk.sound.device)  # opens nothing until somebody needs to hear something
    try:
        priority = raise_priority(wanted=configuration.kiosk.raise_priority)
        window.may_spin(raised=priority.raised)
        clock = clock_at(home)
        passcode = configuration.kiosk.staff_passcode
        orders = KioskSetup(
            prepare=lambda: prepared_or_told(
                lambda: _prepare(journal, configuration, name, wanted.form(home, configuration, name)),
                lambda sentences: _say(home, name, sentences),
            ),
            passcode_matches=(lambda typed: matches(typed, passcode)) if passcode is not None else None,
            loops=wanted.loops,
            about=f"{window.about} priority={priority.about}",
            reception=school.reception,
            staff_room=school.staff_room,
            guesses=kept_guesses(home, name) if passcode is not None else None,
            place=place_of(home),
        )
        picture = PictureOfScene(window.surface, float(configuration.kiosk.display.diagonal_inches))
        kiosk = Kiosk(
            window,
            clock,
            journal,
            orders=orders,
            picture=picture,
            met=FaultLog(clock, lambda sentences: _say(home, name, sentences)).met,
            present=lambda: watch.present,
            speaker=speaker,
            ending=ending,
        )
        taken_up = take_up(journal, name, clock)
        _say(home, name, taken_up.sentences)
        kiosk.start(taken_up.attempt)
        school.once_shown()
        return kiosk.run()
    except NoFormFits as none:
        raise CommandFailed(Problem(str(none), "no_form_fits")) from none
    finally:
        watch.close()
        speaker.close()
        if not journal.close(LONGEST_WAIT_S):
            _say(home, name, ("The disk did not take what was typed last; the check goes on from what it took.",))


def _say(home: Home, name: str, sentences: Sequence[str]) -> None:
    """Tell staff on standard error and, as nobody sees that behind a full screen, in the kiosk's log."""
    with contextlib.suppress(OSError, ValueError):  # whoever started the kiosk may have closed standard error
        for sentence in sentences:
            click.echo(sentence, err=True)
    with contextlib.suppress(OSError):  # a disk that does not take the log is what the sentences are about
        StaffLog(home, name, clock_at(home)).add(sentences)


def _prepare(journal: Journal, configuration: Configuration, name: str, form: Form | None) -> PreparedAttempt:
    """A walk-up's attempt on a form that this kiosk's last walk-ups have not met, unless the form is given."""
    notes: tuple[str, ...] = ()
    if form is None:
        earlier = journal.earlier_forms(None, name)
        drawn = draw_unmet(_chance(), configuration.check.form_rules(), Met(earlier.official, earlier.tries))
        form = drawn.form
        if drawn.too_alike:
            notes = (f"form shares {drawn.shared} questions with {drawn.shared_with} after {drawn.draws} draws",)
    granted = configuration.arrangements.granted(EVERYBODY)  # what the school gives everybody
    volume = configuration.kiosk.sound.volume_percent
    settings = build_arrangements(configuration.check.settings(), granted, form, official=False, volume_percent=volume)
    return PreparedAttempt(
        NewAttempt(id=str(uuid.uuid4()), kind=Kind.TRY, form=form, settings=settings, kiosk=name), notes
    )


def _chance() -> random.Random:
    return random.Random(secrets.randbits(128))
