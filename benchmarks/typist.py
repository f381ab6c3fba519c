"""Keeps whole checks in a home's journal until it is killed, and reports what it gave and what is kept.

``python -m benchmarks.typist HOME``. Its lines are ``given TICKET NS`` and ``kept TICKET NS`` on the monotonic clock.
Ticket n is transition n of one check after the other, so that the test that kills it knows what should be there.
"""

import itertools
import os
import sys
import threading
import time
from pathlib import Path

from benchmarks.quick_pupil import SETTINGS, form, whole_check
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.journal.journal import Journal, Kept, NewAttempt, Stamp

AHEAD = 8  # turns that may wait for the disk; a pupil types one every 180 ms
WALL_MS = 1_812_358_800_000
SEED = 1


def attempt_id(count: int) -> str:
    """The id of the check with this number, from 0."""
    return f"check-{count:06d}"


def new_attempt(count: int) -> NewAttempt:
    """The check with this number; all are on one form."""
    return NewAttempt(attempt_id(count), Kind.TRY, form(SEED), SETTINGS, "typist")


def _say(what: str, ticket: int) -> None:
    os.write(1, f"{what} {ticket} {time.monotonic_ns()}\n".encode())


def _type(home: Home) -> None:
    heard, kept = threading.Event(), 0
    journal = Journal(home, wake=heard.set)
    for count in itertools.count():
        for number, turn in enumerate(whole_check(SEED)):
            stamp = Stamp(run=1, now_us=turn[-1].at, wall_ms=WALL_MS + turn[-1].at // 1000)
            if number == 0:
                ticket = journal.begin(new_attempt(count), turn, stamp)
            else:
                ticket = journal.keep(attempt_id(count), turn, stamp)
            _say("given", ticket)
            while ticket - kept >= AHEAD:
                heard.wait()
                heard.clear()
                for news in journal.news():
                    if isinstance(news, Kept):
                        kept = news.ticket
                        _say("kept", kept)


if __name__ == "__main__":
    whole_check(SEED)
    _type(Home(Path(sys.argv[1])))
