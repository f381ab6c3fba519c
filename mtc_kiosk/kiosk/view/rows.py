"""The rows of the staff's lists on a kiosk, and how many of them fit a page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

PINS_A_PAGE, HELD_A_PAGE, PUPILS_A_PAGE, CODES_A_PAGE = 8, 3, 12, 8
"""The same on every display, so that code that turns pages need not know its size."""

_Row = TypeVar("_Row")


@dataclass(frozen=True)
class PinRow:
    """One pupil who has a PIN; ``name`` tells namesakes apart, ``state`` is the pupil's status in words."""

    name: str
    group: str
    pin: str
    state: str


@dataclass(frozen=True)
class HeldRow:
    """One held check; ``why`` is its cause in words, ``since`` a time of day such as ``10:42``."""

    name: str
    kiosk: str
    why: str
    since: str


@dataclass(frozen=True)
class PupilRow:
    """One pupil to choose; ``name`` tells namesakes apart, ``detail`` is more, such as the group."""

    name: str
    detail: str


@dataclass(frozen=True)
class CodeRow:
    """A code for a restart or a reason, such as ``ABSNT``, and its meaning for people."""

    code: str
    label: str


@dataclass(frozen=True)
class Paged(Generic[_Row]):
    """One page of rows; ``page`` is counted from 1."""

    rows: tuple[_Row, ...]
    page: int
    pages: int


def page_of(rows: Sequence[_Row], page: int, most: int) -> Paged[_Row]:
    """Page ``page`` of rows, ``most`` to a page; the nearest page if that number does not exist."""
    pages = max(1, -(-len(rows) // most))
    page = min(max(1, page), pages)
    return Paged(tuple(rows[(page - 1) * most : page * most]), page, pages)
