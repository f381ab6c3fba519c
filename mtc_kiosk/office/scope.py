"""The pupils that an account may see or change: a teacher's own groups, and the whole school for other roles.

Every function that lists or changes pupils for a page asks here, so that no page can forget it.
"""

from collections.abc import Iterable

from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.school.permissions import May, may_for
from mtc_kiosk.school.pupil import Pupil


def in_scope(home: OpenHome, what: May, pupils: Iterable[Pupil]) -> tuple[Pupil, ...]:
    """Those of the pupils for whom the account that acts may do this, in the order given."""
    return tuple(pupil for pupil in pupils if may_for(home.staff, what, pupil.group_name))


def refuse_out_of_scope(home: OpenHome, what: May, pupils: Iterable[Pupil]) -> None:
    """Raise OfficeRefused unless the account may do this for each of the pupils. It names none of them."""
    chosen = tuple(pupils)
    if len(in_scope(home, what, chosen)) != len(chosen):
        raise OfficeRefused(
            Problem("One of these pupils is not in your groups. Ask the head, or the teacher of that group.", "scope")
        )
