"""The database's shape, step by step: each migration once, in one transaction, in order.

The tables and views are documented in ``docs/data.md``; a test compares the two.
"""

import contextlib
import secrets

import sqlite_utils
from sqlite_utils.migrations import Migrations

from mtc_kiosk.store.db import (
    account_tables,
    arrangement_tables,
    check_code_tables,
    classroom_tables,
    command_tables,
    later_tables,
    national_tables,
    record_indexes,
    school_tables,
)
from mtc_kiosk.store.db.migration_names import SET

migrations = Migrations(SET)


def known() -> frozenset[str]:
    """The names of every migration of this program."""
    with contextlib.closing(sqlite_utils.Database(memory=True, execute_plugins=False)) as empty:
        return frozenset(migration.name for migration in migrations.pending(empty))


@migrations()
def m001_attempts(db: sqlite_utils.Database) -> None:
    """Attempts, their events and answers, and how a pupil found the check."""
    for statement in (*_TABLES, *_TRIGGERS):
        db.execute(statement)


@migrations()
def m002_school(db: sqlite_utils.Database) -> None:
    """The register, sessions and PINs, facts about pupils, the audit, and the records that travel."""
    for statement in school_tables.STATEMENTS:
        db.execute(statement)


@migrations()
def m003_arrangements(db: sqlite_utils.Database) -> None:
    """Pupils' choices, why an assistant was added later, and the keys that repeat a spoken question."""
    for statement in arrangement_tables.STATEMENTS:
        db.execute(statement)


@migrations()
def m2026_11_27_cancelled_pins(db: sqlite_utils.Database) -> None:
    """PINs that staff cancelled."""
    for statement in later_tables.CANCELLED_PINS:
        db.execute(statement)


@migrations()
def m2026_11_27_earlier_numbers(db: sqlite_utils.Database) -> None:
    """The UPNs and refs that pupils had before."""
    for statement in later_tables.EARLIER_NUMBERS:
        db.execute(statement)


@migrations()
def m2026_11_27_choices(db: sqlite_utils.Database) -> None:
    """Heads' choices of which of two checks counts."""
    for statement in later_tables.CHOICES:
        db.execute(statement)


@migrations()
def m2026_11_27_sticks(db: sqlite_utils.Database) -> None:
    """The sticks and folders that records went to."""
    for statement in later_tables.STICKS:
        db.execute(statement)


@migrations()
def m2026_11_27_proofs(db: sqlite_utils.Database) -> None:
    """The results of proving the records of checks."""
    for statement in later_tables.PROOFS:
        db.execute(statement)


@migrations()
def m2026_11_27_records_by_pupil(db: sqlite_utils.Database) -> None:
    """Indexes by which the records of one pupil are found."""
    for statement in record_indexes.STATEMENTS:
        db.execute(statement)


@migrations()
def m2026_11_27_notes(db: sqlite_utils.Database) -> None:
    """Staff's notes about pupils."""
    for statement in later_tables.NOTES:
        db.execute(statement)


@migrations()
def m2026_11_27_accounts(db: sqlite_utils.Database) -> None:
    """Accounts of staff, their roles and passwords, and the browsers that each signed in from."""
    for statement in account_tables.STATEMENTS:
        db.execute(statement)


@migrations()
def m2026_11_27_kiosk_commands(db: sqlite_utils.Database) -> None:
    """Commands from the console to a kiosk."""
    for statement in command_tables.STATEMENTS:
        db.execute(statement)


@migrations()
def m2026_11_27_records_listed(db: sqlite_utils.Database) -> None:
    """An index that has of each record what a list of all needs."""
    db.execute(record_indexes.LISTED)


@migrations()
def m2026_11_28_classroom(db: sqlite_utils.Database) -> None:
    """A desk's kiosks and what they last said; a kiosk's receipts."""
    for statement in classroom_tables.STATEMENTS:
        db.execute(statement)


@migrations()
def m2026_11_28_delivery_check_codes(db: sqlite_utils.Database) -> None:
    """What a restored home recognises the check codes of lost PINs by."""
    for statement in check_code_tables.STATEMENTS:
        db.execute(statement)
    db.execute(check_code_tables.WITH_CHANCE, (secrets.token_hex(32),))


@migrations()
def m2026_11_28_proof_copied_desk(db: sqlite_utils.Database) -> None:
    """Where a desk's epoch began, by which a copy of the desk is known."""
    db.execute(classroom_tables.PLACE_OF_EPOCH)


@migrations()
def m2026_11_28_national_years(db: sqlite_utils.Database) -> None:
    """The national figures that staff loaded."""
    for statement in national_tables.STATEMENTS:
        db.execute(statement)


