"""The parts of a record: every field present, no others, every value of exactly its type."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints


class Shape(BaseModel):
    """A part of a record: every field present, no others, each of exactly its type.

    An error about a value does not contain the value: it may be a name.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, hide_input_in_errors=True)


def _moment(text: str) -> str:
    """Refuse a date that does not exist."""
    datetime.fromisoformat(text)
    return text


Identity = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
"""A UUID in lower case."""

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A SHA-256 in lower-case hexadecimal digits."""

Moment = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$"),
    AfterValidator(_moment),
]
"""A time as UTC ISO 8601 with milliseconds and Z."""

Word = Annotated[str, StringConstraints(pattern=r"^[!-~]{1,64}$")]
"""A code or the name of a PC: no spaces, visible ASCII characters only."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=200)]
"""A short text written by a person."""

Text = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
"""A longer text written by a person."""

Count = Annotated[int, Field(ge=1)]
