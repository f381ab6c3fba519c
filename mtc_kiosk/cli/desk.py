"""What a command of the school side works at: the home's settings and database, opened, and the time it is there.

It opens and closes; what is done with the rows is each command's own.
"""

import contextlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

import click

from mtc_kiosk.cli.places import configuration_of, database_of, home_of
from mtc_kiosk.cli.wall import time_told
from mtc_kiosk.config.school_shape import Scheme
from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.school.timetable import Timetable
from mtc_kiosk.store.db.instants import written
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.transaction import AuditStamp
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import is_made_up
from mtc_kiosk.store.school.rules import timetable_of

MADE_UP = "made-up pupils"


@dataclass(frozen=True)
class Desk:
    """An open home. ``now`` is in UTC."""

    home: Home
    configuration: Configuration
    db: Database
    now: datetime
    made_up: bool

    @property
    def act(self) -> AuditStamp:
        """Whoever may write the home acts as owner and head, now."""
        return AuditStamp(written(self.now), COMMAND_LINE.account)

    @property
    def timetable(self) -> Timetable:
        """The school's dates and hours."""
        return timetable_of(self.configuration.school)

    @property
    def today(self) -> date:
        """The day at the school."""
        return self.timetable.day(self.now)

    @property
    def is_national(self) -> bool:
        """Whether the national scheme's rules hold."""
        return self.configuration.school.scheme is Scheme.NATIONAL

    def marked(self, data: Mapping[str, object]) -> dict[str, object]:
        """The data of ``--json``, which says of made-up pupils that they are."""
        return {"made_up_pupils": True, **data} if self.made_up else dict(data)

    def echo(self, text: str) -> None:
        """Say something, and of made-up pupils that they are."""
        click.echo(f"({MADE_UP}) {text}" if self.made_up else text)


@contextlib.contextmanager
def desk_of(ctx: click.Context) -> Iterator[Desk]:
    """The home that the command line means, open until the command ends; a Refusal where it cannot be."""
    home = home_of(ctx)
    configuration = configuration_of(home)
    made_up = is_made_up(home.root)
    now = time_told(os.environ) if made_up else None
    db = database_of(home)
    try:
        yield Desk(home, configuration, db, now or datetime.now(UTC), made_up)
    finally:
        db.close()
