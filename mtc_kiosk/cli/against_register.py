"""The arrangements of a home's settings held against its register, as problems that commands can say.

Those who have left are known: their lines are no slip of the pen.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from mtc_kiosk.config.arrangements import ARRANGEMENTS, ArrangementsFile
from mtc_kiosk.config.arrangements_register import named_twice, unknown_pupils
from mtc_kiosk.config.mistakes import Code, Mistake
from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.school.class_list import namesake_key
from mtc_kiosk.school.numbers import Numbers
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.school.earlier_numbers import all_numbers
from mtc_kiosk.store.school.register import pupils


@dataclass(frozen=True)
class AgainstRegister:
    """``twice`` are mistakes: one pupil named by several lines, or one line that names several pupils.

    What may be as it should are ``unknown``, lines that name nobody, and ``namesakes``, lines whose pupil seems to be
    on the register once more, under a number without a line.
    """

    unknown: tuple[Problem, ...]
    twice: tuple[Problem, ...]
    namesakes: tuple[Problem, ...]

    @property
    def doubtful(self) -> tuple[Problem, ...]:
        """What staff put right or acknowledge."""
        return (*self.unknown, *self.namesakes)

    @property
    def all(self) -> tuple[Problem, ...]:
        """Everything."""
        return (*self.doubtful, *self.twice)


def against_register(configuration: Configuration, db: Database) -> AgainstRegister:
    """What the arrangements say that the register does not bear out."""
    file = configuration.arrangements
    if not file.pupils:
        return AgainstRegister((), (), ())
    numbers = all_numbers(db)
    register = numbers.values()
    return AgainstRegister(
        _problems(unknown_pupils(file, register)),
        _problems(named_twice(file, register)),
        _problems(_namesakes(file, numbers, pupils(db, with_left=True))),
    )


def _namesakes(file: ArrangementsFile, numbers: Mapping[int, Numbers], register: Iterable[Pupil]) -> Iterator[Mistake]:
    """A pupil who was added under a new number has none of what is written under the old one."""
    by_names: dict[object, list[Pupil]] = defaultdict(list)
    for pupil in register:
        by_names[namesake_key(pupil)].append(pupil)
    lines = {
        said.line
        for those in by_names.values()
        if len(those) > 1 and any(not file.named(numbers[one.id]) for one in those if not one.has_left)
        for one in those
        for said in file.named(numbers[one.id])
    }
    sentence = (
        "A pupil of the same names and date of birth is on the register under another number, without this. If that is"
        " one pupil, write the number of the one who takes the check; if it is two, write the other number with {}."
    )
    return (Mistake(ARRANGEMENTS, line, Code.NAMESAKE, sentence) for line in sorted(lines))


def _problems(mistakes: Iterable[Mistake]) -> tuple[Problem, ...]:
    return tuple(Problem(mistake.message, mistake.code, mistake.file, mistake.line) for mistake in mistakes)
