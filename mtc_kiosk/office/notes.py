"""Write notes about a pupil, correct them, take them back and bring them back. No kiosk, slip or export has them.

Whoever may write notes reads all those about the pupils of their own groups.
"""

from dataclasses import dataclass, field
from datetime import datetime

from mtc_kiosk.office.chosen import pupil_chosen
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.scope import in_scope, refuse_out_of_scope
from mtc_kiosk.school.permissions import May
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.selection import OnePupil
from mtc_kiosk.store.db.times import instant
from mtc_kiosk.store.school.notes import NoteChanged, NoteCode, NoteRow, follow_note, note_rows, write_note
from mtc_kiosk.unseen import without_unseen

LONGEST_NOTE = 1000
"""Characters."""

_NO_TEXT = Problem("Write the note.", "no_text")
_TOO_LONG = Problem(f"A note has at most {LONGEST_NOTE} characters. Shorten it.", "too_long")
_CHANGED = Problem("Somebody changed this note meanwhile. Nothing was changed. Read it, then try again.", "changed")


@dataclass(frozen=True)
class Note:
    """A note as it is now; ``last`` is the number of its last row, which a change of it must name.

    ``changed_at`` and ``changed_by`` are those of its last row, None if it is as it was written. The text is None once
    it is erased.
    """

    last: int
    at: datetime
    by: str
    text: str | None = field(repr=False)
    is_taken_back: bool
    changed_at: datetime | None = None
    changed_by: str | None = None


def of_pupil(home: OpenHome, who: OnePupil) -> tuple[Note, ...]:
    """The notes about a pupil, the oldest first, without those that were taken back.

    None for an account that may not read this pupil's.
    """
    pupil = pupil_chosen(home.db, who)
    if not in_scope(home, May.WRITE_NOTES, (pupil,)):
        return ()
    return tuple(note for note in _notes(note_rows(home.db, pupil.id)) if not note.is_taken_back)


def add(home: OpenHome, who: OnePupil, text: str) -> int:
    """Write a note; return the number of its row. OfficeRefused for no text, or too long a one."""
    pupil = _allowed(home, who)
    return write_note(home.db, home.context(), pupil.id, _read(text))


def correct(home: OpenHome, who: OnePupil, last: int, text: str) -> int:
    """Give the note with this ``last`` row another text; OfficeRefused if it was changed meanwhile."""
    pupil = _allowed(home, who)
    return _follow(home, pupil, last, NoteCode.CORRECTED, _read(text))


def take_back(home: OpenHome, who: OnePupil, last: int) -> int:
    """Take back the note with this ``last`` row; return the row that does so, from which it can be brought back."""
    return _follow(home, _allowed(home, who), last, NoteCode.TAKEN_BACK)


def bring_back(home: OpenHome, who: OnePupil, last: int) -> int:
    """Bring back the note that the row ``last`` took back; OfficeRefused if that was done already."""
    return _follow(home, _allowed(home, who), last, NoteCode.BROUGHT_BACK)


def _allowed(home: OpenHome, who: OnePupil) -> Pupil:
    pupil = pupil_chosen(home.db, who)
    refuse_out_of_scope(home, May.WRITE_NOTES, (pupil,))
    return pupil


def _read(text: str) -> str:
    """The text as it is kept, without characters that cannot be seen: SQLite ends a text at one of them."""
    read = without_unseen(text.replace("\r\n", "\n")).strip()
    if not read:
        raise OfficeRefused(_NO_TEXT)
    if len(read) > LONGEST_NOTE:
        raise OfficeRefused(_TOO_LONG)
    return read


def _follow(home: OpenHome, pupil: Pupil, last: int, code: NoteCode, text: str = "") -> int:
    try:
        return follow_note(home.db, home.context(), pupil.id, last, code, text)
    except NoteChanged as changed:
        raise OfficeRefused(_CHANGED) from changed


def _notes(rows: tuple[NoteRow, ...]) -> tuple[Note, ...]:
    """The notes, each from its first row and its last."""
    followed = {row.undoes: row for row in rows if row.undoes is not None}
    return tuple(_note(row, followed) for row in rows if row.undoes is None)


def _note(first: NoteRow, followed: dict[int, NoteRow]) -> Note:
    last = first
    while last.id in followed:
        last = followed[last.id]
    is_changed = last.code in {NoteCode.CORRECTED, NoteCode.TAKEN_BACK}
    return Note(
        last=last.id,
        at=instant(first.at),
        by=first.by,
        text=last.text,
        is_taken_back=last.code is NoteCode.TAKEN_BACK,
        changed_at=instant(last.at) if is_changed else None,
        changed_by=last.by if is_changed else None,
    )
