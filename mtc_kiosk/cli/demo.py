"""``mtc-kiosk demo``: a made-up school, robots who take the check in it, and the console to watch them.

Nothing is asked and nothing is left: the home is temporary unless one is named.
"""

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import click

from mtc_kiosk.cli.console import announce, browser_option, console_on, ending, port_option, wait_for
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import DONE, MADE_UP, CommandFailed
from mtc_kiosk.cli.places import refusals_reported
from mtc_kiosk.office import open as office
from mtc_kiosk.office import pupils
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.school.staff import COMMAND_LINE, Role, staff_of
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.made_up import NotMadeUp, open_made_up_home

VISITOR = staff_of("demo", Role.OWNER, Role.HEAD)
"""Who acts in the console of a made-up school: whoever opens it."""

FIRST_PAGE = "room"
AGO = timedelta(minutes=24)
"""When the class began: the robots take the check faster than time passes, and are through about now.

Not half an hour: a check that was begun so long ago needs a person.
"""

TELL_EVERY = 5
STOP_WITHIN_S = 10


@click.command("demo")
@port_option
@browser_option
@home_option
@json_option
@click.pass_context
def demo(ctx: click.Context, port: int, no_browser: bool) -> int:
    """Show a made-up school: robot pupils take the check while you watch in the browser. Ctrl+C ends it."""
    as_json, given = settled(ctx).as_json, settled(ctx).home
    with ending() as ended, _home(given) as home, console_on(home, port, VISITOR) as (url, _):
        began, made = _school(home)
        with _Robots(home, began) as robots:
            announce(home, url, as_json=as_json, browser=not no_browser, page=FIRST_PAGE)
            if not as_json:
                _explain(made=made, stays=given is not None)
            wait_for(ended, lambda: None if as_json else robots.tell(made=made))
    return DONE


@contextlib.contextmanager
def _home(given: Path | None) -> Iterator[Home]:
    """The made-up home in the folder given, or a temporary one, which is deleted at the end; CommandFailed."""
    folder = given if given is not None else Path(tempfile.mkdtemp(prefix="mtc-kiosk-demo-"))
    try:
        try:
            with refusals_reported():
                home = open_made_up_home(folder)
        except NotMadeUp as refused:
            raise CommandFailed(Problem(str(refused), "not_made_up")) from refused
        yield home
    finally:
        if given is None:
            shutil.rmtree(folder, ignore_errors=True)


def _school(home: Home) -> tuple[datetime, bool]:
    """Make the school where the home has no pupils; when its morning began, and whether it was made."""
    from mtc_kiosk.robots import demo_school  # noqa: PLC0415 - the help page needs no robots

    with refusals_reported(), office.opened(home, office.configuration_of(home), COMMAND_LINE) as opened:
        if pupils.listed(opened, with_left=True):
            return opened.now, False
        began = _began(opened)
        demo_school.make(opened.at(began))
        return began, True


def _began(home: OpenHome) -> datetime:
    """A while ago, but not yesterday: PINs are for one day."""
    zone = home.timetable.zone
    return max(home.now - AGO, datetime.combine(home.today, time.min, zone).astimezone(UTC))


def _explain(*, made: bool, stays: bool) -> None:
    """Say on standard error what there is to see, and what stays."""
    sees = "30 robot pupils take the check now" if made else "The home has pupils already, and they are as they were"
    left = "The home stays." if stays else "Everything is deleted when you end it."
    click.echo(f"({MADE_UP}) {sees}. {left}", err=True)


class _Robots:
    """The process of the robots, for the length of a ``with``. ``taken`` is how many checks they have finished."""

    def __init__(self, home: Home, began: datetime) -> None:
        self.taken, self._told, self._gone = 0, 0, False
        self._process = subprocess.Popen(  # noqa: S603 - a module of our own
            [
                sys.executable,
                "-m",
                "mtc_kiosk.robots.demo_process",
                str(home.root),
                str(round(began.timestamp() * 1000)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYGAME_HIDE_SUPPORT_PROMPT": "1"},
        )
        self._reader = threading.Thread(target=self._read, daemon=True)

    def __enter__(self) -> "_Robots":
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End the process: its input ends, and if that is not enough it is killed."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(STOP_WITHIN_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join(STOP_WITHIN_S)

    def tell(self, *, made: bool) -> None:
        """Say on standard error how far they are, a few times in all."""
        from mtc_kiosk.robots.demo_school import FINISHED  # noqa: PLC0415 - the help page needs no robots

        taken = self.taken
        if taken // TELL_EVERY > self._told // TELL_EVERY or (made and taken >= FINISHED > self._told):
            self._told = taken
            of = f" of {FINISHED}" if made and taken <= FINISHED else ""
            click.echo(f"({MADE_UP}) {taken}{of} checks are finished.", err=True)
        if not self._gone and self._process.poll() is not None:
            self._gone = True
            click.echo("The robots have stopped. You can go on looking at the pages.", err=True)

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as lines:
            for line in lines:
                self.taken = int(json.loads(line)["taken"])
