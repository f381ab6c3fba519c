"""Who typed for pupils in attempts that were taken elsewhere: named there, or here afterwards; from the records.

A record that was altered in the database is ignored.
"""

import contextlib

from mtc_kiosk.record.content import Assistant
from mtc_kiosk.record.detail import AssistantDetail
from mtc_kiosk.record.sealed import NotARecord, Sealed
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.records.pupil_finder import PupilFinder
from mtc_kiosk.store.records.rows import Table, rows
from mtc_kiosk.store.school.assistants import ASKED, AssistantRow

_OF_THIS_HOME = "select id from attempt"


def received_assistants(db: Database, own_device: str) -> tuple[AssistantRow, ...]:
    """Who was named and not taken back, in the order of records; of those asked for in one attempt, the last.

    Pupils who are not on the register are left out; so is what this home recorded of its own attempts, which has rows.
    """
    own_attempts = {attempt_id for (attempt_id,) in db.execute(_OF_THIS_HOME).fetchall()}
    came = [
        (sealed, content)
        for sealed in _sealed(db)
        if isinstance(content := sealed.content, Assistant)
        and (content.device != own_device or content.attempt_id not in own_attempts)
    ]
    if not came:
        return ()
    finder = PupilFinder(db)
    undone = {content.undoes for _, content in came}
    found: dict[str, AssistantRow] = {}
    for sealed, content in sorted(came, key=lambda pair: (pair[1].at, pair[1].id)):
        pupil_id = finder.pupil_of(content, sealed.detail)
        if pupil_id is not None and content.undoes is None and content.id not in undone:
            key = content.attempt_id if content.code == ASKED else content.id
            found[key] = _assistant(sealed, content, pupil_id)
    return tuple(found.values())


def _sealed(db: Database) -> list[Sealed]:
    found = []
    for row in rows(db, Table.INBOX, "type = 'assistant' and state in ('taken', 'chosen')"):
        with contextlib.suppress(NotARecord):
            found.append(row.sealed())
    return found


def _assistant(sealed: Sealed, content: Assistant, pupil_id: int) -> AssistantRow:
    about = sealed.detail if isinstance(sealed.detail, AssistantDetail) else None
    return AssistantRow(
        row_id=0,
        attempt_id=content.attempt_id,
        pupil_id=pupil_id,
        at=content.at,
        by=(about.by if about is not None else None) or "",
        code=content.code,
        forename=about.forename if about is not None else None,
        surname=about.surname if about is not None else None,
        why=about.why if about is not None else None,
        record_id=content.id,
    )
