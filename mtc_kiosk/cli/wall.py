"""What time it is in a home: the PC's time, or in a home of made-up pupils the one that MTC_KIOSK_NOW says.

There is one answer for a program: the door, attempts, events, staff, audit, records and logs all go by it. Time runs on
from the instant that is said, as of the moment when the program first asked.
"""

import os
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from mtc_kiosk.cli.output import CommandFailed, Problem
from mtc_kiosk.kiosk.system.clock import RealClock
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import is_made_up

NOW = "MTC_KIOSK_NOW"
"""The environment variable that says what time it is, in a home of made-up pupils alone."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def clock_at(home: Home) -> RealClock:
    """The clock of a kiosk in this home."""
    told = time_told(os.environ) if is_made_up(home.root) else None
    return RealClock(_ahead_ms(home.root, told) if told is not None else 0)


def clock_of(home: Home) -> Callable[[], datetime]:
    """The wall clock of a home, in UTC."""
    clock = clock_at(home)
    return lambda: _EPOCH + clock.wall_ms() * _MILLISECOND


def time_told(environ: Mapping[str, str]) -> datetime | None:
    """The instant that MTC_KIOSK_NOW says; None where it says none, a Refusal where what it says is no instant."""
    said = environ.get(NOW)
    if not said:
        return None
    try:
        told = datetime.fromisoformat(said)
    except ValueError:
        told = None
    if told is None or told.tzinfo is None:
        wrong = f"{NOW} must be an instant with its time zone, such as 2027-06-07T09:00:00Z."
        raise CommandFailed(Problem(wrong, "not_an_instant"))
    return told.astimezone(UTC)


@cache
def _ahead_ms(root: Path, told: datetime) -> int:
    """How far a home's time is ahead of the PC's; the same however often the program asks."""
    return (told - _EPOCH) // _MILLISECOND - time.time_ns() // 1_000_000
