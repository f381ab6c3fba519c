"""Half-filled forms of people whose time ran out: kept in memory for that account alone, an hour at most.

A password, a file and the hidden values of a form are never kept. One form an account: the last.
"""

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

LONGEST = timedelta(hours=1)
MOST_CHARACTERS = 100_000
"""Of one form: a pasted class list is longer, and is not kept."""

PREFIX = "f."
"""Before the names of fields that a script sends to be kept, so that none is taken for its own."""

_NEVER = ("csrf_token", "once")
_SECRET = ("password", "secret")


@dataclass(frozen=True)
class KeptForm:
    """What somebody had typed on a page, and when it was kept."""

    page: str
    fields: tuple[tuple[str, str], ...] = field(repr=False)
    at: datetime


class KeptForms:
    """The kept forms of one console. ``now`` gives the time in UTC."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._kept: dict[int, KeptForm] = {}
        self._lock = threading.Lock()

    def keep(self, account_id: int, page: str, fields: Iterable[tuple[str, str]]) -> bool:
        """Keep what was typed on a page; False if there is nothing to keep, or too much."""
        named = ((name.removeprefix(PREFIX), value) for name, value in fields)
        typed = tuple((name, value) for name, value in named if _may_be_kept(name))
        size = sum(len(name) + len(value) for name, value in typed)
        if not any(value.strip() for _, value in typed) or size > MOST_CHARACTERS:
            return False
        with self._lock:
            self._forget_old()
            self._kept[account_id] = KeptForm(page, typed, self._now())
        return True

    def of(self, account_id: int) -> KeptForm | None:
        """The kept form of an account; None without one, and after an hour."""
        with self._lock:
            self._forget_old()
            return self._kept.get(account_id)

    def drop(self, account_id: int, *paths: str) -> None:
        """Forget the form of an account, if it is of a page with one of these paths; of any page without."""
        with self._lock:
            kept = self._kept.get(account_id)
            if kept is not None and (not paths or urlsplit(kept.page).path in paths):
                del self._kept[account_id]

    def _forget_old(self) -> None:
        now = self._now()
        for account_id in [each for each, kept in self._kept.items() if not timedelta(0) <= now - kept.at < LONGEST]:
            del self._kept[account_id]


def _may_be_kept(name: str) -> bool:
    return name not in _NEVER and not any(part in name.casefold() for part in _SECRET)
