"""``mtc-kiosk simulate``: robot pupils take the check through the real kiosk, in a home of made-up pupils.

It marks nothing. It counts the answers, and reports each that differs from what its robot meant to give.
"""

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import click

from mtc_kiosk.check.arrangements import Code
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import MADE_UP, REFUSED, CommandFailed, print_json
from mtc_kiosk.cli.places import configuration_of
from mtc_kiosk.cli.progress_bar import with_bar
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.robots.arranged import drawn
from mtc_kiosk.robots.kinds import Kind
from mtc_kiosk.robots.pc import RobotStuck
from mtc_kiosk.robots.settled_journal import DiskTooSlow
from mtc_kiosk.robots.simulation import Plan, Taken, run, runs_so_far
from mtc_kiosk.store.db.database import DatabaseRefused, open_database
from mtc_kiosk.store.home.home import Home, HomeRefused, find_home
from mtc_kiosk.store.home.kiosk_lock import KioskIsRunning, kiosk_lock
from mtc_kiosk.store.journal.journal import ReadFailed, Unreadable
from mtc_kiosk.store.made_up import NotMadeUp, is_made_up, open_made_up_home

MOST_PUPILS = 10_000
COLUMNS = ("kind", "pupils", "complete", "answers", "voids", "held")


@dataclass(frozen=True)
class Line:
    """One line of the table: totals for the pupils of one kind, or for all."""

    kind: str
    pupils: int
    complete: int
    answers: int
    voids: int
    held: int

    @classmethod
    def of(cls, kind: str, taken: Sequence[Taken]) -> "Line":
        """The line of these pupils."""
        return cls(
            kind,
            len(taken),
            sum(each.complete for each in taken),
            sum(each.answers for each in taken),
            sum(each.voids for each in taken),
            sum(each.held for each in taken),
        )


@click.command("simulate")
@click.option(
    "--pupils", type=click.IntRange(0, MOST_PUPILS), default=30, show_default=True, help="How many robot pupils."
)
@click.option(
    "--seed",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    help="A number. The same seed makes the same pupils again.",
)
@click.option(
    "--arrangements",
    type=click.Choice(("random",)),
    help="random: give each robot pupil access arrangements at random, in any combination.",
)
@home_option
@json_option
@click.pass_context
def simulate(ctx: click.Context, pupils: int, seed: int, arrangements: str | None) -> int:
    """Let robot pupils take the check, faster than real ones. With --pupils 0, make an empty home to try things in."""
    home = _made_up_home(ctx)
    configuration = configuration_of(home)
    day = 1 + runs_so_far(home)
    plan = Plan(
        pupils,
        seed,
        day,
        configuration.check.form_rules(),
        configuration.check.settings(),
        drawn if arrangements else None,
    )
    as_json = settled(ctx).as_json
    try:
        with kiosk_lock(home, plan.kiosk):
            taken = _taken(home, plan, bar=not as_json)
    except KioskIsRunning as running:
        raise CommandFailed(Problem(str(running), "kiosk_is_running")) from running
    except (RobotStuck, DiskTooSlow) as stuck:
        raise CommandFailed(Problem(str(stuck), "robot_stuck")) from stuck
    except (ReadFailed, Unreadable) as unread:
        raise CommandFailed(Problem(str(unread), "database_unread")) from unread
    problems = tuple(Problem(f"{each.kind}: {said}", "surprise") for each in taken for said in each.surprises)
    _report(home, plan, taken, problems, as_json=as_json)
    return REFUSED if problems else 0


def _made_up_home(ctx: click.Context) -> Home:
    path = find_home(settled(ctx).home, os.environ)
    new = not is_made_up(path)
    try:
        home = open_made_up_home(path)
        open_database(home).close()
    except NotMadeUp as refused:
        raise CommandFailed(Problem(str(refused), "not_made_up")) from refused
    except HomeRefused as refused:
        raise CommandFailed(Problem(str(refused), "home_refused")) from refused
    except DatabaseRefused as refused:
        raise CommandFailed(Problem(str(refused), "database_refused")) from refused
    if new and not settled(ctx).as_json:
        click.echo(
            f"{home.root} is now a home of {MADE_UP}. For real pupils, name another folder with --home.", err=True
        )
    return home


def _taken(home: Home, plan: Plan, *, bar: bool) -> list[Taken]:
    if not plan.pupils:
        return []
    pupils = run(home, plan)
    return list(with_bar(pupils, MADE_UP.capitalize(), plan.pupils) if bar else pupils)


def _report(home: Home, plan: Plan, taken: Sequence[Taken], problems: tuple[Problem, ...], *, as_json: bool) -> None:
    lines = [Line.of(kind, [each for each in taken if each.kind is kind]) for kind in Kind]
    every = Line.of("all", taken)
    if as_json:
        data = {
            "made_up_pupils": True,
            "home": str(home.root),
            "kiosk": plan.kiosk,
            "seed": plan.seed,
            **_as_data(every),
            "attempts": [attempt.id for each in taken for attempt in each.attempts],
            "arrangements": _arrangements(taken),
            "kinds": [{"kind": line.kind, **_as_data(line)} for line in lines if line.pupils],
        }
        print_json(ok=not problems, data=data, problems=problems)
        return
    click.echo(f"{plan.pupils} {MADE_UP} in {home.root}, from seed {plan.seed}")
    if taken:
        click.echo("\n".join(_table([*(line for line in lines if line.pupils), every])))
    if plan.arrangements is not None:
        listed = ", ".join(f"{code} {count}" for code, count in _arrangements(taken).items())
        click.echo(f"Access arrangements: {listed}.")
    for problem in problems:
        click.echo(str(problem), err=True)


def _arrangements(taken: Sequence[Taken]) -> dict[str, int]:
    """How many attempts had each of the seven."""
    attempts = [attempt for each in taken for attempt in each.attempts]
    return {str(code): sum(code in attempt.settings.arrangements.codes for attempt in attempts) for code in Code}


def _as_data(line: Line) -> dict[str, int]:
    return {name: getattr(line, name) for name in COLUMNS[1:]}


def _table(lines: Iterable[Line]) -> list[str]:
    rows = [COLUMNS, *(tuple(str(getattr(line, name)).replace("_", " ") for name in COLUMNS) for line in lines)]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return [
        "  ".join([row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))])
        for row in rows
    ]
