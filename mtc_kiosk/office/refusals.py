"""Translate every refusal of the rules, the register and the home into sentences."""

from collections.abc import Callable, Iterable, Mapping

from mtc_kiosk.config.mistakes import ConfigMistakes, Mistake
from mtc_kiosk.office.code_choice import code_problem
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.school.obstacle import PupilObstacle, Refused
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.rivals import NotSettled
from mtc_kiosk.school.rules import CodeObstacle
from mtc_kiosk.store.db.database import DatabaseRefused
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.home.desk_file import DeskFileRefused
from mtc_kiosk.store.home.device_key import DeviceKeyRefused
from mtc_kiosk.store.home.home import HomeRefused
from mtc_kiosk.store.made_up import NotAnInstant
from mtc_kiosk.store.school.register import NumberTaken, pupils
from mtc_kiosk.sync.certificate import CertificateRefused

REFUSALS = (
    Refused,
    OfficeRefused,
    NumberTaken,
    ConfigMistakes,
    HomeRefused,
    DatabaseRefused,
    DeviceKeyRefused,
    DeskFileRefused,
    CertificateRefused,
    NotAnInstant,
    NotSettled,
)
"""Every refusal that a function of the office raises; anything else is a fault."""

_CODES: Mapping[type[Exception], str] = {
    HomeRefused: "home_refused",
    DatabaseRefused: "database_refused",
    DeviceKeyRefused: "device_key",
    DeskFileRefused: "desk_file",
    CertificateRefused: "certificate",
    NotAnInstant: "not_an_instant",
    NotSettled: "not_settled",
}


def with_number(pupil: Pupil) -> str:
    """A pupil in a sentence: the name as listed, and the number."""
    return f"{pupil.listed} ({pupil.number})"


def problems_of(
    refusal: Exception, db: Database | None = None, name: Callable[[Pupil], str] = with_number
) -> tuple[Problem, ...]:
    """The sentences of one of ``REFUSALS``, with names from ``db`` as ``name`` writes them. TypeError for others."""
    if isinstance(refusal, OfficeRefused):
        return refusal.problems
    if isinstance(refusal, ConfigMistakes):
        return of_mistakes(refusal.mistakes)
    if isinstance(refusal, Refused):
        return of_obstacles(refusal.obstacles, db, name)
    if isinstance(refusal, NumberTaken):
        return (Problem(str(refusal), "number_taken", field=refusal.column or None),)
    for kind, code in _CODES.items():
        if isinstance(refusal, kind):
            return (Problem(str(refusal), code),)
    raise TypeError(f"{type(refusal).__name__} is not a refusal.")


def of_obstacles(
    obstacles: Iterable[PupilObstacle], db: Database | None = None, name: Callable[[Pupil], str] = with_number
) -> tuple[Problem, ...]:
    """A sentence for each obstacle; one about a pupil begins with the name."""
    found = tuple(obstacles)
    named = db is not None and any(one.pupil_id is not None for one in found)
    register = {pupil.id: pupil for pupil in pupils(db, with_left=True)} if db is not None and named else {}
    return tuple(_problem(one, register, name) for one in found)


def of_mistakes(mistakes: Iterable[Mistake]) -> tuple[Problem, ...]:
    """Mistakes in a settings file, each with its line."""
    return tuple(Problem(one.message, one.code, one.file, one.line) for one in mistakes)


def _problem(one: PupilObstacle, register: Mapping[int, Pupil], name: Callable[[Pupil], str]) -> Problem:
    if isinstance(one.obstacle, CodeObstacle):
        return code_problem(one.obstacle)
    return Problem(_sentence(one, register, name), str(one.obstacle.code))


def _sentence(one: PupilObstacle, register: Mapping[int, Pupil], name: Callable[[Pupil], str]) -> str:
    if one.pupil_id is None or one.pupil_id not in register:
        return one.obstacle.sentence
    return f"{name(register[one.pupil_id])} {one.obstacle.sentence}."
