"""Pupils' arrangements in the check, each with its line in the arrangements file. Nothing is changed."""

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
    """A pupil's arrangements; ``sources`` has each code and setting with its line.

    ``last_choice`` is the pupil's last choice of colours and size, as far as they may choose; None in a list.
    """

    pupil: Pupil
    granted: Granted
    sources: tuple[ArrangementSource, ...]
    last_choice: Chosen | None = None


@dataclass(frozen=True)
class SchoolArrangements:
    """The arrangements of ``everybody``, those of each pupil with an entry, and warnings about the file."""

    everybody: tuple[ArrangementSource, ...]
    pupils: tuple[PupilArrangements, ...]
    warnings: tuple[Problem, ...]


def of_pupil(home: OpenHome, pupil: OnePupil) -> PupilArrangements:
    """A pupil's arrangements and last choice; NotOnePupil, OfficeRefused."""
    who = pupil_chosen(home.db, pupil)
    found = _of(home, who, numbers_of(home.db, who.id))
    chosen = chosen_by(home.db, who.id)
    colours = chosen.colours if found.granted.chooses_colours else None
    size = chosen.size if found.granted.chooses_size else None
    return replace(found, last_choice=Chosen(colours, size))


def of_school(home: OpenHome) -> SchoolArrangements:
    """Everybody's arrangements, and the lines that do not match the register."""
    file, numbers = home.configuration.arrangements, all_numbers(home.db)
    return SchoolArrangements(
        everybody=file.trace(EVERYBODY),
        pupils=tuple(_of(home, pupil, numbers[pupil.id]) for pupil in pupils(home.db) if file.named(numbers[pupil.id])),
        warnings=(*strays(home.home), *against_register(home.configuration, home.db).all),
    )


def _of(home: OpenHome, pupil: Pupil, who: Numbers) -> PupilArrangements:
    file = home.configuration.arrangements
    return PupilArrangements(pupil, file.granted(who), file.trace(who))
