"""What commands that change something about pupils share: who does it and when, which pupils are meant, what refuses.

It changes nothing itself.
"""

import contextlib
from collections.abc import Iterable, Iterator, Mapping, Sequence

import click
from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from mtc_kiosk.cli.desk import Desk
from mtc_kiosk.cli.output import CommandFailed, Problem
from mtc_kiosk.cli.register import register_answers
from mtc_kiosk.config.written import read_as
from mtc_kiosk.office.sealing import sealer_of
from mtc_kiosk.school.obstacle import PupilObstacle, Refused
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.store.home.kiosk_lock import running_kiosks
from mtc_kiosk.store.records.sealer import Sealer
from mtc_kiosk.store.school.register import pupils, pupils_named
from mtc_kiosk.store.school.rules import rules_of
from mtc_kiosk.store.school.staff_context import StaffContext


def doing_of(desk: Desk) -> StaffContext:
    """The command line does something now, as owner and head."""
    running = frozenset(running_kiosks(desk.home))
    return StaffContext(now=desk.now, rules=rules_of(desk.configuration), running=running, staff=COMMAND_LINE)


def seals_of(desk: Desk) -> Sealer:
    """What makes records of what is done."""
    return sealer_of(desk.home, desk.configuration, made_up=desk.made_up)


def named(desk: Desk, numbers: Sequence[str]) -> tuple[Pupil, ...]:
    """The pupils with these UPNs or refs; a Refusal that names all that are none's."""
    with register_answers():
        return pupils_named(desk.db, numbers)


@contextlib.contextmanager
def school_answers(desk: Desk) -> Iterator[None]:
    """Turn what the rules of the school refuse into a Refusal: a sentence for each pupil, by name and number."""
    try:
        yield
    except Refused as refused:
        raise CommandFailed(*problems(desk, refused.obstacles)) from refused


def problems(desk: Desk, barred: Iterable[PupilObstacle]) -> tuple[Problem, ...]:
    """What is in the way, as sentences."""
    register = {pupil.id: pupil for pupil in pupils(desk.db, with_left=True)}
    return tuple(Problem(_sentence(one, register), str(one.obstacle.code)) for one in barred)


def read_option(ctx: click.Context, option: str, kind: BeforeValidator, written: str | None) -> object:
    """What was written after an option, None where nothing was; a usage error in words where it is not allowed."""
    if written is None:
        return None
    try:
        return read_as(kind, written.strip())
    except PydanticCustomError as problem:
        raise click.UsageError(f"{option}: {problem.message()}", ctx) from problem


def counted(count: int, what: str, several: str = "") -> str:
    """``1 pupil``, ``2 pupils``."""
    return f"{count} {what}" if count == 1 else f"{count} {several or f'{what}s'}"


def _sentence(barred: PupilObstacle, register: Mapping[int, Pupil]) -> str:
    if barred.pupil_id is None:
        return barred.obstacle.sentence
    pupil = register[barred.pupil_id]
    return f"{pupil.listed} ({pupil.number}) {barred.obstacle.sentence}."
