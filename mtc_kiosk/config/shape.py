"""A group of settings for the code that uses it: names and types, wherever the values came from.

A group just read from a file is a pydantic model; one from the cache (``kept``) is a plain shape. What is computed from
settings belongs to the shape, so that both have it.
"""

from dataclasses import dataclass
from typing import Any, Self

LARGEST_FILE = 1_000_000
"""Bytes. A settings file has a few thousand, and parsing time grows with size."""


@dataclass(frozen=True)
class Span:
    """From ``least`` to ``most``, inclusive."""

    least: int
    most: int


class Shape:
    """Settings under one name, listed by its annotations. Values cannot be changed."""

    @classmethod
    def names(cls) -> dict[str, Any]:
        """The settings and their types, in the order of the file."""
        return dict(cls.__annotations__)

    @classmethod
    def of(cls, **settings: object) -> Self:
        """A group with all its settings, taken unchecked."""
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
