"""Whether the bytes of a record file are whole, signed and true to themselves. It needs no home and no database.

Whose check it is cannot be said here: only a register knows.
"""

from dataclasses import dataclass

from mtc_kiosk.record.content import Check
from mtc_kiosk.record.proof import NotProven, prove
from mtc_kiosk.record.sealed import NotARecord, Sealed, read_file

NOT_PROVEN = "not_proven"
"""The fault of a record that is signed, and whose journal does not prove it."""


@dataclass(frozen=True)
class Verified:
    """What the bytes come to. ``sealed`` is the record, None where there is none.

    ``fault`` is a code for programs, a ``sealed.Fault`` or NOT_PROVEN, with a sentence in ``why``; both "" where the
    record is sound.
    """

    sealed: Sealed | None
    fault: str = ""
    why: str = ""

    @property
    def is_proven(self) -> bool:
        """Whether the journal of a check proves it; other records have none."""
        return self.sealed is not None and not self.fault and isinstance(self.sealed.content, Check)


def verify(content: bytes) -> Verified:
    """Read a record, and prove it where it is a check's."""
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
