"""Instants of the school half, as aware datetimes, and as they stand in the database."""

from datetime import UTC, datetime


def written(instant: datetime) -> str:
    """UTC ISO 8601 with milliseconds, cut off, and Z."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant(text: str) -> datetime:
    """The instant that ``written`` wrote."""
    return datetime.fromisoformat(text)
