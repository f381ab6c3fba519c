"""``mtc-kiosk run`` and ``mtc-kiosk try``: wire home, window, journal and screens together and start the loop."""

import contextlib
import random
import re
import secrets
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from mtc_kiosk.check.draw import Met, draw_tables, draw_unmet
from mtc_kiosk.check.form import Form
from mtc_kiosk.check.framework import NoFormFits
from mtc_kiosk.cli.answer import DONE, Problem, Refusal
from mtc_kiosk.cli.form_reading import form_at
from mtc_kiosk.cli.options import home_option, json_option
from mtc_kiosk.cli.places import configuration_at_start_of, configuration_of, home_of, migrate
from mtc_kiosk.cli.staff_of import kept_guesses, place_of
from mtc_kiosk.cli.take_up import take_up, tell_staff
from mtc_kiosk.cli.telling import prepared_or_told
from mtc_kiosk.cli.wall import clock_at
from mtc_kiosk.cli.windowed import opened_window, size_of, windowed_option
from mtc_kiosk.config.kiosk_shape import NAME
from mtc_kiosk.config.passcode import matches
from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.kiosk import words
from mtc_kiosk.kiosk.app import Kiosk
from mtc_kiosk.kiosk.arrange import arrange
from mtc_kiosk.kiosk.devices import DeviceWatch
from mtc_kiosk.kiosk.ending import Ending, ending_signals
from mtc_kiosk.kiosk.fault_log import FaultLog
from mtc_kiosk.kiosk.orders import Orders, Prepared, Reception, StaffRoom
from mtc_kiosk.kiosk.picture import PictureOfScene
from mtc_kiosk.kiosk.priority import raise_priority
from mtc_kiosk.kiosk.spare_memory import keep_little
from mtc_kiosk.kiosk.speaker import SdlSpeaker
from mtc_kiosk.kiosk.window import SdlWindow
from mtc_kiosk.school.numbers import EVERYBODY
from mtc_kiosk.store.database import connect
from mtc_kiosk.store.followers import Followers
from mtc_kiosk.store.home import Home
from mtc_kiosk.store.journal import Journal, NewAttempt
from mtc_kiosk.store.lock import KioskIsRunning, kiosk_lock
from mtc_kiosk.windows.ease_keys import shortcuts_off
from mtc_kiosk.windows.session_end import session_end

LONGEST_WAIT_S = 10
"""How long the end of the program waits for what is still on its way to the disk."""

kiosk_option = click.option("--kiosk", "name", help="This kiosk's name, where kiosk.yaml is to be overruled.")


@dataclass(frozen=True)
class _Wanted:
    """What the command line asks of the kiosk."""

    name: str | None
    windowed: str | None
    loops: bool
    form: Callable[[Home, Configuration, str], Form | None]


@click.command("run")
@click.option("--robot", metavar="KIND", help="Robot pupils on this kiosk; in a home of made-up pupils alone.")
@kiosk_option
@windowed_option
@home_option
@json_option
@click.pass_context
def run(ctx: click.Context, robot: str | None, name: str | None, windowed: str | None) -> int:
    """Run the pupil client, full screen."""
    if robot is not None:
        return _run_robots(ctx, robot, name)
    return _open(ctx, _Wanted(name, windowed, loops=True, form=lambda *_: None))


def _run_robots(ctx: click.Context, kind: str, given: str | None) -> int:
    from mtc_kiosk.cli.robot import KINDS_TO_CHOOSE, run_robots  # noqa: PLC0415 - no pupil's kiosk starts with it

    if kind not in KINDS_TO_CHOOSE:
        raise click.UsageError(f"--robot takes one of: {', '.join(KINDS_TO_CHOOSE)}.", ctx)
    home = home_of(ctx)
    configuration = configuration_of(home)
    name = _kiosk_name(given, configuration)
    with _locked(home, name):
        run_robots(home, configuration, name, kind)
    return DONE


HOW_STAFF_LEAVE = "To leave, finish it, or hold Ctrl, Shift and F12 for 3 seconds and type the passcode."


