"""The name of whoever types for a pupil, on its way from the page that asks for it to the table that keeps it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class AssistantName:
    """A first and a last name, tidied. Neither may be in a message or a log, so neither is in its ``repr``."""

    forename: str = field(repr=False)
    surname: str = field(repr=False)
