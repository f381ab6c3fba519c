"""The name of an assistant who types for a pupil, on its way from the page that asks for it to its table.

Apart from ``detail``, which needs pydantic: the journal writes without it.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class AssistantName:
    """A first and a last name, tidied. Neither may be in a message or a log, so neither is in the ``repr``."""

    forename: str = field(repr=False)
    surname: str = field(repr=False)
