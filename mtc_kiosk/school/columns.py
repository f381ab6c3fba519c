"""The columns of a class list, recognised by their headings.

The rows below are not read. The six national columns must have their own order and spelling; headings that SIMS, Arbor
and Bromcom use are recognised in any order.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from mtc_kiosk.school.fault import Fault
from mtc_kiosk.school.names import tidy


class Field(StrEnum):
    """What a column may hold, named as the columns of ``pupil``."""

    SURNAME = "surname"
    FORENAME = "forename"
    MIDDLE_NAMES = "middle_names"
    DATE_OF_BIRTH = "date_of_birth"
    SEX = "sex"
    UPN = "upn"
    REF = "ref"
    GROUP = "group_name"
    ALIAS_FORENAME = "alias_forename"
    ALIAS_SURNAME = "alias_surname"


TITLES = {
    Field.SURNAME: "Surname",
    Field.FORENAME: "Forename",
    Field.MIDDLE_NAMES: "Middle name(s)",
    Field.DATE_OF_BIRTH: "Date of birth",
    Field.SEX: "Sex",
    Field.UPN: "UPN",
    Field.REF: "Pupil ref",
    Field.GROUP: "Group",
    Field.ALIAS_FORENAME: "First name also known as",
    Field.ALIAS_SURNAME: "Last name also known as",
}
"""The heading of each column as this program writes it; the first six are the national ones, in their order."""

NATIONAL = tuple(TITLES)[:6]
ERRORS = "Errors"
"""The column that a file with errors has beyond those it was given with; it is passed over when it comes back."""

SYSTEMS: Mapping[Field, tuple[str, ...]] = {
    Field.SURNAME: (
        *("Legal Surname", "Legal Last Name", "Legal Family Name", "Surname", "Last Name", "Family Name"),
        *("Pupil Surname", "Student Surname", "Preferred Surname", "Preferred Last Name"),
    ),
    Field.FORENAME: (
        *("Legal Forename", "Legal First Name", "Legal Given Name", "Forename", "First Name", "Given Name"),
        *("Pupil Forename", "Student Forename", "Preferred Forename", "Preferred First Name", "Chosen Name"),
    ),
    Field.MIDDLE_NAMES: (
        *("Legal Middle Names", "Legal Middle Name", "Middle Names", "Middle Name", "Middle Name(s)"),
    ),
    Field.DATE_OF_BIRTH: ("Date of Birth", "DOB", "Birth Date"),
    Field.SEX: ("Legal Sex", "Sex", "Legal Gender", "Gender"),
    Field.UPN: ("UPN", "Unique Pupil Number", "UPN Number"),
    Field.REF: (
        *("Pupil ref", "Admission Number", "Admission No", "Adm No", "Adno", "Student ID", "Pupil ID"),
        *("Arbor Student ID", "Arbor ID", "Person ID", "MIS ID"),
    ),
    Field.GROUP: (
        *("Group", "Registration Group", "Reg Group", "Registration Form", "Reg Form", "Registration", "Reg"),
        *("Tutor Group", "Form Group", "Form", "Class", "Class Name"),
    ),
    Field.ALIAS_FORENAME: (
        *("First name also known as", "Preferred Forename", "Preferred First Name", "Chosen Name", "Known As"),
    ),
    Field.ALIAS_SURNAME: ("Last name also known as", "Preferred Surname", "Preferred Last Name"),
}
"""Headings by what they hold, the one to be preferred first: a legal name before one the pupil goes by."""

PASSED_OVER = ("Year", "Year Group", "NC Year", "National Curriculum Year", "House", "Enrolment Status")
"""Headings that hold nothing the register keeps, but show that one of those systems wrote the file."""

REQUIRED = (Field.SURNAME, Field.FORENAME, Field.DATE_OF_BIRTH, Field.SEX)
HEADINGS_LOOKED_FOR = 3
"""A row in which so many headings are known is the row of headings: reports put a title above it."""


class Layout(StrEnum):
    """How the columns were recognised, which decides how strictly the rows are read."""

    NATIONAL = "national"
    BY_NAME = "by_name"


class ColumnFault(StrEnum):
    """What can be wrong with the headings."""

    MISSING = "column_missing"
    TWICE = "column_twice"
    UNKNOWN = "column_unknown"
    SPELLING = "column_spelling"
    ORDER = "column_order"
    NOT_MAPPED = "column_not_mapped"


class NotColumns(ValueError):
    """The headings are those of no class list; ``faults`` say each thing wrong with them, ``advice`` what to do."""

    def __init__(self, faults: Iterable[Fault], advice: str) -> None:
        self.faults = tuple(faults)
        self.advice = advice
        super().__init__(" ".join(f"{sentence}." for sentence in (*(fault.sentence for fault in self.faults), advice)))


@dataclass(frozen=True)
class Columns:
    """Which column, counted from 0, holds what; ``width`` is the number of headings, ``unused`` those not needed."""

    layout: Layout
    places: Mapping[Field, int]
    width: int
    unused: tuple[str, ...]

    @property
    def last_needed(self) -> int:
        """The last of the columns that no row may do without."""
        numbers = [self.places[field] for field in (Field.UPN, Field.REF) if field in self.places]
        return max(*(self.places[field] for field in REQUIRED), min(numbers))


@dataclass(frozen=True)
class Mapped:
    """A column that a teacher has named: what it holds, and its heading."""

    field: Field
    heading: str


def recognise(headings: Sequence[str], mapped: Sequence[Mapped], *, national: bool) -> Columns:
    """Recognise the columns; NotColumns if the headings are not understood.

    ``national`` is the school's scheme: there a UPN column is needed, and only the national columns are allowed. If a
    heading is one that only other systems use, or a column was mapped, all columns are recognised by name, in any
    order.
    """
    tidied = [tidy(heading) for heading in headings]
    while tidied and not tidied[-1]:
        tidied.pop()
    if mapped or any(_key(heading) in _SYSTEMS_ALONE for heading in tidied):
        return _by_name(tidied, mapped, national=national)
    return _national(tidied, national=national)


def known(headings: Iterable[str], mapped: Sequence[Mapped]) -> int:
    """How many of the headings are known, or were mapped: a row of headings has HEADINGS_LOOKED_FOR or more."""
    keys = {_key(heading) for heading in headings if tidy(heading)}
    named = {_key(each.heading) for each in mapped}
    return sum(1 for key in keys if key in _FIELD_OF or key in named)


def number_places(headings: Sequence[str], mapped: Sequence[Mapped]) -> dict[Field, int]:
    """Which columns hold a UPN and a ref, as ``recognise`` takes them; columns that are not there are left out."""
    keys = [_key(heading) for heading in headings]
    places: dict[Field, int] = {}
    for field in (Field.UPN, Field.REF):
        names = [each.heading for each in mapped if each.field is field] or SYSTEMS[field]
        key = next((_key(name) for name in names if _key(name) in keys), None)
        if key is not None:
            places[field] = keys.index(key)
    return places


def read_map(written: str, headings: Sequence[str]) -> Mapped | None:
    """Read ``--map``: a column's name and its heading in the file, either way round; None if it is neither.

    If both sides could be either, the first is the column and the second the heading.
    """
    left, found, right = written.partition("=")
    if not found or not left.strip() or not right.strip():
        return None
    keys = {_key(heading) for heading in headings}
    ways = [
        Mapped(_FIELD_OF[_key(name)], heading.strip())
        for name, heading in ((left, right), (right, left))
        if _key(name) in _FIELD_OF
    ]
    there = [way for way in ways if _key(way.heading) in keys]
    return next(iter(there or ways), None)


def _by_name(headings: Sequence[str], mapped: Sequence[Mapped], *, national: bool) -> Columns:
    keys = [_key(heading) for heading in headings]
    faults: list[Fault] = []
    places: dict[Field, int] = {}
    for each in mapped:
        if each.field in places:
            faults.append(Fault(ColumnFault.TWICE, f"{TITLES[each.field]} is mapped more than once"))
        elif _key(each.heading) in keys:
            places[each.field] = keys.index(_key(each.heading))
        else:
            near = get_close_matches(each.heading, headings, n=1)
            hint = f" (did you mean {near[0]}?)" if near else ""
            faults.append(Fault(ColumnFault.NOT_MAPPED, f"No column has the heading {each.heading}{hint}"))
    for field in (field for field in SYSTEMS if field not in places):
        free = [key for place, key in enumerate(keys) if place not in places.values()]
        key = next((_key(name) for name in SYSTEMS[field] if _key(name) in free), None)
        if key is not None:
            places[field] = next(p for p, k in enumerate(keys) if k == key and p not in places.values())
    if national:
        places.pop(Field.REF, None)
    used = set(places.values())
    twice = {headings[place]: None for place in sorted(used) if keys.count(keys[place]) > 1}
    faults.extend(Fault(ColumnFault.TWICE, f"The heading {heading} is there more than once") for heading in twice)
    faults.extend(_missing(places, (*REQUIRED, Field.UPN), national=national))
    if faults:
        raise NotColumns(faults, _advice(headings))
    unused = tuple(h for place, h in enumerate(headings) if place not in used and h and h != ERRORS)
    return Columns(Layout.BY_NAME, places, len(headings), unused)


def _national(headings: Sequence[str], *, national: bool) -> Columns:
    """The national columns in their order; under a school's own scheme our other columns may be among them."""
    titles = {TITLES[field]: field for field in (NATIONAL if national else TITLES)}
    in_order = ", ".join(TITLES[field] for field in NATIONAL)
    if not {_key(title) for title in titles} & set(map(_key, headings)):
        nothing = Fault(ColumnFault.MISSING, f"No row has the headings of a class list: {in_order}")
        raise NotColumns((nothing,), _advice(()))
    places, faults = _placed(headings, titles)
    faults.extend(_missing(places, NATIONAL, national=national))
    order = [places[field] for field in NATIONAL if field in places]
    if order != sorted(order):
        faults.append(Fault(ColumnFault.ORDER, f"The national columns must stand in their order: {in_order}"))
    if faults:
        raise NotColumns(faults, _advice(headings))
    return Columns(Layout.NATIONAL, places, len(headings), ())


