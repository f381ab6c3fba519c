"""How long a sound takes from its cause to the mixer, read from the journal of a check.

A sound counts only if nothing was playing when its cause came: the others wait by rule.
"""

from collections.abc import Iterable, Mapping
from typing import Any

Row = tuple[int, str, Mapping[str, Any]]
"""``at_us``, type and data of an event, in order."""


def delays_ms(rows: Iterable[Row]) -> list[float]:
    """From each alert, time-out, question and digit to the moment its sound was handed to the mixer."""
    delays: list[float] = []
    causes: dict[str, int] = {}
    silent_from = 0
    for at_us, kind, data in rows:
        match kind:
            case "Alerted":
                causes["beep-two-seconds"] = at_us
            case "TimedOut":
                causes["beep-time-out"] = at_us
            case "StepBegan" if data["step"] == "reading":
                causes["question"] = at_us
            case "Typed" if at_us >= silent_from:
                causes[f"digit-{data['input']}"] = at_us
            case "SoundBegan":
                name = data["sound"] if not data["sound"].startswith("question-") else "question"
                if name in causes:
                    delays.append((at_us - causes.pop(name)) / 1e3)
                if not name.startswith("beep"):
                    silent_from = at_us + data["lasts_us"]
                    causes = {name: at for name, at in causes.items() if not name.startswith("digit")}
            case _:
                pass
    return delays
