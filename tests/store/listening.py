"""A loop that only listens to a journal: it keeps every piece of news, in order, and can wait for one."""

import threading
from typing import Any, TypeVar

from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.journal.journal import Journal, Kept, News

LONGEST_WAIT_S = 20.0

Kind = TypeVar("Kind", bound=News)


class Listening:
    """A journal and its news so far. ``with`` closes it."""

    def __init__(self, home: Home, **options: Any) -> None:
        self._woken = threading.Event()
        self.heard: list[News] = []
        self.journal = Journal(home, wake=self._woken.set, **options)

    def __enter__(self) -> "Listening":
        return self

    def __exit__(self, *_: object) -> None:
        self.journal.close()

    def wait_for(self, kind: type[Kind]) -> Kind:
        """The first news of a kind; waits for it."""
        while not any(isinstance(news, kind) for news in self.heard):
            assert self._woken.wait(LONGEST_WAIT_S), f"no {kind.__name__} among {self.heard}"
            self._woken.clear()
            self.heard += self.journal.news()
        return next(news for news in self.heard if isinstance(news, kind))

    def wait_until_woken(self) -> None:
        """Wait until the journal has something to tell, if only that it tried once more."""
        self._woken.clear()
        assert self._woken.wait(LONGEST_WAIT_S)
        self.heard += self.journal.news()

    def all(self) -> list[News]:
        """All news, once everything given is on the disk."""
        assert self.journal.flush(LONGEST_WAIT_S)
        self.heard += self.journal.news()
        return self.heard

    def kept(self) -> list[int]:
        """The tickets that are on the disk, once all are."""
        return [news.ticket for news in self.all() if isinstance(news, Kept)]
