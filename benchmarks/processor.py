"""The processor's share of each thread of a real kiosk while a question is shown and nothing is pressed.

In a window under Xvfb, with SDL's dummy sound device, which takes buffers at a real one's pace. What the system says a
thread has run is counted, not the clock on the wall, so other work on the machine does not matter.
"""

import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from benchmarks.conditions import home_with, through_pages
from benchmarks.screen import injector, kiosk, x_server

TITLE = "mtc_kiosk"
SIZE = (1920, 1080)
MEASURED_S = 5.0


def shares(questions: int, arrangements: str) -> Mapping[str, float]:
    """For each thread by its name: percent of a core, over so many questions with these arrangements."""
    used: Counter[str] = Counter()
    with (
        x_server(SIZE) as display,
        injector(display) as fingers,
        tempfile.TemporaryDirectory() as folder,
    ):
        home = home_with(Path(folder), priority=True, pause="3", arrangements=arrangements)
        with kiosk(display, home, "try", more={"SDL_AUDIODRIVER": "dummy"}) as running:
            fingers.wait_for_window(TITLE)
            attempt, seq = str(running.wait_for("select id from attempt")[0][0]), 0
            for _ in range(questions):
                seq, shown = through_pages(running, fingers, attempt, seq)
                assert shown is not None, "there are enough questions"
                before = _ran_ns(running.process.pid)
                time.sleep(MEASURED_S)
                used += Counter(_ran_ns(running.process.pid)) - Counter(before)
    return {name: 100 * ns / 1e9 / (questions * MEASURED_S) for name, ns in sorted(used.items())}


def _ran_ns(pid: int) -> dict[str, int]:
    """How long each thread has run so far; threads with the same name are counted together (Linux)."""
    ran: Counter[str] = Counter()
    for task in Path(f"/proc/{pid}/task").iterdir():
        is_main = task.name == str(pid)
        name = "loop" if is_main else (task / "comm").read_text().strip()
        ran[name] += int((task / "schedstat").read_text().split()[0])
    return dict(ran)
