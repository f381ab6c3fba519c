"""The table of the commands that the console gives to a kiosk which shares the home.

Public names are those of ``docs/data.md``.
"""

_TIME = "glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'"

STATEMENTS = (
    f"""
    create table kiosk_command (
        id integer primary key,
        kiosk text not null,
        attempt_id text not null,
        run integer not null check (run > 0),
        hold_seq integer not null check (hold_seq >= 0),
        command text not null check (command in ('carry_on', 'hold', 'set_aside', 'stop')),
        at text not null check (at {_TIME}),
        by text not null,
        answer text check (answer in ('done', 'refused', 'expired')),
        answered_at text check (answered_at {_TIME}),
        why text,
        check ((answer is null) = (answered_at is null)),
        check (answer is not null or why is null)
    ) strict
    """,
    "create index kiosk_command_waiting on kiosk_command (kiosk, id) where answer is null",
    "create index kiosk_command_of_attempt on kiosk_command (attempt_id, id)",
    """
    create trigger kiosk_command_is_answered_once before update on kiosk_command
    when old.answer is not null
        or new.answer is null
        or (new.id, new.kiosk, new.attempt_id, new.run, new.hold_seq, new.command, new.at, new.by)
        is not (old.id, old.kiosk, old.attempt_id, old.run, old.hold_seq, old.command, old.at, old.by)
    begin select raise(abort, 'a command changes once, when it is answered'); end
    """,
    """
    create trigger kiosk_command_is_kept before delete on kiosk_command
    begin select raise(abort, 'kiosk_command rows are kept'); end
    """,
    """
    create trigger kiosk_command_is_never_replaced before insert on kiosk_command
    when exists (select 1 from kiosk_command as old where old.id = new.id)
    begin select raise(abort, 'kiosk_command rows are never changed'); end
    """,
)
"""What the migration does, in order. Rows are only ever added, and change once: when the kiosk answers."""
