"""The tables of staff accounts. Public names are those of ``docs/data.md``.

An account's row changes once, when it is removed; its roles are rows that are only ever added. A password's hash is
replaced by the next one and deleted with the account: old hashes are of no use but to somebody who guesses.
"""

_TIME = "glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'"

STATEMENTS = (
    f"""
    create table account (
        id integer primary key,
        name text not null check (name <> ''),
        name_key text not null check (name_key <> ''),
        made_at text not null check (made_at {_TIME}),
        made_by text not null,
        session_id integer references session (id),
        ends_at text check (ends_at {_TIME}),
        removed_at text check (removed_at {_TIME}),
        removed_by text,
        check ((removed_at is null) = (removed_by is null))
    ) strict
    """,
    "create index account_of_session on account (session_id) where session_id is not null",
    "create unique index account_of_name on account (name_key) where removed_at is null",
    f"""
    create table account_roles (
        id integer primary key,
        account_id integer not null references account (id),
        at text not null check (at {_TIME}),
        by text not null,
        roles text not null check (json_valid(roles)),
        group_names text not null check (json_valid(group_names))
    ) strict
    """,
    "create index account_roles_of_account on account_roles (account_id, id)",
    f"""
    create table account_password (
        account_id integer primary key references account (id),
        hash text not null check (hash like '$argon2id$%'),
        set_at text not null check (set_at {_TIME}),
        must_change integer not null check (must_change in (0, 1))
    ) strict
    """,
    f"""
    create table account_browser (
        account_id integer not null references account (id),
        sha256 text not null check (length(sha256) = 64),
        first_at text not null check (first_at {_TIME}),
        primary key (account_id, sha256)
    ) strict, without rowid
    """,
    """
    create trigger account_is_kept before delete on account
    begin select raise(abort, 'account rows are kept'); end
    """,
    """
    create trigger account_changes_once before update on account
    when old.removed_at is not null or new.removed_at is null
        or (old.id, old.name, old.name_key, old.made_at, old.made_by, old.session_id, old.ends_at)
        is not (new.id, new.name, new.name_key, new.made_at, new.made_by, new.session_id, new.ends_at)
    begin select raise(abort, 'an account changes once, when it is removed'); end
    """,
    """
    create trigger account_is_never_replaced before insert on account
    when exists (select 1 from account as old where old.id = new.id
        or old.name_key = new.name_key and old.removed_at is null and new.removed_at is null)
    begin select raise(abort, 'account rows are never changed'); end
    """,
    """
    create trigger account_goes_with_its_password after update of removed_at on account
    begin
        delete from account_password where account_id = new.id;
        delete from account_browser where account_id = new.id;
    end
    """,
    """
    create trigger account_roles_is_kept before delete on account_roles
    begin select raise(abort, 'account_roles rows are kept'); end
    """,
    """
    create trigger account_roles_is_not_changed before update on account_roles
    begin select raise(abort, 'account_roles rows are never changed'); end
    """,
    """
    create trigger account_roles_is_never_replaced before insert on account_roles
    when exists (select 1 from account_roles as old where old.id = new.id)
    begin select raise(abort, 'account_roles rows are never changed'); end
    """,
)
"""What the migration does, in order."""
