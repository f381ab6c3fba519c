"""Wrong tries to sign in: they delay the next try and never lock anybody out.

They are counted by account *and* browser. A browser in which a person signed in before waits only for wrong tries made
in that browser; all other browsers together wait for each other's tries at this account, and a little for tries at any
name at all. So a pupil who guesses elsewhere delays nobody at their own PC, and one who guesses at a teacher's PC
delays that teacher by a minute at most. A try counts before its password is looked at: many at once are as slow as one
by one.

They are in the memory of the console: whoever can start it anew owns the home's files anyway.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from mtc_kiosk.school.slowing import Slowing

AT_ONE_ACCOUNT = Slowing(4, timedelta(seconds=5), timedelta(seconds=60), timedelta(minutes=15))
AT_ANY = Slowing(20, timedelta(seconds=2), timedelta(seconds=30), timedelta(minutes=15))
_MOST_KEYS = 1000
_ANY = ("", "")

Wait = int
"""Whole seconds; 0 for none."""


@dataclass(frozen=True)
class Try:
    """A try that was let through: ``keys`` is where it counts as wrong until it is taken back."""

    keys: tuple[tuple[str, str], ...]
    at: timedelta


class Tries:
    """The wrong tries of one console. ``clock`` counts seconds and cannot be set (``time.monotonic``)."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._wrong: dict[tuple[str, str], list[timedelta]] = {}
        self._lock = threading.Lock()

    def begin(self, account: str, browser: str) -> Try | Wait:
        """Let a try through, which counts as wrong at once; or the seconds to wait.

        ``account`` is what tells names apart; ``browser`` is "" unless this account signed in from it before.
        """
        with self._lock:
            now = timedelta(seconds=self._clock())
            keys = ((account, browser),) if browser else ((account, ""), _ANY)
            wait = max(self._slowing(key).seconds_to_wait(self._wrong.get(key, ()), now) for key in keys)
            if wait:
                return wait
            self._forget(now)
            for key in keys:
                self._wrong.setdefault(key, []).append(now)
            return Try(keys, now)

    def right(self, tried: Try) -> None:
        """The password was right: forget the wrong tries at this account from there; those at other names stay."""
        with self._lock:
            for key in tried.keys:
                if key != _ANY:
                    self._wrong.pop(key, None)
                elif tried.at in self._wrong.get(key, []):
                    self._wrong[key].remove(tried.at)

    def _slowing(self, key: tuple[str, str]) -> Slowing:
        return AT_ANY if key == _ANY else AT_ONE_ACCOUNT

    def _forget(self, now: timedelta) -> None:
        for key in list(self._wrong):
            self._wrong[key] = self._slowing(key).counted(self._wrong[key], now)
            if not self._wrong[key]:
                del self._wrong[key]
        while len(self._wrong) > _MOST_KEYS:
            self._wrong.pop(next(key for key in self._wrong if key != _ANY))
