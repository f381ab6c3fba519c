"""Import a class list: all of it or nothing. For a list with errors, make a copy that shows them.

``school.class_list`` decides what a list may say, ``class_list`` what a file may be.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from mtc_kiosk.class_list.error_file import write_beside
from mtc_kiosk.class_list.limits import NotAClassListFile
from mtc_kiosk.office.arrangement_carry import carry_numbers
from mtc_kiosk.office.class_list_file import (
    ENCODING_NAMES,
    HIDDEN_CHOICES,
    Asked,
    Given,
    NotAColumn,
    content_of,
    read_given,
    to_read,
)
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.own_desk import refuse_at_a_kiosk
from mtc_kiosk.office.problem import OfficeRefused, Problem, first_of
from mtc_kiosk.plain_file import why
from mtc_kiosk.school.class_list import ClassList, ClassListRefused, Remark, Row, headings_of, read_class_list
from mtc_kiosk.school.columns import Field, NotColumns
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.upn import UpnFault
from mtc_kiosk.store.school.register_import import ListRefused, import_list

__all__ = ["ENCODING_NAMES", "HIDDEN_CHOICES", "Asked", "NotAColumn", "content_of"]

ERRORS_SHOWN = 100
"""How many errors of a list the refusal names; the file of errors has all."""

AS_IT_IS = Asked()
"""Staff say nothing of a list."""

LINES_SHOWN = 12
"""How many lines a note names before it only counts them."""


def _say_nothing(_sentences: Sequence[str]) -> None:
    """For a caller that shows what there is to look at afterwards."""


@dataclass(frozen=True)
class ListImported:
    """What an import did. ``headings`` are those of the columns that were used, ``unused`` the others.

    ``notes`` are about lines, ``file_notes`` are sentences about the file; ``warnings`` are lines of the arrangements
    to look at.
    """

    name: str
    added: tuple[Pupil, ...]
    changed: tuple[Pupil, ...]
    unchanged: tuple[Pupil, ...]
    headings: Mapping[Field, str]
    unused: tuple[str, ...]
    notes: tuple[Remark, ...]
    file_notes: tuple[str, ...]
    warnings: tuple[Problem, ...]
    numbered: tuple[Pupil, ...] = ()
    """Those added who were given a ref."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """What staff should look at: sentences about the file, then each note once, with its lines."""
        return _sentences(self.file_notes, self.notes)


class ListHasErrors(OfficeRefused):
    """Lines of the list are wrong, or contradict the register. Nothing was imported.

    ``lines`` are the wrong ones in order, ``total`` is the number of errors; ``content`` is the same list with its
    errors in a last column, a file whose name ends with ``ending``.
    """

    def __init__(self, given: Given, remarks: Sequence[Remark]) -> None:
        problems = [
            Problem(f"{given.words(remark.fault)}.", str(remark.fault.code), given.name, remark.line)
            for remark in remarks
        ]
        super().__init__(*first_of(problems, ERRORS_SHOWN, "errors"))
        errors: dict[int, dict[str, None]] = defaultdict(dict)
        for remark in remarks:
            errors[remark.line][given.words(remark.fault)] = None
        self.lines = tuple(sorted(errors))
        self.total = len(remarks)
        self.lacks_numbers = any(remark.fault.code is UpnFault.MISSING for remark in remarks)
        self.ending = given.file.ending
        said = {line: ", ".join(sentences) for line, sentences in errors.items()}
        self.content = given.file.with_errors(given.headings.line, said)


def import_file(
    home: OpenHome, path: Path, asked: Asked = AS_IT_IS, before_saving: Callable[[Sequence[str]], None] = _say_nothing
) -> ListImported:
    """Take the class list in a file onto the register; raises as ``import_bytes``, and where it cannot be read."""
    return import_bytes(home, content_of(path), str(path), asked, before_saving)


def import_bytes(
    home: OpenHome,
    content: bytes,
    name: str,
    asked: Asked = AS_IT_IS,
    before_saving: Callable[[Sequence[str]], None] = _say_nothing,
) -> ListImported:
    """Take a class list onto the register: all of it or nothing. ``name`` is what problems call the file.

    ``before_saving`` is given what staff should know of how the list was read, before anything is saved or refused.

    ListHasErrors for wrong lines, NotAColumn for a wrong ``asked.maps``, OfficeRefused for a file that is no class list
    or has other headings, Refused while lists are not taken.
    """
    refuse_at_a_kiosk(home.home)
    given, rows, class_list = class_list_in(home, content, name, asked, before_saving)
    try:
        imported = import_list(
            home.db,
            home.stamp,
            home.timetable,
            class_list,
            update=asked.update,
            before_saving=lambda notes: before_saving(_sentences(given.notes, notes)),
        )
    except ListRefused as refused:
        before_saving(given.notes)
        raise ListHasErrors(given, refused.remarks) from refused
    cells = headings_of(rows, given.mapped).cells
    return ListImported(
        name=name,
        added=imported.added,
        changed=imported.changed,
        unchanged=imported.unchanged,
        headings={field: cells[place].strip() for field, place in class_list.columns.places.items()},
        unused=class_list.columns.unused,
        notes=(*class_list.notes, *imported.notes),
        file_notes=given.notes,
        warnings=carry_numbers(home),
        numbered=imported.numbered,
    )


def class_list_in(
    home: OpenHome, content: bytes, name: str, asked: Asked, before_saving: Callable[[Sequence[str]], None]
) -> tuple[Given, Sequence[Row], ClassList]:
    """The file, its rows (with places for refs where pupils are to be numbered), and the list that they are.

    Raises as ``import_bytes``.
    """
    try:
        given = read_given(content, name, asked)
    except NotAClassListFile as refused:
        said = asked.words(str(refused), refused.next_step)
        raise OfficeRefused(Problem(f"{said} Nothing was imported.", refused.code, name)) from refused
    reading = to_read(home, given)
    try:
        class_list = read_class_list(reading.rows, reading.mapped, reading.rules)
    except NotColumns as problem:
        before_saving(given.notes)
        raise OfficeRefused(*_heading_problems(given, problem)) from problem
    except ClassListRefused as refused:
        before_saving(given.notes)
        raise ListHasErrors(given, refused.remarks) from refused
    return given, reading.rows, replace(class_list, to_number=reading.to_number)


def write_errors(home: OpenHome, path: Path, refused: ListHasErrors) -> Path:
    """Write the list with its errors beside the file at ``path``, else into the home's exports; where it is.

    OfficeRefused if neither folder takes it.
    """
    try:
        return write_beside(path, refused.ending, refused.content, home.home.exports)
    except OSError as problem:
        said = f"The file of errors cannot be written: {why(problem)}."
        raise OfficeRefused(Problem(said, "unwritable")) from problem


def _heading_problems(given: Given, problem: NotColumns) -> list[Problem]:
    *first, last = (f"{given.words(fault)}." for fault in problem.faults)
    advice = " ".join(f"{given.words(hint)}." for hint in problem.advice)
    sentences = [*first, f"{last} {advice} Nothing was imported."]
    line = given.headings.line
    return [
        Problem(said, str(fault.code), given.name, line) for said, fault in zip(sentences, problem.faults, strict=True)
    ]


def _sentences(file_notes: Sequence[str], notes: Sequence[Remark]) -> tuple[str, ...]:
    """Sentences about a file, then each note about its lines once, with the lines."""
    lines: dict[str, list[int]] = defaultdict(list)
    for note in notes:
        lines[note.fault.sentence].append(note.line)
    return (*file_notes, *(f"{_lines(several)}: {sentence}." for sentence, several in lines.items()))


def _lines(several: Sequence[int]) -> str:
    """The lines that a note is about: ``line 3``, ``lines 3, 4``."""
    named = ", ".join(map(str, several[:LINES_SHOWN]))
    more = f" and {len(several) - LINES_SHOWN} more" if len(several) > LINES_SHOWN else ""
    return f"{'lines' if len(several) > 1 else 'line'} {named}{more}"
