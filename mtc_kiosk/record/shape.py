"""What every part of a record is made of: values checked by type, none taken for another, nothing left over.

It knows no kind of record.
"""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints


class Shape(BaseModel):
    """A part of a record: every field there, no other, each of the very type it says.

    What is wrong with a value is said without the value: it may be a name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


def _moment(text: str) -> str:
    """Refuse a day that no calendar has."""
    datetime.fromisoformat(text)
    return text


Identity = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
"""A UUID in small letters."""

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 in small hexadecimal digits."""

Moment = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$"),
    AfterValidator(_moment),
]
"""A time as UTC ISO 8601 with milliseconds and Z."""

Word = Annotated[str, StringConstraints(pattern=r"^[!-~]{1,64}$")]
"""A code or the name of a PC: no spaces, none but the letters and marks of ASCII."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""A short text that people wrote."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
"""A longer text that people wrote."""

Count = Annotated[int, Field(ge=1)]
