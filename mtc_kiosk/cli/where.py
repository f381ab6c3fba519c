"""``mtc-kiosk where``: where the data is, and how to back it up (``office.where``). It changes nothing."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import click

from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import DONE, REFUSED, print_json
from mtc_kiosk.office import json_home
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.office.where import WHY_WORDS, Found, HomeFile
from mtc_kiosk.office.where import where as look
from mtc_kiosk.office.words import data_in_words
from mtc_kiosk.school.words import counted, time_in_words
from mtc_kiosk.shown_text import in_a_line

MAY_GO = "Delete them once the restored results have been looked through and a newer backup was made."
ONE_MAY_GO = "Delete it once the restored results have been looked through and a newer backup was made."

HOW = "To back up all of it into one file, even while a kiosk runs: mtc-kiosk backup FILE"


@click.command("where")
@home_option
@json_option
@click.pass_context
def where(ctx: click.Context) -> int:
    """Show where the school's data is, how old the newest backup is, and how to make one."""
    found = look(settled(ctx).home)
    problems = (Problem(found.trouble, "home_trouble"),) if found.trouble is not None else ()
    if settled(ctx).as_json:
        print_json(ok=not problems, data=json_home.found(found), problems=problems)
    else:
        for line in _lines(found):
            click.echo(in_a_line(line))
        for problem in problems:
            click.echo(str(problem), err=True)
        click.echo(HOW)
        click.echo("To restore it, here or on another PC: mtc-kiosk restore FILE")
    return REFUSED if problems else DONE


def _lines(found: Found) -> Iterator[str]:
    yield f"{found.root}"
    made_up = " It is for made-up pupils." if found.made_up else ""
    yield f"  This is the home: {WHY_WORDS[found.why]}.{made_up}"
    if not found.exists:
        yield "  It does not exist yet. The first command that needs it makes it."
        return
    width = max((len(_name(found, each)) for each in found.files), default=0)
    for each in found.files:
        when = pc_time(each.changed_at)
        age = f", {age_in_words(found.age_of(each))}" if each.is_kept_copy else ""
        yield f"  {_name(found, each):<{width}}  {_size(each.size):>8}  {when}  {each.held}{age}"
    if copies := [each for each in found.files if each.is_kept_copy]:
        size = _size(sum(each.size for each in copies))
        may_go = ONE_MAY_GO if len(copies) == 1 else MAY_GO
        yield f"  {counted(len(copies), 'earlier copy', 'earlier copies')} of the data, {size}. {may_go}"
    if found.counts is not None:
        yield f"  In it: {data_in_words(found.counts)}."
    for kiosk in found.kiosks:
        yield f"  The kiosk {kiosk} is running in it."
    yield f"  {_backup(found)}"


def _name(found: Found, each: HomeFile) -> str:
    name = each.path.relative_to(found.root).as_posix()
    return f"{name}/" if each.is_folder else name


def _backup(found: Found) -> str:
    if found.backed_up_at is None or found.backup_age is None:
        return (
            "There is no backup yet." if found.counts is not None else "It is not known when the last backup was made."
        )
    when = pc_time(found.backed_up_at)
    return f"The newest backup was made on {when}, {age_in_words(found.backup_age)}."


def pc_time(moment: datetime) -> str:
    """``7 June 2027 at 10:05``, by this PC's clock: the school's settings may be what cannot be read."""
    return time_in_words(moment, None)


def age_in_words(age: timedelta) -> str:
    """``3 days ago``."""
    if age.days:
        return f"{counted(age.days, 'day')} ago"
    hours = age.seconds // 3600
    return f"{counted(hours, 'hour')} ago" if hours else "less than an hour ago"


def _size(size: int) -> str:
    """A size as people read it."""
    for unit in ("bytes", "kB", "MB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size = round(size / 1000)
    return f"{size} GB"
