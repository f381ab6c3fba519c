"""A form: the questions of one check, and the spares that replace questions spoilt by a fault.

Only the shape of a form is here; ``check.draw`` draws one and ``check.framework`` has the rules it must keep.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

QUESTIONS_IN_A_FORM = 25
"""Source: assessment framework; the national service's LINES_PER_CHECK_FORM."""

SMALLEST_FACTOR, LARGEST_FACTOR = 1, 12
"""The factors a form file may have. The check has no 1 times table; a form for "try it out" may."""


class NotAForm(ValueError):
    """This does not have the shape of a form; the message is a sentence for a person."""


@dataclass(frozen=True, order=True)
class Item:
    """One multiplication, in the order it is shown; the first factor names its table."""

    factor1: int
    factor2: int

    @property
    def table(self) -> int:
        """The table this item belongs to: its first factor (docs/reference/framework.md, "The form")."""
        return self.factor1

    @property
    def product(self) -> int:
        """The right answer."""
        return self.factor1 * self.factor2

    @property
    def unordered(self) -> tuple[int, int]:
        """The fact without its order: 3x8 and 8x3 are the same."""
        return min(self.factor1, self.factor2), max(self.factor1, self.factor2)

    def __str__(self) -> str:
        return f"{self.factor1}x{self.factor2}"


@dataclass(frozen=True)
class Form:
    """The items in the order they are asked, and the spares; ``ask_again_last`` asks a spoilt item again at the end.

    ``ask_again_last`` is for "try it out" on chosen tables, which has no spares.
    """

    id: str
    items: tuple[Item, ...]
    spares: tuple[Item, ...] = ()
    ask_again_last: bool = False

    def to_json(self) -> dict[str, Any]:
        """The shape kept in ``attempt.form``: ``{id, items, spares}``, each item a pair of factors."""
        shape: dict[str, Any] = {
            "id": self.id,
            "items": [[item.factor1, item.factor2] for item in self.items],
            "spares": [[item.factor1, item.factor2] for item in self.spares],
        }
        if self.ask_again_last:
            shape["ask_again_last"] = True
        return shape

    @classmethod
    def from_json(cls, shape: Mapping[str, Any]) -> "Form":
        """Read the form that ``to_json`` wrote; NotAForm if the shape is different."""
        try:
            return cls(
                id=str(shape["id"]),
                items=_items(shape["items"]),
                spares=_items(shape["spares"]),
                ask_again_last=bool(shape.get("ask_again_last", False)),
            )
        except (KeyError, TypeError, ValueError) as problem:
            raise NotAForm("A stored form is not of the shape {id, items, spares}.") from problem


def _items(pairs: Iterable[Iterable[int]]) -> tuple[Item, ...]:
    items = []
    for pair in pairs:
        factor1, factor2 = pair
        if not all(type(f) is int and SMALLEST_FACTOR <= f <= LARGEST_FACTOR for f in (factor1, factor2)):
            raise NotAForm(f"A factor of a form is a whole number from {SMALLEST_FACTOR} to {LARGEST_FACTOR}.")
        items.append(Item(factor1, factor2))
    return tuple(items)
