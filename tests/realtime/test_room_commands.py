"""A check is held and carried on from a console that shares the home, in a real kiosk process and in real time."""

import contextlib
import time
from pathlib import Path

from benchmarks.screen import Injector, kiosk
from mtc_kiosk.office import kiosk_commands
from mtc_kiosk.school.kiosk_command import CommandAnswer, Order
from mtc_kiosk.store.school.kiosk_commands import check_now
from tests.office.as_staff import TEACHER, open_as
from tests.realtime.test_faults import say_yes, school_in, sign_in
from tests.realtime.test_staff_hold import shorten, until_shown, wait_for_count

WITHIN_S = 2.0


def test_a_check_is_held_and_carried_on_from_the_room(display: str, fingers: Injector, tmp_path: Path) -> None:
    """Each command reaches the kiosk within 2 seconds. The check goes on when the pupil presses, and not before."""
    home = tmp_path / "home"
    pins = school_in(home)
    shorten(home)
    with contextlib.ExitStack() as opened:
        running = opened.enter_context(kiosk(display, home, "run"))
        console = opened.enter_context(open_as(home, TEACHER))

        def tell(order: Order) -> None:
            began = time.monotonic()
            command = kiosk_commands.give(console, check_now(console.db, attempt), order)
            found = kiosk_commands.wait_for(console, command, WITHIN_S)
            assert found.answer is CommandAnswer.DONE, found
            assert time.monotonic() - began < WITHIN_S

        sign_in(fingers, pins)
        attempt = say_yes(running, fingers)
        until_shown(running, fingers, attempt, 1)
        fingers.tap("4")
        tell(Order.HOLD)
        assert running.events(attempt, "Held") == [], "the question that is open ends first"
        fingers.tap("2", "Return")
        wait_for_count(running, attempt, "Held", 1)
        tell(Order.CARRY_ON)
        fingers.turn_page("Return")
        assert running.events(attempt, "Released") == [], "no control has the focus: Enter alone presses nothing"
        fingers.turn_page("Tab", "Return")
        wait_for_count(running, attempt, "Released", 1)
        tell(Order.HOLD)
        wait_for_count(running, attempt, "Held", 2)
        tell(Order.STOP)
        running.wait_for("select 1 from attempt where outcome = 'stopped'")
        answers = running.rows("select number, response, by from answer order by number")
        assert answers == [(1, "42", "enter")]
        acts = running.rows("select account, action from audit where action like 'check.%' order by id")
        assert acts == [("t.teacher", f"check.{act}") for act in ("held", "resumed", "held", "stopped")]
