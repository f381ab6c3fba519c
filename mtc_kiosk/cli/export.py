"""``mtc-kiosk export``: results and reasons as files that a school can open."""

import json
from collections.abc import Iterable
from pathlib import Path

import click

from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import REFUSED, CommandFailed, echo, marked, print_json
from mtc_kiosk.cli.progress_bar import with_bar
from mtc_kiosk.config.school_shape import Release, Scheme
from mtc_kiosk.export.about import About, beside
from mtc_kiosk.export.derived import Derived, derive_results
from mtc_kiosk.export.reason_lines import derive_reasons
from mtc_kiosk.export.reasons import reasons_csv, reasons_json
from mtc_kiosk.export.results import Layout, notes, results_csv, results_json
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.office.sealing import catch_up
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.store.db.database import snapshot
from mtc_kiosk.store.db.transaction import audit, change
from mtc_kiosk.store.home.device_key import device_key
from mtc_kiosk.store.home.kiosk_lock import running_kiosks
from mtc_kiosk.store.home.whole_files import what_is_wrong, write_together
from mtc_kiosk.store.records.proofs import Key, prove_missing
from mtc_kiosk.store.school.choices import RESULTS_SHOWN
from mtc_kiosk.store.school.rules import rules_of

CSV, JSON = "csv", "json"
format_option = click.option(
    "--format", "form", type=click.Choice([CSV, JSON]), default=CSV, show_default=True, help="What kind of file."
)
out_option = click.option(
    "--out", type=click.Path(path_type=Path), help="The file, or a folder for it; otherwise the home's own exports."
)


@click.group()
def export() -> None:
    """Files for the school: results, and reasons for not taking the check."""


@export.command()
@format_option
@out_option
@home_option
@json_option
@click.pass_context
def results(ctx: click.Context, form: str, out: Path | None) -> int:
    """Write every pupil's result: whoever is on the register has a row, whatever happened."""
    with opened_home(ctx) as home:
        _refuse_before_release(home)
        catch_up(home.home, home.configuration, home.db, made_up=home.made_up)
        key = device_key(home.home)
        prove_missing(home.db, key, iter if settled(ctx).as_json else _bar)
        derived = _derived(home, key)
        school = home.configuration.school
        layout = Layout(school.zone, with_ref=school.scheme is Scheme.OWN, with_ctf=school.ctf.on)
        about = _about(home, "Results", (*notes(derived.rows, layout), *derived.notes))
        path = _path(home, out, "results", form)
        if form == CSV:
            _write(path, results_csv(derived.rows, layout), about)
        else:
            _write_json(path, {"about": about.to_json(), "results": results_json(derived.rows, layout)})
        with change(home.db):
            scores = [row.pupil.id for row in derived.rows if row.result.score is not None]
            audit(home.db, home.stamp, RESULTS_SHOWN, form, after={"pupils": len(derived.rows), "scores": scores})
        return _answer(ctx, home, path, len(derived.rows), _left_out(derived))


@export.command()
@format_option
@out_option
@home_option
@json_option
@click.pass_context
def reasons(ctx: click.Context, form: str, out: Path | None) -> int:
    """Write the reasons for not taking the check that hold."""
    with opened_home(ctx) as home:
        with snapshot(home.home.database) as db:
            lines = derive_reasons(db, rules_of(home.configuration), running_kiosks(home.home))
        zone = home.configuration.school.zone
        about = _about(home, "Reasons for not taking the check", ())
        path = _path(home, out, "reasons", form)
        if form == CSV:
            _write(path, reasons_csv(lines, zone), about)
        else:
            _write_json(path, {"about": about.to_json(), "reasons": reasons_json(lines, zone)})
        return _answer(ctx, home, path, len(lines), ())


def _refuse_before_release(home: OpenHome) -> None:
    """Where results wait for the end of the window, no command shows them before."""
    opens = home.timetable.results_open_at()
    if home.configuration.school.release is Release.AFTER_WINDOW and (opens is None or home.now < opens):
        when = "after the last day of the check"
        if opens is not None:
            local = opens.astimezone(home.timetable.zone)
            when = f"on {local:%A} {local.day} {local:%B %Y at %H:%M}"
        raise CommandFailed(Problem(f"Results come out {when} (school.yaml, results).", "not_released"))


def _derived(home: OpenHome, key: DeviceKey) -> Derived:
    moment = home.context()
    with snapshot(home.home.database) as db:
        return derive_results(db, moment, key)


def _bar(checks: list[Key]) -> Iterable[Key]:
    return with_bar(checks, "Proving checks")


def _about(home: OpenHome, what: str, said: tuple[str, ...]) -> About:
    school = home.configuration.school
    return About(what, school.name, home.now.astimezone(school.zone), home.made_up, said)


def _path(home: OpenHome, out: Path | None, name: str, form: str) -> Path:
    if out is None:
        return home.home.exports / f"{name}.{form}"
    return out / f"{name}.{form}" if out.is_dir() else out


def _write(path: Path, content: bytes, about: About) -> None:
    """Write a CSV file with what it must say about itself beside it."""
    _together({path: content, beside(path): about.to_text()})


def _write_json(path: Path, value: dict[str, object]) -> None:
    _together({path: (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()})


def _together(contents: dict[Path, bytes]) -> None:
    try:
        write_together(contents)
    except OSError as problem:
        path = next(iter(contents))
        why = what_is_wrong(problem) if path.parent.is_dir() else "its folder is not there"
        said = f"It cannot be written: {why}. Nothing was changed."
        raise CommandFailed(Problem(said, "not_written", str(path))) from problem


def _left_out(derived: Derived) -> tuple[Problem, ...]:
    return tuple(
        Problem(f"Left out: a check of {row.pupil.number}, attempt {left.attempt_id}. {left.fault}", "left_out")
        for row in derived.rows
        for left in row.result.left_out
    )


def _answer(ctx: click.Context, home: OpenHome, path: Path, rows: int, problems: tuple[Problem, ...]) -> int:
    if settled(ctx).as_json:
        print_json(ok=not problems, data=marked(home, {"out": str(path), "rows": rows}), problems=problems)
    else:
        echo(home, f"{rows} {'row' if rows == 1 else 'rows'} written to {path}.")
        for problem in problems:
            click.echo(str(problem), err=True)
    return REFUSED if problems else 0
