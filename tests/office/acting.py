"""A made-up home on a morning in June, open for a member of staff who is not the one who made it."""

import contextlib
from collections.abc import Iterator

from mtc_kiosk.config.arrangements import ARRANGEMENTS
from mtc_kiosk.config.settings import SCHOOL
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.school.staff import Role, Staff, staff_of
from mtc_kiosk.store.home.home import Home
from tests.office.as_staff import open_as
from tests.school.made_up import upn

MORNING = "2027-06-07T09:00:00Z"
NATIONAL = """scheme: national
name: Larkfield
window:
  register_opens: 2027-03-01
  try_it_out_opens: 2027-04-12
  check_opens: 2027-06-07
  check_closes: 2027-06-18
  register_closes: 2027-06-25
"""
HEAD = staff_of("h.head", Role.HEAD)
ONE, TWO, THREE = (upn(number) for number in (1, 2, 3))


@contextlib.contextmanager
def acting(home: Home, staff: Staff = HEAD, at: str = MORNING) -> Iterator[OpenHome]:
    """The home, open for ``staff`` at this instant."""
    with open_as(home.root, staff, at) as office:
        yield office


def write_arrangements(home: Home, text: str) -> None:
    """Write the file of access arrangements."""
    (home.config_dir / ARRANGEMENTS).write_text(text, encoding="utf-8", newline="")


def under_the_national_scheme(home: Home) -> None:
    """Write the settings of a school that rehearses the national scheme in 2027."""
    (home.config_dir / SCHOOL).write_text(NATIONAL, encoding="utf-8")


def audited(home: OpenHome) -> list[tuple[str, str, str]]:
    """Who did what to what, in order; without what made the home, which was done at the command line."""
    rows = home.db.execute("select account, action, subject from audit where account <> 'cli' order by id").fetchall()
    return [tuple(row) for row in rows]
