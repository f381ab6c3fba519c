"""``mtc-kiosk run`` and ``mtc-kiosk try``: check what a kiosk needs, open its window, run its loop."""

import contextlib
import random
import re
import secrets
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mtc_kiosk.cli.options import home_option, json_option
from mtc_kiosk.cli.output import DONE, MADE_UP, CommandFailed
from mtc_kiosk.cli.places import configuration_at_start_of, configuration_of, home_of, migrate, refusals_reported
from mtc_kiosk.cli.windowed import opened_window, size_of, windowed_option
from mtc_kiosk.config.kiosk_shape import NAME
from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.kiosk.system.clock import clock_at
from mtc_kiosk.kiosk.system.end_signals import ending_signals
from mtc_kiosk.kiosk.system.imports import import_beside
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.store.home.desk_file import enrolment_of, is_enrolled
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import KioskIsRunning, kiosk_lock, kiosks_in_words, running_kiosks
from mtc_kiosk.store.made_up import is_made_up
from mtc_kiosk.windows.ease_keys import shortcuts_off
from mtc_kiosk.windows.session_end import session_end

if TYPE_CHECKING:
    from mtc_kiosk.check.form import Form

_LOOP, _SCHOOL = "mtc_kiosk.cli.kiosk_loop", "mtc_kiosk.kiosk.school.assemble"

kiosk_option = click.option("--kiosk", "name", help="Use this name instead of the one in kiosk.yaml.")


@click.command("run")
@click.option("--robot", metavar="KIND", help="Let robot pupils take the check here; only in a home of made-up pupils.")
@click.option(
    "--diary",
    type=click.Path(path_type=Path),
    hidden=True,
    help="With --robot on an enrolled PC: add what the robots saw and meant to answer to this file.",
)
@kiosk_option
@windowed_option
@home_option
@json_option
@click.pass_context
def run(ctx: click.Context, robot: str | None, diary: Path | None, name: str | None, windowed: str | None) -> int:
    """Open the kiosk on this PC, full screen. Pupils sign in and take the check."""
    if robot is not None:
        return _run_robots(ctx, robot, name, diary)
    return _open(ctx, name, windowed, loops=True, form=lambda _: None)


def _run_robots(ctx: click.Context, kind: str, given: str | None, diary: Path | None) -> int:
    """Let robot pupils take the check with the unused PINs; only in a home of made-up pupils.

    A PC whose desk is another one knows no PINs: there each slip is a line of standard input.
    """
    from mtc_kiosk.robots.at_school import KINDS_TO_CHOOSE, take_slips  # noqa: PLC0415 - no pupil's kiosk starts with it
    from mtc_kiosk.robots.given_slips import NotASlip, take_slips_from  # noqa: PLC0415 - the same
    from mtc_kiosk.robots.pc import RobotStuck  # noqa: PLC0415 - mostly one is drawn behind the window

    if kind not in KINDS_TO_CHOOSE:
        raise click.UsageError(f"--robot takes one of: {', '.join(KINDS_TO_CHOOSE)}.", ctx)
    home = home_of(ctx)
    configuration = configuration_of(home)
    name = _kiosk_name(home, given, configuration)
    with _locked(home, name):
        if not is_made_up(home.root):
            raise CommandFailed(
                Problem(
                    "Robot pupils take the check only in a home that mtc-kiosk simulate made. Nothing was done.",
                    "not_made_up",
                )
            )
        migrate(home, name)
        try:
            if is_enrolled(home):
                taken = take_slips_from(sys.stdin, home, configuration, name, kind, diary)
            else:
                taken = take_slips(home, configuration, name, kind)
        except RobotStuck as stuck:
            raise CommandFailed(Problem(str(stuck), "robot_stuck")) from stuck
        except NotASlip as problem:
            raise CommandFailed(Problem(str(problem), "not_a_slip")) from problem
    click.echo(f"({MADE_UP}) {taken} took the check on {name}.")
    return DONE


NO_PASSCODE = Problem(
    "This kiosk has no staff passcode yet, so staff could not open their menu. Choose one: mtc-kiosk passcode set",
    "no_passcode",
)


