"""The database's shape, step by step: each migration once, in one transaction, in order.

The tables and views are documented in ``docs/data.md``, which a test holds against them.
"""

import sqlite_utils
from sqlite_utils.migrations import Migrations

migrations = Migrations("mtc_kiosk")


@migrations()
def m001_attempts(db: sqlite_utils.Database) -> None:
    """Attempts, their events and answers, and how a pupil found the check."""
    for statement in (*_TABLES, *_TRIGGERS):
        db.execute(statement)


_TABLES = (
    """
    create table attempt (
        id text primary key not null,
        check_code text,
        session_id integer,
        pupil_id integer,
        kind text not null check (kind in ('official', 'try')),
        form text not null check (json_valid(form)),
        settings text not null check (json_valid(settings)),
        kiosk text not null,
        started_at text not null,
        finished_at text,
        outcome text check (outcome in ('complete', 'out_of_time', 'stopped', 'superseded')),
        check ((finished_at is null) = (outcome is null))
    ) strict
    """,
    """
    create table event (
        attempt_id text not null references attempt (id),
        seq integer not null check (seq > 0),
        run integer not null check (run > 0),
        at_us integer not null,
        wall_time text not null,
        type text not null,
        data text not null check (json_valid(data)),
        hash text not null check (length(hash) = 64),
        primary key (attempt_id, seq)
    ) strict, without rowid
    """,
    """
    create table answer (
        attempt_id text not null references attempt (id),
        number integer not null check (number > 0),
        showing integer not null check (showing > 0),
        factor1 integer not null,
        factor2 integer not null,
        response text not null check (length(response) <= 5),
        shown_us integer,
        at_us integer not null,
        by text not null check (by in ('enter', 'timeout', 'forfeit', 'void')),
        stall integer not null check (stall in (0, 1)),
        primary key (attempt_id, number, showing)
    ) strict, without rowid
    """,
    "create unique index answer_that_counts on answer (attempt_id, number) where by <> 'void'",
    """
    create table feedback (
        id integer primary key,
        attempt_id text not null references attempt (id),
        at text not null,
        by text not null,
        choice text check (choice in ('very_easy', 'easy', 'neither', 'difficult', 'very_difficult')),
        undoes integer references feedback (id)
    ) strict
    """,
    """
    create table removal (
        attempt_id text primary key not null,
        at text not null,
        by text not null,
        reason text not null check (reason in ('past_its_days', 'erasure_order', 'made_up'))
    ) strict, without rowid
    """,
    """
    create view input as
    select
        attempt_id,
        json_extract(data, '$.number') as number,
        json_extract(data, '$.showing') as showing,
        seq,
        at_us,
        json_extract(data, '$.input') as input,
        json_extract(data, '$.source') as source
    from event
    where type in ('Typed', 'Erased', 'Entered', 'Ignored')
        and json_extract(data, '$.practice') = 0
        and coalesce(json_extract(data, '$.why'), '') <> 'before_shown'
    """,
)


def _append_only(table: str) -> tuple[str, str]:
    """Refuse changes; refuse removal unless a ``removal`` row says that the attempt may lawfully go."""
    return (
        f"create trigger {table}_is_never_changed before update on {table}"
        f" begin select raise(abort, '{table} rows are never changed'); end",
        f"create trigger {table}_is_kept before delete on {table}"
        " when not exists (select 1 from removal where removal.attempt_id = old.attempt_id)"
        f" begin select raise(abort, '{table} rows are kept'); end",
    )


_TRIGGERS = (
    *_append_only("event"),
    *_append_only("answer"),
    *_append_only("feedback"),
    """
    create trigger attempt_ends_once before update on attempt
    when old.outcome is not null
        or new.outcome is null
        or (new.id, new.check_code, new.session_id, new.pupil_id, new.kind, new.form, new.settings, new.kiosk,
            new.started_at)
        is not (old.id, old.check_code, old.session_id, old.pupil_id, old.kind, old.form, old.settings, old.kiosk,
            old.started_at)
    begin select raise(abort, 'an attempt changes once, when it ends'); end
    """,
    """
    create trigger attempt_is_kept before delete on attempt
    when not exists (select 1 from removal where removal.attempt_id = old.id)
    begin select raise(abort, 'attempts are kept'); end
    """,
)
