"""``mtc-kiosk session``: start a session, end it, list what there was. PINs are printed by ``cli.pins``.

Who may have a PIN, and when a session may be started, is known to ``school`` and ``store.school.sessions``.
"""

import random
from collections.abc import Sequence
from datetime import date, datetime, time

import click

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.option_values import read_option
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import DONE, REFUSED, CommandFailed, echo, marked, print_json
from mtc_kiosk.cli.pins import KINDS, pin_data
from mtc_kiosk.cli.places import strays_of
from mtc_kiosk.config.mistakes import did_you_mean
from mtc_kiosk.config.written import calendar_date, time_of_day
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import MOST_LINES, Problem, first_of
from mtc_kiosk.office.refusals import of_obstacles
from mtc_kiosk.office.unknown_pupils import against_register
from mtc_kiosk.school.names import same, tidy
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.session import Session, SessionState
from mtc_kiosk.school.words import counted
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.school import sessions
from mtc_kiosk.store.school.register import pupils, pupils_named

_KINDS = {Kind.OFFICIAL: "official check", Kind.TRY: "try it out"}
_STATES = {SessionState.TO_COME: "to come", SessionState.OPEN: "open", SessionState.CLOSED: "over"}


@click.group()
def session() -> None:
    """Sessions: who takes which check until when."""


@session.command()
@click.argument("numbers", nargs=-1, metavar="[UPN]...")
@click.option(
    "--kind",
    type=click.Choice(KINDS),
    required=True,
    help="The official check, or trying it out.",
)
@click.option("--group", help="This group instead of the whole register.")
@click.option("--date", "day", metavar="DATE", help="The day, such as 2027-06-07, where it is not today.")
@click.option("--until", metavar="HH:MM", help="When it ends: at 16:00 unless told.")
@click.option(
    "--acknowledge-unknown",
    is_flag=True,
    help="Start although access_arrangements.yaml names pupils who are not on the register, or are there twice.",
)
@home_option
@json_option
@click.pass_context
def start(
    ctx: click.Context,
    /,
    numbers: Sequence[str],
    kind: Kind,
    group: str | None,
    acknowledge_unknown: bool,
    **when: str | None,
) -> int:
    """Start a session and make PINs: for the whole register, a group, or the pupils named."""
    if group is not None and numbers:
        raise click.UsageError("Name pupils or give --group, not both.", ctx)
    day = read_option(ctx, "--date", calendar_date(), when["day"])
    until = read_option(ctx, "--until", time_of_day(), when["until"])
    assert isinstance(day, date | None), "this kind reads dates"
    assert isinstance(until, time | None), "this kind reads times"
    with opened_home(ctx) as home:
        chosen, group_name = _chosen(home, numbers, group)
        lines = _acknowledged(ctx, home, acknowledge_unknown)
        wanted = sessions.Wanted(Kind(kind), tuple(pupil.id for pupil in chosen), group_name, day, until, lines)
        started = sessions.start_session(home.db, home.context(), wanted, random.SystemRandom())
        return _report(ctx, home, started, lines, partly=bool(numbers) and bool(started.barred))


@session.command()
@click.argument("session_id", metavar="[SESSION]", type=int, required=False)
@home_option
@json_option
@click.pass_context
def end(ctx: click.Context, session_id: int | None) -> None:
    """End the open sessions, or the one with this number. Checks that have begun go on."""
    with opened_home(ctx) as home:
        ended = sessions.end_sessions(home.db, home.context(), session_id)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, {"sessions": [_data(one) for one in ended]}))
            return
        for one in ended:
            echo(
                home,
                f"Session {one.id} is over: its PINs open nothing any more. Checks that have begun go on; a pupil who"
                " has only practised does not begin.",
            )


@session.command("list")
@home_option
@json_option
@click.pass_context
def list_sessions(ctx: click.Context) -> None:
    """List every session there was."""
    with opened_home(ctx) as home:
        found = sessions.counted_sessions(home.db)
        if settled(ctx).as_json:
            data = [
                {**_data(one.session), "state": str(one.session.state(home.now)), "pins": one.pins, "used": one.used}
                for one in found
            ]
            print_json(ok=True, data=marked(home, {"sessions": data}))
            return
        for one in found:
            state = _STATES[one.session.state(home.now)]
            echo(home, f"{_line(home, one.session)}: {state}, {counted(one.pins, 'PIN')}, {one.used} used")
        if not found:
            echo(home, "No session yet. Start one with: mtc-kiosk session start --kind official")


