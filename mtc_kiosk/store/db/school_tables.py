"""The school half of the database: register, sessions, facts about pupils, and the records that travel.

Public names are those of ``docs/data.md``. Names and free text are only in ``pupil``, ``assistant`` and the ``detail``
columns, and only those may be erased; all other rows are only ever added to, and triggers enforce it.
"""

_TIME = "glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'"

_REGISTER = (
    f"""
    create table pupil (
        id integer primary key,
        upn text unique,
        ref text unique,
        surname text not null,
        forename text not null,
        middle_names text not null default '',
        date_of_birth text not null,
        sex text not null check (sex in ('M', 'F')),
        alias_forename text not null default '',
        alias_surname text not null default '',
        group_name text not null default '',
        left_at text check (left_at {_TIME}),
        check (upn is not null or ref is not null)
    ) strict
    """,
    f"""
    create table session (
        id integer primary key,
        kind text not null check (kind in ('official', 'try')),
        password text not null check (password <> ''),
        group_name text not null default '',
        opens_at text not null check (opens_at {_TIME}),
        closes_at text not null check (closes_at {_TIME} and closes_at > opens_at),
        opened_by text not null,
        closed_at text check (closed_at {_TIME})
    ) strict
    """,
    f"""
    create table pin (
        check_code text primary key not null check (check_code <> ''),
        session_id integer not null references session (id),
        pupil_id integer not null references pupil (id),
        pin text not null check (length(pin) = 4),
        expires_at text not null check (expires_at {_TIME}),
        used_at text check (used_at {_TIME}),
        unique (session_id, pin),
        unique (session_id, pupil_id)
    ) strict, without rowid
    """,
    "create index pin_of_pupil on pin (pupil_id)",
    f"""
    create table sign_in (
        id integer primary key,
        at text not null check (at {_TIME}),
        kiosk text not null,
        pupil_id integer references pupil (id),
        result text not null check (result in ('wrong', 'not_me', 'right'))
    ) strict
    """,
    "create index sign_in_of_kiosk on sign_in (kiosk, at)",
    "create index sign_in_of_pupil on sign_in (pupil_id, at) where pupil_id is not null",
)
"""``sign_in`` is what was typed right or wrong of late, so that guessing stays slow when a kiosk starts again."""

_FACTS = (
    f"""
    create table restart (
        id integer primary key,
        pupil_id integer not null references pupil (id),
        at text not null check (at {_TIME}),
        by text not null,
        code text not null,
        origin_attempt text,
        by_head integer not null default 0 check (by_head in (0, 1)),
        undoes integer unique references restart (id)
    ) strict
    """,
    "create index restart_of_pupil on restart (pupil_id)",
    f"""
    create table reason (
        id integer primary key,
        pupil_id integer not null references pupil (id),
        at text not null check (at {_TIME}),
        by text not null,
        code text not null,
        by_head integer not null default 0 check (by_head in (0, 1)),
        undoes integer unique references reason (id)
    ) strict
    """,
    "create index reason_of_pupil on reason (pupil_id)",
    f"""
    create table declaration (
        id integer primary key,
        at text not null check (at {_TIME}),
        by text not null,
        code text not null,
        detail text,
        undoes integer unique references declaration (id)
    ) strict
    """,
    f"""
    create table assistant (
        id integer primary key,
        attempt_id text not null references attempt (id),
        at text not null check (at {_TIME}),
        by text not null,
        forename text,
        surname text,
        code text,
        undoes integer unique references assistant (id)
    ) strict
    """,
    "create index assistant_of_attempt on assistant (attempt_id)",
    f"""
    create table audit (
        id integer primary key,
        at text not null check (at {_TIME}),
        account text not null,
        action text not null,
        subject text not null,
        before text check (before is null or json_valid(before)),
        after text check (after is null or json_valid(after))
    ) strict
    """,
    "create index attempt_of_check_code on attempt (check_code) where check_code is not null",
)

_RECORDS = (
    *(
        f"""
        create table {name} (
            record_id text {key},
            type text not null,
            sha256 text not null check (length(sha256) = 64),
            body blob not null,
            detail text,
            state text not null,
            at text not null check (at {_TIME}),
            tries integer not null default 0,
            said text
            {more}
        ) strict
        """
        for name, key, more in (
            ("outbox", "primary key not null", ""),
            ("inbox", "primary key not null", ""),
            ("conflict", "not null", ", primary key (record_id, sha256)"),
        )
    ),
    # A record's type comes after its body in the row: without these, every query by state would read every body.
    "create index inbox_by_type on inbox (type, state, record_id)",
    "create index conflict_by_type on conflict (type, state, record_id)",
    f"""
    create table device (
        fingerprint text primary key not null,
        public_key blob not null,
        name text not null,
        first_seen_at text not null check (first_seen_at {_TIME}),
        accepted_at text check (accepted_at {_TIME}),
        accepted_by text
    ) strict, without rowid
    """,
)


