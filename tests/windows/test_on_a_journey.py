"""A whole check on Windows, in a real full-screen window and real time, with keys and mouse by the system's own calls.

Killed in a question and started again, it is held; staff let it go on, and all of it is in the database.
"""

import time
from pathlib import Path
from typing import Any

import pytest

from benchmarks.screen import RunningKiosk, kiosk
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.kiosk.view.controls import ScreenKey
from tests.windows import hands
from tests.windows.places import middle, question
from tests.windows.schools import PASSCODE, in_four_ways, school, sign_in


@pytest.fixture(autouse=True)
def _num_lock_off() -> None:
    hands.switch_num_lock(on=False)


class Pupil:
    """Answers questions one way after the other: keyboard, number pad with Num Lock off, mouse."""

    def __init__(self, running: RunningKiosk, attempt: str, seq: int = 0) -> None:
        self.running, self.attempt, self.seq = running, attempt, seq

    def next_sum(self) -> dict[str, Any] | None:
        """Go on to the next sum; None at the end of the check."""
        while True:
            self.seq, kind, data = self.running.wait_for_step(self.attempt, self.seq)
            if kind == "Shown":
                return data
            if kind == "Finished":
                return None
            if kind == "StepBegan" and data["page"] is not None:
                time.sleep(hands.NEW_PAGE_S)
                hands.tap("Enter")

    def answer(self, shown: dict[str, Any], how: str) -> None:
        """Give the right answer, with Enter."""
        digits = str(shown["factor1"] * shown["factor2"])
        if how == "keyboard":
            hands.tap(*digits, "Enter")
        elif how == "pad":
            hands.pad(*digits)
            hands.tap("PadEnter")
        else:
            view, label = question(practice=shown["practice"]), Kind.OFFICIAL
            for key in (*digits, "Enter"):
                hands.click(*middle(view, label, ScreenKey(key), hands.screen_size()))
                time.sleep(0.05)


WAYS = ("keyboard", "pad", "mouse")


def test_a_check_is_taken_killed_held_carried_on_and_finished(tmp_path: Path) -> None:
    """Every answer that was given is in the database once, by its own way, and the question killed was asked again."""
    home, pupil = school(tmp_path)
    with kiosk("", home, "run") as running:
        taker = Pupil(running, sign_in(running, pupil))
        for way in (*WAYS, *WAYS):
            shown = taker.next_sum()
            assert shown is not None
            taker.answer(shown, way)
        shown = taker.next_sum()
        assert shown is not None
        hands.tap("4", "2")
        running.wait_for("select 1 from input where number = 4 and input = '2'")
        running.process.kill()
        running.process.wait()

    with kiosk("", home, "run") as running:
        hands.wait_for_window()
        running.wait_for("select 1 from event where type = 'Held' and attempt_id = ?", (taker.attempt,))
        assert running.rows("select response, by from answer where number = 4") == [("42", "void")]
        time.sleep(hands.NEW_PAGE_S)
        hands.chord("Ctrl", "Shift", "F12", seconds=3.5)
        in_four_ways(PASSCODE)
        hands.tap("Enter")
        time.sleep(hands.NEW_PAGE_S)
        hands.tap("Tab", "Enter", gap_s=0.3)
        after = Pupil(running, taker.attempt, running.rows("select max(seq) from event")[0][0])
        again = after.next_sum()
        assert again is not None
        assert (again["number"], again["showing"]) == (4, 2)
        while again is not None:
            after.answer(again, WAYS[again["number"] % 3])
            again = after.next_sum()
        assert running.rows("select outcome from attempt") == [("complete",)]
        running.wait_for("select 1 from inbox where type = 'check' and record_id = ?", (taker.attempt,))
        answers = running.rows(
            "select number, showing, response = factor1 * factor2, by from answer where by <> 'void' order by number"
        )
        assert answers == [(n, 2 if n == 4 else 1, 1, "enter") for n in range(1, 26)]
        by_mouse = "select distinct number from input where source = 'mouse' order by number"
        assert [n for (n,) in running.rows(by_mouse)] == [3, *range(5, 26, 3)]
        assert running.rows("select count(*) from attempt") == [(1,)]
