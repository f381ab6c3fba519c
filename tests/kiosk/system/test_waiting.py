"""The wait for a moment, on a virtual clock: never early, no later than it must be, and how much of it is spun."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.kiosk.system.waiting import (
    ENOUGH,
    FIRST_SPIN_NS,
    LONGEST_ORDINARY_SPIN_NS,
    LONGEST_SPIN_NS,
    LOOKS_NS,
    REMEMBERED,
    Oversleep,
    Waiter,
)

LOOK_NS = 10_000
"""What a look at the queue takes while spinning."""

WAIT_NS = 50_000_000

lateness = st.integers(0, 40_000_000)


@dataclass
class Pc:
    """A PC whose blocking waits come back so late, one after the other; ``step_ns`` rounds them down as SDL's do."""

    late_ns: Sequence[int]
    step_ns: int = 1
    now_ns: int = 1_000
    blocked: list[tuple[int, int]] = field(default_factory=list)
    spun_ns: int = 0

    def __post_init__(self) -> None:
        """Begin with a program of ordinary priority."""
        self.waiter = Waiter(self.block, lambda: self.now_ns)
        self.waiter.step_ns = self.step_ns

    def block(self, until_ns: int) -> bool:
        """Come back late, as this PC does."""
        late_ns = self.late_ns[len(self.blocked) % len(self.late_ns)]
        self.blocked.append((self.now_ns, until_ns))
        self.now_ns = until_ns + late_ns
        return False

    def wait(self, ns: int, *, exactly: bool = True) -> int:
        """Wait until the moment, looking at an empty queue while it spins; how late that was."""
        until_ns = self.now_ns + ns
        self.spun_ns = 0
        while not self.waiter.wait(until_ns, exactly=exactly):
            self.now_ns += LOOK_NS
            self.spun_ns += LOOK_NS
        return self.now_ns - until_ns

    def settle(self, ns: int = WAIT_NS) -> None:
        """Wait often enough that this PC is known."""
        for _ in range(REMEMBERED):
            self.wait(ns, exactly=False)


def pc_of(late_ns: Sequence[int], *, raised: bool, step_ns: int = 1) -> Pc:
    """A PC that lets the program run first, or refuses that."""
    pc = Pc(late_ns, step_ns)
    pc.waiter.may_spin(raised=raised)
    return pc


@given(
    late_ns=st.lists(lateness, min_size=1, max_size=20),
    waits=st.lists(st.tuples(st.integers(-5, 300_000_000), st.booleans()), min_size=1, max_size=40),
    raised=st.booleans(),
    step_ns=st.sampled_from([1, 1_000_000]),
)
def test_no_wait_ends_early_and_none_later_than_its_last_block(
    late_ns: list[int], waits: list[tuple[int, bool]], raised: bool, step_ns: int
) -> None:
    """What the system's own wait oversleeps is the most that a wait comes late by, but for one look at the queue."""
    pc = pc_of(late_ns, raised=raised, step_ns=step_ns)
    for ns, exactly in waits:
        late = pc.wait(ns, exactly=exactly)
        assert late >= 0
        assert late <= max(0, -ns, *late_ns) + LOOK_NS
        assert all(until_ns > began_ns for began_ns, until_ns in pc.blocked)


@given(late_ns=st.lists(lateness, min_size=1, max_size=20), raised=st.booleans(), settled=st.booleans())
def test_no_wait_spins_longer_than_its_priority_allows(late_ns: list[int], raised: bool, settled: bool) -> None:
    """However late this PC is, and before anything is known of it."""
    pc = pc_of(late_ns, raised=raised)
    if settled:
        pc.settle()
    pc.wait(WAIT_NS)
    assert pc.spun_ns <= (LONGEST_SPIN_NS if raised else LONGEST_ORDINARY_SPIN_NS) + LOOK_NS


@given(late_ns=st.integers(0, 1_300_000))
def test_a_pc_that_is_always_as_late_is_met_to_the_moment(late_ns: int) -> None:
    """With raised priority the spin covers what its waits come late by, and is not much longer than that."""
    pc = pc_of([late_ns], raised=True)
    pc.settle()
    assert pc.wait(WAIT_NS) <= LOOK_NS
    assert pc.spun_ns <= late_ns * 0.25 + LOOKS_NS + LOOK_NS * 2


def test_a_wait_that_is_not_exact_never_spins() -> None:
    """A heartbeat costs no more of the processor than its pass."""
    pc = pc_of([70_000], raised=True)
    assert pc.wait(WAIT_NS, exactly=False) == 70_000
    assert pc.spun_ns == 0


def test_a_program_of_ordinary_priority_hardly_spins_from_the_start() -> None:
    """That is the default; longer spinning must be allowed first."""
    assert Oversleep().spin_ns == LONGEST_ORDINARY_SPIN_NS
    pc = Pc([5_000_000])
    pc.settle()
    pc.wait(WAIT_NS)
    assert pc.blocked[-1][1] - pc.blocked[-1][0] >= WAIT_NS - LONGEST_ORDINARY_SPIN_NS


def test_the_first_waits_spin_for_a_sensible_time() -> None:
    """Nothing is tried out before the first screen; some passes of the loop later the PC is known."""
    pc = pc_of([20_000], raised=True)
    for _ in range(ENOUGH - 1):
        began_ns = pc.now_ns
        assert pc.wait(WAIT_NS) <= LOOK_NS
        assert pc.blocked[-1] == (began_ns, began_ns + WAIT_NS - FIRST_SPIN_NS)
    pc.wait(WAIT_NS)
    pc.wait(WAIT_NS)
    assert pc.spun_ns <= LOOKS_NS + LOOK_NS * 2


def test_one_wait_that_was_very_late_lengthens_no_other() -> None:
    """A virus scan or a busy second is no measure of the PC."""
    oversleep = Oversleep()
    oversleep.longest_ns = LONGEST_SPIN_NS
    for late_ns in [60_000] * (REMEMBERED - 2) + [900_000_000] * 2:
        oversleep.note(late_ns)
    assert oversleep.spin_ns == 75_000 + LOOKS_NS


def test_a_pc_that_changes_is_measured_anew() -> None:
    """On battery, or under another load: only the last waits count."""
    pc = pc_of([1_200_000] * REMEMBERED + [40_000] * REMEMBERED * 2, raised=True)
    pc.settle()
    pc.wait(WAIT_NS)
    assert pc.spun_ns >= LOOKS_NS + 250_000
    pc.settle()
    pc.wait(WAIT_NS)
    assert pc.spun_ns <= LOOKS_NS + LOOK_NS * 3


def test_a_wait_that_something_ended_says_nothing_of_the_pc() -> None:
    """A key came: the wait ended early, and so was not late."""
    pc = pc_of([1_200_000], raised=True)
    pc.settle()
    keys = Waiter(lambda _: True, lambda: pc.now_ns)
    keys.may_spin(raised=True)
    assert not keys.wait(pc.now_ns + WAIT_NS, exactly=True)
    assert keys._oversleep.spin_ns == FIRST_SPIN_NS


def test_a_wait_of_whole_milliseconds_is_never_asked_to_go_past_the_moment() -> None:
    """SDL's wait: what is left below a millisecond is waited for by itself."""
    pc = pc_of([0], raised=False, step_ns=1_000_000)
    pc.settle(ns=1_000_000)
    assert pc.wait(7_400_000) == 0
    assert [until - began for began, until in pc.blocked[-2:]] == [7_000_000, 400_000 - LONGEST_ORDINARY_SPIN_NS]
