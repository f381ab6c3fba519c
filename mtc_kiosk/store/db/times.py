"""Times as the database has them, UTC ISO 8601 with milliseconds and Z: from and to datetimes and milliseconds."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def instant_of(wall_ms: int) -> datetime:
    """Milliseconds since 1970 as an instant in UTC."""
    return _EPOCH + wall_ms * _MILLISECOND


def iso(wall_ms: int) -> str:
    """Milliseconds since 1970 as UTC ISO 8601 with milliseconds and Z."""
    return instant_of(wall_ms).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def milliseconds(text: str) -> int:
    """Read what ``iso`` wrote, in milliseconds; ValueError for anything else."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text!r} does not say which time zone it is in.")
    wall_ms = (moment - _EPOCH) // _MILLISECOND
    if iso(wall_ms) != text:
        raise ValueError(f"{text!r} is not UTC with milliseconds and Z, such as 2027-06-07T09:00:00.000Z.")
    return wall_ms


def written(instant: datetime) -> str:
    """The instant as UTC ISO 8601 with milliseconds, truncated, and Z."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant(text: str) -> datetime:
    """Read the instant that ``written`` wrote."""
    return datetime.fromisoformat(text)
