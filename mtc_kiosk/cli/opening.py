"""Open the home that the command line names; a refusal becomes a CommandFailed with its sentences.

Whoever may write the home acts on the command line as owner and head.
"""

import contextlib
from collections.abc import Iterator

import click

from mtc_kiosk.cli.places import configuration_of, home_of, refusals_reported
from mtc_kiosk.office import open as office
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.store.db.database import begins_anew


@contextlib.contextmanager
def opened_home(ctx: click.Context) -> Iterator[OpenHome]:
    """The home that the command line names, open until the command ends; refusals are reported."""
    home = home_of(ctx)
    configuration = configuration_of(home)
    anew = begins_anew(home)
    with refusals_reported(), office.opened(home, configuration, COMMAND_LINE) as opened:
        if anew is not None:
            click.echo(anew, err=True)
        with refusals_reported(opened.db):
            yield opened
