"""A class list: rows of text read into pupils, or every mistake in any of them at once.

It knows neither the file the rows came from nor the register they are meant for (``school.comparison``).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mtc_kiosk.school import birth
from mtc_kiosk.school.alphabet import folded
from mtc_kiosk.school.column_contents import refuse_passed_over, with_guesses
from mtc_kiosk.school.columns import HEADINGS_LOOKED_FOR, Columns, Layout, Mapped, NotColumns, known, recognise
from mtc_kiosk.school.details import NAMES, DetailFault, ReadDetails, ReadingRules, read_details
from mtc_kiosk.school.fault import Fault, RowFault
from mtc_kiosk.school.headings import TITLES, Field
from mtc_kiosk.school.misread import misread_texts
from mtc_kiosk.school.names import LONGEST_NAME, tidy
from mtc_kiosk.school.pupil import PupilDetails
from mtc_kiosk.school.pupil_ref import ref_key, ref_without_zeros
from mtc_kiosk.school.words import date_in_words

ROWS_LOOKED_AT_FOR_HEADINGS = 10
_OF_A_PUPIL = (Field.DATE_OF_BIRTH, Field.SEX)
"""A row without either is hardly a pupil: a total, a note, the name of a class."""


@dataclass(frozen=True)
class Row:
    """One row of a file that is not empty: its line, counted from 1, and its cells as text."""

    line: int
    cells: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything that can be seen."""
        return not any(tidy(cell) for cell in self.cells)


@dataclass(frozen=True)
class Remark:
    """A fault or a note, and the line it is about."""

    line: int
    fault: Fault


@dataclass(frozen=True)
class Listed:
    """A pupil as one line of the list has them."""

    line: int
    details: PupilDetails


@dataclass(frozen=True)
class ClassList:
    """What a file says: its pupils, what its columns tell of them, and what staff should look at."""

    columns: Columns
    pupils: tuple[Listed, ...]
    notes: tuple[Remark, ...]
    to_number: frozenset[int] = frozenset()
    """Lines of pupils whose ref is a stand-in: ``school.numbering`` gives them theirs."""


@dataclass(frozen=True)
class ReadRows:
    """What rows say: the pupils of those that are right, and every mistake of the others in the order of the lines."""

    class_list: ClassList
    faults: tuple[Remark, ...]
    headings: int
    """The line of the headings."""


class ClassListRefused(ValueError):
    """The list has mistakes: ``remarks``, in the order of the lines. ``headings`` is the line of the headings."""

    def __init__(self, remarks: Iterable[Remark], headings: int) -> None:
        self.remarks = tuple(sorted(remarks, key=lambda remark: remark.line))
        self.headings = headings
        super().__init__(" ".join(f"Line {remark.line}: {remark.fault.code}." for remark in self.remarks))


def headings_of(rows: Sequence[Row], mapped: Sequence[Mapped]) -> Row:
    """The row of headings: the first in which several are known, below a title perhaps; else the first row."""
    for row in rows[:ROWS_LOOKED_AT_FOR_HEADINGS]:
        if known(row.cells, mapped) >= HEADINGS_LOOKED_FOR:
            return row
    return rows[0]


def read_class_list(rows: Sequence[Row], mapped: Sequence[Mapped], rules: ReadingRules) -> ClassList:
    """The pupils that the rows say.

    Raises as ``read_rows``; ClassListRefused with every mistake of every row.
    """
    read = read_rows(rows, mapped, rules)
    if read.faults:
        raise ClassListRefused(read.faults, read.headings)
    return read.class_list


