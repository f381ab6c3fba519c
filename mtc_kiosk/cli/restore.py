"""``mtc-kiosk restore FILE``: put a backup back, here or on another PC (``office.restore``)."""

import os
from collections.abc import Iterator
from pathlib import Path

import click

from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import DONE, MADE_UP, as_typed, print_json
from mtc_kiosk.cli.places import refusals_reported
from mtc_kiosk.cli.progress_bar import with_bar
from mtc_kiosk.cli.where import pc_time
from mtc_kiosk.office import json_home
from mtc_kiosk.office import restore as office
from mtc_kiosk.office.progress import no_progress
from mtc_kiosk.office.words import data_in_words
from mtc_kiosk.school.staff import COMMAND_LINE
from mtc_kiosk.school.words import counted
from mtc_kiosk.store.db.times import instant
from mtc_kiosk.store.home.home import find_home
from mtc_kiosk.store.home.kiosk_lock import kiosks_in_words


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--replace", is_flag=True, help="Replace the data that this home has. It is backed up first.")
@click.option(
    "--this-pc-replaces",
    is_flag=True,
    help="This PC replaces the one that made the backup, and takes its key. Never use it while both PCs are in use.",
)
@home_option
@json_option
@click.pass_context
def restore(ctx: click.Context, file: Path, replace: bool, this_pc_replaces: bool) -> int:
    """Restore the backup in FILE into this home, which may be new.

    The whole backup is checked first. If this home has data, it is backed up, and checks, restarts and reasons that the
    backup does not have are kept.
    """
    options = office.Options(replace=replace, same_pc=this_pc_replaces)
    as_json = settled(ctx).as_json
    with refusals_reported():
        root = find_home(settled(ctx).home, os.environ)
        done = office.restore(root, file, COMMAND_LINE, options, no_progress if as_json else with_bar)
    if as_json:
        print_json(ok=True, data=json_home.restored(done))
        return DONE
    for line in _lines(done, is_home_named=settled(ctx).home is not None):
        click.echo(line)
    for remark in done.remarks:
        click.echo(remark, err=True)
    return DONE


def _lines(done: office.Restored, *, is_home_named: bool) -> Iterator[str]:
    made_up = f"({MADE_UP}) " if done.made_up else ""
    had = data_in_words(done.counts)
    yield f"{made_up}{done.home.root} is restored from {done.file}, made on {pc_time(instant(done.made_at))}: {had}."
    if done.before is not None:
        back = as_typed(done.before) + (f" --home {as_typed(done.home.root)}" if is_home_named else "")
        yield f"The earlier data is in {done.before}. To undo: mtc-kiosk restore --replace {back}"
    if done.set_aside is not None:
        yield f"The database was damaged; it is kept as {done.set_aside}."
    carried = sum(done.carried.values())
    if carried or done.carried_pupils:
        records, pupils = counted(carried, "record"), counted(done.carried_pupils, "pupil")
        yield f"Kept, because the backup did not have them: {records} of checks, restarts and reasons, {pupils}."
    if done.left:
        left = counted(done.left, "check or record", "checks or records")
        yield f"Not kept: {left}. The file named above has them."
    if done.counts["not_ended"]:
        checks = counted(done.counts["not_ended"], "check")
        yield f"{checks} had not ended when the backup was made. To carry on, start the kiosk again."
    if done.new_device is not None:
        yield "This PC has a new key. Accept it once where its records are received: mtc-kiosk sync devices"
    if done.kiosks:
        yield f"Start the {kiosks_in_words(done.kiosks)} again, so that it uses the restored settings."
