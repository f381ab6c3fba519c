"""The arrangements of a home's settings held against its register, as problems that commands can say.

Those who have left are known: their lines are no slip of the pen.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlite_utils

from mtc_kiosk.cli.answer import Problem
from mtc_kiosk.config.arrangements_register import named_twice, unknown_pupils
from mtc_kiosk.config.configuration import Configuration
from mtc_kiosk.config.mistakes import Mistake
from mtc_kiosk.store.earlier_numbers import all_numbers


@dataclass(frozen=True)
class AgainstRegister:
    """``unknown`` are lines that name nobody, which may be as they should; ``twice`` are mistakes: one pupil named
    by several lines, or one line that names several pupils.
    """

    unknown: tuple[Problem, ...]
    twice: tuple[Problem, ...]

    @property
    def all(self) -> tuple[Problem, ...]:
        """Both."""
        return (*self.unknown, *self.twice)


def against_register(configuration: Configuration, db: sqlite_utils.Database) -> AgainstRegister:
    """What the arrangements say that the register does not bear out."""
    file, register = configuration.arrangements, all_numbers(db).values()
    return AgainstRegister(_problems(unknown_pupils(file, register)), _problems(named_twice(file, register)))


def _problems(mistakes: Iterable[Mistake]) -> tuple[Problem, ...]:
    return tuple(Problem(mistake.message, mistake.code, mistake.file, mistake.line) for mistake in mistakes)
