"""Reads heads' choices as rows of facts. ``store.school.choices`` makes them."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence

from mtc_kiosk.school.history import ChoiceRow, Pick
from mtc_kiosk.store.db.instants import instant
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import read

_CHOICES = (
    "select id, pupil_id, at, by, attempt_id, record, among, undoes from choice"
    " where ? is null or pupil_id in (select value from json_each(?)) order by id"
)


def choice_rows(db: Database, chosen: Sequence[str | None]) -> Mapping[int, list[ChoiceRow]]:
    """The choices of these pupils, of all where ``chosen`` is None, by pupil and in the order they were made."""
    found: dict[int, list[ChoiceRow]] = defaultdict(list)
    for pupil_id, choice in read(db, "choice", _CHOICES, chosen, _choice):
        found[pupil_id].append(choice)
    return found


def _choice(
    row_id: int,
    pupil_id: int,
    at: str,
    by: str,
    attempt_id: str | None,
    record: str,
    among: str,
    undoes: int | None,
) -> tuple[int, ChoiceRow]:
    picks = tuple(Pick(**pick) for pick in json.loads(among))
    counts = None
    if attempt_id is not None:
        codes = [pick.code for pick in picks if (pick.attempt, pick.record) == (attempt_id, record)]
        counts = Pick(attempt_id, record, next(iter(codes), ""))
    undone = str(undoes) if undoes is not None else None
    return pupil_id, ChoiceRow(str(row_id), instant(at), by, counts, picks, undone)
