"""``mtc-kiosk certificate``: by what kiosks and browsers know this desk (``office.desk_certificate``)."""

from collections.abc import Iterator
from pathlib import Path

import click

from mtc_kiosk.cli.guided import GuidedGroup
from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import echo, look_again, marked, print_json
from mtc_kiosk.office import desk_certificate as office
from mtc_kiosk.office import json_home
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.school.words import date_in_words

_JOIN_AGAIN = "At each kiosk, with a new room code or file of this desk: mtc-kiosk enrol URL --certificate-changed"

replace_option = click.option(
    "--replace", is_flag=True, help="Replace the certificate that kiosks trust. Each has to be enrolled again."
)


@click.group(cls=GuidedGroup)
def certificate() -> None:
    """See or change the certificate by which kiosks and browsers know this desk."""


@certificate.command()
@home_option
@json_option
@click.pass_context
def show(ctx: click.Context) -> None:
    """Show its fingerprint, until when browsers accept it, and for which names and addresses it is."""
    with opened_home(ctx) as home:
        _print(ctx, home, office.shown(home))


@certificate.command()
@replace_option
@home_option
@json_option
@click.pass_context
def renew(ctx: click.Context, *, replace: bool) -> None:
    """Make a new certificate for the names and addresses that this PC has now."""
    from mtc_kiosk.console.lan import lan_names  # noqa: PLC0415 - only this and what tablets trust need them

    with opened_home(ctx) as home:
        done = office.renew(home, lan_names(), replace=replace)
        _print(ctx, home, done, "This desk has a new certificate.")


@certificate.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("key", type=click.Path(path_type=Path))
@replace_option
@home_option
@json_option
@click.pass_context
def use(ctx: click.Context, file: Path, key: Path, *, replace: bool) -> None:
    """Use the school's own certificate: FILE has it and whoever signed it, KEY its key, both as PEM text."""
    with opened_home(ctx) as home:
        done = office.use_own(home, file, key, replace=replace)
        _print(ctx, home, done, "This desk uses the school's own certificate.")


@certificate.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE if it exists already.")
@home_option
@json_option
@click.pass_context
def tablets(ctx: click.Context, file: Path, *, force: bool) -> None:
    """Save what a teacher's tablet or PC can trust, so that its browser does not warn, into FILE or a folder.

    It vouches for this desk alone, and nothing more can be signed with it: its key was destroyed.
    """
    from mtc_kiosk.console.lan import lan_names  # noqa: PLC0415 - as above

    with opened_home(ctx) as home:
        done = office.for_tablets(home, file, lan_names(), force=force)
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, json_home.for_tablets(done)))
            return
        echo(home, f"{done.file} is saved. A tablet that trusts it opens this desk as {', '.join(done.names)}.")
        look_again(f"It is not for {name}, which this PC has since." for name in done.lacks)


def _print(ctx: click.Context, home: OpenHome, found: office.Shown, done: str = "") -> None:
    """Print the certificate; after a change, ``done`` and what is to do at the kiosks."""
    if settled(ctx).as_json:
        print_json(ok=True, data=marked(home, {"certificate": json_home.certificate(found)}))
        return
    if done:
        echo(home, done)
    for line in _lines(found):
        echo(home, line)
    if done and found.kiosks:
        echo(home, _JOIN_AGAIN)


def _lines(found: office.Shown) -> Iterator[str]:
    from mtc_kiosk.cli.lan_guide import fingerprint  # noqa: PLC0415 - as above

    yield f"SHA-256 fingerprint:\n{fingerprint(found.sha256)}"
    yield f"Names and addresses: {', '.join(found.names) or 'none'}"
    yield f"Browsers accept it until {date_in_words(found.ends_at.date())}; kiosks do not look at the date."
    whose = "the school's own" if found.is_own else "one that this PC made"
    yield f"It is {whose}. Kiosks of this desk: {found.kiosks}."
