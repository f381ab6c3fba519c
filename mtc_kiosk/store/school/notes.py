"""Staff's notes about pupils: written, corrected, taken back and brought back. Each is a row; no row is changed.

A row follows the one that it corrects or takes back, and the last row of a note says what applies. The text can be
erased, and stays out of the audit.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import read
from mtc_kiosk.store.db.transaction import audit, change
from mtc_kiosk.store.school.staff_context import StaffContext

_ROWS = "select id, pupil_id, at, by, code, detail, undoes from note where pupil_id = ? order by id"
_KEEP = "insert into note (pupil_id, at, by, code, detail, undoes) values (?, ?, ?, ?, ?, ?)"


class NoteChanged(ValueError):
    """The note was corrected or taken back meanwhile, or is not this pupil's. Nothing was changed."""


class NoteCode(StrEnum):
    """What a row of ``note`` does."""

    WRITTEN = "written"
    CORRECTED = "corrected"
    TAKEN_BACK = "taken_back"
    BROUGHT_BACK = "brought_back"


@dataclass(frozen=True)
class NoteRow:
    """One row. ``text`` is None in a row that takes a note back, and once it is erased."""

    id: int
    pupil_id: int
    at: str
    by: str
    code: NoteCode
    text: str | None = field(repr=False)
    undoes: int | None


def note_rows(db: Database, pupil_id: int) -> tuple[NoteRow, ...]:
    """Every row about a pupil, in order."""

    def row(row_id: int, pupil: int, at: str, by: str, code: str, text: str | None, undoes: int | None) -> NoteRow:
        return NoteRow(row_id, pupil, at, by, NoteCode(code), text, undoes)

    return tuple(read(db, "note", _ROWS, (pupil_id,), row))


def write_note(db: Database, context: StaffContext, pupil_id: int, text: str) -> int:
    """Write a note about a pupil; return the number of its row."""
    with change(db):
        return _keep(db, context, pupil_id, NoteCode.WRITTEN, text)


def follow_note(db: Database, context: StaffContext, pupil_id: int, last: int, code: NoteCode, text: str = "") -> int:
    """Correct, take back or bring back the note whose ``last`` row this is, as the page had it; return the new row.

    Brought back, it has the text from before. NoteChanged if it has another row by now, or is not this pupil's.
    """
    with change(db):
        rows = {row.id: row for row in note_rows(db, pupil_id)}
        followed = {row.undoes for row in rows.values()}
        before = rows.get(last)
        is_taken_back = before is not None and before.code is NoteCode.TAKEN_BACK
        if before is None or last in followed or is_taken_back != (code is NoteCode.BROUGHT_BACK):
            raise NoteChanged
        if code is NoteCode.BROUGHT_BACK:
            text = (rows[before.undoes].text if before.undoes is not None else None) or ""
        return _keep(db, context, pupil_id, code, text or None, last)


def _keep(
    db: Database, context: StaffContext, pupil_id: int, code: NoteCode, text: str | None, undoes: int | None = None
) -> int:
    stamp = context.stamp
    row_id = int(db.execute(_KEEP, (pupil_id, stamp.at, stamp.account, str(code), text, undoes)).lastrowid or 0)
    before = {"note": undoes} if undoes is not None else None
    audit(db, stamp, f"note.{code}", str(pupil_id), before=before, after={"note": row_id})
    return row_id
