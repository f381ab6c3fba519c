"""The home that a console serves, and everything that its requests share.

Settings are read again when a file changes. While a changed file has a mistake the last valid settings apply, and
``mistakes`` has what is wrong, for the strip on every page.
"""

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from mtc_kiosk.config.mistakes import ConfigMistakes, Mistake
from mtc_kiosk.config.settings import FILES, Configuration
from mtc_kiosk.console.api.admission import Admission
from mtc_kiosk.console.kept_forms import KeptForms
from mtc_kiosk.console.lan import Lan
from mtc_kiosk.console.uploads import Uploads
from mtc_kiosk.console.web_sessions import WebSessions
from mtc_kiosk.office import open as office
from mtc_kiosk.office.accounts import none_yet
from mtc_kiosk.office.first_owner import FirstOwnerLink
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.sessions import open_now
from mtc_kiosk.office.tries import Tries
from mtc_kiosk.school.accounts import UNKNOWN
from mtc_kiosk.school.staff import Staff, staff_of
from mtc_kiosk.store.db.database import DatabaseRefused
from mtc_kiosk.store.db.kept_open import KeptOpen
from mtc_kiosk.store.db.opened import Memory
from mtc_kiosk.store.db.sqlite_faults import OddRow
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import is_made_up, wall_clock

_Stamp = tuple[tuple[str, int, int], ...]


@dataclass
class Desk:
    """One running console. ``origins`` are the hosts with port that a browser may ask for, such as 127.0.0.1:8425.

    ``signed_in_as``: every visitor acts as this account, which only a made-up home allows. ``now`` is the time in UTC,
    ``clock`` counts seconds and cannot be set. ``first_owner`` is the link of this start of the console.
    ``lan`` is how other PCs reach it, None if they do not; ``admission`` what is kept of kiosks' requests.
    """

    home: Home
    origins: frozenset[str]
    signed_in_as: Staff | None = None
    environ: Mapping[str, str] = field(default_factory=lambda: os.environ)
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = field(init=False)
    web: WebSessions = field(init=False)
    uploads: Uploads = field(init=False)
    kept: KeptForms = field(init=False)
    tries: Tries = field(init=False)
    first_owner: FirstOwnerLink = field(init=False)
    admission: Admission = field(init=False)
    lan: Lan | None = None
    mistakes: tuple[Mistake, ...] = ()
    kiosk_addresses: tuple[str, ...] = ()
    """Where other PCs reach this console, such as https://192.168.1.10:8426; empty if it is for this PC alone."""

    made_up: bool = field(init=False)

    def __post_init__(self) -> None:
        self.made_up = is_made_up(self.home.root)
        if self.signed_in_as is not None and not self.made_up:
            raise ValueError("Only a made-up home can be open to every visitor.")
        self.now = wall_clock(self.home)
        self.uploads = Uploads(self.time)
        self.web, self.kept = WebSessions(self.time, self.uploads.drop_all_of), KeptForms(self.time)
        self.tries, self.first_owner = Tries(self._seconds), FirstOwnerLink(self._seconds)
        self.admission = Admission(self._seconds)
        self._lock = threading.Lock()
        self._read: tuple[_Stamp, Configuration] | None = None
        self._memory: Memory = {}
        self._kept_open: KeptOpen | None = None

    def time(self) -> datetime:
        """The time in UTC."""
        return self.now()

    @contextlib.contextmanager
    def opened(self, staff: Staff) -> Iterator[OpenHome]:
        """The home, open for ``staff`` until the request ends; the refusals of ``office.open.opened``."""
        settings, kept = self.configuration(), self._kept_open
        with office.opened(self.home, settings, staff, self.environ, self._memory, kept) as home:
            yield home.at(self.now())

    @contextlib.contextmanager
    def database_kept_open(self) -> Iterator[None]:
        """Keep the database open between requests until the end of the block."""
        self._kept_open = KeptOpen(self.home, self._memory)
        with contextlib.closing(self._kept_open):
            yield

    @property
    def idle(self) -> timedelta:
        """How long a session may be unused before it locks."""
        return timedelta(minutes=self.configuration().school.console.idle_minutes)

    def has_session(self) -> bool:
        """Whether a session is open now; True if that cannot be told, so that the PC stays awake."""
        try:
            with self.opened(staff_of(UNKNOWN)) as home:
                return bool(open_now(home))
        except (DatabaseRefused, sqlite3.Error, OddRow):
            return True

    def first_link(self, console: str) -> str | None:
        """The link with which the first account is made; None once there is one. Print it on the terminal alone.

        ``console`` is the address of the console, such as ``http://127.0.0.1:8425/``.
        """
        with self.opened(staff_of(UNKNOWN)) as home:
            return self.first_owner.address(f"{console}sign-in/first") if none_yet(home) else None

    def _seconds(self) -> float:
        return self.clock()

    def configuration(self) -> Configuration:
        """The settings; ConfigMistakes only where no valid ones were read before."""
        stamp, before = _stamp(self.home.config_dir), self._read
        if before is not None and before[0] == stamp:  # as nearly always: then no request waits for another
            return before[1]
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