@click.command("try")
@click.option("--form", "form_file", type=click.Path(path_type=Path), help="A form file: 25 lines such as 7,8.")
@click.option("--tables", help="Only these tables, such as 3,4,8.")
@kiosk_option
@windowed_option
@home_option
@json_option
@click.pass_context
def try_out(
    ctx: click.Context, form_file: Path | None, tables: str | None, name: str | None, windowed: str | None
) -> int:
    """Open "try it out" at once."""
    if form_file is not None and tables is not None:
        raise click.UsageError("Give --form or --tables, not both.", ctx)
    wanted = _tables(tables) if tables is not None else None

    def form(_: Home, configuration: Configuration, __: str) -> Form | None:
        if form_file is not None:
            return form_at(form_file, configuration.check.form_rules())
        return draw_tables(_chance(), wanted) if wanted is not None else None

    return _open(ctx, _Wanted(name, windowed, loops=False, form=form))


def _open(ctx: click.Context, wanted: _Wanted) -> int:
    size = size_of(wanted.windowed) if wanted.windowed is not None else None
    home = home_of(ctx)
    configuration = configuration_at_start_of(home)
    name = _kiosk_name(wanted.name, configuration)
    wanted.form(home, configuration, name)  # a form file that is refused is refused before a window opens
    with _locked(home, name):
        migrate(home, name)
        with contextlib.suppress(OSError):
            tell_staff(home, name, clock_at(home), home.news)  # behind a full screen nobody sees what was said before
        with (
            ending_signals() as ending,
            session_end(ending.tell),
            shortcuts_off(home.root) if configuration.kiosk.lockdown.keyboard_grab else contextlib.nullcontext(),
            opened_window(size, configuration) as window,
            _school(home, configuration, name, wanted, window.displays) as school,
        ):
            if not wanted.loops:
                has_passcode = configuration.kiosk.staff_passcode is not None
                click.echo(HOW_STAFF_LEAVE if has_passcode else words.TO_LEAVE, err=True)
            return _loop(home, configuration, name, wanted, window, school, ending)


@dataclass(frozen=True)
class _School:
    """What a school's kiosk has beyond "try it out"; nothing of it where no passcode is set."""

    followers: Followers | None = None
    reception: Reception | None = None
    staff_room: StaffRoom | None = None
    once_shown: Callable[[], None] = lambda: None


@contextlib.contextmanager
def _school(
    home: Home, configuration: Configuration, name: str, wanted: _Wanted, displays: Callable[[], int]
) -> Iterator[_School]:
    if not wanted.loops or configuration.kiosk.staff_passcode is None:
        yield _School()
        return
    from mtc_kiosk.cli.late_sealer import import_the_rest  # noqa: PLC0415 - not in "try it out"
    from mtc_kiosk.cli.school_kiosk import followers_of, reception_of, staff_room_of  # noqa: PLC0415 - not in "try it out"

    db = connect(home.database)
    try:
        yield _School(
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


def _loop(
    home: Home,
    configuration: Configuration,
    name: str,
    wanted: _Wanted,
    window: SdlWindow,
    school: _School,
    ending: Ending,
) -> int:
    keep_little()
    journal = Journal(home, wake=window.wake, followers=school.followers)
    watch = DeviceWatch()
    speaker = SdlSpeaker(configuration.kiosk.sound.device)  # opens nothing until somebody needs to hear something
    try:
        priority = raise_priority(wanted=configuration.kiosk.raise_priority)
        window.may_spin(raised=priority.raised)
        clock = clock_at(home)
        passcode = configuration.kiosk.staff_passcode
        orders = Orders(
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
        raise Refusal(Problem(str(none), "no_form_fits")) from none
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
        tell_staff(home, name, clock_at(home), sentences)


def _prepare(journal: Journal, configuration: Configuration, name: str, form: Form | None) -> Prepared:
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
    settings = arrange(configuration.check.settings(), granted, form, official=False, volume_percent=volume)
    return Prepared(NewAttempt(id=str(uuid.uuid4()), kind="try", form=form, settings=settings, kiosk=name), notes)


def _chance() -> random.Random:
    return random.Random(secrets.randbits(128))


@contextlib.contextmanager
def _locked(home: Home, name: str) -> Iterator[None]:
    try:
        with kiosk_lock(home, name):
            yield
    except KioskIsRunning as running:
        raise Refusal(Problem(str(running), "kiosk_is_running")) from running


def _kiosk_name(given: str | None, configuration: Configuration) -> str:
    name = given if given is not None else configuration.kiosk.name
    if not re.fullmatch(NAME, name):
        raise Refusal(Problem("A kiosk's name has up to 32 letters, digits, - or _, and begins with none of - and _."))
    return name


def _tables(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isascii() and part.isdigit() and 1 <= int(part) <= 12 for part in parts):
        raise click.UsageError("--tables takes tables from 1 to 12 with commas between them, such as 3,4,8.")
    return tuple(int(part) for part in parts)
