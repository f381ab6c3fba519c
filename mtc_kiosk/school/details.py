"""Read a pupil's details as staff write them, text by column, and find every fault.

One pupil at a time, without the register.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from mtc_kiosk.school import birth, pupil_ref, upn
from mtc_kiosk.school.columns import TITLES, Field
from mtc_kiosk.school.fault import Fault
from mtc_kiosk.school.names import (
    LONGEST_GROUP,
    LONGEST_NAME,
    LOST,
    not_in_a_group,
    not_in_a_name,
    says_nothing,
    shown,
    tidy,
)
from mtc_kiosk.school.pupil import PupilDetails, Sex
from mtc_kiosk.school.spreadsheet import cell_fault
from mtc_kiosk.unseen import first_unseen, placed, without_unseen

NAMES = (Field.SURNAME, Field.FORENAME, Field.MIDDLE_NAMES, Field.ALIAS_FORENAME, Field.ALIAS_SURNAME)
_NEEDED_NAMES = (Field.SURNAME, Field.FORENAME)
_SERIAL_DAY = re.compile("[0-9]{5}")
"""How Excel keeps a date, and shows it where a column has no format."""

_SEXES = {"m": Sex.MALE, "f": Sex.FEMALE}
SEXES_OF_OTHER_SYSTEMS = {**_SEXES, "male": Sex.MALE, "female": Sex.FEMALE, "boy": Sex.MALE, "girl": Sex.FEMALE}


class DetailFault(StrEnum):
    """What can be wrong with a detail that has no module of its own."""

    NAME_MISSING = "name_missing"
    NAME_TOO_LONG = "name_too_long"
    NAME_CHARACTER = "name_character"
    GROUP = "group"
    SEX = "sex"
    REF = "ref"
    UNSEEN_CHARACTER = "unseen_character"


class DetailNote(StrEnum):
    """Notes for staff on a detail that is accepted."""

    NOT_YEAR_FOUR = "not_year_four"


@dataclass(frozen=True)
class ReadingRules:
    """How strictly details are read. ``today`` is the day at the school.

    ``national_scheme``: a UPN is needed, and ages far from year 4 are refused. ``national_form``: only dates as
    dd/mm/yyyy and sex as M or F, as in the national columns; otherwise also as other systems write them.
    ``letters_are_right``: staff have said so, and no letter is taken for one saved with the wrong encoding.
    ``columns_made``: how many columns come before those of the file (``school.numbering``); sentences leave them out.
    """

    today: date
    national_scheme: bool = False
    national_form: bool = True
    letters_are_right: bool = False
    columns_made: int = 0


@dataclass(frozen=True)
class ReadDetails:
    """The result of reading: the details, or None and every fault."""

    details: PupilDetails | None
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()


@dataclass
class _Reading:
    """The details read so far."""

    written: Mapping[Field, str]
    rules: ReadingRules
    faults: list[Fault] = field(default_factory=list)

    def text(self, wanted: Field) -> str:
        """The text written for a field, tidied; "" if none."""
        return self.written.get(wanted, "")

    def is_spoilt(self, wanted: Field) -> bool:
        """Whether a spreadsheet has made something else of what was typed; that is noted."""
        fault = cell_fault(wanted, self.text(wanted))
        self.faults.extend([fault] if fault else [])
        return fault is not None

    def name(self, wanted: Field) -> str:
        """A name, tidied."""
        return self._tidied(wanted, LONGEST_NAME, DetailFault.NAME_TOO_LONG, DetailFault.NAME_CHARACTER, not_in_a_name)

    def group(self) -> str:
        """A group's name, tidied."""
        return self._tidied(Field.GROUP, LONGEST_GROUP, DetailFault.GROUP, DetailFault.GROUP, not_in_a_group)

    def birth(self) -> date | None:
        """The date of birth; None for a fault."""
        if self.is_spoilt(Field.DATE_OF_BIRTH):
            return None
        read = birth.read_birth(self.text(Field.DATE_OF_BIRTH), self.rules.today, national=self.rules.national_form)
        if isinstance(read, date):
            if not self.rules.national_scheme or read in birth.nationally_allowed(self.rules.today):
                return read
            read = birth.BirthFault.AGE
        if read is birth.BirthFault.NOT_A_DATE and _SERIAL_DAY.fullmatch(self.text(Field.DATE_OF_BIRTH)):
            said = "Date of birth is a number: in Excel format the column as Date"
            self.faults.append(Fault(read, said, Field.DATE_OF_BIRTH))
        else:
            self.faults.append(Fault(read, birth.SAID[read], Field.DATE_OF_BIRTH))
        return None

    def sex(self) -> Sex | None:
        """The sex; None for a fault."""
        if self.is_spoilt(Field.SEX):
            return None
        sexes = _SEXES if self.rules.national_form else SEXES_OF_OTHER_SYSTEMS
        read = sexes.get(self.text(Field.SEX).casefold())
        if read is None:
            self.faults.append(Fault(DetailFault.SEX, "Sex must be M or F", Field.SEX))
        return read

    def numbers(self) -> tuple[str | None, str | None]:
        """The UPN and the ref; under a school's own scheme one of them is enough."""
        ref = None
        if any([self.is_spoilt(Field.UPN), self.is_spoilt(Field.REF)]):
            return None, None
        if not says_nothing(self.text(Field.REF)):
            ref, wrong = pupil_ref.read_ref(self.text(Field.REF))
            if wrong:
                self.faults.append(Fault(DetailFault.REF, wrong, Field.REF))
        upn_written = "" if says_nothing(self.text(Field.UPN)) else self.text(Field.UPN)
        if not upn_written and ref is not None and not self.rules.national_scheme:
            return None, ref
        read = upn.read_upn(upn_written)
        self.faults.extend(self._upn_faults(read))
        return read.upn, ref

    def _upn_faults(self, read: upn.ReadUpn) -> list[Fault]:
        said = dict(upn.SAID)
        if not self.rules.national_scheme:
            said[upn.UpnFault.MISSING] = "UPN or Pupil ref is missing"
        said[upn.UpnFault.LENGTH] += f" and has {len(read.upn)}{', with spaces' if ' ' in read.upn else ''}"
        if read.faults and upn.has_letter_o(read.upn):
            return [Fault(upn.UpnFault.DIGITS, "UPN has the letter O where the digit 0 should be", Field.UPN)]
        return [Fault(fault, said[fault], Field.UPN) for fault in read.faults]

    def _tidied(
        self, wanted: Field, longest: int, too_long: StrEnum, character: StrEnum, not_in: Callable[[str], str]
    ) -> str:
        if self.is_spoilt(wanted):
            return ""
        text, title = self.text(wanted), TITLES[wanted]
        if says_nothing(text):
            if wanted in _NEEDED_NAMES:
                instead = f": '{text}' is not a name" if text else ""
                self.faults.append(Fault(DetailFault.NAME_MISSING, f"{title} is missing{instead}", wanted))
            return ""
        if len(text) > longest:
            self.faults.append(Fault(too_long, f"{title} must have at most {longest} characters", wanted))
        wrong = not_in(text[: 2 * longest])
        if lost := next((sign for sign in wrong if sign in LOST), None):
            advice = "save the list as CSV UTF-8 or type the letter"
            said = f"{title} has {lost} where Excel may have lost a letter: {advice}"
            self.faults.append(Fault(character, said, wanted))
        elif wrong:
            self.faults.append(Fault(character, f"{title} must not have {shown(wrong[:5])} in it", wanted))
        return text


