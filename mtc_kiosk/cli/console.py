"""``mtc-kiosk console``: the teacher's pages, served by this PC until it is ended."""

import contextlib
import gc
import os
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator

import click

from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import DONE, MADE_UP, CommandFailed, print_json
from mtc_kiosk.cli.places import configuration_of, database_of, home_of
from mtc_kiosk.kiosk.system.end_signals import Ending, ending_signals
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.school.staff import Staff
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import ConsoleIsRunning, console_lock
from mtc_kiosk.store.made_up import is_made_up
from mtc_kiosk.windows.session_end import session_end

PORT = 8425
LOOK_EVERY_S = 0.1

_NO_LAN = (
    "The console cannot be opened to other PCs yet: passwords would go over the network unencrypted."
    " Start it without --lan, and use it on this PC."
)

_NO_ACCOUNT = "There is no account yet. To make yours, open this link in the browser within ten minutes:"

port_option = click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Listen on this port."
)
browser_option = click.option("--no-browser", is_flag=True, help="Do not open the browser.")


@click.command("console")
@port_option
@browser_option
@click.option("--lan", is_flag=True, hidden=True, help="Not yet: the console is for this PC alone.")
@home_option
@json_option
@click.pass_context
def console(ctx: click.Context, port: int, no_browser: bool, lan: bool) -> int:
    """Open the teacher's pages in the browser of this PC. Ctrl+C ends them."""
    if lan:
        raise CommandFailed(Problem(_NO_LAN, "no_lan"))
    with ending() as ended:
        home = home_of(ctx)
        with console_on(home, port) as url:
            announce(home, url, as_json=settled(ctx).as_json, browser=not no_browser)
            wait_for(ended)
    return DONE


@contextlib.contextmanager
def ending() -> Iterator[Ending]:
    """Whether the PC, or whoever started the command, has asked it to end; until the end of the block."""
    with ending_signals() as ended, session_end(ended.tell):
        yield ended


@contextlib.contextmanager
def console_on(home: Home, port: int, signed_in_as: Staff | None = None) -> Iterator[str]:
    """The address of the console of this home, which answers until the end of the block; CommandFailed."""
    gc.disable()  # the imports allocate much and free nothing
    try:
        from mtc_kiosk.console.server import PortTaken, prepared  # noqa: PLC0415 - the help page needs no web server
    finally:
        gc.enable()
    try:
        with console_lock(home):
            configuration_of(home)
            database_of(home).close()
            with prepared(home, port, signed_in_as) as (url, desk):
                link = desk.first_link(url) if signed_in_as is None else None
                if link is not None:
                    click.echo(f"{_NO_ACCOUNT} {link}", err=True)
                gc.collect()
                gc.freeze()  # what was imported stays: to look through it again and again makes pages wait 60 ms
                yield url
    except ConsoleIsRunning as running:
        raise CommandFailed(Problem(str(running), "console_is_running")) from running
    except PortTaken as taken:
        raise CommandFailed(Problem(str(taken), "port_taken")) from taken


def announce(home: Home, url: str, *, as_json: bool, browser: bool, page: str = "") -> None:
    """Print the console's address, and open a page of it in the browser."""
    made_up = is_made_up(home.root)
    if as_json:
        print_json(ok=True, data={"made_up_pupils": True, "url": url} if made_up else {"url": url})
    else:
        click.echo(f"Console: {url}")
        click.echo(f"({MADE_UP}) To end it, press Ctrl+C." if made_up else "To end it, press Ctrl+C.", err=True)
    if browser and _has_screen():
        threading.Thread(target=webbrowser.open, args=(url + page,), daemon=True).start()


def wait_for(ended: Ending, meanwhile: Callable[[], None] = lambda: None) -> None:
    """Wait until the command is to end; ``meanwhile`` is called ten times a second."""
    while not ended():
        meanwhile()
        time.sleep(LOOK_EVERY_S)


def _has_screen() -> bool:
    """Whether a browser can open a window; else one for terminals could open in this one."""
    return sys.platform in ("win32", "darwin") or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))
