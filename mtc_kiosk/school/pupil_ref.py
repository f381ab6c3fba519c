"""The pupil ref: a school's own mark for a pupil, which stands for the UPN where there is none.

It may not look like a UPN, so that whatever a command is given names one pupil at most.
"""

import re

from mtc_kiosk.school.names import tidy
from mtc_kiosk.school.upn import looks_like_upn

LONGEST_REF = 40
SAID = f"Pupil ref must be up to {LONGEST_REF} letters or digits with spaces or any of - _ . / between them"
LIKE_A_UPN = "Pupil ref has the form of a UPN and belongs in the column UPN"

_FORM = re.compile("[A-Za-z0-9](?:[A-Za-z0-9 ._/-]*[A-Za-z0-9])?")


def read_ref(written: str) -> tuple[str, str]:
    """The ref as it is kept, and what is wrong with it in words: "" where nothing is.

    Capitals are kept as written, and make no difference when a pupil is looked for.
    """
    ref = tidy(written)
    if looks_like_upn(ref):
        return ref, LIKE_A_UPN
    return ref, "" if _FORM.fullmatch(ref) and len(ref) <= LONGEST_REF else SAID


def ref_key(ref: str) -> str:
    """What two refs that mean one pupil have in common."""
    return ref.upper()
