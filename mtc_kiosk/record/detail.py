"""Who a record is about and who made it: erasable, and tied to the signed bytes by a salted hash.

The salt is in the detail: once the detail is gone, names or numbers cannot be tried out against the record.
"""

import hashlib
from typing import Annotated

from pydantic import StringConstraints, ValidationError

from mtc_kiosk.record.canonical import NotCanonical, canonical, from_canonical
from mtc_kiosk.record.shape import Count, Digest, Line, Shape, Text

SALT_BYTES = 16
LARGEST_DETAIL = 20_000
"""Bytes. The longest names and the longest reason come to less than 12,000."""


class NotADetail(ValueError):
    """The bytes are not a detail."""


class Detail(Shape):
    """The pupil by UPN and ref, and who acted. No pupil's name travels: UPN or ref find the pupil in the register.

    ``pupil`` is the pupil's id in the database that made the record; both numbers may have changed there since.
    """

    salt: Annotated[str, StringConstraints(pattern=f"^[0-9a-f]{{{2 * SALT_BYTES}}}$")]
    upn: Line | None
    ref: Line | None
    pupil: Count
    by: Line | None

    def to_bytes(self) -> bytes:
        """The canonical bytes."""
        return canonical(self.model_dump(mode="json"))

    @property
    def digest(self) -> Digest:
        """The SHA-256 of it that the signed bytes contain."""
        return hashlib.sha256(self.to_bytes()).hexdigest()


class AssistantDetail(Detail):
    """The detail of an assistant's record: also the assistant's name, and why it was not set up before the check.

    All three are None in a record that takes another back.
    """

    forename: Line | None
    surname: Line | None
    why: Text | None


def detail_from(text: bytes) -> Detail:
    """Read the detail that ``to_bytes`` wrote, as its own type; NotADetail for anything else."""
    try:
        if len(text) > LARGEST_DETAIL:
            raise NotADetail("This is too large to be the details of a record.")
        values = from_canonical(text)
        kind = AssistantDetail if isinstance(values, dict) and "why" in values else Detail
        return kind.model_validate_json(text)
    except (NotCanonical, ValidationError) as problem:
        raise NotADetail("These are not the details of a record.") from problem
