"""What a group of settings is for whoever reads it: its names and types, however it came to be.

A group that was just read from a file is of pydantic's; one that was kept from the last start (``kept``) is one of
these itself. What is reckoned from settings belongs to the shape, so that both have it. It knows no pydantic.
"""

from dataclasses import dataclass
from typing import Any, Self

LARGEST_FILE = 1_000_000
"""Bytes; a settings file is a few thousand, and the parser's time grows with what it is given."""


@dataclass(frozen=True)
class Span:
    """From ``least`` to ``most``, both allowed."""

    least: int
    most: int


class Shape:
    """Settings under one name; its annotations say which. None can be changed."""

    @classmethod
    def names(cls) -> dict[str, Any]:
        """The settings and their types, in the order of the file."""
        return dict(cls.__annotations__)

    @classmethod
    def of(cls, **settings: object) -> Self:
        """A group with all its settings, which are taken as they are."""
        made = cls.__new__(cls)
        vars(made).update(settings)
        return made

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Shape):
            return NotImplemented
        names = self.names()
        return isinstance(other, type(self)) and all(getattr(self, name) == getattr(other, name) for name in names)

    def __hash__(self) -> int:
        return hash(tuple(getattr(self, name) for name in self.names()))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{name} cannot be changed")
