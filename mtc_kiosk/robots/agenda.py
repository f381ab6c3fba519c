"""What a robot is about to do, in order of time."""

import heapq
from dataclasses import dataclass, field

from mtc_kiosk.robots.acts import InputAction, KeyGoesDown, PointGoesDown
from mtc_kiosk.robots.diary import Stroke


@dataclass(frozen=True, order=True)
class _Planned:
    at_ns: int
    place: int  # breaks ties: the act planned first
    act: InputAction = field(compare=False)
    stroke: Stroke | None = field(compare=False)


class Agenda:
    """Planned acts. An act that is a key of the answer has its stroke."""

    def __init__(self) -> None:
        self.given: list[Stroke] = []
        self._planned: list[_Planned] = []
        self._count = 0

    @property
    def empty(self) -> bool:
        """Whether nothing is planned."""
        return not self._planned

    def add(self, act: InputAction, stroke: Stroke | None = None) -> None:
        """Plan an act."""
        self._count += 1
        heapq.heappush(self._planned, _Planned(act.at_ns, self._count, act, stroke))

    def next_act(self, until_ns: int) -> InputAction | None:
        """Return the next act up to this time; its stroke moves to ``given``."""
        if not self._planned or self._planned[0].at_ns > until_ns:
            return None
        planned = heapq.heappop(self._planned)
        if planned.stroke is not None:
            self.given.append(planned.stroke)
        return planned.act

    def strokes_to_come(self) -> list[Stroke]:
        """The keys of the answer that are still planned."""
        return [planned.stroke for planned in sorted(self._planned) if planned.stroke is not None]

    def stop(self, after_ns: int) -> None:
        """Drop all presses planned for later than ``after_ns``; what is down then still comes up."""
        kept = [
            planned
            for planned in self._planned
            if planned.at_ns <= after_ns or not isinstance(planned.act, KeyGoesDown | PointGoesDown)
        ]
        heapq.heapify(kept)
        self._planned = kept

    def clear(self) -> None:
        """Drop all plans."""
        self._planned.clear()
        self.given.clear()
