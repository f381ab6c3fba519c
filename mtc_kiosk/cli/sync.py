"""``mtc-kiosk sync``: records out to the destinations, in from a folder; what waits, which devices are accepted.

What they do is in ``office.sync``.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import click

from mtc_kiosk.cli.conflicts import sync_conflicts
from mtc_kiosk.cli.guided import GuidedGroup
from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import DONE, REFUSED, echo, marked, print_json
from mtc_kiosk.cli.progress_bar import with_bar
from mtc_kiosk.cli.sync_packs import take_pack, write_pack
from mtc_kiosk.office import json_sync
from mtc_kiosk.office import sync as office
from mtc_kiosk.office.conflict_words import head_has_to_choose
from mtc_kiosk.office.kiosks import withdraw_named
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import Problem, first_of
from mtc_kiosk.office.progress import no_progress
from mtc_kiosk.office.sync_words import (
    device_line,
    of_no_pupil,
    of_receipts,
    push_problems,
    pushed_sentence,
    received_sentence,
    records,
)
from mtc_kiosk.office.waiting import what_waits
from mtc_kiosk.record.signing import shown

MOST_SHOWN = 100
"""How many files of a kind are named on the screen before the rest are only counted."""


@click.group(cls=GuidedGroup)
def sync() -> None:
    """Bring the checks of several PCs together: copy records to a folder or stick, and receive them elsewhere."""


@sync.command("push")
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--again", is_flag=True, help="Copy every record once more, after this home was restored from a backup.")
@home_option
@json_option
@click.pass_context
def push_records(ctx: click.Context, folder: Path | None, again: bool) -> int:
    """Copy waiting records to every destination in school.yaml.

    On an enrolled kiosk: into FOLDER, such as a stick, so that only its desk can read them.
    """
    with opened_home(ctx) as home:
        pushed = office.push(home, folder, again=again)
        problems = tuple(problem for each in pushed for problem in push_problems(each))
        data = {"destinations": [json_sync.pushed(each) for each in pushed]}
        return _answer(ctx, home, data, map(pushed_sentence, pushed), problems)


@sync.command("receive")
@click.argument("folder", type=click.Path(path_type=Path))
@home_option
@json_option
@click.pass_context
def receive_records(ctx: click.Context, folder: Path) -> int:
    """Receive the records in FOLDER, each once, and show what happened to each file."""
    with opened_home(ctx) as home:
        found = office.receive(home, folder, no_progress if settled(ctx).as_json else with_bar)
        wrong = [Problem(each.sentence, each.code, str(each.file)) for each in found.refused]
        problems = first_of(wrong, MOST_SHOWN, "files that were refused")
        others = found.others
        lines = [f"{each.file.name}: {each.sentence}" for each in others[:MOST_SHOWN]]
        if len(others) > MOST_SHOWN:
            lines.append(f"The first {MOST_SHOWN} of {len(others)} other files are named.")
        lines += [received_sentence(found), *of_receipts(found), *of_no_pupil(found.unmatched)]
        lines += head_has_to_choose(found.open_conflicts)
        lines += _next(devices=found.waits, conflicts=found.open_conflicts)
        return _answer(ctx, home, json_sync.received(found, MOST_SHOWN), lines, problems)


@sync.command("status")
@home_option
@json_option
@click.pass_context
def sync_status(ctx: click.Context) -> int:
    """Show which records are waiting, where and since when."""
    with opened_home(ctx) as home:
        waits = what_waits(home)
        found, lines = waits.status, [one.sentence for one in waits.places]
        lacks = sum(each.lacks for each in found.destinations if each.is_there)
        lines += _next(lacks=lacks, devices=len(found.waiting_devices), conflicts=found.open_conflicts)
        return _answer(ctx, home, json_sync.sync_status(waits), lines)


@sync.command("devices")
@click.option("--accept", "accepted", multiple=True, metavar="FINGERPRINT", help="Accept this device's records.")
@click.option("--withdraw", "withdrawn", metavar="NAME", help="Withdraw a device: what it sends from now on waits.")
@click.option("--confirm", is_flag=True, help="Withdraw it, having read what follows.")
@home_option
@json_option
@click.pass_context
def sync_devices(ctx: click.Context, accepted: tuple[str, ...], withdrawn: str | None, confirm: bool) -> int:
    """List the devices that sent records, accept one, or withdraw one by its name or fingerprint.

    Compare the fingerprint before you accept a device.
    """
    if accepted and withdrawn is not None:
        raise click.UsageError("Give --accept or --withdraw, not both.", ctx)
    with opened_home(ctx) as home:
        if withdrawn is not None:
            withdraw_named(home, withdrawn, confirmed=confirm)
        found = office.devices(home, accepted)
        lines = [f"{shown(found.own)}  this home"]
        lines += [device_line(device, home.timetable.zone) for device in found.devices]
        if found.taken_in:
            lines += [f"{records(found.taken_in)} received.", *head_has_to_choose(found.open_conflicts)]
            lines += _next(conflicts=found.open_conflicts)
        return _answer(ctx, home, json_sync.devices(found), lines)


sync.add_command(sync_conflicts)
sync.add_command(write_pack)
sync.add_command(take_pack)


def _next(*, lacks: int = 0, devices: int = 0, conflicts: int = 0) -> Iterator[str]:
    """What to type where something has to be done: a line for each of these counts that is not 0."""
    if lacks:
        yield "Send again with: mtc-kiosk sync push"
    if devices:
        yield "Accept a device with: mtc-kiosk sync devices"
    if conflicts:
        yield "See the checks to choose from: mtc-kiosk sync conflicts"


def _answer(
    ctx: click.Context,
    home: OpenHome,
    data: Mapping[str, object],
    lines: Iterable[str],
    problems: tuple[Problem, ...] = (),
) -> int:
    """Print what was done on standard output and what is wrong on standard error; return the exit code."""
    if settled(ctx).as_json:
        print_json(ok=not problems, data=marked(home, data), problems=problems)
    else:
        for line in lines:
            echo(home, line)
        for problem in problems:
            click.echo(str(problem), err=True)
    return REFUSED if problems else DONE
