"""The tables of a classroom: at the desk its kiosks and what each last said, at a kiosk the desk's receipts.

Public names are those of ``docs/data.md``. What the migration does is never changed once a home may have it.
"""

_TIME = "glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9].[0-9][0-9][0-9]Z'"
_DIGEST = "length({0}) = 64 and {0} not glob '*[^0-9a-f]*'"

STATEMENTS = (
    f"""
    create table kiosk (
        id integer primary key,
        fingerprint text not null references device (fingerprint),
        name text not null check (name <> ''),
        token_sha256 text not null unique check ({_DIGEST.format("token_sha256")}),
        enrolled_at text not null check (enrolled_at {_TIME}),
        enrolled_by text not null,
        ended_at text check (ended_at {_TIME}),
        ended_by text,
        why_ended text check (why_ended in ('revoked', 'enrolled_again')),
        check ((ended_at is null) = (ended_by is null)),
        check ((ended_at is null) = (why_ended is null))
    ) strict
    """,
    "create unique index kiosk_in_use on kiosk (name collate nocase) where ended_at is null",
    "create unique index kiosk_of_device on kiosk (fingerprint) where ended_at is null",
    """
    create trigger kiosk_is_kept before delete on kiosk
    begin select raise(abort, 'kiosk rows are kept'); end
    """,
    """
    create trigger kiosk_ends_once before update on kiosk
    when old.ended_at is not null
        or (new.id, new.fingerprint, new.token_sha256, new.enrolled_at, new.enrolled_by)
        is not (old.id, old.fingerprint, old.token_sha256, old.enrolled_at, old.enrolled_by)
    begin select raise(abort, 'a kiosk is renamed, or ends once'); end
    """,
    f"""
    create table enrolment (
        id integer primary key,
        kind text not null check (kind in ('code', 'file')),
        secret_sha256 text not null unique check ({_DIGEST.format("secret_sha256")}),
        kiosks integer not null check (kiosks > 0),
        joined integer not null default 0 check (joined between 0 and kiosks),
        wrong integer not null default 0 check (wrong >= 0),
        made_at text not null check (made_at {_TIME}),
        made_by text not null,
        ends_at text not null check (ends_at {_TIME}),
        closed_at text check (closed_at {_TIME})
    ) strict
    """,
    f"""
    create table kiosk_seen (
        kiosk_id integer primary key not null references kiosk (id),
        seen_at text not null check (seen_at {_TIME}),
        version text not null,
        clock_offset_ms integer not null,
        waiting integer not null check (waiting >= 0),
        waiting_since text check (waiting_since {_TIME}),
        sound text not null check (sound in ('tried', 'none', 'not_tried')),
        pack text not null
    ) strict
    """,
    f"""
    create table away_attempt (
        id text primary key not null check (id <> ''),
        kiosk_id integer not null references kiosk (id),
        kiosk text not null,
        check_code text,
        session_id integer,
        pupil_id integer,
        kind text not null check (kind in ('official', 'try')),
        started_at text not null check (started_at {_TIME}),
        begun_at text check (begun_at {_TIME}),
        practised integer not null check (practised in (0, 1)),
        finished_at text check (finished_at {_TIME}),
        outcome text check (outcome in ('complete', 'out_of_time', 'stopped', 'superseded')),
        run integer not null check (run > 0),
        hold_seq integer not null check (hold_seq >= 0),
        state text not null check (json_valid(state)),
        said_at text not null check (said_at {_TIME}),
        check ((finished_at is null) = (outcome is null))
    ) strict, without rowid
    """,
    "create index away_attempt_of_pupil on away_attempt (pupil_id)",
    "create index away_attempt_unfinished on away_attempt (kiosk) where outcome is null",
    f"""
    create table receipt (
        desk text not null check ({_DIGEST.format("desk")}),
        sha256 text not null check ({_DIGEST.format("sha256")}),
        record_id text not null,
        at text not null check (at {_TIME}),
        epoch text not null,
        body text not null check (json_valid(body)),
        primary key (desk, sha256, epoch)
    ) strict, without rowid
    """,
    """
    create trigger receipt_is_never_changed before update on receipt
    begin select raise(abort, 'receipt rows are never changed'); end
    """,
    """
    create table desk_epoch (
        id integer primary key check (id = 1),
        epoch text not null check (length(epoch) = 32 and epoch not glob '*[^0-9a-f]*')
    ) strict
    """,
)
"""What the migration does, in order.

``kiosk_seen`` and ``away_attempt`` are what kiosks last said, and are overwritten by what they say next. ``desk_epoch``
changes when a backup is restored, or the home is at another place: kiosks then offer all that they keep again.
"""

PLACE_OF_EPOCH = "alter table desk_epoch add column place text not null default ''"
"""The PC and the folder where the epoch began, as a hash: a copy of the home has another."""