@click.command("try")
@click.option(
    "--form",
    "form_file",
    type=click.Path(path_type=Path),
    help="A file of 25 questions to ask, one a line, such as 7,8.",
)
@click.option("--tables", help="Ask only these tables, such as 3,4,8.")
@click.option("--rehearse", is_flag=True, help="Ask 3 questions, read aloud and with beeps, to try a PC and its sound.")
@kiosk_option
@windowed_option
@home_option
@json_option
@click.pass_context
def try_out(
    ctx: click.Context,
    form_file: Path | None,
    tables: str | None,
    name: str | None,
    windowed: str | None,
    *,
    rehearse: bool,
) -> int:
    """Open "try it out" at once: no sign-in, nothing to set up, and nothing counts."""
    if (form_file is not None) + (tables is not None) + rehearse > 1:
        raise click.UsageError("Give only one of --form, --tables and --rehearse.", ctx)
    wanted = _tables(tables) if tables is not None else None

    def form(configuration: Configuration) -> "Form | None":
        if form_file is not None:
            return _form_at(form_file, configuration)
        if wanted is not None:
            from mtc_kiosk.check.draw import draw_tables  # noqa: PLC0415 - mostly one is drawn behind the window

            return draw_tables(random.Random(secrets.randbits(128)), wanted)
        if rehearse:
            from mtc_kiosk.check.draw import draw_rehearsal  # noqa: PLC0415 - mostly one is drawn behind the window

            return draw_rehearsal(random.Random(secrets.randbits(128)))
        return None

    return _open(ctx, name, windowed, loops=False, form=form, aloud=rehearse)


def _form_at(path: Path, configuration: Configuration) -> "Form":
    """The form in a file. CommandFailed names the file and each wrong line."""
    from mtc_kiosk.office import forms  # noqa: PLC0415 - the same

    try:
        return forms.form_at(path, configuration.check.form_rules())
    except OfficeRefused as refusal:
        raise CommandFailed(*refusal.problems) from refusal


def _open(
    ctx: click.Context,
    given: str | None,
    windowed: str | None,
    *,
    loops: bool,
    form: "Callable[[Configuration], Form | None]",
    aloud: bool = False,
) -> int:
    """Check what a kiosk needs, each refusal with a sentence; then open the window and run the loop.

    ``form`` gives the form named on the command line, or None to draw one. ``aloud``: walk-ups hear it, whatever the
    arrangements say.
    """
    size = size_of(windowed) if windowed is not None else None
    home = home_of(ctx)
    configuration = configuration_at_start_of(home)
    name = _kiosk_name(home, given, configuration)
    form(configuration)  # refuse a bad form file before a window opens
    has_passcode = configuration.kiosk.staff_passcode is not None
    if loops and not has_passcode and is_enrolled(home):
        raise CommandFailed(NO_PASSCODE)
    with _locked(home, name):
        migrate(home, name)
        if home.news:  # a full screen hides what was printed before
            _tell(home, name)
        import_beside((_LOOP, _SCHOOL) if loops and has_passcode else (_LOOP,))
        with (
            ending_signals() as ending,
            session_end(ending.tell),
            shortcuts_off(home.root) if configuration.kiosk.lockdown.keyboard_grab else contextlib.nullcontext(),
            opened_window(size, configuration) as window,
        ):
            from mtc_kiosk.cli.kiosk_loop import run_loop  # noqa: PLC0415 - imported while the window opens

            made = lambda: form(configuration)
            return run_loop(home, configuration, name, window, ending, loops=loops, form=made, aloud=aloud)


def _tell(home: Home, name: str) -> None:
    from mtc_kiosk.kiosk.system.staff_log import StaffLog  # noqa: PLC0415 - there is seldom anything to tell

    with contextlib.suppress(OSError):
        StaffLog(home, name, clock_at(home)).add(home.news)


@contextlib.contextmanager
def _locked(home: Home, name: str) -> Iterator[None]:
    try:
        with kiosk_lock(home, name):
            _refuse_the_same_under_another_name(home, name)
            yield
    except KioskIsRunning as running:
        raise CommandFailed(Problem(str(running), "kiosk_is_running")) from running


def _refuse_the_same_under_another_name(home: Home, name: str) -> None:
    """An enrolled PC is one kiosk. One that the desk has renamed since it was started has the lock of its old name."""
    others = [other for other in running_kiosks(home) if other != name] if is_enrolled(home) else []
    if others:
        raise KioskIsRunning(f"The {kiosks_in_words(others)} is already running in {home.root}. Close it first.")


def _kiosk_name(home: Home, given: str | None, configuration: Configuration) -> str:
    """The kiosk's name: its desk's for it if it is enrolled, else the one on the command line or in kiosk.yaml."""
    with refusals_reported():
        enrolment = enrolment_of(home)
    if enrolment is not None:
        if given is not None and given != enrolment.name:
            said = f"This PC is the kiosk {enrolment.name} of its desk. Leave --kiosk out, or rename it at the desk."
            raise CommandFailed(Problem(said, "enrolled_kiosk"))
        return enrolment.name
    name = given if given is not None else configuration.kiosk.name
    if not re.fullmatch(NAME, name):
        raise CommandFailed(
            Problem("A kiosk's name has up to 32 letters, digits, - or _, and begins with a letter or digit.")
        )
    return name


def _tables(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isascii() and part.isdigit() and 1 <= int(part) <= 12 for part in parts):
        raise click.UsageError("--tables takes numbers from 1 to 12 with commas between them, such as 3,4,8.")
    return tuple(int(part) for part in parts)
