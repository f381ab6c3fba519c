"""Reads heads' choices as rows of facts. ``store.choices`` makes them."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence

import sqlite_utils

from mtc_kiosk.school.facts import ChoiceRow, Pick
from mtc_kiosk.store.instants import instant

_CHOICES = (
    "select pupil_id, id, at, by, attempt_id, record, among, undoes from choice"
    " where ? is null or pupil_id in (select value from json_each(?)) order by id"
)


def choice_rows(db: sqlite_utils.Database, chosen: Sequence[str | None]) -> Mapping[int, list[ChoiceRow]]:
    """The choices of these pupils, of all where ``chosen`` is None, by pupil and in the order they were made."""
    found: dict[int, list[ChoiceRow]] = defaultdict(list)
    for pupil_id, row_id, at, by, attempt_id, record, among, undoes in db.execute(_CHOICES, chosen).fetchall():
        picks = tuple(Pick(**pick) for pick in json.loads(among))
        counts = None
        if attempt_id is not None:
            codes = [pick.code for pick in picks if (pick.attempt, pick.record) == (attempt_id, record)]
            counts = Pick(attempt_id, record, next(iter(codes), ""))
        undone = str(undoes) if undoes is not None else None
        found[pupil_id].append(ChoiceRow(str(row_id), instant(at), by, counts, picks, undone))
    return found
