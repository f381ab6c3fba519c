"""``mtc-kiosk sync pack`` and ``sync unpack``: today's sessions on a stick, for kiosks that no network reaches."""

from pathlib import Path

import click

from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import DONE, echo, marked, print_json
from mtc_kiosk.office import stick_packs
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.stick_packs import PackOnStick
from mtc_kiosk.school.words import counted, date_in_words


@click.command("pack")
@click.argument("folder", type=click.Path(path_type=Path))
@home_option
@json_option
@click.pass_context
def write_pack(ctx: click.Context, folder: Path) -> int:
    """Write today's sessions into FOLDER, such as a stick, for kiosks that the network does not reach.

    A pupil's part opens with the day's password and that pupil's PIN only.
    """
    with opened_home(ctx) as home:
        return _answer(
            ctx, home, stick_packs.write(home, folder), "Bring it to the kiosks: mtc-kiosk sync unpack FOLDER"
        )


@click.command("unpack")
@click.argument("folder", type=click.Path(path_type=Path))
@home_option
@json_option
@click.pass_context
def take_pack(ctx: click.Context, folder: Path) -> int:
    """Take the desk's sessions from FOLDER into this kiosk, which may be running: pupils can then sign in."""
    with opened_home(ctx) as home:
        return _answer(ctx, home, stick_packs.take(home, folder), "Pupils can sign in at this kiosk that day.")


def _answer(ctx: click.Context, home: OpenHome, pack: PackOnStick, then: str) -> int:
    if settled(ctx).as_json:
        data = {"file": str(pack.file), "day": pack.day.isoformat(), "pins": pack.pins}
        print_json(ok=True, data=marked(home, data), problems=())
    else:
        echo(home, f"{pack.file}: {counted(pack.pins, 'PIN')} for {date_in_words(pack.day)}.")
        echo(home, then)
    return DONE
