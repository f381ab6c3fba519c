"""What of a sheet is not seen in Excel: hidden rows and columns, which staff must choose about, and merged cells.

A row that a filter hides is a hidden row. Rows above the headings, and columns that no register keeps, are passed over.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from openpyxl.utils import get_column_letter

from mtc_kiosk.class_list.limits import Hidden, HiddenInTheFile, NotAClassListFile
from mtc_kiosk.class_list.sheet_reader import Sheet, SheetRow
from mtc_kiosk.school.class_list import Row, headings_of
from mtc_kiosk.school.columns import known
from mtc_kiosk.school.names import tidy
from mtc_kiosk.school.next_step import Hint, NextStep, Step

_SHOWN = 12
"""How many rows or areas a sentence names before it only counts them."""


def settle_hidden(sheet: Sheet, hidden: Hidden | None, maps: Sequence[str]) -> tuple[Sheet, tuple[Hint, ...]]:
    """The sheet as it is to be read, and sentences about what was not seen in it.

    HiddenInTheFile where something is hidden and ``hidden`` is None; NotAClassListFile for merged cells.
    """
    headings = headings_of([Row(row.line, row.texts) for row in sheet.rows], ())
    used = [place for place, heading in enumerate(headings.cells) if _is_used(heading, maps)]
    _refuse_merged(sheet, headings.line, used)
    lines = [row.line for row in sheet.rows if row.hidden and row.line > headings.line]
    columns = [place for place in used if place in sheet.hidden_columns]
    odd = [line for line in sheet.odd_lines if line > headings.line]
    notes = []
    if odd:
        notes.append(Hint(f"{_rows(odd)}: a number has a format that is not known here, and was read without it."))
    struck = [line for line in sheet.struck_lines if line > headings.line]
    if struck:
        notes.append(Hint(f"{_rows(struck)}: struck through in Excel, and read like any other."))
    if not lines and not columns:
        return sheet, tuple(notes)
    named = _named(lines, [f"{get_column_letter(place + 1)} ({headings.cells[place]})" for place in columns])
    if hidden is None:
        them = "them" if len(lines) + len(columns) > 1 else "it"
        raise HiddenInTheFile(f"{named} hidden or filtered out in Excel.", NextStep(Step.SETTLE_HIDDEN, (them,)))
    if hidden is Hidden.TAKE:
        return sheet, (*notes, Hint(f"{named} hidden or filtered out in Excel, and read all the same."))
    left_out = Hint(f"{named} hidden or filtered out in Excel, and left out of this import.")
    return _without(sheet, lines), (*notes, left_out)


def _is_used(heading: str, maps: Sequence[str]) -> bool:
    """Whether a column may be one that the register keeps."""
    name = tidy(heading).casefold()
    return known([heading], ()) > 0 or bool(name and any(name in tidy(each).casefold() for each in maps))


def _without(sheet: Sheet, lines: Iterable[int]) -> Sheet:
    """The sheet without these rows, and with nothing in its hidden columns."""
    left_out = set(lines)
    rows = (_blanked(row, sheet.hidden_columns) for row in sheet.rows if row.line not in left_out)
    seen = tuple(row for row in rows if any(tidy(text) for text in row.texts))
    if not seen:
        raise NotAClassListFile("All rows of the sheet are hidden in Excel.")
    return replace(sheet, rows=seen)


def _blanked(row: SheetRow, columns: frozenset[int]) -> SheetRow:
    values = (None if place in columns else value for place, value in enumerate(row.values))
    texts = ("" if place in columns else text for place, text in enumerate(row.texts))
    return replace(row, values=tuple(values), texts=tuple(texts))


def _refuse_merged(sheet: Sheet, headings: int, used: Sequence[int]) -> None:
    """Only the first of merged cells holds what is seen in all of them: the pupils below it would be without."""
    pupils = [row.line for row in sheet.rows if row.line > headings]
    areas = [
        area.name
        for area in sheet.merged
        if any(area.first_line <= line <= area.last_line for line in pupils)
        and any(place in area.columns for place in used)
    ]
    if areas:
        raise NotAClassListFile(f"Cells are merged: {_listed(areas)}. In Excel unmerge them and fill in every row.")


def _named(lines: Sequence[int], columns: Sequence[str]) -> str:
    parts = [_rows(lines)] if lines else []
    parts += [f"{'Columns' if len(columns) > 1 else 'Column'} {_listed(columns)}"] if columns else []
    many = len(lines) + len(columns) > 1
    named = " and ".join(parts)
    return f"{named[0]}{named[1:].replace('Column', 'column')} {'are' if many else 'is'}"


def _rows(lines: Sequence[int]) -> str:
    return f"{'Rows' if len(lines) > 1 else 'Row'} {_listed([str(line) for line in lines])}"


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{', '.join(names[:_SHOWN])}{more}"
