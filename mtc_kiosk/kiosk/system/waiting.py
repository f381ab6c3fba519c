"""Waits for a moment: block in the operating system, then spin for as long as such waits come back late on this PC.

How late a blocking wait comes back depends on the PC and its load: 0.05 ms on an idle Linux, 1 ms and more on an old
Windows. It is measured on the kiosk's own waits. Spinning pays only for a program that keeps the processor while it
spins: one with ordinary priority uses up its time slice and loses the processor at the critical moment.
"""

from collections import deque
from collections.abc import Callable

LONGEST_SPIN_NS = 2_000_000
"""The longest spin with raised priority: once before a deadline, a pupil notices nothing of it."""

LONGEST_ORDINARY_SPIN_NS = 100_000
"""The longest spin with ordinary priority: enough for the timer's own lateness; a time slice is 1 ms or more."""

FIRST_SPIN_NS = 1_000_000
"""The spin until enough waits have been measured."""

LOOKS_NS = 300_000
"""The time of the first looks at the queue after blocking, when another program has used the processor's caches."""

REMEMBERED, ENOUGH = 64, 8
_OF_THESE = 0.95
_HEADROOM = 1.25


class Oversleep:
    """How late the last blocking waits came back, and how long to spin for that. Nanoseconds."""

    def __init__(self) -> None:
        self.longest_ns = LONGEST_ORDINARY_SPIN_NS
        self._late: deque[int] = deque(maxlen=REMEMBERED)

    def note(self, late_ns: int) -> None:
        """Record the lateness of a wait that nothing ended early."""
        self._late.append(max(0, late_ns))

    @property
    def spin_ns(self) -> int:
        """The 95th percentile of the last waits, plus a quarter, plus the first looks; limited to what is allowed."""
        if len(self._late) < ENOUGH:
            return min(FIRST_SPIN_NS, self.longest_ns)
        late_ns = sorted(self._late)[int(_OF_THESE * (len(self._late) - 1))]
        return min(int(late_ns * _HEADROOM) + LOOKS_NS, self.longest_ns)


class Waiter:
    """Waits with ``block``, which gets the moment to come back at, and returns True if something came before.

    Its waits are multiples of ``step_ns``, if they are longer than that.
    """

    def __init__(self, block: Callable[[int], bool], now_ns: Callable[[], int]) -> None:
        self.step_ns = 1
        self._oversleep = Oversleep()
        self._block, self._now_ns = block, now_ns

    def may_spin(self, *, raised: bool) -> None:
        """Set whether the program has raised priority; the default is ordinary."""
        self._oversleep.longest_ns = LONGEST_SPIN_NS if raised else LONGEST_ORDINARY_SPIN_NS

    def wait(self, until_ns: int, *, exactly: bool) -> bool:
        """Wait until ``until_ns`` (True), or until it is time to look at what came (False): at once while spinning."""
        while True:
            began_ns = self._now_ns()
            spin_ns = self._oversleep.spin_ns if exactly else 0
            left_ns = until_ns - began_ns
            if left_ns <= 0 or left_ns <= spin_ns:
                return left_ns <= 0
            asked_ns = left_ns - spin_ns
            if asked_ns > self.step_ns:
                asked_ns -= asked_ns % self.step_ns
            if self._block(began_ns + asked_ns):
                return False
            self._oversleep.note(self._now_ns() - began_ns - asked_ns)
