"""Wire a kiosk together and run its loop: clock, journal, school, picture, window.

It is imported while the window opens, and imports all that a kiosk needs after that, so that the two overlap.
"""

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from mtc_kiosk.check.arrangements import Code
from mtc_kiosk.check.draw import Met
from mtc_kiosk.check.form import Form
from mtc_kiosk.check.framework import NoFormFits
from mtc_kiosk.cli.output import CommandFailed
from mtc_kiosk.config.passcode import matches
from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.kiosk.app import Kiosk
from mtc_kiosk.kiosk.audio.speaker import SdlSpeaker
from mtc_kiosk.kiosk.canvas import PictureOfScene
from mtc_kiosk.kiosk.flow.prepare import PreparedAttempt, check_here, prepare_attempt
from mtc_kiosk.kiosk.flow.setup import KioskSetup
from mtc_kiosk.kiosk.flow.take_up import take_up
from mtc_kiosk.kiosk.staff.disk_remedy import place_of
from mtc_kiosk.kiosk.system.clock import Clock, clock_at, utc
from mtc_kiosk.kiosk.system.devices import DeviceWatch
from mtc_kiosk.kiosk.system.end_signals import Ending
from mtc_kiosk.kiosk.system.staff_log import FaultLog, StaffLog, TellStaff
from mtc_kiosk.kiosk.system.thread_priority import raise_priority
from mtc_kiosk.kiosk.system.window import SdlWindow
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.school.pupil import EVERYBODY
from mtc_kiosk.spare_memory import keep_little
from mtc_kiosk.store.home.desk_file import is_enrolled
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.journal.journal import Journal
from mtc_kiosk.store.school.passcode_tries import KeptGuesses

if TYPE_CHECKING:  # "try it out" starts without the school
    from mtc_kiosk.kiosk.school.assemble import School

LONGEST_WAIT_S = 10
"""Seconds to wait, when the program ends, for writes that are still on their way to the disk."""

HEARD = (Code.ATA, Code.QNR)
"""The arrangements with sound."""

HOW_STAFF_LEAVE = "To leave, finish the questions, or hold Ctrl, Shift and F12 for 3 seconds and type the passcode."


def run_loop(
    home: Home,
    configuration: Configuration,
    name: str,
    window: SdlWindow,
    ending: Ending,
    *,
    loops: bool,
    form: Callable[[], Form | None],
    aloud: bool = False,
) -> int:
    """Show the first screen and loop until the pupil or staff leave; return the exit code.

    With ``loops`` it goes back to its first page after each pupil. ``form`` gives the form named on the command line,
    if any. ``aloud``: whoever walks up hears the questions and the beeps.
    """
    clock = clock_at(home)
    tell = _telling(home, name, clock)
    speaker = SdlSpeaker(configuration.kiosk.sound.device)  # opens no device until a sound is needed
    with _school_at(home, configuration, name, clock, tell, window, speaker, loops=loops) as school:
        keep_little()
        if not loops:
            has_passcode = configuration.kiosk.staff_passcode is not None
            click.echo(HOW_STAFF_LEAVE if has_passcode else words.TO_LEAVE, err=True)
        journal = Journal(home, wake=window.wake, hooks=school.hooks if school is not None else None)
        watch = DeviceWatch()
        try:
            priority = raise_priority(wanted=configuration.kiosk.raise_priority)
            window.may_spin(raised=priority.raised)
            passcode = configuration.kiosk.staff_passcode
            kiosk = Kiosk(
                window,
                clock,
                journal,
                orders=KioskSetup(
                    prepare=lambda: _walk_up(journal, configuration, name, form(), tell, aloud=aloud),
                    passcode_matches=(lambda typed: matches(typed, passcode)) if passcode is not None else None,
                    loops=loops,
                    about=f"{window.about} priority={priority.about}",
                    sign_in=school.sign_in if school is not None else None,
                    staff_room=school.staff_room if school is not None else None,
                    guesses=KeptGuesses(home, f"kiosk:{name}", name, utc(clock)) if passcode is not None else None,
                    place=place_of(home),
                    console=school.console if school is not None else None,
                    waiting_checks=school.waiting_checks if school is not None else lambda: 0,
                ),
                picture=PictureOfScene(window.surface, float(configuration.kiosk.display.diagonal_inches)),
                met=FaultLog(clock, tell).met,
                present=lambda: watch.present,
                speaker=speaker,
                ending=ending,
            )
            taken_up = take_up(journal, None if is_enrolled(home) else name, clock)
            tell(taken_up.sentences)
            kiosk.start(taken_up.attempt)
            if school is not None:
                school.import_the_rest()
                school.read_commands()
            return kiosk.run()
        except NoFormFits as none:
            raise CommandFailed(Problem(str(none), "no_form_fits")) from none
        finally:
            watch.close()
            speaker.close()
            if not journal.close(LONGEST_WAIT_S):
                tell(("The last keys could not be saved. The check carries on from the last answer that was saved.",))


def _school_at(
    home: Home,
    configuration: Configuration,
    name: str,
    clock: Clock,
    tell: TellStaff,
    window: SdlWindow,
    speaker: SdlSpeaker,
    *,
    loops: bool,
) -> "contextlib.AbstractContextManager[School | None]":
    """The school in this home; None in "try it out", or while no passcode is set."""
    if not loops or configuration.kiosk.staff_passcode is None:
        return contextlib.nullcontext()
    from mtc_kiosk.kiosk.school.assemble import opened_school  # noqa: PLC0415 - not in "try it out"

    return opened_school(
        home,
        configuration,
        name,
        utc(clock),
        tell=tell,
        displays=window.displays,
        no_sound=speaker.is_missing,
    )


def _telling(home: Home, name: str, clock: Clock) -> TellStaff:
    """Tell staff on standard error and in the kiosk's log, as a full screen hides standard error."""
    log = StaffLog(home, name, clock)

    def tell(sentences: Sequence[str]) -> None:
        with contextlib.suppress(OSError, ValueError):  # standard error may be closed
            for sentence in sentences:
                click.echo(sentence, err=True)
        with contextlib.suppress(OSError):  # a disk error is what the sentences are about
            log.add(sentences)

    return tell


def _walk_up(
    journal: Journal, configuration: Configuration, name: str, form: Form | None, tell: TellStaff, *, aloud: bool
) -> PreparedAttempt:
    """Prepare a walk-up's attempt on ``form``, or on one that this kiosk's last walk-ups have not had."""
    met = journal.earlier_forms(None, name) if form is None else Met()
    granted = configuration.arrangements.granted(EVERYBODY)  # what the school gives everybody
    if aloud:
        granted = replace(granted, codes=tuple(dict.fromkeys((*granted.codes, *HEARD))))
    return prepare_attempt(check_here(configuration, name), granted, met=met, form=form, tell=tell)
