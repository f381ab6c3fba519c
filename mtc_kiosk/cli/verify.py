"""``mtc-kiosk verify``: whether record files are whole and signed, and their journals prove them (``office.verify``).

It needs no home and makes none.
"""

from pathlib import Path

import click

from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import DONE, REFUSED, print_json
from mtc_kiosk.office import json_files
from mtc_kiosk.office.verify import sentence_of, verify_file


@click.command("verify")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@home_option
@json_option
@click.pass_context
def verify(ctx: click.Context, files: tuple[Path, ...]) -> int:
    """Check that record files are complete, unchanged and signed, and that their journals prove them."""
    verified = [verify_file(file) for file in files]
    problems = tuple(each.problem for each in verified if each.problem is not None)
    if settled(ctx).as_json:
        print_json(ok=not problems, data={"files": [json_files.verified(each) for each in verified]}, problems=problems)
    else:
        for each in verified:
            click.echo(sentence_of(each), err=each.problem is not None)
    return REFUSED if problems else DONE
