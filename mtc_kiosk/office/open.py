"""Open a home for a member of staff: its settings, its database, its time, and who acts."""

import contextlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mtc_kiosk.config.school_shape import Scheme
from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.school.rules import Rules
from mtc_kiosk.school.staff import Staff
from mtc_kiosk.school.timetable import Timetable
from mtc_kiosk.store.classroom.seen import kiosks_at_work
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.db.kept_open import KeptOpen
from mtc_kiosk.store.db.opened import Database, Memory
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.db.transaction import AuditStamp
from mtc_kiosk.store.home.home import Home, find_home, open_home
from mtc_kiosk.store.made_up import is_made_up, time_set
from mtc_kiosk.store.school.rules import rules_of, timetable_of
from mtc_kiosk.store.school.staff_context import StaffContext

if TYPE_CHECKING:
    from mtc_kiosk.store.records.sealer import Sealer


@dataclass(frozen=True)
class OpenHome:
    """An open home and the member of staff who acts in it. ``now`` is in UTC, and stays the same while it is open.

    A kiosk keeps its home open: ``kiosk`` is its name, ``seals`` makes its records, and ``at`` gives the home at a
    later time. Elsewhere the sealer is made when something is sealed.
    """

    home: Home
    configuration: Configuration
    db: Database
    staff: Staff
    now: datetime
    made_up: bool
    kiosk: str = ""
    seals: "Sealer | None" = None

    @property
    def stamp(self) -> AuditStamp:
        """Who acts and when, for the audit."""
        return AuditStamp(written(self.now), self.staff.account)

    @property
    def changes(self) -> int:
        """The number of the last change of the school's data; every change has a row in the audit."""
        (last,) = self.db.execute("select coalesce(max(id), 0) from audit").fetchone()
        return int(last)

    @property
    def timetable(self) -> Timetable:
        """The school's dates and hours."""
        return timetable_of(self.configuration.school)

    @property
    def today(self) -> date:
        """Today at the school."""
        return self.timetable.day(self.now)

    @property
    def is_national(self) -> bool:
        """Whether the rules of the national scheme apply."""
        return self.configuration.school.scheme is Scheme.NATIONAL

    @property
    def rules(self) -> Rules:
        """The school's rules, from its settings files."""
        return rules_of(self.configuration)

    def context(self) -> StaffContext:
        """The context of a change: the time, the rules, the kiosks that run now, here or enrolled, and who acts."""
        here = {self.kiosk} if self.kiosk else set()
        running = kiosks_at_work(self.home, self.db) | here
        return StaffContext(now=self.now, rules=self.rules, running=running, staff=self.staff)

    def sealer(self) -> "Sealer":
        """The sealer, which makes signed records of changes; DeviceKeyRefused if the home's key cannot be read."""
        if self.seals is not None:
            return self.seals
        from mtc_kiosk.office.sealing import sealer_of  # noqa: PLC0415 - a kiosk's first screen needs no records

        return sealer_of(self.home, self.configuration, made_up=self.made_up)

    def at(self, now: datetime) -> "OpenHome":
        """The same home at another time."""
        return replace(self, now=now)


def find(folder: Path | None, environ: Mapping[str, str] = os.environ) -> Home:
    """The home that ``folder``, the environment or the installation names, made if it does not exist; HomeRefused.

    A restore that was interrupted is finished or undone first, and the home's ``news`` says so.
    """
    home = open_home(find_home(folder, environ))
    if not home.restoring.exists():
        return home
    from mtc_kiosk.store.db.restoring import settle  # noqa: PLC0415 - seldom, and a kiosk's start does not wait for it

    news = settle(home)
    return replace(home, news=(*home.news, news)) if news is not None else home


def configuration_of(home: Home) -> Configuration:
    """The settings; ConfigMistakes lists every mistake in the files."""
    from mtc_kiosk.config.configuration import load_all  # noqa: PLC0415 - a kiosk's start mostly needs none of it

    return load_all(home.config_dir)


@contextlib.contextmanager
def opened(
    home: Home,
    configuration: Configuration,
    staff: Staff,
    environ: Mapping[str, str] = os.environ,
    memory: Memory | None = None,
    kept: KeptOpen | None = None,
) -> Iterator[OpenHome]:
    """The home, open for ``staff`` until the block ends; DatabaseRefused, or NotAnInstant in a made-up home.

    A program that opens it again and again gives each the same ``memory`` (``store.db.opened``), or the connections
    that it keeps open.
    """
    made_up = is_made_up(home.root)
    now = time_set(environ) if made_up else None
    with kept.lent() if kept is not None else contextlib.closing(open_database(home, memory=memory)) as db:
        yield OpenHome(home, configuration, db, staff, now or datetime.now(UTC), made_up)
