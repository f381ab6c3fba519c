"""The pupil ref: a school's own number for a pupil, used if there is no UPN.

It must not look like a UPN, so that a number given to a command names at most one pupil.
"""

import re

from mtc_kiosk.school.names import tidy
from mtc_kiosk.school.upn import looks_like_upn

LONGEST_REF = 40
SAID = f"Pupil ref must be up to {LONGEST_REF} letters or digits with spaces or any of - _ . / between them"
LIKE_A_UPN = "Pupil ref has the form of a UPN and belongs in the column UPN"

_FORM = re.compile("[A-Za-z0-9](?:[A-Za-z0-9 ._/-]*[A-Za-z0-9])?")


def read_ref(written: str) -> tuple[str, str]:
    """The ref as it is stored, and what is wrong with it, "" if nothing.

    Capitals are stored as written, and ignored when a pupil is looked up.
    """
    ref = tidy(written)
    if looks_like_upn(ref):
        return ref, LIKE_A_UPN
    return ref, "" if _FORM.fullmatch(ref) and len(ref) <= LONGEST_REF else SAID


def ref_key(ref: str) -> str:
    """A key that is equal for refs that differ only in capitals."""
    return ref.upper()


def ref_without_zeros(ref: str) -> str:
    """What is left of a ref where a spreadsheet has dropped the zeros at the front: two pupils may not share that."""
    return ref_key(ref).lstrip("0")
