"""Verify the bytes of a record file: complete, signed and proven. No home and no database needed.

It cannot say whose check it is: only a register knows.
"""

from dataclasses import dataclass

from mtc_kiosk.record.content import Check
from mtc_kiosk.record.proof import NotProven, prove
from mtc_kiosk.record.sealed import NotARecord, Sealed, read_file

NOT_PROVEN = "not_proven"
"""The code for a signed record that fails its proof."""


@dataclass(frozen=True)
class Verified:
    """The result. ``sealed`` is the record, None if there is none.

    ``fault`` is a code for programs, a ``sealed.Fault`` or NOT_PROVEN, with a sentence in ``why``; both "" if the
    record is sound.
    """

    sealed: Sealed | None
    fault: str = ""
    why: str = ""

    @property
    def is_proven(self) -> bool:
        """Whether a check has passed its proof; other records have none."""
        return self.sealed is not None and not self.fault and isinstance(self.sealed.content, Check)


def verify(content: bytes) -> Verified:
    """Read a record, and prove it if it is a check."""
    try:
        sealed = read_file(content)
    except NotARecord as problem:
        return Verified(None, str(problem.fault), str(problem))
    try:
        if isinstance(sealed.content, Check):
            prove(sealed.content)
    except NotProven as problem:
        return Verified(sealed, NOT_PROVEN, str(problem))
    return Verified(sealed)
