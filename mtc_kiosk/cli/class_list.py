"""``mtc-kiosk pupils import``: a class list onto the register, all of it or nothing; its errors into a file beside it.

It says what was done or is wrong; what a list may say is known to ``school``, what a file may be to ``store``.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from mtc_kiosk.class_list.csv_file import ENCODINGS
from mtc_kiosk.class_list.error_file import write_beside
from mtc_kiosk.class_list.limits import LARGEST_FILE, NotAClassListFile
from mtc_kiosk.class_list.read import Asked, ClassListFile, read_class_list_file
from mtc_kiosk.cli.carry import carried
from mtc_kiosk.cli.opening import opened_home
from mtc_kiosk.cli.options import home_option, json_option, settled
from mtc_kiosk.cli.output import DONE, REFUSED, CommandFailed, echo, marked, print_json
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import Problem, first_of
from mtc_kiosk.plain_file import read_plain, why
from mtc_kiosk.school.class_list import (
    ROWS_LOOKED_AT_FOR_HEADINGS,
    ClassList,
    ClassListRefused,
    Remark,
    headings_of,
    read_class_list,
)
from mtc_kiosk.school.columns import TITLES, Field, Mapped, NotColumns, read_map
from mtc_kiosk.school.details import ReadingRules
from mtc_kiosk.store.school.register_import import Imported, ListRefused, import_list

ERRORS_SHOWN = 100
"""How many errors of a list are said on the screen; the file of errors and --json have all."""

LINES_SHOWN = 12
"""How many lines a note names before it only counts them."""


@dataclass(frozen=True)
class _Given:
    """A class list's file as it was read."""

    path: Path
    file: ClassListFile
    mapped: tuple[Mapped, ...]

    @property
    def headings(self) -> int:
        """The line of the headings."""
        return headings_of(self.file.rows, self.mapped).line


@click.command("import")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--map", "maps", multiple=True, metavar="COLUMN=HEADING", help='Such as "Surname=Last name"; repeat it.')
@click.option("--update", is_flag=True, help="Where a pupil is on the register already, the list is right.")
@click.option("--encoding", type=click.Choice(list(ENCODINGS), case_sensitive=False), help="How a CSV file is written.")
@click.option("--sheet", help="Which sheet of an Excel workbook, where it is not the first.")
@home_option
@json_option
@click.pass_context
def import_class_list(ctx: click.Context, /, path: Path, maps: Sequence[str], update: bool, **asked: str | None) -> int:
    """Take the class list in FILE (CSV or .xlsx) onto the register."""
    with opened_home(ctx) as home:
        given = _given(ctx, path, maps, Asked(**asked))
        rules = ReadingRules(home.today, national_scheme=home.is_national)
        try:
            class_list = read_class_list(given.file.rows, given.mapped, rules)
            imported = import_list(home.db, home.stamp, home.timetable, class_list, update=update)
        except NotColumns as problem:
            raise CommandFailed(*_heading_problems(given, problem)) from problem
        except (ClassListRefused, ListRefused) as refused:
            return _refuse(ctx, home, given, refused.remarks)
        return _report(ctx, home, given, class_list, imported)


def _given(ctx: click.Context, path: Path, maps: Sequence[str], asked: Asked) -> _Given:
    try:
        file = read_class_list_file(read_plain(path, LARGEST_FILE + 1), asked)
    except NotAClassListFile as refused:
        raise CommandFailed(Problem(str(refused), "not_a_class_list", str(path))) from refused
    except OSError as problem:
        said = f"The file cannot be read: {why(problem)}."
        raise CommandFailed(Problem(said, "unreadable", str(path))) from problem
    cells = [cell for row in file.rows[:ROWS_LOOKED_AT_FOR_HEADINGS] for cell in row.cells]
    return _Given(path, file, tuple(_mapped(ctx, written, cells) for written in maps))


def _mapped(ctx: click.Context, written: str, cells: Sequence[str]) -> Mapped:
    mapped = read_map(written, cells)
    if mapped is None:
        columns = ", ".join(TITLES[field] for field in Field)
        raise click.UsageError(f"--map {written!r} is not COLUMN=HEADING. The columns are: {columns}.", ctx)
    return mapped


