"""What is wrong with something that staff have written: a sentence, and a code for programs."""

from dataclasses import dataclass, field
from enum import StrEnum

from mtc_kiosk.school.headings import Field
from mtc_kiosk.school.next_step import NextStep


@dataclass(frozen=True)
class Fault:
    """What is wrong, without a full stop: several may share one cell. ``code`` is for programs.

    ``column`` is the one whose cell is wrong, if it is one cell. ``next_step`` is what staff can do.
    """

    code: StrEnum
    sentence: str
    column: Field | None = field(default=None, compare=False)
    next_step: NextStep | None = field(default=None, compare=False)


class RowFault(StrEnum):
    """Codes for faults and notes of a row of a class list, beyond the details of one pupil."""

    NO_PUPILS = "no_pupils"
    CELLS = "cell_count"
    NOT_A_PUPIL = "not_a_pupil"
    UPN_REPEATED = "upn_repeated"
    REF_REPEATED = "ref_repeated"
    REF_ZEROS = "ref_zeros"
    MISREAD = "misread_letters"
    EITHER_DATE = "either_date"
    NAMESAKE = "namesake"
    ON_REGISTER = "on_register"
    TWO_PUPILS = "two_pupils"
    NOT_NUMBERED = "not_numbered"
    OUT_OF_SCOPE = "out_of_scope"
