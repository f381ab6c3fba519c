"""Pupils' arrangements in the check, each with its line in the arrangements file, and whether anybody needs any.

The file is not changed here (``arrangement_edit``).
"""

from dataclasses import dataclass, replace

from mtc_kiosk.check.arrangements import Chosen, Granted
from mtc_kiosk.config.arrangements import ARRANGEMENTS
from mtc_kiosk.config.arrangements_merge import ArrangementSource
from mtc_kiosk.office.chosen import pupil_chosen
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.scope import in_scope, refuse_out_of_scope
from mtc_kiosk.office.settings import strays
from mtc_kiosk.office.unknown_pupils import against_register
from mtc_kiosk.school.permissions import May, may
from mtc_kiosk.school.pupil import EVERYBODY, Numbers, Pupil
from mtc_kiosk.school.selection import OnePupil
from mtc_kiosk.store.db.transaction import audit, change
from mtc_kiosk.store.school.preferences import chosen_by
from mtc_kiosk.store.school.register import all_numbers, numbers_of, pupils

NOBODY_NEEDS_ANY, CHANGED = "arrangements.nobody_needs_any", "arrangements.changed"
"""The audit's actions: that nobody needs arrangements, and that those of a pupil were changed."""

_SETTLED = "select exists (select 1 from audit where action in (?, ?))"


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
    refuse_out_of_scope(home, May.SEE_ARRANGEMENTS, (who,))
    found = _of(home, who, numbers_of(home.db, who.id))
    chosen = chosen_by(home.db, who.id)
    colours = chosen.colours if found.granted.chooses_colours else None
    size = chosen.size if found.granted.chooses_size else None
    return replace(found, last_choice=Chosen(colours, size))


def of_school(home: OpenHome) -> SchoolArrangements:
    """Everybody's arrangements, and the lines that do not match the register."""
    file, numbers = home.configuration.arrangements, all_numbers(home.db)
    seen = in_scope(home, May.SEE_ARRANGEMENTS, pupils(home.db))
    return SchoolArrangements(
        everybody=file.trace(EVERYBODY),
        pupils=tuple(_of(home, pupil, numbers[pupil.id]) for pupil in seen if file.named(numbers[pupil.id])),
        warnings=(*strays(home.home), *against_register(home.configuration, home.db).all),
    )


def nobody_needs_any(home: OpenHome) -> None:
    """Keep that nobody in this school needs arrangements, so that nobody is asked again."""
    if not may(home.staff, May.ARRANGE):
        raise OfficeRefused(Problem("Your account may not change access arrangements.", "permission"))
    with change(home.db):
        audit(home.db, home.stamp, NOBODY_NEEDS_ANY, ARRANGEMENTS)


def is_settled(home: OpenHome) -> bool:
    """Whether staff said which pupils need arrangements: by an entry for one, by a change, or that nobody does."""
    if home.db.execute(_SETTLED, (NOBODY_NEEDS_ANY, CHANGED)).fetchone()[0]:
        return True
    file = home.configuration.arrangements
    return bool(file.pupils) and any(file.named(numbers) for numbers in all_numbers(home.db).values())


def _of(home: OpenHome, pupil: Pupil, who: Numbers) -> PupilArrangements:
    file = home.configuration.arrangements
    return PupilArrangements(pupil, file.granted(who), file.trace(who))
