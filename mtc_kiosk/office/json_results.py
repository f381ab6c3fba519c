"""The JSON shapes of exports; apart from the others, as a kiosk must not import anything of results."""

from mtc_kiosk.office.results import Written


def written(export: Written) -> dict[str, object]:
    """Where an export went, and how many rows it has."""
    return {"out": str(export.path), "rows": export.rows}
