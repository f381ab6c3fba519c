"""The tables and indexes that came after the first three migrations, in their order.

Public names are those of ``docs/data.md``. What a migration does is never changed once a home may have it.
"""

_TIME = "glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'"


def _keeps_earlier(column: str) -> str:
    return f"""
    create trigger pupil_keeps_its_earlier_{column} after update of {column} on pupil
    when old.{column} is not null and old.{column} is not new.{column}
    begin
        insert into earlier_number (pupil_id, number) select old.id, old.{column}
        where not exists (select 1 from earlier_number where pupil_id = old.id and number = old.{column});
    end
    """  # noqa: S608 - the names are ours


def _goes_with(table: str) -> str:
    return f"""
    create trigger proof_goes_with_{table} after delete on {table}
    begin delete from proof where record_id = old.record_id and sha256 = old.sha256; end
    """  # noqa: S608 - the names are ours


CANCELLED_PINS = (
    f"""
    create table cancelled_pin (
        check_code text primary key not null references pin (check_code),
        at text not null check (at {_TIME}),
        by text not null
    ) strict, without rowid
    """,
    """
    create trigger cancelled_pin_is_kept before delete on cancelled_pin
    begin select raise(abort, 'cancelled_pin rows are kept'); end
    """,
    """
    create trigger cancelled_pin_is_not_changed before update on cancelled_pin
    begin select raise(abort, 'cancelled_pin rows are never changed'); end
    """,
    """
    create trigger cancelled_pin_is_never_replaced before insert on cancelled_pin
    when exists (select 1 from cancelled_pin as old where old.check_code = new.check_code)
    begin select raise(abort, 'cancelled_pin rows are never changed'); end
    """,
)
"""Each is a separate row, so that a row of ``pin`` changes only once, when a check begins with it."""

EARLIER_NUMBERS = (
    """
    create table earlier_number (
        pupil_id integer not null references pupil (id),
        number text not null check (number <> ''),
        primary key (pupil_id, number)
    ) strict, without rowid
    """,
    _keeps_earlier("upn"),
    _keeps_earlier("ref"),
)
"""The UPNs and refs that pupils had before; triggers fill it. They may be erased with their pupil."""

CHOICES = (
    f"""
    create table choice (
        id integer primary key,
        pupil_id integer not null references pupil (id),
        at text not null check (at {_TIME}),
        by text not null,
        attempt_id text,
        record text not null default '' check (record = '' or length(record) = 64),
        among text not null check (json_valid(among)),
        why text check (length(why) <= 1000),
        undoes integer unique references choice (id),
        check ((attempt_id is null) = (undoes is not null))
    ) strict
    """,
    "create index choice_of_pupil on choice (pupil_id)",
    """
    create trigger choice_is_kept before delete on choice
    begin select raise(abort, 'choice rows are kept'); end
    """,
    """
    create trigger choice_is_not_changed before update on choice
    when (old.id, old.pupil_id, old.at, old.by, old.attempt_id, old.record, old.among, old.undoes)
        is not (new.id, new.pupil_id, new.at, new.by, new.attempt_id, new.record, new.among, new.undoes)
        or new.why is not null
    begin select raise(abort, 'this of choice is never changed'); end
    """,
    """
    create trigger choice_is_never_replaced before insert on choice
    when exists (select 1 from choice as old where old.id = new.id or old.undoes = new.undoes)
    begin select raise(abort, 'choice rows are never changed'); end
    """,
    """
    create trigger choice_undoes_one before insert on choice when new.undoes is not null
    and not exists (select 1 from choice as old where old.id = new.undoes and old.undoes is null
        and old.pupil_id = new.pupil_id)
    begin select raise(abort, 'a choice row takes back one of the same kind'); end
    """,
    # Earlier versions kept choices as states of records, and compared one check code only; heads choose again.
    "update inbox set state = 'taken', said = null where type = 'check' and state in ('chosen', 'passed_over')",
    "update conflict set state = 'open', said = null where type = 'check' and state in ('chosen', 'passed_over')",
)
"""Heads' choices of which of two checks counts. Rows are only ever added; only the reason, free text, may be erased."""

STICKS = (
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
"""The sticks and folders that records went to."""

PROOFS = (
    """
    create table proof (
        record_id text not null,
        sha256 text not null,
        check_code text,
        body_sha256 text not null check (length(body_sha256) = 64),
        prover integer not null,
        found text not null check (json_valid(found)),
        seal text not null check (length(seal) = 64),
        primary key (record_id, sha256)
    ) strict, without rowid
    """,
    "create index proof_of_check_code on proof (check_code)",
    _goes_with("inbox"),
    _goes_with("conflict"),
)
"""The result of proving each check's record. It may be emptied at any time: missing results are computed again."""

NOTES = (
    f"""
    create table note (
        id integer primary key,
        pupil_id integer not null references pupil (id),
        at text not null check (at {_TIME}),
        by text not null,
        code text not null check (code in ('written', 'corrected', 'taken_back', 'brought_back')),
        detail text check (length(detail) between 1 and 1000),
        undoes integer unique references note (id),
        check ((code = 'written') = (undoes is null)),
        check (code <> 'taken_back' or detail is null)
    ) strict
    """,
    "create index note_of_pupil on note (pupil_id)",
    """
    create trigger note_is_kept before delete on note
    begin select raise(abort, 'note rows are kept'); end
    """,
    """
    create trigger note_is_not_changed before update on note
    when (old.id, old.pupil_id, old.at, old.by, old.code, old.undoes)
        is not (new.id, new.pupil_id, new.at, new.by, new.code, new.undoes)
        or new.detail is not null
    begin select raise(abort, 'this of note is never changed'); end
    """,
    """
    create trigger note_is_never_replaced before insert on note
    when exists (select 1 from note as old where old.id = new.id or old.undoes = new.undoes)
    begin select raise(abort, 'note rows are never changed'); end
    """,
    """
    create trigger note_undoes_one before insert on note when new.undoes is not null
    and not exists (select 1 from note as old where old.id = new.undoes and old.pupil_id = new.pupil_id)
    begin select raise(abort, 'a note row follows one of the same pupil'); end
    """,
)
"""Staff's notes about pupils. Rows are only ever added; only the text, in ``detail``, may be erased."""
