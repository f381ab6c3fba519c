"""The columns and views for access arrangements: a pupil's choice, why an assistant was added later, keys that repeat.

Public names are those of ``docs/data.md``.
"""

from mtc_kiosk.check.arrangements import Colours, Size

_TIME = "glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'"

_COLOURS, _SIZES = (", ".join(f"'{choice}'" for choice in choices) for choices in (Colours, Size))

STATEMENTS = (
    f"""
    create table preference (
        id integer primary key,
        pupil_id integer not null references pupil (id),
        attempt_id text not null references attempt (id),
        at text not null check (at {_TIME}),
        colours text check (colours in ({_COLOURS})),
        size text not null check (size in ({_SIZES}))
    ) strict
    """,
    "create index preference_of_pupil on preference (pupil_id)",
    "create index preference_of_attempt on preference (attempt_id)",
    """
    create trigger preference_is_kept before delete on preference
    when not exists (select 1 from removal where removal.attempt_id = old.attempt_id)
    begin select raise(abort, 'preference rows are kept'); end
    """,
    """
    create trigger preference_is_not_changed before update on preference
    begin select raise(abort, 'preference rows are never changed'); end
    """,
    """
    create trigger preference_is_never_replaced before insert on preference
    when exists (select 1 from preference as old where old.id = new.id)
    begin select raise(abort, 'preference rows are never changed'); end
    """,
    """
    create trigger preference_goes_with_its_attempt before delete on attempt
    begin delete from preference where attempt_id = old.id; end
    """,
    "alter table assistant add column why text check (length(why) <= 1000)",
    "drop trigger assistant_is_not_changed",
    """
    create trigger assistant_is_not_changed before update on assistant
    when (old.id, old.attempt_id, old.at, old.by, old.code, old.undoes)
        is not (new.id, new.attempt_id, new.at, new.by, new.code, new.undoes)
        or new.forename is not null or new.surname is not null or new.why is not null
    begin select raise(abort, 'this of assistant is never changed'); end
    """,
    "drop view input",
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
    where type in ('Typed', 'Erased', 'Entered', 'Ignored', 'Repeated')
        and json_extract(data, '$.practice') = 0
        and coalesce(json_extract(data, '$.why'), '') not in ('before_shown', 'late')
    """,
)
"""What the migration does, in order."""
