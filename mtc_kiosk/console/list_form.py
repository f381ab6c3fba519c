"""The form of a list's preview: cells that were typed, rows left out, and what staff say of the file.

Only what is on the page is changed: a page that shows some of the rows leaves what was said of the others.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from werkzeug.datastructures import MultiDict

from mtc_kiosk.office.class_list_file import ENCODING_NAMES, HIDDEN_CHOICES, Asked
from mtc_kiosk.school.headings import Field
from mtc_kiosk.school.list_corrections import Corrections

LEFT_OUT = "-"
"""What a column's choice says where it is to be left out."""

BY_HEADING = ""
"""What it says where the heading decides."""

MOST_CELLS = 5_000
"""How many typed cells of one list are kept."""

_CELL = re.compile(r"c-([0-9]{1,7})-([0-9]{1,3})")
_COLUMN = re.compile(r"col-([0-9]{1,3})")
_ROW_ON_PAGE = "line"
_LONGEST_TEXT = 500


def asked_by(before: Asked, form: MultiDict[str, str]) -> Asked:
    """What staff say of a list now: what they said before, and what this form says."""
    sheet = form.get("sheet", before.sheet or "") or None
    corrections = before.corrections if sheet == before.sheet else Corrections()
    return replace(
        before,
        encoding=_one_of(form, "encoding", ENCODING_NAMES, before.encoding),
        sheet=sheet,
        hidden=_one_of(form, "hidden", HIDDEN_CHOICES, before.hidden),
        number="number" in form if "number-on-page" in form else before.number,
        corrections=_corrections(corrections, form),
    )


def _one_of(form: Mapping[str, str], name: str, choices: tuple[str, ...], before: str | None) -> str | None:
    chosen = form.get(name)
    return chosen if chosen in choices else before


def _corrections(before: Corrections, form: MultiDict[str, str]) -> Corrections:
    typed = {
        (int(found[1]), int(found[2])): text[:_LONGEST_TEXT]
        for name, text in form.items()
        if (found := _CELL.fullmatch(name))
    }
    cells = dict(before.cells) | typed if len(before.cells) + len(typed) <= MOST_CELLS else before.cells
    on_page = frozenset(map(int, filter(_is_line, form.getlist(_ROW_ON_PAGE))))
    left_out = frozenset(map(int, filter(_is_line, form.getlist("out"))))
    columns = dict(before.columns)
    for name, chosen in form.items():
        if found := _COLUMN.fullmatch(name):
            _choose(columns, int(found[1]), chosen)
    return Corrections(cells, (before.left_out - on_page) | (left_out & on_page), columns, _headings_at(before, form))


def _headings_at(before: Corrections, form: Mapping[str, str]) -> int | None:
    at = form.get("headings_at")
    if at == BY_HEADING:
        return None
    return int(at) if at is not None and _is_line(at) else before.headings_at


def _choose(columns: dict[int, Field | None], place: int, chosen: str) -> None:
    if chosen == LEFT_OUT:
        columns[place] = None
    elif chosen in set(Field):
        columns[place] = Field(chosen)
    elif chosen == BY_HEADING:
        columns.pop(place, None)


def _is_line(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 7