def read_rows(rows: Sequence[Row], mapped: Sequence[Mapped], rules: ReadingRules) -> ReadRows:
    """The pupils that the rows say, and every mistake of those that say none.

    Rows must not be empty, and there must be one at least. NotColumns where the headings are not understood.
    ``rules.national_form`` is decided by the headings.
    """
    headings = headings_of(rows, mapped)
    below = [row for row in rows if row.line > headings.line]
    columns = _columns(headings.cells, below, mapped, rules)
    is_national = rules.national_scheme and columns.layout is Layout.NATIONAL
    rules = replace(rules, national_form=is_national)
    if not below:
        nobody = Fault(RowFault.NO_PUPILS, "There is no pupil below the headings")
        return ReadRows(ClassList(columns, (), ()), (Remark(headings.line, nobody),), headings.line)
    read = [(row.line, _read(row, columns, rules)) for row in below]
    misread = [] if rules.letters_are_right else [*_misread(below, columns)]
    certain = {remark.line for remark, is_certain in misread if is_certain}
    remarks = [remark for remark, is_certain in misread if is_certain]
    # A character that no name has is what the wrong encoding left of a letter: it is said once.
    remarks += [Remark(line, f) for line, each in read for f in each.faults if line not in certain or not _is_letter(f)]
    remarks += [*_repeated(below, columns), *_zeros_lost(below, columns)]
    wrong = {remark.line for remark in remarks}
    right = [(line, each) for line, each in read if line not in wrong]
    pupils = tuple(Listed(line, each.details) for line, each in right if each.details is not None)
    notes = [Remark(line, note) for line, each in right for note in each.notes]
    notes += [remark for remark, _ in misread if remark.line not in wrong]
    notes += [*_either_dates([row for row in below if row.line not in wrong], columns, rules), *_namesakes(pupils)]
    in_order = tuple(sorted(remarks, key=lambda remark: remark.line))
    return ReadRows(ClassList(columns, pupils, tuple(notes)), in_order, headings.line)


def _columns(headings: Sequence[str], below: Sequence[Row], mapped: Sequence[Mapped], rules: ReadingRules) -> Columns:
    cells = [row.cells for row in below]
    try:
        columns = recognise(headings, mapped, national=rules.national_scheme)
    except NotColumns as problem:
        raise with_guesses(problem, headings, cells, rules.today) from problem
    refuse_passed_over(headings, columns, cells, rules.columns_made)
    return columns


def _misread(rows: Sequence[Row], columns: Columns) -> Iterable[tuple[Remark, bool]]:
    """Each name or group that was saved with the wrong encoding, and whether that is certain."""
    places = {field: columns.places[field] for field in (*NAMES, Field.GROUP) if field in columns.places}
    texts = [(row.line, field, row.cells[p]) for row in rows for field, p in places.items() if p < len(row.cells)]
    found = misread_texts(text for _, _, text in texts)
    for line, field, text in texts:
        if (each := found.get(text)) is not None:
            was, meant = text.strip()[:LONGEST_NAME], each.meant.strip()[:LONGEST_NAME]
            said = f"{TITLES[field]} '{was}' looks like '{meant}' saved with the wrong encoding"
            what = "export the list again and save it as CSV UTF-8" if each.certain else "check it on the register"
            yield Remark(line, Fault(RowFault.MISREAD, f"{said}: {what}", field)), each.certain


def _is_letter(fault: Fault) -> bool:
    return fault.code in (DetailFault.NAME_CHARACTER, DetailFault.UNSEEN_CHARACTER)


def _either_dates(rows: Sequence[Row], columns: Columns, rules: ReadingRules) -> Iterable[Remark]:
    """A note if every date would be one with the month first too, and one of them another."""
    written = [(row.line, tidy(row.cells[columns.places[Field.DATE_OF_BIRTH]])) for row in rows]
    others = [birth.other_way_round(text, rules.today) for _, text in written]
    if None in others:
        return
    for (line, text), other in zip(written, others, strict=True):
        born = birth.read_birth(text, rules.today, national=False)
        if isinstance(born, date) and other != born:
            said = (
                f"Every date of birth fits day/month/year and month/day/year: {text} was read as {date_in_words(born)}"
            )
            yield Remark(line, Fault(RowFault.EITHER_DATE, said, Field.DATE_OF_BIRTH))
            return


