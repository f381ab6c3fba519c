"""Write reports as files: under which name, of whom, beside which year; once one is there, what it shows is audited.

The page itself is made by whoever calls, as the office knows no templates.
"""

from collections.abc import Callable
from itertools import count
from pathlib import Path

from mtc_kiosk.export.files import NotWritten, path_for, refuse_open_file, write_page
from mtc_kiosk.office.chosen import pupil_chosen, pupils_selected
from mtc_kiosk.office.handed_out import once_handed_out
from mtc_kiosk.office.national_figures import figures
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.school.selection import InGroup, OnePupil


def group_named(home: OpenHome, group: str) -> str:
    """The group's name as the register has it; OfficeRefused where there is none."""
    return pupils_selected(home.db, InGroup(group))[0].group_name


def pupil_meant(home: OpenHome, pupil: OnePupil) -> int:
    """The id of the pupil who is meant; NotOnePupil, OfficeRefused."""
    return pupil_chosen(home.db, pupil).id


def refuse_unknown_year(home: OpenHome, year: int | None) -> None:
    """OfficeRefused if the national figures of this year are not known."""
    known = figures(home)
    if year is not None and year not in known:
        years = ", ".join(map(str, sorted(known)))
        raise OfficeRefused(
            Problem(f"There are no national figures of {year} here. Choose from: {years}.", "unknown_year")
        )


def write(home: OpenHome, out: Path | None, what: str, made: Callable[[], bytes]) -> Path:
    """Write the report that ``made`` makes, and say where. OfficeRefused if it cannot be written.

    ``what`` begins the file's name where ``out`` is none or a folder; no earlier report is replaced then. The audit row
    is left once the file is there.
    """
    path = _path(home, out, what)
    try:
        refuse_open_file(path)
        with once_handed_out():
            write_page(path, made())
    except NotWritten as problem:
        raise OfficeRefused(Problem(str(problem), "not_written", str(problem.path))) from problem
    return path


def _path(home: OpenHome, out: Path | None, what: str) -> Path:
    """The first name that is free, such as ``class-report-2027-06-11-2.html``; or the file that was named."""
    for number in count(1):
        again = f"-{number}" if number > 1 else ""
        path = path_for(home.home.exports, out, f"{what}-report-{home.today:%Y-%m-%d}{again}.html")
        if path == out or not path.exists():
            return path
    raise AssertionError
