"""The desk's time at a kiosk: as the desk last said it, and on from there by a clock that nobody can set.

The PC's own clock serves only where the desk has said nothing since the kiosk started, and only if it can be right.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from mtc_kiosk.kiosk.system.clock import seconds_with_sleep


class DeskTime:
    """``wall`` is the PC's own clock in UTC. One thread may hear the desk's time while another asks for it.

    ``at_least`` is the latest time that the desk is known to have had, also before this start; ``is_known`` whether it
    has said its time since this start, or staff have confirmed the date.
    """

    def __init__(self, wall: Callable[[], datetime], passed_s: Callable[[], float] = seconds_with_sleep) -> None:
        self._wall, self._passed_s = wall, passed_s
        self._said: tuple[datetime, float] | None = None
        self.at_least: datetime | None = None

    @property
    def is_known(self) -> bool:
        """Whether the time does not depend on the PC's own clock."""
        return self._said is not None

    def set(self, at: datetime) -> None:
        """It is this time at the desk now."""
        self._said = (at, self._passed_s())
        self.passed(at)

    def passed(self, at: datetime) -> None:
        """The desk's clock has shown this time, now or earlier."""
        if self.at_least is None or at > self.at_least:
            self.at_least = at

    def now(self) -> datetime:
        """The time at the desk, as well as it is known."""
        if self._said is None:
            return self._wall()
        at, since_s = self._said
        return at + timedelta(seconds=self._passed_s() - since_s)

    def wall_is_behind(self) -> bool:
        """Whether the PC's own clock cannot be right: the desk's was later already."""
        return self.at_least is not None and self._wall() < self.at_least

    def wall(self) -> datetime:
        """The PC's own clock."""
        return self._wall()
