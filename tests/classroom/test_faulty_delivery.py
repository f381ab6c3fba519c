"""Kiosks deliver to the real desk through the faulty network: each record is there once, whatever happens on the way.

The long run is ``python -m benchmarks.classroom_faults``.
"""

from pathlib import Path

import pytest

from benchmarks.classroom_faults import run
from tools.network.faults import ByteFault, MessageFault

FAULTS, SIZE = 40, (3, 4, 2)


def test_a_faulty_network_and_a_killed_desk_lose_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """40 faults of many kinds and a kill: nothing lost, nothing twice, a receipt for all; duplicates were refused."""
    monkeypatch.setenv("MTC_KIOSK_NOW", "2027-06-07T10:00:00Z")
    outcome = run(tmp_path, seed=5, most=FAULTS, kills=1, size=SIZE)
    assert outcome.wrong == []
    assert (outcome.sent, outcome.kills, outcome.faults.counts.total()) == (36, 1, FAULTS)
    assert len(set(outcome.faults.counts) & {*MessageFault, *ByteFault}) >= 10
    assert outcome.puts > outcome.sent
