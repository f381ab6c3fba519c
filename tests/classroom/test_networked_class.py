"""Real kiosks with robots in front of them, a real desk, a faulty network between, and kills: each check comes once.

The whole class is ``python -m benchmarks.whole_class``: thirty kiosks, and more kills.
"""

from pathlib import Path

import pytest

from benchmarks.whole_class import Size, run


def test_every_check_and_reason_is_at_the_desk_once_as_the_diaries_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three checks at two kiosks and one reason, with a kiosk and the desk killed meanwhile."""
    monkeypatch.setenv("MTC_KIOSK_NOW", "2027-06-07T09:05:00Z")
    outcome = run(tmp_path, seed=3, size=Size(kiosks=2, pupils=4, reasons=1, kiosk_kills=1, desk_kills=1))
    assert outcome.wrong == []
    assert outcome.checks == 3
    assert outcome.faults.counts.total() > 0
