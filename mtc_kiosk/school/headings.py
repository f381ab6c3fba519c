"""What columns are called: the national headings, those of other systems, and what ways of writing one share."""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum

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
        *("Preferred Name",),
    ),
    Field.MIDDLE_NAMES: (
        *("Legal Middle Names", "Legal Middle Name", "Middle Names", "Middle Name", "Middle Name(s)"),
    ),
    Field.DATE_OF_BIRTH: ("Date of Birth", "DOB", "Birth Date", "Birthday"),
    Field.SEX: ("Legal Sex", "Sex", "Legal Gender", "Gender"),
    Field.UPN: ("UPN", "Unique Pupil Number", "UPN Number", "UPN No"),
    Field.REF: (
        *("Pupil ref", "Admission Number", "Admission No", "Adm No", "Adno", "Student ID", "Pupil ID"),
        *("Arbor Student ID", "Arbor ID", "Person ID", "MIS ID"),
        *("Pupil Number", "Pupil No", "Student Number", "Student No"),
    ),
    Field.GROUP: (
        *("Group", "Registration Group", "Reg Group", "Registration Form", "Reg Form", "Registration", "Reg"),
        *("Tutor Group", "Form/Tutor Group", "Form Group", "Form", "Registration Class", "Current Class", "Class"),
        *("Class Name",),
    ),
    Field.ALIAS_FORENAME: (
        *("First name also known as", "Preferred Forename", "Preferred First Name", "Preferred Name"),
        *("Chosen Name", "Known As"),
    ),
    Field.ALIAS_SURNAME: ("Last name also known as", "Preferred Surname", "Preferred Last Name"),
}
"""Headings by what they hold, the one to be preferred first: a legal name before one the pupil goes by."""

PASSED_OVER = ("Year", "Year Group", "NC Year", "National Curriculum Year", "House", "Enrolment Status")
"""Headings that hold nothing the register keeps, but show that one of those systems wrote the file."""

_IN_BRACKETS = re.compile(r"(.*)[(\[](.+)[)\]](.*)")
_OF_A_PUPIL = re.compile(r"(?:pupil|student|child|learner)(?:['`]?s)?[^a-z]+(.+)", re.IGNORECASE)


def heading_key(heading: str) -> str:
    """A key that is equal for all ways of writing a heading: its letters and digits, in lower case."""
    return "".join(character for character in tidy(heading).casefold() if character.isalnum())


def known_key(heading: str) -> str:
    """The key of the known heading that this one means: ``UPN`` for ``Pupil's UPN (13 characters)``; else its own."""
    return next((key for key in _ways(tidy(heading)) if key in FIELD_OF), heading_key(heading))


def _ways(heading: str) -> Iterator[str]:
    """The keys that a heading may be known by, the nearest first."""
    yield heading_key(heading)
    if bracketed := _IN_BRACKETS.fullmatch(heading):
        before, inside, behind = bracketed.groups()
        yield heading_key(inside + before + behind)
        yield heading_key(before + behind)
        yield heading_key(inside)
        heading = before
    if of_a_pupil := _OF_A_PUPIL.fullmatch(heading):
        yield heading_key(of_a_pupil[1])


_OURS = frozenset(heading_key(title) for title in (*TITLES.values(), ERRORS))
FIELD_OF = {
    **{heading_key(name): field for field in reversed(tuple(SYSTEMS)) for name in SYSTEMS[field]},
    **{heading_key(str(field)): field for field in Field},
    **{heading_key(title): field for field, title in TITLES.items()},
}
"""What a heading holds where it may hold one thing only; a preferred name is a pupil's name before it is another."""

SYSTEMS_ALONE = frozenset(heading_key(name) for names in (*SYSTEMS.values(), PASSED_OVER) for name in names) - _OURS
"""Headings that show that another system wrote the file."""
