"""The table of sticks and folders that records went to. Public names are those of ``docs/data.md``."""

_TIME = "glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'"

STATEMENTS = (
    f"""
    create table stick (
        place text not null,
        id text not null check (length(id) = 32),
        own_disk integer not null check (own_disk in (0, 1)),
        first_at text not null check (first_at {_TIME}),
        last_at text not null check (last_at {_TIME}),
        primary key (place, id)
    ) strict
    """,
)
"""What the migration does, in order."""
