"""``mtc-kiosk console``: the teacher's pages, served by this PC until it is ended."""

import webbrowser

import click

from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import DONE, CommandFailed, print_json
from mtc_kiosk.cli.places import configuration_of, database_of, home_of
from mtc_kiosk.office.problem import Problem


@click.command("console")
@click.option("--port", type=click.IntRange(0, 65535), default=8425, show_default=True, help="Listen on this port.")
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
@home_option
@json_option
@click.pass_context
def console(ctx: click.Context, port: int, no_browser: bool) -> int:
    """Open the teacher's console in the browser; Ctrl+C ends it."""
    from mtc_kiosk.console.server import PortTaken, prepared  # noqa: PLC0415 - the help page needs no web server

    home = home_of(ctx)
    configuration_of(home)
    database_of(home).close()
    try:
        with prepared(home, port) as (url, server):
            if settled(ctx).as_json:
                print_json(ok=True, data={"url": url})
            else:
                click.echo(f"Console: {url}")
            if not no_browser:
                webbrowser.open(url)
            try:
                server.serve()
            except KeyboardInterrupt:
                click.echo("The console has ended.", err=True)
    except PortTaken as taken:
        raise CommandFailed(Problem(str(taken), "port_taken")) from taken
    return DONE