def _kept(table: str, *, unless: str = "") -> str:
    """Refuse removal."""
    when = f" when not ({unless})" if unless else ""
    return (
        f"create trigger {table}_is_kept before delete on {table}{when}"
        f" begin select raise(abort, '{table} rows are kept'); end"
    )


def _never_changed(table: str) -> str:
    """Refuse every change."""
    return (
        f"create trigger {table}_is_not_changed before update on {table}"
        f" begin select raise(abort, '{table} rows are never changed'); end"
    )


def _fixed(table: str, *columns: str, also: str = "") -> str:
    """Refuse changes to these columns, and any change for which ``also`` is true."""
    old, new = (", ".join(f"{row}.{column}" for column in columns) for row in ("old", "new"))
    return (
        f"create trigger {table}_is_not_changed before update on {table}"
        f" when ({old}) is not ({new}){f' or {also}' if also else ''}"
        f" begin select raise(abort, 'this of {table} is never changed'); end"
    )


def _never_replaced(table: str, same: str = "old.id = new.id") -> str:
    """Refuse INSERT OR REPLACE, which takes a row away without asking the triggers of DELETE."""
    return (
        f"create trigger {table}_is_never_replaced before insert on {table}"  # noqa: S608 - the names are ours
        f" when exists (select 1 from {table} as old where {same})"
        f" begin select raise(abort, '{table} rows are never changed'); end"
    )


def _undoes_one(table: str, whose: str = "") -> str:
    """A row may take back one row, of the same pupil or attempt, that takes back none itself."""
    same = f" and old.{whose} = new.{whose}" if whose else ""
    return (
        f"create trigger {table}_undoes_one before insert on {table} when new.undoes is not null"  # noqa: S608 - ours
        f" and not exists (select 1 from {table} as old where old.id = new.undoes and old.undoes is null{same})"
        f" begin select raise(abort, 'a {table} row takes back one of the same kind'); end"
    )


_REMOVED = "exists (select 1 from removal where removal.attempt_id = {})"
_MAY_GO = {"outbox": "old.state = 'delivered' or ", "inbox": "", "conflict": ""}
"""When a record may leave a table without a ``removal`` row: it has reached all its destinations."""

_TRIGGERS = (
    _kept("session"),
    _fixed(
        "session",
        *("id", "kind", "password", "group_name", "opens_at", "closes_at", "opened_by"),
        also="old.closed_at is not null",
    ),
    _never_replaced("session"),
    _kept("pin"),
    _fixed(
        "pin",
        *("check_code", "session_id", "pupil_id", "pin", "expires_at"),
        also="old.used_at is not null",
    ),
    _never_replaced(
        "pin",
        "old.check_code = new.check_code"
        " or old.session_id = new.session_id and (old.pin = new.pin or old.pupil_id = new.pupil_id)",
    ),
    *(
        trigger
        for table in ("restart", "reason")
        for trigger in (
            _kept(table),
            _fixed(table, "id", also="true"),
            _never_replaced(table, "old.id = new.id or old.undoes = new.undoes"),
            _undoes_one(table, "pupil_id"),
        )
    ),
    _kept("declaration"),
    _fixed("declaration", *("id", "at", "by", "code", "undoes"), also="new.detail is not null"),
    _never_replaced("declaration", "old.id = new.id or old.undoes = new.undoes"),
    _undoes_one("declaration"),
    _kept("assistant", unless=_REMOVED.format("old.attempt_id")),
    _fixed(
        "assistant",
        *("id", "attempt_id", "at", "by", "code", "undoes"),
        also="new.forename is not null or new.surname is not null",
    ),
    _never_replaced("assistant", "old.id = new.id or old.undoes = new.undoes"),
    _undoes_one("assistant", "attempt_id"),
    _kept("audit"),
    _never_changed("audit"),
    _never_replaced("audit"),
    *(
        trigger
        for table, may_go in _MAY_GO.items()
        for trigger in (
            _kept(table, unless=f"{may_go}{_REMOVED.format('old.record_id')}"),
            _fixed(
                table,
                *("record_id", "type", "sha256", "body"),
                also="new.detail is not null and new.detail is not old.detail",
            ),
            _never_replaced(
                table,
                "old.record_id = new.record_id" + (" and old.sha256 = new.sha256" if table == "conflict" else ""),
            ),
        )
    ),
    """
    create trigger assistant_goes_with_its_attempt before delete on attempt
    begin delete from assistant where attempt_id = old.id; end
    """,
)

STATEMENTS = (*_REGISTER, *_FACTS, *_RECORDS, *_TRIGGERS)
"""What the migration does, in order."""
