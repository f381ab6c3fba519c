"""What pupils get in the check, and from which line of the file of access arrangements. It changes nothing."""

from dataclasses import dataclass, replace

from mtc_kiosk.check.arrangements import Chosen, Granted
from mtc_kiosk.config.arrangements_merge import ArrangementSource
from mtc_kiosk.office.chosen import pupil_chosen
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.office.settings import strays
from mtc_kiosk.office.unknown_pupils import against_register
from mtc_kiosk.school.pupil import EVERYBODY, Numbers, Pupil
from mtc_kiosk.school.selection import OnePupil
from mtc_kiosk.store.school.preferences import chosen_by
from mtc_kiosk.store.school.register import all_numbers, numbers_of, pupils


@dataclass(frozen=True)
class PupilArrangements:
    """What a pupil gets; ``sources`` has each code and setting with its line.

    ``last_choice`` is what the pupil chose last of the colours and sizes that they may choose; None in a list.
    """

    pupil: Pupil
    granted: Granted
    sources: tuple[ArrangementSource, ...]
    last_choice: Chosen | None = None


@dataclass(frozen=True)
class SchoolArrangements:
    """What ``everybody`` gets, what each pupil with an entry gets, and what staff should look at in the file."""

    everybody: tuple[ArrangementSource, ...]
    pupils: tuple[PupilArrangements, ...]
    warnings: tuple[Problem, ...]


def of_pupil(home: OpenHome, pupil: OnePupil) -> PupilArrangements:
    """What a pupil gets, and chose last; NotOnTheRegister, OfficeRefused."""
    who = pupil_chosen(home.db, pupil)
    found = _of(home, who, numbers_of(home.db, who.id))
    chosen = chosen_by(home.db, who.id)
    colours = chosen.colours if found.granted.chooses_colours else None
    size = chosen.size if found.granted.chooses_size else None
    return replace(found, last_choice=Chosen(colours, size))


def of_school(home: OpenHome) -> SchoolArrangements:
    """Who gets what, and the lines that do not go with the register."""
    file, numbers = home.configuration.arrangements, all_numbers(home.db)
    return SchoolArrangements(
        everybody=file.trace(EVERYBODY),
        pupils=tuple(_of(home, pupil, numbers[pupil.id]) for pupil in pupils(home.db) if file.named(numbers[pupil.id])),
        warnings=(*strays(home.home), *against_register(home.configuration, home.db).all),
    )


def _of(home: OpenHome, pupil: Pupil, who: Numbers) -> PupilArrangements:
    file = home.configuration.arrangements
    return PupilArrangements(pupil, file.granted(who), file.trace(who))
