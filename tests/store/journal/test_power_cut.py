"""Power cuts and kills: nothing acknowledged is lost, and the check goes on (issue: failures).

A fixed sample of what ``benchmarks/power_cut.py`` does a thousand times; how long a turn may wait is measured there.
"""

import pytest

from benchmarks.cuts import cut_first_start, cut_power
from benchmarks.kills import kill
from benchmarks.power_cut import figures_of_cuts

SAMPLE = 60


def test_nothing_acknowledged_is_lost_in_a_power_cut() -> None:
    """Wherever the power goes, un-synced sectors surviving or not: whole turns, a chain that holds, a held check."""
    found = [cut_power(seed) for seed in range(SAMPLE)]
    assert [figure for figure in figures_of_cuts(found) if figure.met is False] == []
    assert sum(one.acknowledged for one in found) > 50 * SAMPLE


def test_a_power_cut_in_the_first_start_leaves_a_home_that_opens() -> None:
    """Wherever it goes while the database is made."""
    assert [seed for seed in range(30) if not cut_first_start(seed)] == []


def test_the_simulation_finds_a_commit_that_does_not_wait_for_the_disk() -> None:
    """Else it would prove nothing: with WAL and NORMAL, what was acknowledged is lost in most cuts."""
    assert sum(cut_power(seed, synchronous="normal").lost > 0 for seed in range(10)) > 2


@pytest.mark.parametrize("after", [30, 500, 1200])
def test_nothing_acknowledged_is_lost_when_the_process_is_killed(after: int) -> None:
    """A real process, a real file: every acknowledged row is there, and only the end is missing."""
    killed = kill(after)
    assert (killed.lost, killed.faults) == (0, ())
    assert killed.acknowledged > 0
