"""The pupils whose checks an account sees and commands in the room: its own groups, or the one session of a cover.

It is alone because the room and its commands must never differ in it.
"""

from collections.abc import Iterable

from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.scope import in_scope
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.store.school.sessions import pupils_of_session


def in_room(home: OpenHome, pupils: Iterable[Pupil]) -> tuple[Pupil, ...]:
    """Those of the pupils whom the account may see in the room, in the order given."""
    seen = in_scope(home, May.RUN_ROOM, pupils)
    if home.staff.session_id is None:
        return seen
    theirs = pupils_of_session(home.db, home.staff.session_id)
    return tuple(pupil for pupil in seen if pupil.id in theirs)


def refuse_outside_room(home: OpenHome, pupils: Iterable[Pupil]) -> None:
    """Raise OfficeRefused unless the account may run the room for each of the pupils. It names none of them."""
    chosen = tuple(pupils)
    if len(in_room(home, chosen)) != len(chosen):
        raise OfficeRefused(
            Problem("This pupil is not in your room. Ask the head, or the teacher of that group.", "scope")
        )
