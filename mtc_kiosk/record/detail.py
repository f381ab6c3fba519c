"""Who a record is about and who made it: what may be erased, tied to the signed bytes by a salted hash.

The salt is in the detail, so that nobody can try out names or numbers against a record whose detail is gone.
"""

import hashlib
from typing import Annotated

from pydantic import StringConstraints, ValidationError

from mtc_kiosk.record.canonical import NotCanonical, canonical, from_canonical
from mtc_kiosk.record.shape import Count, Digest, Line, Shape

SALT_BYTES = 16


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


def detail_from(text: bytes) -> Detail:
    """The detail that ``to_bytes`` wrote; NotADetail for anything else."""
    try:
        from_canonical(text)
        return Detail.model_validate_json(text)
    except (NotCanonical, ValidationError) as problem:
        raise NotADetail("These are not the details of a record.") from problem
