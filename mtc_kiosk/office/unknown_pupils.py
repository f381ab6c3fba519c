"""Compare the access arrangements of a home with its register: find lines of no pupil, or of several.

Pupils who have left count as known: their lines are not mistakes.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mtc_kiosk.config.arrangements import ARRANGEMENTS, ArrangementsFile
from mtc_kiosk.config.arrangements_register import named_twice, unknown_pupils
from mtc_kiosk.config.mistakes import Code, Mistake, quoted
from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.office.refusals import of_mistakes
from mtc_kiosk.school.class_list import namesake_key
from mtc_kiosk.school.pupil import Numbers, Pupil
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.school.register import all_numbers, pupils


@dataclass(frozen=True)
class AgainstRegister:
    """What staff should look at, by line of the file.

    ``twice`` are mistakes: several lines for one pupil, or one line for several pupils. The others may be right:
    ``unknown`` are lines of no pupil, ``namesakes`` are lines of a pupil who seems to be on the register a second time,
    under a number without a line.
    """

    unknown: tuple[Problem, ...]
    twice: tuple[Problem, ...]
    namesakes: tuple[Problem, ...]

    @property
    def doubtful(self) -> tuple[Problem, ...]:
        """What staff correct or acknowledge before a session starts."""
        return (*self.unknown, *self.namesakes)

    @property
    def all(self) -> tuple[Problem, ...]:
        """The lines that may be right, then the mistakes."""
        return (*self.doubtful, *self.twice)


def against_register(configuration: Configuration, db: Database) -> AgainstRegister:
    """Where the arrangements and the register disagree."""
    file = configuration.arrangements
    if not file.pupils:
        return AgainstRegister((), (), ())
    numbers = all_numbers(db)
    register = numbers.values()
    return AgainstRegister(
        of_mistakes(unknown_pupils(file, register)),
        of_mistakes(named_twice(file, register)),
        of_mistakes(_namesakes(file, numbers, pupils(db, with_left=True))),
    )


def _namesakes(file: ArrangementsFile, numbers: Mapping[int, Numbers], register: Iterable[Pupil]) -> Iterator[Mistake]:
    """Lines that a pupil added again under a new number would lose."""
    by_names: dict[object, list[Pupil]] = defaultdict(list)
    for pupil in register:
        by_names[namesake_key(pupil)].append(pupil)
    lines = {
        said.line: said.name
        for those in by_names.values()
        if len(those) > 1 and any(not file.named(numbers[one.id]) for one in those if not one.has_left)
        for one in those
        for said in file.named(numbers[one.id])
    }
    return (Mistake(ARRANGEMENTS, line, Code.NAMESAKE, _namesake(lines[line])) for line in sorted(lines))


def _namesake(number: str) -> str:
    return (
        f"A pupil with the names and date of birth of {quoted(number)} is on the register under another number, without"
        " these arrangements. If they are one pupil, write the number of the one who takes the check here. If they are"
        " two, add a line with the other number and {}."
    )
