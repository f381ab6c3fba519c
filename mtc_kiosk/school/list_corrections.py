"""What staff put right in a list before it is saved, without touching the file: cells, rows and columns.

It is alone because the command line has none of it: there staff correct the file itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from mtc_kiosk.school.class_list import Row, headings_of
from mtc_kiosk.school.columns import Mapped
from mtc_kiosk.school.headings import Field


@dataclass(frozen=True)
class Corrections:
    """What staff put right. Lines count from 1 as in the file, places of columns from 0.

    ``cells`` have another text, ``left_out`` rows are no pupils. ``columns`` says what a column holds; None leaves it
    out. ``headings_at`` is the line of the headings, 0 where there are none and the first row is a pupil.
    """

    cells: Mapping[tuple[int, int], str] = field(default_factory=dict)
    left_out: frozenset[int] = frozenset()
    columns: Mapping[int, Field | None] = field(default_factory=dict)
    headings_at: int | None = None


def corrected(rows: Sequence[Row], corrections: Corrections) -> tuple[Row, ...]:
    """The rows as they are meant; those that are empty then are gone."""
    if corrections.headings_at:
        rows = [row for row in rows if row.line >= corrections.headings_at]
    elif corrections.headings_at == 0:
        width = max((len(row.cells) for row in rows), default=0)
        rows = (Row(0, tuple(f"Column {place + 1}" for place in range(width))), *rows)
    dropped = {place for place, holds in corrections.columns.items() if holds is None}
    typed: dict[int, dict[int, str]] = {}
    for (line, place), text in corrections.cells.items():
        typed.setdefault(line, {})[place] = text
    kept = (row for row in rows if row.line not in corrections.left_out)
    meant = (_row(row, typed.get(row.line, {}), dropped) for row in kept)
    return tuple(row for row in meant if not row.is_empty)


def mapped_by(rows: Sequence[Row], corrections: Corrections) -> tuple[Mapped, ...]:
    """The columns that staff have named, by their places."""
    chosen = {place: holds for place, holds in corrections.columns.items() if holds is not None}
    if not chosen or not rows:
        return ()
    headings = headings_of(rows, ()).cells
    return tuple(
        Mapped(holds, headings[place] if place < len(headings) else "", place) for place, holds in chosen.items()
    )


def _row(row: Row, typed: Mapping[int, str], dropped: set[int]) -> Row:
    if not typed and not dropped:
        return row
    width = max([len(row.cells), *(place + 1 for place in typed)])
    cells = [*row.cells, *[""] * (width - len(row.cells))]
    for place, text in typed.items():
        cells[place] = text
    return Row(row.line, tuple("" if place in dropped else cell for place, cell in enumerate(cells)))
