"""Undo the import of a class list: the wrong class, or last year's.

What is possible is decided in ``store.school.register_undo``. It is alone because ``office.class_list``, which reads
the file for it, changes the register and this only takes back what that did.
"""

from dataclasses import dataclass
from pathlib import Path

from mtc_kiosk.office.class_list import Asked, class_list_in, content_of
from mtc_kiosk.office.list_scope import refuse_rows_out_of_scope, rows_out_of_scope
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.store.school.register_undo import NotUndone, undo_list


@dataclass(frozen=True)
class ListUndone:
    """An import that was undone: the pupils now marked as having left, and how many of the list stay."""

    left: tuple[Pupil, ...]
    staying: int


def undo_file(home: OpenHome, path: Path, asked: Asked) -> ListUndone:
    """Undo the import of the class list in a file, as ``undo_bytes``; raises too where it cannot be read."""
    return undo_bytes(home, content_of(path), str(path), asked)


def undo_bytes(home: OpenHome, content: bytes, name: str, asked: Asked) -> ListUndone:
    """Undo the import of a class list: those whom it added are marked as having left.

    OfficeRefused where that is not possible; raises as ``import_bytes`` for what is wrong with the list.
    """
    _, _, class_list = class_list_in(home, content, name, asked, lambda _: None)
    refuse_rows_out_of_scope([each.fault for each in rows_out_of_scope(home, class_list)])
    try:
        left = undo_list(home.db, home.stamp, home.timetable, class_list)
    except NotUndone as refused:
        said = asked.words(str(refused), refused.next_step)
        raise OfficeRefused(Problem(f"{said} Nothing was changed.", "not_undone", name)) from refused
    return ListUndone(left, len(class_list.pupils) - len(left))
