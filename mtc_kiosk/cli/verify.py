"""``mtc-kiosk verify``: whether record files are whole, signed and true to themselves. It needs no home and keeps none.

Whose check it is it does not say: only a register knows.
"""

from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

import click

from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import REFUSED, print_json
from mtc_kiosk.export.times import spoken
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.plain_file import read_plain
from mtc_kiosk.record.content import Check
from mtc_kiosk.record.proof import NotProven, prove
from mtc_kiosk.record.sealed import LARGEST_FILE, NotARecord, Sealed, read_file
from mtc_kiosk.record.signing import shown
from mtc_kiosk.store.db.instants import instant
from mtc_kiosk.store.home.whole_files import what_is_wrong


@dataclass(frozen=True)
class Verified:
    """What came of one file: the record, None where there is none, and what is wrong with it."""

    file: Path
    sealed: Sealed | None
    problem: Problem | None


@click.command("verify")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@home_option
@json_option
@click.pass_context
def verify(ctx: click.Context, files: tuple[Path, ...]) -> int:
    """Say of each record FILE whether its signature holds and its journal proves it."""
    verified = [_verified(file) for file in files]
    problems = tuple(each.problem for each in verified if each.problem is not None)
    if settled(ctx).as_json:
        print_json(ok=not problems, data={"files": [_data(each) for each in verified]}, problems=problems)
    else:
        for each in verified:
            click.echo(str(each.problem) if each.problem else _sentence(each), err=each.problem is not None)
    return REFUSED if problems else 0


def _verified(file: Path) -> Verified:
    try:
        sealed = read_file(read_plain(file, LARGEST_FILE + 1))
    except OSError as problem:
        said = f"It cannot be read: {what_is_wrong(problem)}."
        return Verified(file, None, Problem(said, "unreadable", str(file)))
    except NotARecord as problem:
        return Verified(file, None, Problem(str(problem), str(problem.fault), str(file)))
    try:
        if isinstance(sealed.content, Check):
            prove(sealed.content)
    except NotProven as problem:
        return Verified(file, sealed, Problem(str(problem), "not_proven", str(file)))
    return Verified(file, sealed, None)


def _sentence(verified: Verified) -> str:
    sealed = verified.sealed
    assert sealed is not None, "a file without a problem holds a record"
    content = sealed.content
    proven = " Its journal proves it." if isinstance(content, Check) else ""
    made_up = " It is about made-up pupils." if content.made_up else ""
    what = f"{'an' if content.type[0] in 'aeiou' else 'a'} {content.type} record"
    return (
        f"{verified.file}: {what} of {spoken(instant(content.at), UTC)} UTC from {content.kiosk}, whole and signed by"
        f" the device {shown(content.device)}.{proven}{made_up}"
    )


def _data(verified: Verified) -> dict[str, object]:
    sealed = verified.sealed
    if sealed is None:
        return {"file": str(verified.file), "ok": False}
    content = sealed.content
    return {
        "file": str(verified.file),
        "ok": verified.problem is None,
        "record_id": content.id,
        "type": content.type,
        "sha256": sealed.sha256,
        "at": content.at,
        "kiosk": content.kiosk,
        "device": content.device,
        "made_up_pupils": content.made_up,
        "detail": "there" if sealed.detail is not None else "erased",
    }
