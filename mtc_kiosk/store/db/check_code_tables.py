"""The tables by which a home knows, after a restored backup, which pupils the check codes of lost PINs were issued to.

What the migration does is never changed once a home may have it.
"""

STATEMENTS = (
    """
    create table code_secret (
        id integer primary key check (id = 1),
        secret text not null check (length(secret) = 64 and secret not glob '*[^0-9a-f]*')
    ) strict
    """,
    """
    create table earlier_code (
        check_code text primary key not null check (check_code <> ''),
        pupil_id integer not null references pupil (id) on delete cascade
    ) strict, without rowid
    """,
    "create index earlier_code_of_pupil on earlier_code (pupil_id)",
)
"""What the migration does first."""

WITH_CHANCE = "insert into code_secret (id, secret) values (1, ?)"
"""What it does then: the secret is made with the database, so that every backup has it."""
