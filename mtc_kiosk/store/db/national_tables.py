"""The table of the national figures that staff loaded from the DfE's file.

Public names are those of ``docs/data.md``. What the migration does is never changed once a home may have it.
"""

_TIME = "glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'"

STATEMENTS = (
    f"""
    create table national_year (
        year integer primary key not null check (year between 2000 and 2100),
        file text not null check (file <> ''),
        at text not null check (at {_TIME}),
        by text not null,
        eligible integer check (eligible >= 0),
        scores text not null check (json_valid(scores)),
        at_least text not null check (json_valid(at_least))
    ) strict
    """,
)
"""What the migration does. A file that is loaded again replaces the years that it has."""
