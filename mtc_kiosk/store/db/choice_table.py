"""The table of heads' choices: which of two checks counts. Public names are those of ``docs/data.md``.

Rows are only ever added; only the reason, which is free text, may be erased.
"""

_TIME = "glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'"

STATEMENTS = (
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
"""What the migration does, in order."""