def _placed(headings: Sequence[str], titles: Mapping[str, Field]) -> tuple[dict[Field, int], list[Fault]]:
    """The place of each title spelt exactly, and what is wrong with every other heading."""
    by_key = {_key(title): title for title in titles}
    places: dict[Field, int] = {}
    faults: list[Fault] = []
    for place, heading in enumerate(headings):
        title = by_key.get(_key(heading))
        if heading in ("", ERRORS):
            continue
        if title is None:
            faults.append(Fault(ColumnFault.UNKNOWN, f"The heading {_short(heading)} is none of a class list"))
        elif titles[title] in places:
            faults.append(Fault(ColumnFault.TWICE, f"The heading {title} is there more than once"))
        else:
            places[titles[title]] = place
            if heading != title:
                faults.append(Fault(ColumnFault.SPELLING, f"The heading {heading} must be written {title}"))
    return places, faults


def _missing(places: Mapping[Field, int], needed: Sequence[Field], *, national: bool) -> list[Fault]:
    missing = [field for field in needed if field not in places]
    if not national and Field.REF in places:
        missing = [field for field in missing if field is not Field.UPN]
    titles = {field: TITLES[field] for field in missing}
    if not national and Field.UPN in titles:
        titles[Field.UPN] = f"{TITLES[Field.UPN]} or {TITLES[Field.REF]}"
    faults = [Fault(ColumnFault.MISSING, f"There is no column {title}") for title in titles.values()]
    if not national and Field.UPN in titles:
        sentence = f"{faults[-1].sentence}: add one or have the pupils numbered with --number"
        faults[-1] = Fault(ColumnFault.MISSING, sentence)
    return faults


