"""A try in a real window on Windows: gone through to its sums."""

import json
import time

from benchmarks.screen import RunningKiosk
from tests.windows import hands


def next_sum(running: RunningKiosk, seq: int = 0) -> int:
    """Press Enter on every page until a sum is shown; its row."""
    attempt = str(running.wait_for("select id from attempt")[0][0])
    while True:
        seq, kind, data = running.wait_for_step(attempt, seq)
        if kind == "Shown":
            return seq
        if kind == "StepBegan" and data["page"] is not None:
            time.sleep(hands.NEW_PAGE_S)
            hands.tap("Enter")


def keys(running: RunningKiosk, seq: int) -> list[tuple[str, str]]:
    """What the journal holds of keys after a row: (type, key)."""
    query = "select type, data from event where seq > ? and json_extract(data, '$.input') is not null order by seq"
    return [(kind, json.loads(data)["input"]) for kind, data in running.rows(query, (seq,))]
