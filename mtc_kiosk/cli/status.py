"""``mtc-kiosk status``: where every pupil is with the check, in five groups. It shows no score."""

import click

from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import echo, marked, print_json
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.school.namesakes import told_apart
from mtc_kiosk.school.status import Bucket
from mtc_kiosk.school.words import counted
from mtc_kiosk.store.school.statuses import Statuses, statuses

_BUCKETS = {
    Bucket.ACTION: "Needs somebody to act",
    Bucket.IN_PROGRESS: "In progress",
    Bucket.NOT_STARTED: "Not started",
    Bucket.COMPLETED: "Completed",
    Bucket.NOT_TAKING: "Not taking the check",
}


@click.command("status")
@home_option
@json_option
@click.pass_context
def status(ctx: click.Context) -> None:
    """Show where every pupil is with the check."""
    with opened_home(ctx) as home:
        found = statuses(home.db, home.context())
        if settled(ctx).as_json:
            print_json(ok=True, data=marked(home, _data(found)))
        else:
            _show(home, found)


def _data(found: Statuses) -> dict[str, object]:
    return {
        "total": len(found.pupils),
        "counts": {str(bucket): count for bucket, count in found.counts.items()},
        "pupils": [
            {
                "pupil_id": pupil.id,
                "upn": pupil.upn,
                "ref": pupil.ref,
                "surname": pupil.surname,
                "forename": pupil.forename,
                "group": pupil.group_name,
                "status": str(one.status),
                "label": one.label,
                "bucket": str(one.bucket),
                "kiosk": one.kiosk,
            }
            for pupil, one in found.pupils
        ],
    }


def _show(home: OpenHome, found: Statuses) -> None:
    total, apart = len(found.pupils), told_apart(pupil for pupil, _ in found.pupils)
    echo(home, f"{counted(total, 'pupil')} on the register")
    for bucket, heading in _BUCKETS.items():
        click.echo(f"{heading}: {found.counts[bucket]} of {total}")
        for pupil, one in found.pupils:
            if one.bucket is bucket:
                name = pupil.listed + (f" ({apart[pupil.id]})" if pupil.id in apart else "")
                click.echo(f"  {name}: {one.label}{f', on {one.kiosk}' if one.kiosk else ''}")