def _heading_problems(given: _Given, problem: NotColumns) -> list[Problem]:
    *first, last = (f"{fault.sentence}." for fault in problem.faults)
    codes = [str(fault.code) for fault in problem.faults]
    sentences = [*first, f"{last} {problem.advice}."]
    return [Problem(s, code, str(given.path), given.headings) for s, code in zip(sentences, codes, strict=True)]


def _refuse(ctx: click.Context, home: OpenHome, given: _Given, remarks: Sequence[Remark]) -> int:
    """Say every error, and where the file is that has them; nothing was imported."""
    errors: dict[int, dict[str, None]] = defaultdict(dict)
    for remark in remarks:
        errors[remark.line][remark.fault.sentence] = None
    problems = tuple(
        Problem(f"{remark.fault.sentence}.", str(remark.fault.code), str(given.path), remark.line) for remark in remarks
    )
    problems = first_of(problems, ERRORS_SHOWN, "errors")
    content = given.file.with_errors(given.headings, {line: ", ".join(said) for line, said in errors.items()})
    try:
        written = write_beside(given.path, given.file.ending, content, home.home.exports)
    except OSError as problem:
        written = None
        said = f"The file of errors cannot be written: {why(problem)}."
        problems = (*problems, Problem(said, "unwritable"))
    if settled(ctx).as_json:
        data = {
            "file": str(given.path),
            "errors_file": str(written) if written else None,
            "lines": sorted(errors)[:ERRORS_SHOWN],
            "wrong_lines": len(errors),
            "all_errors": len(remarks),
        }
        print_json(ok=False, data=marked(home, data), problems=problems)
        return REFUSED
    for each in problems:
        click.echo(str(each), err=True)
    click.echo("Nothing was imported.", err=True)
    if written:
        click.echo(f"The same list with its errors: {written}\nPut it right there and import that file.", err=True)
    return REFUSED


def _report(ctx: click.Context, home: OpenHome, given: _Given, class_list: ClassList, imported: Imported) -> int:
    notes = (*class_list.notes, *imported.notes)
    warnings = carried(home, as_json=settled(ctx).as_json)
    if settled(ctx).as_json:
        print_json(ok=True, data=marked(home, {**_data(given, class_list, imported, notes), **warnings}))
        return DONE
    for said in (*given.file.notes, *_lines(notes)):
        click.echo(f"Look again: {said}", err=True)
    if class_list.columns.unused:
        click.echo(f"Columns that are not needed: {', '.join(class_list.columns.unused)}.")
    counts = (("added", imported.added), ("changed", imported.changed), ("unchanged", imported.unchanged))
    echo(home, ", ".join(f"{len(those)} {done}" for done, those in counts if those) + ".")
    return DONE


def _data(given: _Given, class_list: ClassList, imported: Imported, notes: Iterable[Remark]) -> dict[str, object]:
    headings = headings_of(given.file.rows, given.mapped).cells
    return {
        "file": str(given.path),
        "added": len(imported.added),
        "changed": len(imported.changed),
        "unchanged": len(imported.unchanged),
        "pupils": [
            {"id": pupil.id, "upn": pupil.upn, "ref": pupil.ref, "done": done}
            for done, those in (("added", imported.added), ("changed", imported.changed))
            for pupil in those
        ],
        "columns": {str(field): headings[place].strip() for field, place in class_list.columns.places.items()},
        "not_used": list(class_list.columns.unused),
        "notes": [
            *({"line": n.line, "code": str(n.fault.code), "message": f"{n.fault.sentence}."} for n in notes),
            *({"line": None, "code": "file", "message": said} for said in given.file.notes),
        ],
    }


def _lines(notes: Iterable[Remark]) -> Iterable[str]:
    """Each note once, with the lines it is about."""
    lines: dict[str, list[int]] = defaultdict(list)
    for note in notes:
        lines[note.fault.sentence].append(note.line)
    for sentence, several in lines.items():
        named = ", ".join(map(str, several[:LINES_SHOWN]))
        more = f" and {len(several) - LINES_SHOWN} more" if len(several) > LINES_SHOWN else ""
        yield f"{'lines' if len(several) > 1 else 'line'} {named}{more}: {sentence}."