_TIME = "glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'"

_TABLES = (
    f"""
    create table attempt (
        id text primary key not null check (id <> ''),
        check_code text,
        session_id integer,
        pupil_id integer,
        kind text not null check (kind in ('official', 'try')),
        form text not null check (json_valid(form)),
        settings text not null check (json_valid(settings)),
        kiosk text not null,
        started_at text not null check (started_at {_TIME}),
        finished_at text check (finished_at {_TIME}),
        outcome text check (outcome in ('complete', 'out_of_time', 'stopped', 'superseded')),
        check ((finished_at is null) = (outcome is null))
    ) strict
    """,
    "create index attempt_unfinished on attempt (kiosk) where outcome is null",
    "create index attempt_of_pupil on attempt (pupil_id, kiosk)",
    f"""
    create table event (
        attempt_id text not null references attempt (id),
        seq integer not null check (seq > 0),
        run integer not null check (run > 0),
        at_us integer not null,
        wall_time text not null check (wall_time {_TIME}),
        type text not null,
        data text not null check (json_valid(data)),
        hash text not null check (length(hash) = 64 and hash not glob '*[^0-9a-f]*'),
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
    f"""
    create table feedback (
        id integer primary key,
        attempt_id text not null references attempt (id),
        at text not null check (at {_TIME}),
        by text not null,
        choice text check (choice in ('very_easy', 'easy', 'neither', 'difficult', 'very_difficult')),
        undoes integer references feedback (id),
        check (choice is not null or undoes is not null)
    ) strict
    """,
    "create index feedback_of_attempt on feedback (attempt_id)",
    f"""
    create table refused (
        id integer primary key,
        attempt_id text not null,
        at text not null check (at {_TIME}),
        held text not null,
        why text not null
    ) strict
    """,
    f"""
    create table removal (
        attempt_id text primary key not null,
        at text not null check (at {_TIME}),
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
        and coalesce(json_extract(data, '$.why'), '') not in ('before_shown', 'late')
    """,
)


def _append_only(table: str) -> tuple[str, str]:
    """Refuse changes; refuse removal unless a ``removal`` row says that the attempt may lawfully go."""
    return (
        f"create trigger {table}_is_never_changed before update on {table}"
        f" begin select raise(abort, '{table} rows are never changed'); end",
        f"create trigger {table}_is_kept before delete on {table}"  # noqa: S608 - the names are ours
        " when not exists (select 1 from removal where removal.attempt_id = old.attempt_id)"
        f" begin select raise(abort, '{table} rows are kept'); end",
    )


def _never_replaced(table: str, same: str) -> str:
    """Refuse INSERT OR REPLACE, which takes a row away without asking the triggers of DELETE."""
    return (
        f"create trigger {table}_is_never_replaced before insert on {table}"  # noqa: S608 - the names are ours
        f" when exists (select 1 from {table} as old where {same})"
        f" begin select raise(abort, '{table} rows are never changed'); end"
    )


_TRIGGERS = (
    *_append_only("event"),
    *_append_only("answer"),
    *_append_only("feedback"),
    *_append_only("refused"),
    _never_replaced("attempt", "old.id = new.id"),
    _never_replaced(
        "answer",
        "old.attempt_id = new.attempt_id and old.number = new.number"
        " and (old.showing = new.showing or old.by <> 'void' and new.by <> 'void')",
    ),
    _never_replaced("feedback", "old.id = new.id"),
    _never_replaced("refused", "old.id = new.id"),
    _never_replaced("removal", "old.attempt_id = new.attempt_id"),
    """
    create trigger event_goes_to_the_end before insert on event
    when new.seq <> 1 + coalesce((select max(seq) from event where attempt_id = new.attempt_id), 0)
    begin select raise(abort, 'an event goes to the end of its attempt'); end
    """,
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
    """
    create trigger attempt_never_comes_back before insert on attempt
    when exists (select 1 from removal where removal.attempt_id = new.id)
    begin select raise(abort, 'this attempt was removed'); end
    """,
    """
    create trigger removal_is_never_changed before update on removal
    begin select raise(abort, 'removal rows are never changed'); end
    """,
    """
    create trigger removal_is_kept before delete on removal
    begin select raise(abort, 'removal rows are kept'); end
    """,
    """
    create trigger removal_removes after insert on removal
    begin
        delete from answer where attempt_id = new.attempt_id;
        delete from feedback where attempt_id = new.attempt_id;
        delete from refused where attempt_id = new.attempt_id;
        delete from event where attempt_id = new.attempt_id;
        delete from attempt where id = new.attempt_id;
    end
    """,
)
