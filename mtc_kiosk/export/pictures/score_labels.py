"""Labels in the picture of scores, each with a line to its thing; none lies on a counter or on another label."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from mtc_kiosk.export.pictures import shapes
from mtc_kiosk.export.pictures.picture import number

AWAY = 18
"""How far the words are from their column."""

CLEAR = 7
APART = 19
LETTERS = 13.5
"""What the words need above their baseline."""


@dataclass(frozen=True)
class Column:
    """A score's column: its edges, and how high the highest thing in it is."""

    left: float
    right: float
    height: float


@dataclass(frozen=True)
class Label:
    """Words about a thing that is so high, in a column; ``on_top`` if nothing is above it there."""

    said: str
    look: str
    left: float
    right: float
    height: float
    on_top: bool

    @property
    def width(self) -> float:
        """About how wide the words are."""
        return shapes.width_of(self.said, bold=self.look == "bold")


@dataclass(frozen=True)
class Placed:
    """A label with where its words end, and how high above the axis their baseline is."""

    label: Label
    end: float
    height: float

    @property
    def top(self) -> float:
        """How high the words reach."""
        return self.height + LETTERS

    def drawn(self, base: float) -> list[Markup]:
        """The words and the line, over an axis at ``base``."""
        level, top = base - self.height - 4.5, base - self.label.height
        bends = top > level + 3
        x = self.label.left + (self.label.right - self.label.left) * (0.5 if bends and self.label.on_top else 0)
        words = shapes.words(
            self.end, base - self.height, self.label.said, anchor="end", look=f"{self.label.look} halo"
        )
        if self.end + 4 > x - 2:
            return [words]
        bend = f"V{number(top)}" if bends else ""
        return [shapes.path(f"M{number(self.end + 4)} {number(level)}H{number(x)}{bend}", "leader"), words]


def placed(labels: Sequence[Label], columns: Sequence[Column], left: float) -> list[Placed]:
    """The labels, each left of its column, or from the ``left`` edge where there is no room; the lowest first."""
    rows = [(_height(one, columns, left), _end(one, left), one) for one in labels]
    found: list[Placed] = []
    for height, end, label in sorted(rows, key=lambda row: row[0]):
        least = found[-1].height + APART if found else 0.0
        found.append(Placed(label, end, max(height, least)))
    return found


def _end(label: Label, left: float) -> float:
    return max(label.left - AWAY, left + label.width)


def _height(label: Label, columns: Sequence[Column], left: float) -> float:
    """Beside its thing, and above all that is under the words or their line."""
    end = _end(label, left)
    last = max(end + 3, label.left - 1)
    under = [one.height for one in columns if one.left < last and one.right > end - label.width - 3]
    return max([label.height - 5, *(height + CLEAR for height in under)])
