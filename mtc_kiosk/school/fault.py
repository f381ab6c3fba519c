"""What is wrong with something that staff have written: a sentence, and a code for programs."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Fault:
    """What is wrong, without a full stop: several may share one cell. ``code`` is for programs."""

    code: StrEnum
    sentence: str


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
