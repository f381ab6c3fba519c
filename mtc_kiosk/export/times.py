"""Instants as people read them, by the school's clocks: in a sentence, or in a cell of a file."""

from datetime import datetime, tzinfo


def spoken(instant: datetime, zone: tzinfo) -> str:
    """``7 June 2027 at 10:05``."""
    local = instant.astimezone(zone)
    return f"{local.day} {local:%B %Y at %H:%M}"


def in_a_cell(instant: datetime, zone: tzinfo) -> str:
    """``07/06/2027 10:05``, as the date of birth beside it and as a spreadsheet takes it for a time."""
    return f"{instant.astimezone(zone):%d/%m/%Y %H:%M}"
