"""Write an empty class list to fill in, with the headings that this school's scheme has."""

from dataclasses import dataclass
from pathlib import Path

from mtc_kiosk.class_list.template import ENDINGS, columns_of, csv_template, xlsx_template
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.school.columns import TITLES
from mtc_kiosk.store.home.whole_files import why_not_written, write_whole


@dataclass(frozen=True)
class TemplateWritten:
    """Where the empty list is, and the headings in it."""

    path: Path
    headings: tuple[str, ...]


def template(home: OpenHome, ending: str) -> bytes:
    """An empty class list: a workbook for ``.xlsx``, a CSV file for ``.csv``; OfficeRefused for another ending."""
    if ending not in ENDINGS:
        said = "The name must end in .xlsx (Excel Workbook) or .csv. Nothing was written."
        raise OfficeRefused(Problem(said, "file_ending"))
    columns = columns_of(national=home.is_national)
    return xlsx_template(columns) if ending == ".xlsx" else csv_template(columns)


def write_template(home: OpenHome, path: Path, *, force: bool = False) -> TemplateWritten:
    """Write the list, a workbook or a CSV file by the end of its name; OfficeRefused for another ending.

    OfficeRefused too if there is a file of this name and ``force`` is not set, or where it cannot be written.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        said = "The name must end in .xlsx (Excel Workbook) or .csv. Nothing was written."
        raise OfficeRefused(Problem(said, "file_ending", str(path)))
    if path.exists() and not force:
        said = "There is a file of this name already. Choose another name, or replace that file. Nothing was written."
        raise OfficeRefused(Problem(said, "file_exists", str(path)))
    content = template(home, ending)
    try:
        write_whole(path, content)
    except OSError as problem:
        said = f"The file cannot be written: {why_not_written(problem, path)}. Nothing was written."
        raise OfficeRefused(Problem(said, "unwritable", str(path))) from problem
    return TemplateWritten(path, tuple(TITLES[field] for field in columns_of(national=home.is_national)))
