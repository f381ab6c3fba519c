"""The school half of the database: register, sessions, facts about pupils, and the records that travel.

Public names are those of ``docs/data.md``. Names and free text live only in ``pupil``, ``assistant`` and the ``detail``
columns, which alone may be erased; everything else here is only ever added to.
"""

TABLES = (
    """
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
        left_at text,
        check (upn is not null or ref is not null)
    ) strict
    """,
    """
    create table session (
        id integer primary key,
        kind text not null check (kind in ('official', 'try')),
        password text not null,
        group_name text not null default '',
        opens_at text not null,
        closes_at text not null,
        opened_by text not null,
        closed_at text
    ) strict
    """,
    """
    create table pin (
        check_code text primary key not null,
        session_id integer not null references session (id),
        pupil_id integer not null references pupil (id),
        pin text not null check (length(pin) = 4),
        expires_at text not null,
        used_at text
    ) strict, without rowid
    """,
    "create unique index pin_of_session on pin (session_id, pin)",
    """
    create table restart (
        id integer primary key,
        pupil_id integer not null references pupil (id),
        at text not null,
        by text not null,
        code text not null,
        origin_attempt text,
        by_head integer not null default 0 check (by_head in (0, 1)),
        undoes integer unique references restart (id)
    ) strict
    """,
    """
    create table reason (
        id integer primary key,
        pupil_id integer not null references pupil (id),
        at text not null,
        by text not null,
        code text not null,
        by_head integer not null default 0 check (by_head in (0, 1)),
        undoes integer unique references reason (id)
    ) strict
    """,
    """
    create table declaration (
        id integer primary key,
        at text not null,
        by text not null,
        code text not null,
        detail text,
        undoes integer unique references declaration (id)
    ) strict
    """,
    """
    create table assistant (
        id integer primary key,
        attempt_id text not null references attempt (id),
        at text not null,
        by text not null,
        forename text,
        surname text,
        code text,
        undoes integer unique references assistant (id)
    ) strict
    """,
    """
    create table audit (
        id integer primary key,
        at text not null,
        account text not null,
        action text not null,
        subject text not null,
        before text check (before is null or json_valid(before)),
        after text check (after is null or json_valid(after))
    ) strict
    """,
    *(
        f"""
        create table {name} (
            record_id text {key},
            type text not null,
            sha256 text not null check (length(sha256) = 64),
            body blob not null,
            detail text,
            state text not null,
            at text not null,
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
    """
    create table device (
        fingerprint text primary key not null,
        public_key blob not null,
        name text not null,
        first_seen_at text not null,
        accepted_at text,
        accepted_by text
    ) strict, without rowid
    """,
)
