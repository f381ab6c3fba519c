"""``mtc-kiosk console``: the teacher's pages, served by this PC until it is ended."""

import contextlib
import gc
import os
import sys
import threading
import time
import webbrowser
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import click

from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import DONE, MADE_UP, CommandFailed, print_json
from mtc_kiosk.cli.places import configuration_of, database_of, home_of
from mtc_kiosk.cli.stay_awake import awake_while
from mtc_kiosk.kiosk.system.end_signals import Ending, ending_signals
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.school.staff import Staff
from mtc_kiosk.store.home.desk_file import is_enrolled
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import ConsoleIsRunning, console_lock
from mtc_kiosk.store.made_up import is_made_up
from mtc_kiosk.windows.session_end import session_end

if TYPE_CHECKING:
    from mtc_kiosk.console.desk import Desk
    from mtc_kiosk.console.lan import Lan

PORT, LAN_PORT = 8425, 8426
LOOK_EVERY_S = 0.1

_IS_A_KIOSK = (
    "This PC is a kiosk of another desk, so other PCs cannot join it. Start the console with --lan at the desk."
)
_NO_ACCOUNT = "There is no account yet. To make yours, open this link in the browser within ten minutes:"

port_option = click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="Listen on this port."
)
browser_option = click.option("--no-browser", is_flag=True, help="Do not open the browser.")


@click.command("console")
@port_option
@browser_option
@click.option("--lan", is_flag=True, help="Let kiosks and browsers on other PCs reach it, over HTTPS.")
@click.option(
    "--lan-port",
    type=click.IntRange(0, 65535),
    default=LAN_PORT,
    show_default=True,
    help="Listen on this port for other PCs.",
)
@home_option
@json_option
@click.pass_context
def console(ctx: click.Context, port: int, no_browser: bool, lan: bool, lan_port: int) -> int:
    """Open the teacher's pages in the browser of this PC. Ctrl+C ends them.

    With --lan this PC is the desk: kiosks on other PCs join it, and its pages open in their browsers.
    """
    with ending() as ended:
        home = home_of(ctx)
        if lan and is_enrolled(home):
            raise CommandFailed(Problem(_IS_A_KIOSK, "is_a_kiosk"))
        with console_on(home, port, lan_port=lan_port if lan else None) as (url, desk):
            announce(home, url, as_json=settled(ctx).as_json, browser=not no_browser, lan=desk.lan)
            with awake_while(desk.has_session) if lan else contextlib.nullcontext(lambda: None) as look:
                wait_for(ended, look)
    return DONE


@contextlib.contextmanager
def ending() -> Iterator[Ending]:
    """Whether the PC, or whoever started the command, has asked it to end; until the end of the block."""
    with ending_signals() as ended, session_end(ended.tell):
        yield ended


@contextlib.contextmanager
def console_on(
    home: Home, port: int, signed_in_as: Staff | None = None, lan_port: int | None = None
) -> Iterator[tuple[str, "Desk"]]:
    """The console of this home: its address, and its desk. It answers until the end of the block; CommandFailed."""
    gc.disable()  # the imports allocate much and free nothing
    try:
        from mtc_kiosk.console.server import PortTaken, prepared  # noqa: PLC0415 - the help page needs no web server
        from mtc_kiosk.sync.certificate import CertificateRefused  # noqa: PLC0415 - the same
    finally:
        gc.enable()
    try:
        with console_lock(home):
            configuration_of(home)
            database_of(home).close()
            with prepared(home, port, signed_in_as, lan_port) as (url, desk):
                link = desk.first_link(url) if signed_in_as is None else None
                if link is not None:
                    click.echo(f"{_NO_ACCOUNT} {link}", err=True)
                gc.collect()
                gc.freeze()  # what was imported stays: to look through it again and again makes pages wait 60 ms
                yield url, desk
    except ConsoleIsRunning as running:
        raise CommandFailed(Problem(str(running), "console_is_running")) from running
    except PortTaken as taken:
        raise CommandFailed(Problem(str(taken), "port_taken")) from taken
    except CertificateRefused as refused:
        raise CommandFailed(Problem(str(refused), "certificate")) from refused


def announce(home: Home, url: str, *, as_json: bool, browser: bool, page: str = "", lan: "Lan | None" = None) -> None:
    """Print the console's address, and how other PCs reach it; open a page of it in the browser."""
    made_up = is_made_up(home.root)
    if as_json:
        data: dict[str, object] = {"made_up_pupils": True, "url": url} if made_up else {"url": url}
        if lan is not None:
            reached = {"port": lan.port, "addresses": lan.addresses(), "certificate_sha256": lan.certificate_sha256}
            data["lan"] = reached
        print_json(ok=True, data=data)
    else:
        if lan is not None:
            from mtc_kiosk.cli.lan_guide import guide  # noqa: PLC0415 - the help page needs no web server

            click.echo(guide(lan), err=True)
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