def _acknowledged(ctx: click.Context, home: OpenHome, acknowledge_unknown: bool) -> tuple[int, ...]:
    """The lines of the arrangements' file that name nobody, which staff acknowledge; a Refusal where they do not."""
    held = against_register(home.configuration, home.db)
    if wrong := (*strays_of(home.home), *held.twice):
        nothing = Problem("Nothing is started until that is put right.", "not_started")
        raise CommandFailed(*first_of(wrong, MOST_LINES, "lines"), nothing)
    doubtful = first_of(held.doubtful, MOST_LINES, "lines")
    if doubtful and not acknowledge_unknown:
        either = "Nothing is started until that is put right. If it is as it should be: --acknowledge-unknown"
        raise CommandFailed(*doubtful, Problem(either, "not_acknowledged"))
    for problem in doubtful if not settled(ctx).as_json else ():
        click.echo(f"Warning: {problem}", err=True)
    return tuple(problem.line for problem in held.doubtful if problem.line is not None)


def _chosen(home: OpenHome, numbers: Sequence[str], group: str | None) -> tuple[tuple[Pupil, ...], str]:
    if numbers:
        return pupils_named(home.db, numbers), ""
    register = pupils(home.db)
    if not register:
        said = "There is nobody on the register. Take a class list in first: mtc-kiosk pupils import FILE"
        raise CommandFailed(Problem(said, "nobody"))
    if group is None:
        return register, ""
    members = tuple(pupil for pupil in register if same(pupil.group_name, tidy(group)))
    if not members:
        groups = sorted({pupil.group_name for pupil in register if pupil.group_name})
        there = f"There are: {', '.join(groups)}." if groups else "No pupil has a group."
        said = f"There is no group {group!r}. {there}{did_you_mean(group, groups)}"
        raise CommandFailed(Problem(said, "no_such_group"))
    return members, members[0].group_name


def _report(
    ctx: click.Context, home: OpenHome, started: sessions.Started, acknowledged: tuple[int, ...], *, partly: bool
) -> int:
    without = of_obstacles(started.barred, home.db)
    if settled(ctx).as_json:
        data = {
            "session": _data(started.session),
            "password": started.session.password,
            "pins": pin_data(home, started.pins),
            "acknowledged_lines": list(acknowledged),
            "without_pin": [
                {"pupil_id": one.pupil_id, "code": problem.code, "message": problem.message}
                for one, problem in zip(started.barred, without, strict=True)
            ],
        }
        print_json(ok=not partly, data=marked(home, data), problems=without if partly else ())
        return REFUSED if partly else DONE
    echo(home, f"{_line(home, started.session)}. School password: {started.session.password}")
    click.echo(f"{counted(len(started.pins), 'PIN')} made. Print the slips with: mtc-kiosk pins slips --out slips.html")
    if without:
        click.echo(f"{counted(len(without), 'pupil')} without a PIN:", err=partly)
    for problem in without:
        click.echo(f"  {problem}", err=partly)
    if home.configuration.kiosk.staff_passcode is None:
        click.echo('No staff passcode is set, so kiosks only "try it out". Set one with: mtc-kiosk passcode set')
    return REFUSED if partly else DONE


def _data(one: Session) -> dict[str, object]:
    return {
        "id": one.id,
        "kind": str(one.kind),
        "group": one.group_name,
        "opens_at": written(one.opens_at),
        "closes_at": written(one.closes_at),
        "opened_by": one.opened_by,
        "closed_at": written(one.closed_at) if one.closed_at is not None else None,
    }


def _line(home: OpenHome, one: Session) -> str:
    """``Session 3 (official check, 4A), 7 June 2027, 09:00 to 16:00``."""
    # Where staff ended it before it began, its hours are those that it was for.
    until = one.ended_at if one.ended_at >= one.opens_at else one.closes_at
    opens, closes = _local(home, one.opens_at), _local(home, until)
    what = ", ".join(part for part in (_KINDS[one.kind], one.group_name) if part)
    return f"Session {one.id} ({what}), {opens.day} {opens:%B %Y}, {opens:%H:%M} to {closes:%H:%M}"


def _local(home: OpenHome, instant: datetime) -> datetime:
    return instant.astimezone(home.timetable.zone)
