"""From a class list to a result in real time: commands beside a kiosk, a made-up pupil's keys by another process."""

import csv
import json
import subprocess
import sys
from pathlib import Path

from benchmarks.screen import Injector, kiosk

TITLE = "mtc_kiosk"
CLASS_LIST = (
    "Surname,Forename,Middle name(s),Date of birth,Sex,UPN\n"
    "Testerly,Amy,,14/03/2018,F,G201100120001\n"
    "Łukasz,Bo-Lin,Kai,2/9/2017,m,W201100120002\n"
)


def mtc(home: Path, *words: str, typed: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command that must succeed."""
    command = [sys.executable, "-m", "mtc_kiosk", *words, "--home", str(home)]
    told = subprocess.run(command, capture_output=True, text=True, input=typed, timeout=60, check=False)
    assert told.returncode == 0, told.stderr
    return told


def test_a_pupil_signs_in_takes_the_check_and_has_a_result(display: str, fingers: Injector, tmp_path: Path) -> None:
    """Signed in with password and PIN, every answer given in real time, and the result is there the same minute."""
    home = tmp_path / "home"
    mtc(home, "simulate", "--pupils", "0", "--seed", "1")
    (tmp_path / "class.csv").write_text(CLASS_LIST, encoding="utf-8")
    mtc(home, "pupils", "import", str(tmp_path / "class.csv"))
    mtc(home, "passcode", "set", typed="chalk-and-cheese\n")
    mtc(home, "session", "start", "--kind", "official", "--until", "23:59")
    pins = json.loads(mtc(home, "pins", "list", "--json").stdout)["data"]
    amy = next(pin for pin in pins["pins"] if pin["upn"] == "G201100120001")

    with kiosk(display, home, "run") as running:
        fingers.wait_for_window(TITLE)
        fingers.tap(*pins["password"], "Return", *amy["pin"], "Return", gap_ms=80)
        fingers.turn_page("Tab", "Return")  # Yes, that is me
        attempt, seq, right = str(running.wait_for("select id from attempt")[0][0]), 0, 0
        assert running.rows("select check_code, kind from attempt") == [(amy["check_code"], "official")]
        while True:
            seq, kind, data = running.wait_for_step(attempt, seq)
            if kind == "Finished":
                break
            if kind == "Shown":
                product = data["factor1"] * data["factor2"]
                wrong = not data["practice"] and data["number"] % 5 == 0
                right += not data["practice"] and not wrong
                fingers.tap(*str(product + wrong), "Return")
            elif kind == "StepBegan" and data["page"] is not None:
                fingers.turn_page()
        running.wait_for("select 1 from inbox where type = 'check' and record_id = ?", (attempt,))
        assert running.rows("select used_at is not null from pin where check_code = ?", (amy["check_code"],)) == [(1,)]
        mtc(home, "export", "results", "--format", "csv", "--out", str(tmp_path / "results.csv"))

    with (tmp_path / "results.csv").open(encoding="utf-8-sig", newline="") as results:
        rows = {row["UPN"]: row for row in csv.DictReader(results)}
    assert (rows["G201100120001"]["Score"], rows["G201100120001"]["Status"]) == (str(right), "Complete")
    assert (rows["W201100120002"]["Score"], rows["W201100120002"]["Status"]) == ("", "Not started")
