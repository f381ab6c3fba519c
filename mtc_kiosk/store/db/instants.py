"""Instants of the school half: aware datetimes to and from the text in the database."""

from datetime import UTC, datetime


def written(instant: datetime) -> str:
    """The instant as UTC ISO 8601 with milliseconds, truncated, and Z."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def instant(text: str) -> datetime:
    """Read the instant that ``written`` wrote."""
    return datetime.fromisoformat(text)
