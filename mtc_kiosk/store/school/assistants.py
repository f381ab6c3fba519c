"""Who typed for pupils in the attempts of this home: named at the kiosk before a check, or by staff after one.

``assistant_naming`` names and takes back; ``received_assistants`` has those of attempts that were taken elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from mtc_kiosk.store.db.opened import Database

ASKED, LATER = "asked", "later"
"""The codes: asked for by the kiosk before the check, added by staff after it."""

_NAMED = (
    "select s.id, s.attempt_id, a.pupil_id, s.at, s.by, s.code, s.forename, s.surname, s.why from assistant s"
    " join attempt a on a.id = s.attempt_id where a.pupil_id is not null and s.undoes is null"
    " and not exists (select 1 from assistant later where later.undoes = s.id) order by s.id"
)


@dataclass(frozen=True)
class AssistantRow:
    """Who typed for a pupil in an attempt. Names and reason are None once erased; ``why`` also with the code ASKED.

    ``row_id`` is 0, and ``record_id`` is its record, if the attempt was taken elsewhere.
    """

    row_id: int
    attempt_id: str
    pupil_id: int
    at: str
    by: str
    code: str
    forename: str | None = field(repr=False)
    surname: str | None = field(repr=False)
    why: str | None = field(repr=False)
    record_id: str = ""


def assistants(db: Database) -> tuple[AssistantRow, ...]:
    """The assistants named and not taken back, in order; of several asked for in one attempt, the last."""
    found = list(named(db))
    last = {one.attempt_id: one.row_id for one in found if one.code == ASKED}
    return tuple(one for one in found if one.code != ASKED or last[one.attempt_id] == one.row_id)


def named(db: Database) -> Iterator[AssistantRow]:
    """Every assistant of an attempt here who was not taken back, in order."""
    for row in db.execute(_NAMED).fetchall():
        yield AssistantRow(*row)
