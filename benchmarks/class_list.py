"""Times a class list on its way onto the register, and how long the write lock is held; each figure beside its bar.

``python -m benchmarks.class_list [--pupils 700]``. Exit code 1 when a bar is missed. Medians of several runs, each in a
new home; the pupils are made up.
"""

import argparse
import csv
import io
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median

import openpyxl
import sqlite_utils

from mtc_kiosk.class_list.read import read_class_list_file
from mtc_kiosk.school.class_list import ClassList, read_class_list
from mtc_kiosk.school.columns import NATIONAL, TITLES
from mtc_kiosk.school.details import ReadingRules
from mtc_kiosk.school.timetable import Timetable
from mtc_kiosk.school.upn import check_letter
from mtc_kiosk.store.db.database import open_database
from mtc_kiosk.store.db.transaction import AuditStamp
from mtc_kiosk.store.home.home import open_home
from mtc_kiosk.store.school.register_import import import_list

RUNS = 7
TODAY = date(2027, 6, 7)
ACT = AuditStamp("2027-06-07T09:00:00.000Z", "cli")
LOCK_BAR_MS = 50
"""How long one transaction may hold the write lock while kiosks share the home."""

Figure = tuple[str, float, float]


def made_up(count: int) -> list[list[str]]:
    """The rows of a class list of the national columns."""
    rows = [[TITLES[field] for field in NATIONAL]]
    for number in range(count):
        body = f"9991{number:08}"
        rows.append([f"O'Example-{number}", "Zoë Anna", "Kai", "14/03/2018", "MF"[number % 2]])
        rows[-1].append(check_letter("?" + body) + body)
    return rows


def as_csv(rows: list[list[str]]) -> bytes:
    """As Excel writes it."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def as_workbook(rows: list[list[str]]) -> bytes:
    """An Excel workbook."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def timed(work: Callable[[], object]) -> float:
    """Milliseconds, the median of several runs."""
    took = []
    for _ in range(RUNS):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return median(took)


@contextmanager
def new_home() -> Iterator[sqlite_utils.Database]:
    """The database of a home that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        db = open_database(open_home(Path(folder) / "home"))
        try:
            yield db
        finally:
            db.close()


def importing(class_list: ClassList) -> Iterator[Figure]:
    """The import into an empty home, and once more."""
    first: list[float] = []
    again: list[float] = []
    for _ in range(RUNS):
        with new_home() as db:
            for took in (first, again):
                began = time.perf_counter()
                import_list(db, ACT, Timetable(), class_list, update=False)
                took.append((time.perf_counter() - began) * 1000)
    yield "import, lock held", median(first), LOCK_BAR_MS
    yield "import again, lock held", median(again), LOCK_BAR_MS


def figures(count: int) -> Iterator[Figure]:
    """What is measured, in milliseconds, and its bar."""
    rows = made_up(count)
    as_bytes, book = as_csv(rows), as_workbook(rows)
    file = read_class_list_file(as_bytes)
    errors = dict.fromkeys(range(2, count + 2), "Sex must be M or F")
    yield "read CSV", timed(lambda: read_class_list_file(as_bytes)), 100
    yield "read XLSX", timed(lambda: read_class_list_file(book)), 1000
    yield "judge", timed(lambda: read_class_list(file.rows, (), ReadingRules(TODAY))), 200
    yield "write errors, CSV", timed(lambda: file.with_errors(1, errors)), 100
    yield "write errors, XLSX", timed(lambda: read_class_list_file(book).with_errors(1, errors)), 2000
    yield from importing(read_class_list(file.rows, (), ReadingRules(TODAY)))


def main() -> int:
    """Print each figure; 1 where a bar is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pupils", type=int, default=700)
    count = options.parse_args().pupils
    missed = False
    print(f"{count} pupils")
    for name, took, bar in figures(count):
        missed |= took > bar
        print(f"{name:<26}{took:8.1f} ms   at most {bar:.0f} ms{'   MISSED' if took > bar else ''}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
