"""MTC_KIOSK_NOW in a real window of a made-up home: everything that is written has the time that it sets."""

import json
from pathlib import Path

import pytest

from benchmarks.screen import Injector, kiosk

from .test_sign_in import CLASS_LIST, TITLE, mtc

MORNING, LATER = "2027-06-07T09:00:00Z", "2027-06-07T09:20:00Z"
WRITTEN = {
    "attempt": "select started_at from attempt",
    "event": "select wall_time from event",
    "audit": "select at from audit",
    "pin": "select used_at from pin where used_at is not null",
}


def test_everything_written_has_the_time_that_was_told(
    display: str, fingers: Injector, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That morning's PIN works; attempts, events, audit and the use of the PIN are of that morning."""
    home = tmp_path / "home"
    monkeypatch.setenv("MTC_KIOSK_NOW", MORNING)
    mtc(home, "simulate", "--pupils", "0", "--seed", "1")
    (tmp_path / "class.csv").write_text(CLASS_LIST, encoding="utf-8")
    mtc(home, "pupils", "import", str(tmp_path / "class.csv"))
    mtc(home, "passcode", "set", typed="chalk-and-cheese\n")
    mtc(home, "session", "start", "--kind", "try", "--until", "16:00")
    pins = json.loads(mtc(home, "pins", "list", "--json").stdout)["data"]

    with kiosk(display, home, "run", more={"MTC_KIOSK_NOW": LATER}) as running:
        fingers.wait_for_window(TITLE)
        fingers.tap(*pins["password"], "Return", *pins["pins"][0]["pin"], "Return", gap_ms=80)
        fingers.turn_page("Tab", "Return")  # Yes, that is me
        attempt, seq = str(running.wait_for("select id from attempt")[0][0]), 0
        while True:
            seq, kind, data = running.wait_for_step(attempt, seq)
            if kind == "StepBegan" and data["step"] == "pause" and not data["practice"]:
                break
            if kind == "Shown":
                fingers.tap("1", "Return")
            elif kind == "StepBegan" and data["page"] is not None:
                fingers.turn_page()
        running.wait_for(WRITTEN["pin"])
        for table, query in WRITTEN.items():
            times = [at for (at,) in running.rows(query)]
            assert times, table
            assert all("2027-06-07T09:00:00" <= at <= "2027-06-07T09:30:00" for at in times), (table, times[:3])
        assert running.rows("select started_at from attempt")[0][0] >= "2027-06-07T09:20:00"
