"""Rows of a class list that are not for the account that imports it: pupils of groups that are another teacher's.

It is alone because it needs both the list and the register, as nothing else about scope does.
"""

from collections.abc import Sequence

from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.school.class_list import ClassList, Remark
from mtc_kiosk.school.comparison import Change, Verdict, verdicts
from mtc_kiosk.school.fault import Fault, RowFault
from mtc_kiosk.school.headings import Field
from mtc_kiosk.school.permissions import May, may_for
from mtc_kiosk.store.school.register import everybody


def rows_out_of_scope(home: OpenHome, class_list: ClassList) -> tuple[Remark, ...]:
    """A fault for each row that adds a pupil to, or changes one of, a group that is not the account's."""
    if may_for(home.staff, May.EDIT_PUPILS, ""):
        return ()
    columns = class_list.columns.places
    found = []
    for one, verdict, _ in verdicts(class_list.pupils, columns, everybody(home.db)):
        groups = _groups(verdict, one.details.group_name, has_group=Field.GROUP in columns)
        if not all(may_for(home.staff, May.EDIT_PUPILS, group) for group in groups):
            said = "This pupil is not in one of your groups: leave the row out, or ask the head"
            found.append(Remark(one.line, Fault(RowFault.OUT_OF_SCOPE, said)))
    return tuple(found)


def refuse_rows_out_of_scope(faults: Sequence[Fault]) -> None:
    """Raise OfficeRefused if one of the faults is that a row is not for the account."""
    if any(fault.code is RowFault.OUT_OF_SCOPE for fault in faults):
        said = "A row of the list is not for your groups. Nothing was saved. Leave it out, or ask the head."
        raise OfficeRefused(Problem(said, "scope"))


def _groups(verdict: Verdict, group: str, *, has_group: bool) -> tuple[str, ...]:
    """The groups that a row is about: where the pupil is, and where the row puts them."""
    if isinstance(verdict, Change):
        now = verdict.pupil.group_name
        return (now, str(verdict.values.get(Field.GROUP, now))) if has_group else (now,)
    return (group,)
