"""The table of cancelled PINs. Public names are those of ``docs/data.md``.

Each is a row of its own, so that a row of ``pin`` changes only once, when a check begins with it.
"""

_TIME = "glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'"

STATEMENTS = (
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
"""What the migration does, in order."""
