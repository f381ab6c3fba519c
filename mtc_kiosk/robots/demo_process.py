"""The robots of a demonstration, in a process of their own.

``python -m mtc_kiosk.robots.demo_process HOME BEGAN``, with the milliseconds since 1970 at which their clocks begin. It
writes a JSON line for each check that is finished, and ends with its standard input, whatever becomes of the program
that started it.
"""

import contextlib
import json
import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from mtc_kiosk.kiosk.system.clock import utc
from mtc_kiosk.kiosk.system.end_signals import Ending, ending_signals
from mtc_kiosk.office import open as office
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.robots import demo_school
from mtc_kiosk.robots.classroom import PCS, Classroom
from mtc_kiosk.robots.clock import VirtualClock
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.store.home.home import Home, open_home
from mtc_kiosk.store.home.kiosk_lock import KioskIsRunning, kiosk_lock
from mtc_kiosk.store.made_up import is_made_up, wall_clock

LONGEST_REST_S = 0.1


def main() -> int:
    """Let the robots take the check until the input ends."""
    home = open_home(Path(sys.argv[1]))
    if not is_made_up(home.root):
        return 1
    with ending_signals() as ending, contextlib.ExitStack() as locks:
        threading.Thread(target=_end_with_input, args=(ending,), daemon=True).start()
        try:
            for name in PCS:
                locks.enter_context(kiosk_lock(home, name))
        except KioskIsRunning as running:
            sys.stderr.write(f"{running}\n")
            return 1
        with contextlib.suppress(BrokenPipeError), _classroom(home, int(sys.argv[2])) as classroom:
            while not ending():
                time.sleep(min(classroom.step(), LONGEST_REST_S))
    return 0


@contextlib.contextmanager
def _classroom(home: Home, began_ms: int) -> Iterator[Classroom]:
    """The PCs of the home, switched on."""
    with office.opened(home, office.configuration_of(home), COMMAND_LINE) as opened:
        plans = demo_school.plans(opened)
        again = {pupil_id for pupil_id, plan in plans.items() if plan.starts_again}
        now = wall_clock(home)
        room = Classroom(home, opened.configuration, opened.db, plans, lambda: round(now().timestamp() * 1000))

        def finished(pupil_id: int, clock: VirtualClock) -> None:
            if pupil_id in again:
                again.discard(pupil_id)
                demo_school.let_start_again(_at(opened, clock), pupil_id)
            sys.stdout.write(json.dumps({"taken": room.taken}) + "\n")
            sys.stdout.flush()

        room.finished = finished
        room.open(PCS, began_ms)
        try:
            yield room
        finally:
            room.close()


def _at(home: OpenHome, clock: VirtualClock) -> OpenHome:
    return home.at(utc(clock)())


def _end_with_input(ending: Ending) -> None:
    """Ask for the end once the other end of the standard input is closed.

    It is read without Python's own stream: a thread that still waits in that one at the end is a fatal error.
    """
    with contextlib.suppress(OSError):
        while os.read(sys.stdin.fileno(), 1024):
            pass
    ending.tell()


if __name__ == "__main__":
    sys.exit(main())
