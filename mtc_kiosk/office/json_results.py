"""The JSON shapes of exports, in a module of their own: what a kiosk imports may not reach results."""

from mtc_kiosk.office.results import Written


def written(export: Written) -> dict[str, object]:
    """Where an export went, and how many rows it has."""
    return {"out": str(export.path), "rows": export.rows}
