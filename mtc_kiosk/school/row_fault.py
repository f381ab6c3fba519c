"""What can be wrong with, or is to be said of, a row of a class list beyond the details of one pupil."""

from enum import StrEnum


class RowFault(StrEnum):
    """Codes for programs."""

    NO_PUPILS = "no_pupils"
    CELLS = "cell_count"
    UPN_REPEATED = "upn_repeated"
    REF_REPEATED = "ref_repeated"
    NAMESAKE = "namesake"
    ON_REGISTER = "on_register"
    TWO_PUPILS = "two_pupils"