def read_details(written: Mapping[Field, str], rules: ReadingRules) -> ReadDetails:
    """Read the details, or every fault in them; a field left out counts as blank.

    An alias equal to the name is dropped: other systems fill in both.
    """
    tidied = {wanted: tidy(text) for wanted, text in written.items()}
    reading = _Reading({wanted: without_unseen(text) for wanted, text in tidied.items()}, rules, _unseen(tidied))
    names = {wanted: reading.name(wanted) for wanted in NAMES}
    for alias, name in ((Field.ALIAS_FORENAME, Field.FORENAME), (Field.ALIAS_SURNAME, Field.SURNAME)):
        names[alias] = "" if names[alias] == names[name] else names[alias]
    born, sex, numbers, group = reading.birth(), reading.sex(), reading.numbers(), reading.group()
    if reading.faults or born is None or sex is None:
        return ReadDetails(None, tuple(reading.faults))
    details = PupilDetails(
        surname=names[Field.SURNAME],
        forename=names[Field.FORENAME],
        middle_names=names[Field.MIDDLE_NAMES],
        date_of_birth=born,
        sex=sex,
        upn=numbers[0],
        ref=numbers[1],
        group_name=group,
        alias_forename=names[Field.ALIAS_FORENAME],
        alias_surname=names[Field.ALIAS_SURNAME],
    )
    return ReadDetails(details, notes=_notes(details, rules.today))


def read_group(written: str) -> tuple[str, tuple[Fault, ...]]:
    """A group's name as it is stored, "" for none, and what is wrong with it."""
    tidied = {Field.GROUP: tidy(written)}
    reading = _Reading({Field.GROUP: without_unseen(tidied[Field.GROUP])}, ReadingRules(date.max), _unseen(tidied))
    return reading.group(), tuple(reading.faults)


def _unseen(tidied: Mapping[Field, str]) -> list[Fault]:
    """A fault for each text with a character that cannot be seen; the first such character is named."""
    return [
        Fault(DetailFault.UNSEEN_CHARACTER, f"{TITLES[wanted]} has {placed(text, place)}: type it again", wanted)
        for wanted, text in tidied.items()
        if (place := first_unseen(text)) is not None
    ]


def written_of(details: PupilDetails) -> dict[Field, str]:
    """The details in the national form; ``read_details`` reads them back unchanged."""
    return {
        Field.SURNAME: details.surname,
        Field.FORENAME: details.forename,
        Field.MIDDLE_NAMES: details.middle_names,
        Field.DATE_OF_BIRTH: birth.british(details.date_of_birth),
        Field.SEX: str(details.sex),
        Field.UPN: details.upn or "",
        Field.REF: details.ref or "",
        Field.GROUP: details.group_name,
        Field.ALIAS_FORENAME: details.alias_forename,
        Field.ALIAS_SURNAME: details.alias_surname,
    }


def _notes(details: PupilDetails, today: date) -> tuple[Fault, ...]:
    if details.date_of_birth in birth.year_four(today):
        return ()
    return (Fault(DetailNote.NOT_YEAR_FOUR, "Date of birth is not that of a year 4 pupil", Field.DATE_OF_BIRTH),)
