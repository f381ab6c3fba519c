"""``mtc-kiosk sync``: records out to the destinations, in from a folder; what waits, which devices are accepted."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from mtc_kiosk.cli.conflicts import head_lines, sync_conflicts
from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import REFUSED, CommandFailed, echo, marked, print_json
from mtc_kiosk.cli.progress_bar import with_bar
from mtc_kiosk.cli.sync_words import (
    COUNTED,
    counts,
    device_data,
    device_line,
    file_data,
    pushed_data,
    pushed_sentence,
    records,
    status_data,
    status_sentences,
    trouble,
)
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import Problem, first_of
from mtc_kiosk.office.sealing import catch_up, receiving_home
from mtc_kiosk.record.signing import shown
from mtc_kiosk.store.records.devices import NoSuchDevice, accept, devices, find_device
from mtc_kiosk.store.records.inbox import judge_waiting
from mtc_kiosk.sync.folder import FolderTrouble, RecordFolder
from mtc_kiosk.sync.push import push
from mtc_kiosk.sync.receive import Fate, receive
from mtc_kiosk.sync.status import status

MOST_SHOWN = 100
"""How many files of a kind are named on the screen before the rest are only counted."""


@click.group()
def sync() -> None:
    """Bring records to a folder or a stick, and take them in at another home."""


@sync.command("push")
@click.option("--again", is_flag=True, help="Every record once more, for a home that was restored from a backup.")
@home_option
@json_option
@click.pass_context
def push_records(ctx: click.Context, again: bool) -> int:
    """Write what waits to every destination that school.yaml names."""
    with opened_home(ctx) as home:
        destinations = home.configuration.school.destinations
        if not destinations:
            said = "school.yaml names no destination, so there is nowhere to send records to."
            raise CommandFailed(Problem(said, "no_destination"))
        catch_up(home.home, home.configuration, home.db, made_up=home.made_up)
        pushed = tuple(push(home.db, destinations, home.stamp, again=again))
        problems = tuple(Problem(trouble(each), "not_delivered") for each in pushed if each.trouble is not None)
        lines = [pushed_sentence(each) for each in pushed]
        return _answer(ctx, home, {"destinations": [pushed_data(each) for each in pushed]}, lines, problems)


@sync.command("receive")
@click.argument("folder", type=click.Path(path_type=Path))
@home_option
@json_option
@click.pass_context
def receive_records(ctx: click.Context, folder: Path) -> int:
    """Take in every record in FOLDER, once, and say of each file what became of it."""
    with opened_home(ctx) as home:
        here = receiving_home(home.home, home.configuration, made_up=home.made_up)
        found = receive(home.db, RecordFolder(folder), here, home.stamp)
        try:
            said = tuple(found if settled(ctx).as_json else with_bar(found, "Taking records in"))
        except FolderTrouble as problem:
            raise CommandFailed(Problem(str(problem), "no_folder")) from problem
        refused = [each for each in said if each.fate is Fate.REFUSED]
        wrong = [Problem(each.sentence, each.code, str(each.file)) for each in refused]
        problems = first_of(wrong, MOST_SHOWN, "files that were refused")
        counted = counts(said)
        taken = [each for each in said if each.fate is not Fate.REFUSED]
        files = [file_data(each) for each in (*taken[:MOST_SHOWN], *refused[:MOST_SHOWN])]
        data = {"folder": str(folder), **counted, "files": files, "all_files": len(said)}
        lines = [f"{each.file.name}: {each.sentence}" for each in taken[:MOST_SHOWN]]
        if len(taken) > len(lines):
            lines.append(f"The first {MOST_SHOWN} of {len(taken)} other files are named.")
        lines.append(", ".join(f"{count} {COUNTED[Fate(fate)]}" for fate, count in counted.items()) + ".")
        lines += head_lines(home)
        return _answer(ctx, home, data, lines, problems)


@sync.command("status")
@home_option
@json_option
@click.pass_context
def sync_status(ctx: click.Context) -> int:
    """Say what waits, where and since when."""
    with opened_home(ctx) as home:
        found = status(home.db, home.configuration.school.destinations)
        return _answer(ctx, home, status_data(found), status_sentences(home, found))


@sync.command("devices")
@click.option("--accept", "accepted", multiple=True, metavar="FINGERPRINT", help="Accept this device's records.")
@home_option
@json_option
@click.pass_context
def sync_devices(ctx: click.Context, accepted: tuple[str, ...]) -> int:
    """List the devices that sent records, and accept those whose fingerprint you have compared."""
    with opened_home(ctx) as home:
        here = receiving_home(home.home, home.configuration, made_up=home.made_up)
        try:
            accept(home.db, [find_device(home.db, written) for written in accepted], home.stamp)
        except NoSuchDevice as problem:
            raise CommandFailed(Problem(str(problem), "no_such_device")) from problem
        taken = judge_waiting(home.db, here, home.stamp)
        known = devices(home.db)
        data = {"own": here.device, "devices": [device_data(device) for device in known], "taken_in": len(taken)}
        lines = [f"{shown(here.device)}  this home", *(device_line(home, device) for device in known)]
        if taken:
            lines.append(f"{records(len(taken))} taken in.")
            lines += head_lines(home)
        return _answer(ctx, home, data, lines)


sync.add_command(sync_conflicts)


def _answer(
    ctx: click.Context, home: OpenHome, data: dict[str, Any], lines: Iterable[str], problems: tuple[Problem, ...] = ()
) -> int:
    """Say what was done on standard output and what is wrong on standard error; the exit code."""
    if settled(ctx).as_json:
        print_json(ok=not problems, data=marked(home, data), problems=problems)
    else:
        for line in lines:
            echo(home, line)
        for problem in problems:
            click.echo(str(problem), err=True)
    return REFUSED if problems else 0
