"""National figures to stand beside a school's: those that come with the program, completed by the DfE's own file.

The figures of a file are kept in the home's database, and so in its backups. The file itself is not kept.
"""

import csv
import hashlib
from collections.abc import Mapping
from pathlib import Path

from mtc_kiosk.insight.national import YEARS, NationalYear, NotTheNationalFile, distribution_from_csv
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.office.problem import OfficeRefused, Problem
from mtc_kiosk.plain_file import read_plain
from mtc_kiosk.school.permissions import May, may
from mtc_kiosk.shown_text import printable
from mtc_kiosk.store.home.whole_files import what_is_wrong
from mtc_kiosk.store.school.national_years import keep_years, loaded_years

LARGEST_FILE = 20_000_000
"""Bytes; the DfE's file has well under one million."""

NOTHING_LOADED = "Nothing was loaded."


def figures(home: OpenHome) -> Mapping[int, NationalYear]:
    """The national years that are known, by year."""
    return {**YEARS, **loaded_years(home.db)}


def load(home: OpenHome, path: Path) -> tuple[int, ...]:
    """Load the DfE's CSV of the score distribution; return its years. OfficeRefused: then nothing was changed.

    A year that was loaded before is replaced. Whoever may export results may load it.
    """
    if not may(home.staff, May.EXPORT):
        raise _refused("This account may not load national figures. Ask the head.", "not_allowed")
    content = _content(path)
    name = printable(path.name)
    try:
        years = distribution_from_csv(content.decode("utf-8-sig"), name)
    except NotTheNationalFile as problem:
        raise OfficeRefused(Problem(str(problem), "not_the_national_file")) from problem
    except (UnicodeDecodeError, csv.Error) as problem:
        raise _refused(f"{name} is not a CSV file that can be read (UTF-8).", "not_the_national_file") from problem
    keep_years(home.db, home.stamp, years, name, hashlib.sha256(content).hexdigest())
    return tuple(years)


def _content(path: Path) -> bytes:
    try:
        content = read_plain(path, LARGEST_FILE + 1)
    except OSError as problem:
        said = f"The file cannot be read: {what_is_wrong(problem)}."
        raise OfficeRefused(Problem(f"{said} {NOTHING_LOADED}", "unread", str(path))) from problem
    if len(content) > LARGEST_FILE:
        raise _refused(f"{printable(path.name)} is too large to be the DfE's score distribution.", "too_large")
    return content


def _refused(sentence: str, code: str) -> OfficeRefused:
    return OfficeRefused(Problem(f"{sentence} {NOTHING_LOADED}", code))
