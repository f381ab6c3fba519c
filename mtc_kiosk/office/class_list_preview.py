"""Look through a class list before anything is saved, and save what was looked at (``office.class_list``).

It reads the list as the import does, and compares it with the register; nothing is changed. Bad content is part of the
answer, never an exception.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mtc_kiosk.class_list.file_kinds import ZIP
from mtc_kiosk.class_list.limits import NotAClassListFile
from mtc_kiosk.class_list.read import readings
from mtc_kiosk.office.class_list import ListImported, import_bytes
from mtc_kiosk.office.class_list_file import Asked, FilesRead, Given, ToRead, read_given, to_read
from mtc_kiosk.office.list_preview import Cell, Changed, Outcome, Preview, PreviewColumn, PreviewRow
from mtc_kiosk.office.list_scope import refuse_rows_out_of_scope, rows_out_of_scope
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.office.refusals import problems_of
from mtc_kiosk.school.birth import british
from mtc_kiosk.school.class_list import Listed, ReadRows, Remark, Row, namesake_key, read_rows
from mtc_kiosk.school.columns import TITLES, NotColumns
from mtc_kiosk.school.comparison import Change, Verdict, verdicts
from mtc_kiosk.school.fault import Fault, RowFault
from mtc_kiosk.school.headings import FIELD_OF, Field, known_key
from mtc_kiosk.school.list_corrections import corrected
from mtc_kiosk.school.names import tidy
from mtc_kiosk.school.next_step import Hint, Step
from mtc_kiosk.school.obstacle import Refused
from mtc_kiosk.store.school.register import everybody, refuse_when_closed
from mtc_kiosk.store.school.register_import import numbered_list

EXAMPLES = 3
"""How many cells of a column are shown where its heading is not understood."""

_OPEN_FAULTS = (RowFault.CELLS, RowFault.NOT_A_PUPIL, RowFault.TWO_PUPILS)
"""Faults of a whole row: any of its cells may be the wrong one."""


class NotWhatWasSeen(OfficeRefused):
    """The list or the register is not as it was when somebody looked at the preview. Nothing was saved."""


@dataclass(frozen=True)
class _Judged:
    """What a row means, apart from its own mistakes."""

    verdict: Verdict | None
    notes: tuple[Fault, ...]


def preview(
    home: OpenHome,
    content: bytes,
    name: str,
    asked: Asked,
    opened: frozenset[int] = frozenset(),
    files_read: FilesRead | None = None,
) -> Preview:
    """The list as it would be saved; staff want to type every cell of the lines in ``opened``.

    ``files_read`` is kept beside the content, so that it is read once.
    """
    kind = "xlsx" if content.startswith(ZIP) else "csv"
    try:
        given = read_given(content, name, asked, files_read)
    except NotAClassListFile as refused:
        why = Hint(str(refused), refused.next_step)
        sheets = refused.next_step.about if refused.next_step and refused.next_step.step is Step.CHOOSE_SHEET else ()
        return Preview(kind, why, refused.code, readings=readings(content), sheets=sheets)
    shown = Preview(
        kind,
        obstacles=_obstacles(home),
        read_as=given.file.read_as,
        readings=readings(content),
        sheet=given.file.sheet,
        sheets=given.file.sheets,
        hints=given.file.notes,
        headings_at=given.headings.line,
    )
    try:
        reading = to_read(home, given)
    except OfficeRefused as refused:
        return replace(shown, obstacles=(*shown.obstacles, *refused.problems))
    try:
        read = read_rows(reading.rows, reading.mapped, reading.rules)
    except NotColumns as problem:
        return replace(
            shown,
            heading_faults=problem.faults,
            advice=problem.advice,
            columns=_columns(given, _supposed(given, problem)),
        )
    made = reading.rules.columns_made
    places = {field: place - made for field, place in read.class_list.columns.places.items()}
    judged = _judged(home, read, reading)
    wrong = _by_line((*read.faults, *rows_out_of_scope(home, read.class_list)))
    rows = [
        _row(row, places, asked, wrong.get(row.line, ()), judged.get(row.line), row.line in opened)
        for row in given.rows
        if row.line > read.headings
    ]
    rows = [replace(row, numbered=row.line in reading.to_number) for row in rows]
    return replace(
        shown,
        columns=_columns(given, {place: field for field, place in places.items()}),
        rows=tuple(rows),
        no_pupils=not rows,
    )


def save_seen(home: OpenHome, content: bytes, name: str, asked: Asked, seen: str) -> ListImported:
    """Save the list that somebody looked at, all of it or nothing; ``seen`` is that preview's.

    NotWhatWasSeen where the list or the register is not as it was then; raises as ``import_bytes``.
    """
    now = preview(home, content, name, asked)
    if now.seen != seen:
        said = (
            "The list or the register has changed since this page was shown. Nothing was saved. Look at it once more."
        )
        raise NotWhatWasSeen(Problem(said, "not_what_was_seen"))
    refuse_rows_out_of_scope([fault for row in now.wrong for fault in row.faults])
    return import_bytes(home, content, name, replace(asked, update=True))


def _obstacles(home: OpenHome) -> tuple[Problem, ...]:
    """Why no list may be taken now."""
    try:
        refuse_when_closed(home.db, home.stamp, home.timetable, many=True)
    except Refused as refused:
        return problems_of(refused)
    return ()


def _judged(home: OpenHome, read: ReadRows, reading: ToRead) -> Mapping[int, _Judged]:
    """What each right row means, by its line."""
    class_list = replace(read.class_list, to_number=reading.to_number)
    register = everybody(home.db)
    numbered = numbered_list(home.db, class_list, register)
    notes: dict[int, list[Fault]] = defaultdict(list)
    for note in (*class_list.notes, *_same_names(class_list.pupils)):
        notes[note.line].append(note.fault)
    refused = {remark.line: remark for remark in numbered.faults}
    judged: dict[int, _Judged] = {}
    for one, verdict, doubts in verdicts(numbered.pupils, class_list.columns.places, register):
        also = tuple(doubt.fault for doubt in doubts)
        judged[one.line] = _Judged(refused.get(one.line, verdict), (*notes.get(one.line, ()), *also))
    return judged


def _same_names(listed: Sequence[Listed]) -> Iterator[Remark]:
    """A note for each pupil who shares both names with another of the list, born on another day."""
    lines: dict[tuple[object, ...], list[Listed]] = defaultdict(list)
    for one in listed:
        lines[namesake_key(one.details)[:2]].append(one)
    for one in listed:
        born = one.details.date_of_birth
        same = lines[namesake_key(one.details)[:2]]
        other = next((each for each in same if each.details.date_of_birth != born), None)
        if other is not None:
            said = f"Row {other.line} has the same names: lists tell the two apart by their birthdays"
            yield Remark(one.line, Fault(RowFault.NAMESAKE, said))


def _by_line(remarks: Sequence[Remark]) -> Mapping[int, tuple[Fault, ...]]:
    found: dict[int, list[Fault]] = defaultdict(list)
    for remark in remarks:
        found[remark.line].append(remark.fault)
    return {line: tuple(faults) for line, faults in found.items()}


def _row(
    row: Row,
    places: Mapping[Field, int],
    asked: Asked,
    wrong: Sequence[Fault],
    judged: _Judged | None,
    opened: bool,
) -> PreviewRow:
    verdict = judged.verdict if judged is not None else None
    faults = (*wrong, *([verdict.fault] if isinstance(verdict, Remark) else []))
    outcome = Outcome.WRONG if faults else _outcome(verdict)
    at_cells: dict[Field, list[Fault]] = defaultdict(list)
    of_the_row = []
    for fault in faults:
        if fault.column is not None and places.get(fault.column, -1) >= 0:
            at_cells[fault.column].append(fault)
        else:
            of_the_row.append(fault)
    cells = [_cell(row, field, places[field], at_cells.get(field, ()), asked) for field in TITLES if field in places]
    is_open = opened or any(fault.code in _OPEN_FAULTS for fault in faults)
    if is_open:
        last = max(places.values())
        cells += [
            _cell(row, None, place, (), asked) for place in range(last + 1, len(row.cells)) if tidy(row.cells[place])
        ]
    return PreviewRow(
        row.line,
        tuple(cells),
        outcome,
        tuple(of_the_row),
        judged.notes if judged is not None and not faults else (),
        _changes(verdict) if isinstance(verdict, Change) and not faults else (),
        open=is_open,
    )


def _cell(row: Row, field: Field | None, place: int, faults: Sequence[Fault], asked: Asked) -> Cell:
    if place < 0:
        return Cell(None, field, "")
    text = row.cells[place] if place < len(row.cells) else ""
    return Cell(place, field, text, tuple(faults), (row.line, place) in asked.corrections.cells)


def _outcome(verdict: Verdict | None) -> Outcome:
    if not isinstance(verdict, Change):
        return Outcome.NEW
    if verdict.returns:
        return Outcome.RETURNS
    return Outcome.CHANGED if verdict.values else Outcome.SAME


def _changes(change: Change) -> tuple[Changed, ...]:
    return tuple(
        Changed(Field(name), _written(getattr(change.pupil, name)), _written(value))
        for name, value in change.values.items()
    )


def _written(value: object) -> str:
    return british(value) if isinstance(value, date) else str(value or "")


def _columns(given: Given, holds: Mapping[int, Field]) -> tuple[PreviewColumn, ...]:
    as_written = corrected(given.file.rows, replace(given.asked.corrections, columns={}))
    headings = next((row for row in as_written if row.line == given.headings.line), as_written[0])
    below = [row for row in as_written if row.line > headings.line]
    width = max(len(row.cells) for row in as_written)
    return tuple(
        PreviewColumn(
            place,
            tidy(headings.cells[place]) if place < len(headings.cells) else "",
            holds.get(place),
            tuple(tidy(row.cells[place]) for row in below[:EXAMPLES] if place < len(row.cells)),
        )
        for place in range(width)
    )


def _supposed(given: Given, problem: NotColumns) -> Mapping[int, Field]:
    """What columns hold by their headings, and by what is in them; what staff said of one comes before both."""
    fields = {title: field for field, title in TITLES.items()}
    headings = [tidy(cell) for cell in given.headings.cells]
    found: dict[int, Field] = {}
    for place, heading in enumerate(headings):
        field = FIELD_OF.get(known_key(heading))
        if field is not None and field not in found.values():
            found[place] = field
    for hint in problem.advice:
        step = hint.next_step
        if step is not None and step.step in (Step.TRY_COLUMNS, Step.USE_COLUMN):
            for title, heading in zip(step.about[::2], step.about[1::2], strict=True):
                found[headings.index(heading)] = fields[title]
    said = given.asked.corrections.columns
    return {**{p: f for p, f in found.items() if p not in said}, **{p: f for p, f in said.items() if f is not None}}
