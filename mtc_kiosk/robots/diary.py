"""A robot's diary: every sum it saw and what it meant to answer, by the rules as pupils know them.

It is written when the sum is seen, from what the robot is about to do, and takes nothing from the kiosk's journal.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

LONGEST_ANSWER = 5
_RUBBERS = ("Backspace", "Delete")


@dataclass(frozen=True)
class Stroke:
    """One key of the answer going down: ``0`` to ``9``, ``Backspace``, ``Delete`` or ``Enter``."""

    at_ns: int
    key: str


@dataclass(frozen=True)
class Meant:
    """One sum and the answer meant for it. ``spoilt``: the PC died before it was given.

    ``entered``: Enter ends the answer; otherwise the time limit does.
    """

    number: int
    practice: bool
    sum: tuple[int, int]
    ends_ns: int
    response: str
    entered: bool
    spoilt: bool = False


def meant(
    number: int,
    factors: tuple[int, int],
    strokes: Iterable[Stroke],
    *,
    practice: bool,
    seen_ns: int,
    lasts_ns: int,
) -> Meant:
    """The answer that these strokes give: at most five digits, and none after the time limit."""
    over_ns = seen_ns + lasts_ns
    in_time: list[Stroke] = []
    for stroke in sorted(strokes, key=lambda stroke: stroke.at_ns):
        if stroke.at_ns >= over_ns:
            break
        if stroke.key == "Enter" and typed_by(in_time):
            return Meant(number, practice, factors, stroke.at_ns, typed_by(in_time), entered=True)
        in_time.append(stroke)
    return Meant(number, practice, factors, over_ns, typed_by(in_time), entered=False)


def typed_by(strokes: Iterable[Stroke]) -> str:
    """The text in the answer box after these keys."""
    typed = ""
    for stroke in strokes:
        if stroke.key in _RUBBERS:
            typed = typed[:-1]
        elif stroke.key.isdigit() and len(typed) < LONGEST_ANSWER:
            typed += stroke.key
    return typed


class Diary:
    """The sums of one pupil in the order seen."""

    def __init__(self) -> None:
        self.sums: list[Meant] = []

    def write(self, entry: Meant) -> None:
        """Add a sum."""
        self.sums.append(entry)

    def pc_died(self, now_ns: int) -> None:
        """Mark the open sum as spoilt."""
        if self.sums and self.sums[-1].ends_ns > now_ns:
            self.sums[-1] = replace(self.sums[-1], spoilt=True, ends_ns=now_ns)
