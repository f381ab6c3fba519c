"""``mtc-kiosk forms``: make form files, and check form files against the rules.

It reads and writes the files; what a form is and which rules it keeps is decided in ``check``. Where the rules come
from is known by ``form_rules`` alone.
"""

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from mtc_kiosk.check.draw import draw
from mtc_kiosk.check.form import QUESTIONS_IN_A_FORM, Form
from mtc_kiosk.check.form_file import form_of, form_text
from mtc_kiosk.check.framework import FormRules, NoFormFits, broken_rules
from mtc_kiosk.cli.form_reading import LARGEST_FILE, form_at, form_problem
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import DONE, REFUSED, CommandFailed, print_json
from mtc_kiosk.cli.places import configuration_of, home_of
from mtc_kiosk.cli.progress_bar import with_bar
from mtc_kiosk.office.problem import Problem
from mtc_kiosk.plain_file import read_plain, why
from mtc_kiosk.store.home.whole_files import write_whole

MOST_FORMS = 100_000
LONG_WORK = 100  # forms; from here on a terminal gets a progress bar

Each = TypeVar("Each")


@dataclass(frozen=True)
class Checked:
    """What became of one form file. ``form_id`` is None where no form could be read."""

    path: Path
    form_id: str | None
    problems: tuple[Problem, ...]

    @property
    def data(self) -> Mapping[str, Any]:
        """The file as ``--json`` reports it."""
        shaped = self.form_id is not None
        official = shaped and not self.problems
        return {"file": str(self.path), "id": self.form_id, "official": official, "try_it_out": shaped}

    @property
    def said(self) -> str:
        """The file as a sentence."""
        if self.form_id is None:
            return f"{self.path}: no form can be read from this file; it is refused."
        if self.problems:
            return f'{self.path}: the form breaks the rules of the check; it is for "try it out" only.'
        return f"{self.path}: the form keeps the rules of the check."


def form_rules(ctx: click.Context) -> FormRules:
    """The rules that forms are made and checked by: what ``check.yaml`` of the home says."""
    return configuration_of(home_of(ctx)).check.form_rules()


@click.group()
def forms() -> None:
    """Make form files, or check them against the rules of the check."""


@forms.command()
@click.option("--count", type=click.IntRange(1, MOST_FORMS), required=True, help="How many forms to make.")
@click.option("--seed", type=click.IntRange(0), required=True, help="The same seed makes the same forms again.")
@click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), required=True, help="The folder for the files."
)
@home_option
@json_option
@click.pass_context
def make(ctx: click.Context, count: int, seed: int, out: Path) -> None:
    """Make COUNT forms that keep the rules, one file each, and check the files."""
    rules = form_rules(ctx)
    try:
        made = {out / f"form-{seed}-{number:04}.csv": form for number, form in enumerate(_made(count, seed, rules), 1)}
        new = _new(made)
        _write(new)
    except CommandFailed as refusal:
        _report(ctx, {"seed": seed, "out": str(out), "forms": []}, refusal.problems)
        return
    checked = [_checked(path, rules) for path in made]
    problems = [problem for each in checked for problem in each.problems]
    kept = f"; {len(made) - len(new)} were there already" if len(new) < len(made) else ""
    counted = "1 form" if count == 1 else f"{count} forms"
    data = {"seed": seed, "out": str(out), "forms": [each.data for each in checked]}
    _report(ctx, data, problems, [f"Made {counted} in {out} from seed {seed}{kept}."])


@forms.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@home_option
@json_option
@click.pass_context
def check(ctx: click.Context, files: Sequence[Path]) -> None:
    """Name each rule that the form in each FILE breaks."""
    rules = form_rules(ctx)
    checked = [_checked(path, rules) for path in files]
    problems = [problem for each in checked for problem in each.problems]
    _report(ctx, {"forms": [each.data for each in checked]}, problems, [each.said for each in checked])


def _report(ctx: click.Context, data: Mapping[str, Any], problems: Sequence[Problem], said: Iterable[str] = ()) -> None:
    """Say what was done and what is wrong, and end the command with the exit code for it."""
    if settled(ctx).as_json:
        print_json(ok=not problems, data=data, problems=tuple(problems))
    else:
        for problem in problems:
            click.echo(str(problem), err=True)
        for sentence in said:
            click.echo(sentence)
    ctx.exit(REFUSED if problems else DONE)


def _made(count: int, seed: int, rules: FormRules) -> Iterator[Form]:
    """``count`` forms, each as its file will hold it; their order alone makes them differ."""
    if rules.questions != QUESTIONS_IN_A_FORM:
        message = f"The form rules ask for {rules.questions} questions; a form file has {QUESTIONS_IN_A_FORM}."
        raise CommandFailed(Problem(message, "question_count"))
    chance = random.Random(seed)
    try:
        for _ in _with_progress(range(count), "Drawing forms"):
            yield form_of(draw(chance, rules).items, rules)
    except NoFormFits as reason:
        raise CommandFailed(Problem(str(reason), "no_form_fits")) from reason


def _with_progress(work: Sequence[Each], description: str) -> Iterable[Each]:
    return work if len(work) < LONG_WORK else with_bar(work, description)


def _checked(path: Path, rules: FormRules) -> Checked:
    try:
        form = form_at(path, rules)
    except CommandFailed as refusal:
        return Checked(path, None, refusal.problems)
    broken = broken_rules(form.items, rules)
    problems = tuple(Problem(each.sentence, str(each.rule), str(path), each.number) for each in broken)
    return Checked(path, form.id, problems)


def _new(made: Mapping[Path, Form]) -> Sequence[tuple[Path, Form]]:
    """Those still to be written; Refusal, before anything is written, where another file is in the way."""
    problems: list[Problem] = []
    new: list[tuple[Path, Form]] = []
    for path, form in made.items():
        try:
            if read_plain(path, LARGEST_FILE + 1) != form_text(form.items).encode():
                message = "A different file of this name is there already; choose another folder or seed, or move it."
                problems.append(form_problem(path, "file_exists", message))
        except FileNotFoundError:
            new.append((path, form))
        except OSError as wrong:
            problems.append(form_problem(path, "unreadable", f"The file cannot be read: {why(wrong)}."))
    if problems:
        raise CommandFailed(*problems)
    return new


def _write(new: Sequence[tuple[Path, Form]]) -> None:
    for written, (path, form) in enumerate(_with_progress(new, "Writing files")):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, form_text(form.items).encode())
        except OSError as wrong:
            message = f"The file cannot be written: {why(wrong)}; {written} of {len(new)} were written before it."
            raise CommandFailed(form_problem(path, "unwritable", message)) from wrong
