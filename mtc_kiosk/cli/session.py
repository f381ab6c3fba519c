"""``mtc-kiosk session``: start a session, end it, list what there was (``office.sessions``)."""

from collections.abc import Iterable, Sequence
from datetime import date, time

import click
from pydantic_core import PydanticCustomError

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.cli.guided import GuidedGroup
from mtc_kiosk.cli.next_command import with_command
from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import DONE, REFUSED, echo, marked, print_json
from mtc_kiosk.cli.passcode import NO_PASSCODE
from mtc_kiosk.cli.pins import KINDS
from mtc_kiosk.cli.pupil_argument import echo_pupils, pupils_argument
from mtc_kiosk.config.written import read_as, time_of_day
from mtc_kiosk.office import json_sessions, sessions, words
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.school.birth import BirthFault, not_a_day, read_day
from mtc_kiosk.school.selection import AsWritten, InGroup, Selection, WholeRegister
from mtc_kiosk.school.words import counted


@click.group(cls=GuidedGroup)
def session() -> None:
    """Start, end and list sessions. A session gives each pupil a PIN."""


@session.command()
@pupils_argument(required=False)
@click.option(
    "--kind",
    type=KINDS,
    required=True,
    help="official for the check, try for trying it out.",
)
@click.option("--group", help="Only this group.")
@click.option("--date", "day", metavar="DATE", help="The day, such as 07/06/2027; today if left out.")
@click.option("--until", metavar="HH:MM", help="When it ends, such as 15:30. If left out: 16:00, or 23:59 after that.")
@click.option(
    "--acknowledge-unknown",
    is_flag=True,
    help="Start even if access_arrangements.yaml names pupils who are not on the register, or may be on it twice.",
)
@home_option
@json_option
@click.pass_context
def start(
    ctx: click.Context,
    /,
    pupils: Sequence[str],
    kind: Kind,
    group: str | None,
    acknowledge_unknown: bool,
    **when: str | None,
) -> int:
    """Start a session, with a PIN for each pupil. Without --group or names: the whole register."""
    who = _who(ctx, pupils, group)
    day, until = _day(ctx, when["day"]), _time(ctx, when["until"])
    wanted = sessions.SessionWanted(Kind(kind), who, day, until, acknowledged=acknowledge_unknown)
    with opened_home(ctx) as home:
        try:
            started = sessions.start(home, wanted)
        except sessions.NotStarted as refused:
            _warn(ctx, refused.warnings)
            raise
        _warn(ctx, started.warnings)
        return _report(ctx, home, started, wanted.who)


@session.command()
@click.argument("session_id", metavar="[SESSION]", type=int, required=False)
@home_option
@json_option
@click.pass_context
def end(ctx: click.Context, session_id: int | None) -> None:
    """End the open sessions, or the one with this number. Checks that have begun carry on."""
    with opened_home(ctx) as home:
        ended = sessions.end(home, session_id)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, json_sessions.sessions_ended(ended)))
            return
        for one in ended:
            echo(home, words.session_over(one))


@session.command("list")
@home_option
@json_option
@click.pass_context
def list_sessions(ctx: click.Context) -> None:
    """List all sessions."""
    with opened_home(ctx) as home:
        found = sessions.listed(home)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, json_sessions.sessions_listed(found)))
            return
        for one in found:
            line = words.session_line(one.session, home.timetable.zone)
            echo(home, f"{line}: {words.STATES[one.state]}, {counted(one.pins, 'PIN')}, {one.used} used")
        if not found:
            echo(home, "There is no session yet. Start one with: mtc-kiosk session start --kind official")


def _who(ctx: click.Context, pupils: Sequence[str], group: str | None) -> Selection:
    if group is not None and pupils:
        raise click.UsageError("Name pupils or give --group, not both.", ctx)
    if group is not None:
        return InGroup(group)
    return AsWritten(tuple(pupils)) if pupils else WholeRegister()


def _warn(ctx: click.Context, warnings: Iterable[Problem]) -> None:
    for problem in warnings if not settled(ctx).as_json else ():
        click.echo(f"Warning: {problem}", err=True)


def _report(ctx: click.Context, home: OpenHome, started: sessions.SessionStarted, who: Selection) -> int:
    partly = started.is_partial
    without = tuple(one.problem for one in started.without_pin)
    if settled(ctx).as_json:
        data = marked(home, json_sessions.session_started(started))
        print_json(ok=not partly, data=data, problems=without if partly else ())
        return REFUSED if partly else DONE
    line = words.session_line(started.session, home.timetable.zone)
    echo(home, f"{line}. School password: {started.session.password}")
    click.echo(f"{counted(len(started.pins), 'PIN')} made. Print the slips with: mtc-kiosk pins slips --out slips.html")
    if isinstance(who, AsWritten):
        echo_pupils(one.pupil for one in started.pins)
    if without:
        click.echo(f"{counted(len(without), 'pupil')} without a PIN:", err=partly)
    for problem in map(with_command, without):
        click.echo(f"  {problem}", err=partly)
    if home.configuration.kiosk.staff_passcode is None:
        click.echo(NO_PASSCODE)
    return REFUSED if partly else DONE


def _day(ctx: click.Context, written: str | None) -> date | None:
    """The value of --date, read as every date on the command line."""
    day = read_day(written) if written is not None else None
    if isinstance(day, BirthFault):
        raise click.UsageError(f"--date: {not_a_day(written or '', date(2027, 6, 7))}", ctx)
    return day


def _time(ctx: click.Context, written: str | None) -> time | None:
    """The value of --until, read as the settings files read a time."""
    if written is None:
        return None
    try:
        until = read_as(time_of_day(), written.strip())
    except PydanticCustomError as problem:
        raise click.UsageError(f"--until: {problem.message()}", ctx) from problem
    assert isinstance(until, time), "this kind reads times"
    return until
