"""Backups and a restore beside a kiosk in a real window: at its door, and while a pupil takes the check."""

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.screen import Injector, kiosk
from mtc_kiosk.store.db.database import snapshot
from mtc_kiosk.store.journal.attempts import first_broken
from tests.realtime.test_faults import say_yes, school_in, sign_in
from tests.realtime.test_sign_in import TITLE, mtc

BACKUPS = 4
"""How many are made, one after the other, while the pupil answers."""


def test_a_kiosk_goes_on_while_it_is_backed_up_and_restored(display: str, fingers: Injector, tmp_path: Path) -> None:
    """At the door a restore is found at once; in the check no backup delays an answer, and no restore takes it away."""
    home, first = tmp_path / "home", tmp_path / "first.zip"
    pins = school_in(home)
    mtc(home, "backup", str(first))
    mtc(
        home,
        "pupils",
        "add",
        "--surname",
        "Later",
        "--forename",
        "Di",
        "--date-of-birth",
        "1/2/2018",
        "--sex",
        "F",
        "--ref",
        "D1",
    )
    with kiosk(display, home, "run") as running:
        fingers.wait_for_window(TITLE)
        mtc(home, "restore", "--replace", str(first))
        assert running.rows("select count(*) from pupil") == [(2,)]
        sign_in(fingers, pins)
        attempt, seq, answers, made = say_yes(running, fingers), 0, 0, 0
        beside: subprocess.Popen[bytes] | None = None
        while made < BACKUPS or answers < BACKUPS or beside is not None:
            seq, kind, data = running.wait_for_step(attempt, seq)
            if beside is not None and beside.poll() is not None:
                assert beside.returncode == 0
                beside = None
            if kind == "Shown":
                answers += not data["practice"]
                if beside is None and made < BACKUPS and not data["practice"]:
                    made += 1
                    words = ("backup", str(tmp_path / f"{made}.zip"), "--home", str(home))
                    beside = subprocess.Popen([sys.executable, "-m", "mtc_kiosk", *words])
                fingers.tap(*str(data["factor1"] * data["factor2"]), "Return")
            elif kind == "StepBegan" and data["page"] is not None:
                fingers.turn_page()
            assert kind not in {"Held", "Finished"}
        refused = subprocess.run(
            [sys.executable, "-m", "mtc_kiosk", "restore", "--replace", str(first), "--home", str(home)],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert refused.returncode == 1
        assert "A check has not ended on" in refused.stderr
        assert running.rows("select count(*) from event where type = 'Held' or data like '%slow_disk%'") == [(0,)]
        assert running.rows("select count(*) from answer where by <> 'enter'") == [(0,)]
    for number in range(1, BACKUPS + 1):
        new = tmp_path / f"new-{number}"
        said = json.loads(mtc(new, "restore", str(tmp_path / f"{number}.zip"), "--json").stdout)["data"]
        assert said["counts"]["not_ended"] == 1
        with snapshot(new / "mtc.db") as db:
            assert first_broken(db, attempt) is None
