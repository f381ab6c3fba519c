"""A try in a real window on Windows: gone through to its sums."""

import json
import time

from benchmarks.screen import RunningKiosk
from tests.windows import hands


def next_sum(running: RunningKiosk, seq: int = 0) -> int:
    """Press Enter on every page until a sum is shown; its row."""
    attempt = str(running.wait_for("select id from attempt")[0][0])
    on_a_page = False
    while True:
        try:
            seq, kind, data = running.wait_for_step(attempt, seq, timeout_s=3 if on_a_page else 15)
        except TimeoutError:
            if not on_a_page:
                raise
            kind, data, on_a_page = "StepBegan", {"page": "again"}, False  # on a busy PC a press may come too early
        if kind == "Shown":
            return seq
        if kind == "StepBegan" and data["page"] is not None:
            on_a_page = data["page"] != "again"
            time.sleep(hands.NEW_PAGE_S)
            hands.tap("Enter")


def keys(running: RunningKiosk, seq: int) -> list[tuple[str, str]]:
    """What the journal holds of keys after a row: (type, key)."""
    query = "select type, data from event where seq > ? and json_extract(data, '$.input') is not null order by seq"
    return [(kind, json.loads(data)["input"]) for kind, data in running.rows(query, (seq,))]
