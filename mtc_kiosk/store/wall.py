"""Wall-clock times as they stand in the database."""

from datetime import UTC, datetime


def iso(wall_ms: int) -> str:
    """Milliseconds since 1970 as UTC ISO 8601 with milliseconds and Z."""
    return datetime.fromtimestamp(wall_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def milliseconds(text: str) -> int:
    """The other way round; ValueError for anything else."""
    return round(datetime.fromisoformat(text).timestamp() * 1000)
