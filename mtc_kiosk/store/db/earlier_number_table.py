"""The table of numbers that pupils had before, and the triggers that fill it whatever changes a number.

The numbers may be erased with their pupil. Public names are those of ``docs/data.md``.
"""


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
