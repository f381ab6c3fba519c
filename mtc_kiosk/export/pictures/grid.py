"""The grid of the facts from 1 × 1 to 12 × 12: row by first number, column by second."""

from dataclasses import dataclass

from markupsafe import Markup

from mtc_kiosk.check.form import LARGEST_FACTOR, SMALLEST_FACTOR, Item
from mtc_kiosk.export.pictures import shapes

NUMBERS = range(SMALLEST_FACTOR, LARGEST_FACTOR + 1)


@dataclass(frozen=True)
class Grid:
    """Where each fact's square is; ``square`` is how wide and high one is."""

    square: float
    left: float = 24
    top: float = 22

    @property
    def right(self) -> float:
        """The right edge."""
        return self.left + self.square * len(NUMBERS)

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.square * len(NUMBERS)

    def __contains__(self, item: Item) -> bool:
        return item.factor1 in NUMBERS and item.factor2 in NUMBERS

    def items(self) -> list[Item]:
        """Every fact, row by row."""
        return [Item(first, second) for first in NUMBERS for second in NUMBERS]

    def middle(self, item: Item) -> tuple[float, float]:
        """The middle of a fact's square."""
        column, row = item.factor2 - NUMBERS[0], item.factor1 - NUMBERS[0]
        return self.left + self.square * (column + 0.5), self.top + self.square * (row + 0.5)

    def tile(self, item: Item, look: str) -> Markup:
        """A fact's square, a little smaller than its place."""
        x, y = self.middle(item)
        side = self.square - 2
        return shapes.box(x - side / 2, y - side / 2, side, side, f"tile-{look}", round_by=3.5)

    def dot(self, item: Item) -> Markup:
        """What was not asked."""
        return shapes.counter(*self.middle(item), 1.2, "dot")

    def numbers(self) -> list[Markup]:
        """The numbers along the upper and the left edge."""
        across = (
            shapes.words(self.middle(Item(NUMBERS[0], one))[0], self.top - 8, str(one), anchor="middle")
            for one in NUMBERS
        )
        down = (
            shapes.words(self.left - 7, self.middle(Item(one, NUMBERS[0]))[1] + 4.5, str(one), anchor="end")
            for one in NUMBERS
        )
        return [shapes.words(self.left - 7, self.top - 8, "×", anchor="end"), *across, *down]


def asked_in_words(item: Item) -> str:
    """``7 × 8``."""
    return f"{item.factor1} × {item.factor2}"
