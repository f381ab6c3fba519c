"""Who a record is about and who made it: what may be erased, tied to the signed bytes by a salted hash.

The salt is in the detail, so that nobody can try out names or numbers against a record whose detail is gone.
"""

import hashlib
from typing import Annotated

from pydantic import StringConstraints, ValidationError

from mtc_kiosk.record.canonical import NotCanonical, canonical, from_canonical
from mtc_kiosk.record.shape import Count, Digest, Line, Shape, Text

SALT_BYTES = 16
LARGEST_DETAIL = 20_000
"""Bytes. The longest names and the longest reason have less than 12,000."""


class NotADetail(ValueError):
    """The bytes are not those of a detail."""


class Detail(Shape):
    """The pupil by UPN and ref, and who did it. No name of a pupil travels: UPN or ref find it in the register.

    ``pupil`` is the pupil's number in the database that made the record, where both numbers may have changed since.
    """

    salt: Annotated[str, StringConstraints(pattern=f"^[0-9a-f]{{{2 * SALT_BYTES}}}$")]
    upn: Line | None
    ref: Line | None
    pupil: Count
    by: Line | None

    def to_bytes(self) -> bytes:
        """Its canonical bytes."""
        return canonical(self.model_dump(mode="json"))

    @property
    def digest(self) -> Digest:
        """The SHA-256 that stands for it in the signed bytes."""
        return hashlib.sha256(self.to_bytes()).hexdigest()


class AssistantDetail(Detail):
    """The same of an assistant's record: with the assistant's name, and why it was not set up before the check.

    All three are None in a record that takes another back.
    """

    forename: Line | None
    surname: Line | None
    why: Text | None


def detail_from(text: bytes) -> Detail:
    """The detail that ``to_bytes`` wrote, of its own type; NotADetail for anything else."""
    try:
        if len(text) > LARGEST_DETAIL:
            raise NotADetail("This is too large to be the details of a record.")
        values = from_canonical(text)
        kind = AssistantDetail if isinstance(values, dict) and "why" in values else Detail
        return kind.model_validate_json(text)
    except (NotCanonical, ValidationError) as problem:
        raise NotADetail("These are not the details of a record.") from problem
