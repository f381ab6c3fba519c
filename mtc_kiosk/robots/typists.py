"""Robot pupils who type, each in a way that a kiosk must handle. Times are those of 8 and 9 year olds."""

from mtc_kiosk.robots.clock import MS
from mtc_kiosk.robots.eyes import Sight
from mtc_kiosk.robots.pupil import Pupil


class Quick(Pupil):
    """Types the answer at once; one key is still down when the next is pressed."""

    def on_sum(self, sight: Sight, answer: str, now_ns: int, ends_ns: int) -> None:
        """Type in a rush."""
        self.type_out(sight, (*answer, "Enter"), now_ns + self.some_ms(350, 1_200), ends_ns, gap=(25, 180))


class Careful(Pupil):
    """Thinks, types, looks at what it typed, and often lets the time run out rather than press Enter."""

    def on_sum(self, sight: Sight, answer: str, now_ns: int, ends_ns: int) -> None:
        """Type slowly, and look before Enter."""
        over_ns = self.type_out(sight, tuple(answer), now_ns + self.some_ms(1_500, 3_800), ends_ns, gap=(300, 800))
        if self.chance.random() < 0.6:
            self.type_out(sight, ("Enter",), over_ns + self.some_ms(300, 1_500), ends_ns, gap=(0, 1))


class Silent(Pupil):
    """Never types: every question runs out of time, with nothing in the box."""

    def on_sum(self, sight: Sight, answer: str, now_ns: int, ends_ns: int) -> None:
        """Look at the sum."""


class Late(Pupil):
    """Presses its last key, a digit or Enter, one millisecond after the time limit."""

    OFF_NS = 1 * MS

    def on_sum(self, sight: Sight, answer: str, now_ns: int, ends_ns: int) -> None:
        """Press all but the last key in good time."""
        keys = (*answer, "Enter") if self.chance.random() < 0.5 else tuple(answer)
        # All keys are up again by the last one, which may be the same digit once more.
        self.type_out(sight, keys[:-1], now_ns + self.some_ms(700, 2_500), ends_ns - 100 * MS, gap=(200, 600))
        self.hands.strike(sight, keys[-1], ends_ns + self.OFF_NS)


class JustInTime(Late):
    """The same, one millisecond before the time limit."""

    OFF_NS = -1 * MS


class Backspacer(Pupil):
    """Types a wrong answer, deletes it, sometimes pressing too often, and types again."""

    def on_sum(self, sight: Sight, answer: str, now_ns: int, ends_ns: int) -> None:
        """Type anything and delete it; then type the answer."""
        wrong = "".join(self.chance.choices("0123456789", k=self.chance.randrange(1, 7)))
        rubs = [self.chance.choice(("Backspace", "Delete")) for _ in range(len(wrong) + self.chance.randrange(3))]
        keys = (*wrong, *rubs, *answer, "Enter")
        self.type_out(sight, keys, now_ns + self.some_ms(400, 1_000), ends_ns, gap=(60, 350))