def _advice(headings: Sequence[str]) -> str:
    """How to name a column by hand: with the heading that may well be the surname's."""
    surnames = [heading for heading in headings if _FIELD_OF.get(_key(heading)) is Field.SURNAME]
    example = next(iter((*surnames, *filter(None, headings))), "Last name")
    return (
        f"Change the headings or say which column is which with --map COLUMN=HEADING such as"
        f' --map "{TITLES[Field.SURNAME]}={_short(example)}"'
    )


def _short(heading: str) -> str:
    return heading if len(heading) <= 40 else f"{heading[:37]}..."


def _key(heading: str) -> str:
    """A key that is equal for all ways of writing a heading: its letters and digits, in lower case."""
    return "".join(character for character in tidy(heading).casefold() if character.isalnum())


_OURS = frozenset(_key(title) for title in (*TITLES.values(), ERRORS))
_FIELD_OF = {
    **{_key(name): field for field in reversed(tuple(SYSTEMS)) for name in SYSTEMS[field]},
    **{_key(str(field)): field for field in Field},
    **{_key(title): field for field, title in TITLES.items()},
}
"""What a heading holds where it may hold one thing only; a preferred name is a pupil's name before it is another."""

_SYSTEMS_ALONE = frozenset(_key(name) for names in (*SYSTEMS.values(), PASSED_OVER) for name in names) - _OURS
