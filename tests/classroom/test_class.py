"""A whole class on one afternoon: imported, started, taken on three kiosks that share the home, restarted, exported.

Every process is a real one, and the commands run beside the kiosks. The robots' clock is virtual, the power cut is
a SIGKILL. What comes out is compared with the database, read with sqlite3 alone.
"""

import csv
import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from mtc_kiosk.school.upn import check_letter

PUPILS = 60
KIOSKS = ("pc-1", "pc-2", "pc-3")
MORNING, AFTERNOON = "2027-06-07T08:00:00Z", "2027-06-07T12:30:00Z"
NAMES = ("Abara", "Ćosić", "Dunne", "Evans", "Ibáñez", "Khan", "Łukasz", "Ng", "O’Brien", "Őry", "Popescu", "St. John")
FIRST = ("Amy", "Bo-Lin", "Chidi", "Órla Mae", "Zofia")


def upn(number: int) -> str:
    """An invented UPN with its right check letter; LA 999 is for tests."""
    rest = f"999{1001:04}27{number:03}"
    return check_letter("A" + rest) + rest


def sims_like(path: Path) -> None:
    """A class list as SIMS exports one: its own headings and order, a byte order mark, dates of this country."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["UPN", "Legal Surname", "Legal Forename", "DOB", "Gender", "Reg Group"])
        for number in range(PUPILS):
            born = f"{1 + number % 28:02}/{1 + number % 8:02}/2018"
            name = (NAMES[number % len(NAMES)], FIRST[number % len(FIRST)])
            rows.writerow([upn(number), *name, born, "MF"[number % 2], "4A" if number % 2 else "4B"])


class School:
    """The commands of one home."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.now = MORNING

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """Start a command."""
        command = [sys.executable, "-m", "mtc_kiosk", *words, "--home", str(self.home)]
        return subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "MTC_KIOSK_NOW": self.now},
        )

    def do(self, *words: str) -> dict[str, Any]:
        """A command that must succeed; its data."""
        running = self.start(*words, "--json")
        said, complained = running.communicate(timeout=120)
        assert running.returncode == 0, complained or said
        data: dict[str, Any] = json.loads(said)["data"]
        return data

    def refused(self, *words: str) -> str:
        """A command that must be refused in one sentence, and change nothing."""
        before = self.rows("select count(*) from audit")
        running = self.start(*words)
        _, complained = running.communicate(timeout=60)
        assert running.returncode == 1
        assert len(complained.strip().splitlines()) == 1, complained
        assert self.rows("select count(*) from audit") == before
        return complained

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Read the database."""
        connection = sqlite3.connect(f"file:{self.home / 'mtc.db'}?mode=ro", uri=True, timeout=10)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def robots(self, *kiosks: str) -> list["subprocess.Popen[str]"]:
        """A robot at each of these kiosks."""
        return [self.start("run", "--robot", "mixed", "--kiosk", kiosk) for kiosk in kiosks]


def finish(kiosks: list["subprocess.Popen[str]"]) -> None:
    """Wait for the robots to have taken every slip."""
    for kiosk in kiosks:
        said, complained = kiosk.communicate(timeout=300)
        assert kiosk.returncode == 0, complained or said


def test_a_class_takes_the_check_on_three_kiosks(tmp_path: Path) -> None:
    """60 pupils, three kiosks, a power cut, three reasons, two restarts: every pupil has the row that they should."""
    school = School(tmp_path / "home")
    school.do("simulate", "--pupils", "0", "--seed", "1")
    sims_like(tmp_path / "class.csv")
    school.do("pupils", "import", str(tmp_path / "class.csv"))
    not_taking = [upn(number) for number in (0, 1, 2)]
    school.do("reason", "set", "ABSNT", *not_taking)
    school.do("session", "start", "--kind", "official")
    assert len(school.do("pins", "list")["pins"]) == PUPILS - len(not_taking)

    kiosks = school.robots(*KIOSKS)
    while school.rows("select count(*) from attempt where outcome is not null")[0][0] < 8:
        school.do("status")
        time.sleep(0.2)
    kiosks[0].kill()  # the power cut
    kiosks[0].communicate()
    school.do("status")
    finish(kiosks[1:])
    finish(school.robots(KIOSKS[0]))

    school.now = AFTERNOON
    again = random.Random(1).sample(sorted(row[0] for row in school.rows(COMPLETE)), 2)
    school.do("restart", "give", *again, "--reason", "CLD")
    assert "restart" in school.refused("restart", "give", again[0], "--reason", "CLD").casefold()
    school.do("session", "start", "--kind", "official")
    finish(school.robots(*KIOSKS[:2]))

    school.do("export", "results", "--format", "csv", "--out", str(tmp_path / "results.csv"))
    with (tmp_path / "results.csv").open(encoding="utf-8-sig", newline="") as file:
        results = {row["UPN"]: row for row in csv.DictReader(file)}
    assert len(results) == PUPILS
    for number in range(PUPILS):
        row = results[upn(number)]
        if row["UPN"] in not_taking:
            assert (row["Score"], row["Reason code"] != "") == ("", True)
        else:
            assert (row["Status"], row["Score"]) == ("Complete", str(score(school, row["UPN"])))
            assert row["Checks taken"] == ("2" if row["UPN"] in again else "1")
    counts = school.do("status")
    assert sum(counts["counts"].values()) == PUPILS


COMPLETE = (
    "select p.upn from attempt a join pupil p on p.id = a.pupil_id where a.outcome = 'complete'"
    " group by p.upn having count(*) = 1"
)


def score(school: School, number: str) -> int:
    """The score of a pupil's last attempt, reckoned here."""
    answers = school.rows(
        "select factor1 * factor2, response from answer where by <> 'void' and attempt_id ="
        " (select a.id from attempt a join pupil p on p.id = a.pupil_id"
        f" where p.upn = '{number}' and a.outcome = 'complete' order by a.started_at desc limit 1)"
    )
    assert len(answers) == 25
    return sum(response.isdigit() and int(response) == product for product, response in answers)
