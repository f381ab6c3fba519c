"""The records to send, and where each has been delivered already.

A place is a destination's folder or address in ``school.yaml``; one place may have several sticks, each known by its
id. ``sync`` does the sending.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mtc_kiosk.record.canonical import canonical, from_canonical
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import read
from mtc_kiosk.store.db.transaction import AuditStamp, audit, change
from mtc_kiosk.store.records.rows import COLUMNS, RecordRow, State, Table, rows

_GATHER = """
    insert into outbox ({columns})
    select record_id, type, sha256, body, detail, 'waiting', at, 0, null from {table} as found
    where state <> 'waiting' and record_id not in (select record_id from outbox)
        and not exists (select 1 from {table} as other where other.record_id = found.record_id
            and other.state <> 'waiting' and other.sha256 < found.sha256)
"""
_LACKING = "select record_id from outbox where not exists (select 1 from json_each(said) where value = ?)"
_WAITING = f"""
    select count(*), min(at) from (
        select record_id, at from outbox where record_id in ({_LACKING})
        union select record_id, at from inbox where state <> 'waiting'
            and record_id not in (select record_id from outbox)
        union select record_id, min(at) from conflict where state <> 'waiting'
            and record_id not in (select record_id from outbox union select record_id from inbox) group by record_id
    )
"""  # noqa: S608 - ours


@dataclass(frozen=True)
class Waiting:
    """How many records wait for one place, and since when the oldest has waited (None if none waits)."""

    records: int
    since: str | None


@dataclass(frozen=True)
class Outgoing:
    """A record on its way, without its content. ``has`` names the places and sticks that have it."""

    record_id: str
    type: str
    sha256: str
    size: int
    has: frozenset[str]


def gather(db: Database) -> None:
    """Copy all records, made here or received, into the outbox: a destination may have been added later.

    Records that wait for their device to be accepted are left out: they are not trusted yet.
    """
    with change(db):
        for table in (Table.INBOX, Table.CONFLICT):
            db.execute(_GATHER.format(columns=COLUMNS, table=table))


def waiting_for(db: Database, place: str) -> Waiting:
    """The records not delivered to a place, including those not gathered yet."""
    records, since = db.execute(_WAITING, (place,)).fetchone()
    return Waiting(records, since)


def outgoing(db: Database) -> tuple[Outgoing, ...]:
    """Every record to deliver, oldest first, without its content."""
    return outgoing_where(db, "true", {})


def outgoing_where(db: Database, where: str, values: Mapping[str, object]) -> tuple[Outgoing, ...]:
    """The same, of the records that meet a condition."""
    query = f"""
        select record_id, type, sha256, length(body) + coalesce(length(cast(detail as blob)), 0) + 2, said
        from outbox where {where} order by at, record_id
    """  # noqa: S608 - ours
    return tuple(read(db, "outbox", query, dict(values), _outgoing))


def record_to_send(db: Database, record_id: str) -> RecordRow:
    """A record with its content."""
    return next(rows(db, Table.OUTBOX, "record_id = ?", (record_id,)))


def delivered(
    db: Database, record_id: str, place: str, places: Sequence[str], stamp: AuditStamp, stick: str | None = None
) -> None:
    """Store that a record is at a place, one of ``places`` to which all records go, and on which stick."""
    with change(db):
        note_delivery(db, record_id, place, places, stamp, stick)


def note_delivery(
    db: Database, record_id: str, place: str, places: Sequence[str], stamp: AuditStamp, stick: str | None = None
) -> None:
    """The same, within the caller's transaction."""
    query = "select record_id, said from outbox where record_id = ?"
    (earlier,) = read(db, "outbox", query, (record_id,), _has)
    has = {*earlier, place, *((on_stick(stick),) if stick is not None else ())}
    state = State.DELIVERED if has >= set(places) else State.WAITING
    db.execute(
        "update outbox set state = ?, said = ?, tries = tries + 1 where record_id = ?",
        (str(state), canonical(sorted(has)).decode(), record_id),
    )
    audit(db, stamp, "record.delivered", record_id, after={"to": place} | ({"stick": stick} if stick else {}))


def not_delivered(db: Database, record_id: str) -> None:
    """Count a failed try to deliver a record."""
    with change(db):
        db.execute("update outbox set tries = tries + 1 where record_id = ?", (record_id,))


def on_stick(stick: str) -> str:
    """The name of a stick in the column ``said``."""
    return f"stick:{stick}"


def _has(_: str, said: str | None) -> frozenset[str]:
    return frozenset(from_canonical(said.encode()) if said is not None else ())


def _outgoing(record_id: str, kind: str, sha256: str, size: int, said: str | None) -> Outgoing:
    return Outgoing(record_id, kind, sha256, size, _has(record_id, said))
