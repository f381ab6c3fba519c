"""The numbers that pupils had before, kept by the database itself whatever changes them.

What was written under an earlier number, such as access arrangements, must not be lost with it. The numbers may be
erased with their pupil.
"""

from collections import defaultdict

from mtc_kiosk.school.numbers import Numbers
from mtc_kiosk.store.db.opened import Database


def _kept(column: str) -> str:
    return f"""
    create trigger pupil_keeps_its_earlier_{column} after update of {column} on pupil
    when old.{column} is not null and old.{column} is not new.{column}
    begin
        insert into earlier_number (pupil_id, number) select old.id, old.{column}
        where not exists (select 1 from earlier_number where pupil_id = old.id and number = old.{column});
    end
    """  # noqa: S608 - the names are ours


STATEMENTS = (
    """
    create table earlier_number (
        pupil_id integer not null references pupil (id),
        number text not null check (number <> ''),
        primary key (pupil_id, number)
    ) strict, without rowid
    """,
    _kept("upn"),
    _kept("ref"),
)
"""What the migration does, in order."""


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
