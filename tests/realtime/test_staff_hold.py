"""Staff hold a check that runs, in a real window: the chord over a question, the passcode, the menu, and on again."""

import re
from pathlib import Path

from benchmarks.screen import Injector, RunningKiosk, kiosk
from tests.realtime.test_faults import say_yes, school_in, sign_in

CHORD = ("Control_L", "Shift_L", "F12")
HELD_S = 3.3
QUESTION_US = 6_000_000
PASSCODE = (*"chalk", "minus", *"and", "minus", *"cheese", "Return")
TO_HOLD = ("Tab",) * 5  # from nothing to "Hold this check": PINs, Held checks, Restart, Reason come before it
BACK = (683, 694)


def shorten(home: Path) -> None:
    """Leave one practice question and three that count; their timings stay the national ones."""
    path = home / "config" / "check.yaml"
    text = path.read_text(encoding="utf-8").replace("questions: 25", "questions: 3")
    text = re.sub(r"(?m)^( {4}\d+): \d to \d", r"\1: 0 to 3", text)
    text = text.replace("easy_questions: 3 to 7", "easy_questions: 0 to 3")
    path.write_text(text.replace("practice: [1x12, 2x2, 10x10]", "practice: [1x12]"), encoding="utf-8")


def until_shown(running: RunningKiosk, fingers: Injector, attempt: str, number: int) -> None:
    """Press Enter on pages and answer the practice until this question is shown."""
    seq = 0
    while True:
        seq, kind, data = running.wait_for_step(attempt, seq)
        if kind == "Shown" and data["practice"]:
            fingers.tap("1", "Return")
        elif kind == "Shown" and data["number"] == number:
            return
        elif kind == "StepBegan" and data["page"] is not None:
            fingers.turn_page()


def wait_for_count(running: RunningKiosk, attempt: str, kind: str, count: int) -> None:
    """Wait until there are so many events of a type."""
    query = "select 1 from event where attempt_id = ? and type = ? group by type having count(*) = ?"
    running.wait_for(query, (attempt, kind, count))


def test_staff_hold_a_running_check_and_carry_it_on(display: str, fingers: Injector, tmp_path: Path) -> None:
    """No question loses a key or a moment: a wrong passcode and Back go on, Hold holds, and the check is finished."""
    home = tmp_path / "home"
    pins = school_in(home)
    shorten(home)
    with kiosk(display, home, "run") as running:
        sign_in(fingers, pins)
        attempt = say_yes(running, fingers)

        until_shown(running, fingers, attempt, 1)
        fingers.tap("4")
        fingers.hold(*CHORD, seconds=HELD_S)
        assert running.events(attempt, "Held") == [], "the question that is open ends first"
        fingers.tap("2")
        wait_for_count(running, attempt, "Held", 1)
        fingers.turn_page(*"wrong", "Return")
        assert running.events(attempt, "Released") == []
        fingers.click(*BACK)
        wait_for_count(running, attempt, "Released", 1)

        until_shown(running, fingers, attempt, 2)
        fingers.hold(*CHORD, seconds=HELD_S)
        fingers.tap("7")
        wait_for_count(running, attempt, "Held", 2)
        fingers.turn_page(*PASSCODE)
        fingers.turn_page(*TO_HOLD, "Return")
        running.wait_for("select 1 from audit where action = 'check.held' and subject = ?", (attempt,))
        fingers.hold(*CHORD, seconds=HELD_S)
        assert len(running.events(attempt, "Released")) == 1, "held by staff, it does not go on by itself"
        fingers.turn_page(*PASSCODE)
        fingers.turn_page("Tab", "Return")
        wait_for_count(running, attempt, "Released", 2)

        until_shown(running, fingers, attempt, 3)
        fingers.tap("5", "Return")
        running.wait_for("select 1 from attempt where outcome = 'complete'")
        answers = running.rows("select number, showing, response, by, at_us - shown_us from answer order by number")
        assert [answer[:4] for answer in answers] == [
            (1, 1, "42", "timeout"),
            (2, 1, "7", "timeout"),
            (3, 1, "5", "enter"),
        ]
        assert [answer[4] for answer in answers[:2]] == [QUESTION_US, QUESTION_US]
        assert {cause["cause"] for _, cause in running.events(attempt, "Held")} == {"staff"}