def _read(row: Row, columns: Columns, rules: ReadingRules) -> ReadDetails:
    cells = row.cells
    written, wanted = len(cells) - rules.columns_made, columns.width - rules.columns_made
    if any(tidy(cell) for cell in cells[columns.width :]):
        return _miscounted(f"The row has more cells than there are headings ({wanted})")
    used = [cells[place] for place in columns.places.values() if place < len(cells)]
    if _is_word(cells, columns) and known(used, ()) >= HEADINGS_LOOKED_FOR:
        return _not_a_pupil("The headings are here again: delete this row")
    if not any(tidy(cells[columns.places[f]]) for f in _OF_A_PUPIL if columns.places[f] < len(cells)):
        return _not_a_pupil(
            "Date of birth and Sex are missing: fill them in or, if this is not a pupil, delete the row"
        )
    if len(cells) <= columns.last_needed:
        return _miscounted(f"The row has {written} of the {wanted} cells it should have")
    return read_details({field: cells[p] for field, p in columns.places.items() if p < len(cells)}, rules)


def _miscounted(sentence: str) -> ReadDetails:
    # The cells behind a comma too few or too many are all in the wrong columns: no more is said of them.
    return ReadDetails(None, (Fault(RowFault.CELLS, sentence),))


def _is_word(cells: Sequence[str], columns: Columns) -> bool:
    """Whether there is a word where the date of birth should be: the headings of most rows need not be looked up."""
    place = columns.places[Field.DATE_OF_BIRTH]
    return place < len(cells) and cells[place].strip()[:1].isalpha()


def _not_a_pupil(sentence: str) -> ReadDetails:
    return ReadDetails(None, (Fault(RowFault.NOT_A_PUPIL, sentence),))


def _repeated(rows: Sequence[Row], columns: Columns) -> Iterable[Remark]:
    """A UPN or a ref that an earlier line has too, right or wrong: the later line is told, as in the national file."""
    for field, title, fault in (
        (Field.UPN, "UPN", RowFault.UPN_REPEATED),
        (Field.REF, "Pupil ref", RowFault.REF_REPEATED),
    ):
        place = columns.places.get(field)
        first: dict[str, int] = {}
        for row in rows:
            number = tidy(row.cells[place]) if place is not None and place < len(row.cells) else ""
            if number and first.setdefault(ref_key(number), row.line) != row.line:
                sentence = f"{title} repeated in this file: line {first[ref_key(number)]} has it too"
                yield Remark(row.line, Fault(fault, sentence, field))


def _zeros_lost(rows: Sequence[Row], columns: Columns) -> Iterable[Remark]:
    """A ref that is an earlier line's but for zeros at the front: Excel drops them, and it may be the same pupil."""
    place = columns.places.get(Field.REF)
    first: dict[str, tuple[int, str]] = {}
    for row in rows:
        ref = tidy(row.cells[place]) if place is not None and place < len(row.cells) else ""
        line, other = first.setdefault(ref_without_zeros(ref), (row.line, ref))
        if ref and ref_key(other) != ref_key(ref):
            sentence = (
                f"Pupil refs {ref} and {other} (line {line}) differ only in zeros at the front: write both in full"
            )
            yield Remark(row.line, Fault(RowFault.REF_ZEROS, sentence, Field.REF))


def _namesakes(pupils: Sequence[Listed]) -> Iterable[Remark]:
    first: dict[tuple[object, ...], int] = {}
    for listed in pupils:
        key = namesake_key(listed.details)
        if key in first:
            sentence = f"Line {first[key]} has the same names and date of birth"
            yield Remark(listed.line, Fault(RowFault.NAMESAKE, sentence))
        first.setdefault(key, listed.line)


def namesake_key(details: PupilDetails) -> tuple[object, ...]:
    """What two entries for one child would have in common under two numbers."""
    return folded(details.surname), folded(details.forename), details.date_of_birth
