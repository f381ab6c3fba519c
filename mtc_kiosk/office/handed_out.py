"""Audit rows of files that are handed out: left once a file is there, and not for one that never came to be.

A row of a score that was shown counts later, when a head chooses between two checks: it must be true. So what makes a
report leaves its row by ``note``, and whoever writes the file does all of it within ``once_handed_out``.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Note = Callable[[], None]
"""Leaves an audit row, in a transaction of its own."""

_waiting: ContextVar[list[Note] | None] = ContextVar("audit rows of a file that is not there yet", default=None)


def note(row: Note) -> None:
    """Leave an audit row now, or once the file is there of which it is."""
    waiting = _waiting.get()
    if waiting is None:
        row()
    else:
        waiting.append(row)


@contextmanager
def once_handed_out() -> Iterator[None]:
    """Keep the rows of ``note`` back until all within went well; after an error there are none."""
    rows: list[Note] = []
    before = _waiting.set(rows)
    try:
        yield
    finally:
        _waiting.reset(before)
    for row in rows:
        row()
