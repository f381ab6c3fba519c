"""Find the pupils on the register whom staff mean (``school.selection``), or say why there are none."""

from mtc_kiosk.config.mistakes import did_you_mean, quoted
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.which_pupil import pupils_written
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.selection import (
    AsWritten,
    InGroup,
    Named,
    OnePupil,
    Selection,
    WholeRegister,
    groups,
    in_group,
    one,
)
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.school.register import pupil_by_id, pupils

EMPTY_REGISTER = Problem("The register is empty. Import a class list first.", "nobody")


def pupils_chosen(db: Database, named: Named, *, left: bool = False) -> tuple[Pupil, ...]:
    """The pupils named one by one, each once, in the order given; NotOnePupil, OfficeRefused.

    With ``left``, names are looked up only among those who have left.
    """
    if isinstance(named, AsWritten):
        return pupils_written(db, named.texts, left=left)
    found = [pupil_by_id(db, pupil_id) for pupil_id in dict.fromkeys(named.pupil_ids)]
    there = tuple(pupil for pupil in found if pupil is not None)
    if len(there) < len(found):
        gone = "A pupil who was chosen is no longer on the register."
        raise OfficeRefused(Problem(gone, "not_on_the_register"))
    return there


def pupil_chosen(db: Database, pupil: OnePupil) -> Pupil:
    """A single pupil; NotOnePupil, OfficeRefused."""
    (found,) = pupils_chosen(db, one(pupil))
    return found


def leavers_selected(db: Database, selection: Named | InGroup) -> tuple[Pupil, ...]:
    """The pupils of a selection, to be brought back: of a group, those who have left, at least one."""
    if not isinstance(selection, InGroup):
        return pupils_chosen(db, selection, left=True)
    members = in_group(pupils(db, with_left=True), selection.group)
    gone = tuple(pupil for pupil in members if pupil.has_left)
    if not gone:
        raise OfficeRefused(
            Problem(f"No pupil of group {quoted(selection.group)} has left. Nothing was changed.", "not_left")
        )
    return gone


def pupils_selected(db: Database, selection: Selection) -> tuple[Pupil, ...]:
    """The pupils of a selection, at least one; of a group or the register, those who have not left."""
    if not isinstance(selection, InGroup | WholeRegister):
        return pupils_chosen(db, selection)
    register = pupils(db)
    if not register:
        raise OfficeRefused(EMPTY_REGISTER)
    if isinstance(selection, WholeRegister):
        return register
    members = in_group(register, selection.group)
    if not members:
        raise OfficeRefused(_no_group(selection.group, groups(register)))
    return members


def _no_group(group: str, known: list[str]) -> Problem:
    there = f"There are: {', '.join(known)}." if known else "No pupil has a group."
    return Problem(f"There is no group {quoted(group)}. {there}{did_you_mean(group, known)}", "no_such_group")
