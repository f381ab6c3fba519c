"""The home that a console serves, and everything that its requests share.

Settings are read again when a file changes. While a changed file has a mistake the last valid settings apply, and
``mistakes`` has what is wrong, for the strip on every page.
"""

import contextlib
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from mtc_kiosk.config.mistakes import ConfigMistakes, Mistake
from mtc_kiosk.config.settings import FILES, Configuration
from mtc_kiosk.console.uploads import Uploads
from mtc_kiosk.console.web_sessions import WebSessions
from mtc_kiosk.office import open as office
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.school.staff import Staff
from mtc_kiosk.store.db.opened import Memory
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import is_made_up, wall_clock

_Stamp = tuple[tuple[str, int, int], ...]


@dataclass
class Desk:
    """One running console. ``origins`` are the hosts with port that a browser may ask for, such as 127.0.0.1:8425.

    ``signed_in_as``: every visitor acts as this account, which only a made-up home allows. ``now`` is the time in UTC.
    """

    home: Home
    origins: frozenset[str]
    signed_in_as: Staff | None = None
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    now: Callable[[], datetime] = field(init=False)
    web: WebSessions = field(init=False)
    uploads: Uploads = field(init=False)
    mistakes: tuple[Mistake, ...] = ()
    made_up: bool = field(init=False)

    def __post_init__(self) -> None:
        self.made_up = is_made_up(self.home.root)
        if self.signed_in_as is not None and not self.made_up:
            raise ValueError("Only a made-up home can be open to every visitor.")
        self.now = wall_clock(self.home)
        self.web = WebSessions(self.now)
        self.uploads = Uploads(self.time)
        self._lock = threading.Lock()
        self._read: tuple[_Stamp, Configuration] | None = None
        self._memory: Memory = {}

    def time(self) -> datetime:
        """The time in UTC."""
        return self.now()

    @contextlib.contextmanager
    def opened(self, staff: Staff) -> Iterator[OpenHome]:
        """The home, open for ``staff`` until the request ends; the refusals of ``office.open.opened``."""
        with office.opened(self.home, self.configuration(), staff, self.environ, self._memory) as home:
            yield home.at(self.now())

    def staff_called(self, account: str) -> Staff | None:
        """The account of this name; None once it is removed."""
        return None

    def configuration(self) -> Configuration:
        """The settings; ConfigMistakes only where no valid ones were read before."""
        with self._lock:
            stamp = _stamp(self.home.config_dir)
            if self._read is not None and self._read[0] == stamp:
                return self._read[1]
            try:
                read, self.mistakes = office.configuration_of(self.home), ()
            except ConfigMistakes as refused:
                if self._read is None:
                    raise
                read, self.mistakes = self._read[1], tuple(refused.mistakes)
            self._read = (stamp, read)
            return read


def _stamp(folder: Path) -> _Stamp:
    """What changes when a settings file is written; a missing file counts as changed."""
    found = []
    for name in FILES:
        try:
            stat = (folder / name).stat()
            found.append((name, stat.st_mtime_ns, stat.st_size))
        except OSError:
            found.append((name, 0, -1))
    return tuple(found)
