"""The numbers that pupils had before, as the database keeps them (``store.db.earlier_number_table``).

What was written under an earlier number, such as access arrangements, must not be lost with it.
"""

from collections import defaultdict

from mtc_kiosk.school.numbers import Numbers
from mtc_kiosk.store.db.opened import Database


def numbers_of(db: Database, pupil_id: int) -> Numbers:
    """The numbers of one pupil; KeyError for an id that no pupil has."""
    found = db.execute("select upn, ref from pupil where id = ?", (pupil_id,)).fetchone()
    if found is None:
        raise KeyError(pupil_id)
    upn, ref = found
    rows = db.execute("select number from earlier_number where pupil_id = ?", (pupil_id,)).fetchall()
    return Numbers(upn, ref, tuple(str(number) for (number,) in rows))


def all_numbers(db: Database) -> dict[int, Numbers]:
    """The numbers of every pupil, those who have left too, by id."""
    earlier: dict[int, list[str]] = defaultdict(list)
    for pupil_id, number in db.execute("select pupil_id, number from earlier_number").fetchall():
        earlier[pupil_id].append(number)
    return {
        pupil_id: Numbers(upn, ref, tuple(earlier.get(pupil_id, ())))
        for pupil_id, upn, ref in db.execute("select id, upn, ref from pupil order by id").fetchall()
    }
