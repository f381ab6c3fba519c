"""When a desk last heard of each of its kiosks, and what each said of itself. A kiosk heard of lately runs.

Every time is of the desk's own clock, and a presence ends by age: no two PCs' clocks are compared.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.home.kiosk_lock import running_kiosks

PRESENT_FOR = timedelta(seconds=6)
"""How long after its last beat a kiosk counts as running; half open."""

CLOCK_STEP = timedelta(seconds=1)
"""A beat from further in the future came before the desk's clock was set back: its age is unknown."""

_KEEP = (
    "insert into kiosk_seen (kiosk_id, seen_at, version, clock_offset_ms, waiting, waiting_since, sound, pack)"
    " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (kiosk_id) do update set seen_at = excluded.seen_at,"
    " version = excluded.version, clock_offset_ms = excluded.clock_offset_ms, waiting = excluded.waiting,"
    " waiting_since = excluded.waiting_since, sound = excluded.sound, pack = excluded.pack"
)
_PRESENT = (
    "select kiosk.name from kiosk_seen seen join kiosk on kiosk.id = seen.kiosk_id"
    " where kiosk.ended_at is null and seen.seen_at > ? and seen.seen_at <= ?"
)


@dataclass(frozen=True)
class Seen:
    """What a kiosk said of itself. ``clock_offset_ms`` is its clock less the desk's; ``pack`` "" without one."""

    kiosk_id: int
    at: datetime
    version: str
    clock_offset_ms: int
    waiting: int
    waiting_since: str | None
    sound: str
    pack: str


def pc_clock() -> datetime:
    """The time on this PC, also in a made-up home with a time of its own."""
    return datetime.now(UTC)


def keep(db: Database, seen: Seen) -> None:
    """Store what a kiosk said, within the caller's transaction."""
    said = (seen.version, seen.clock_offset_ms, seen.waiting, seen.waiting_since, seen.sound, seen.pack)
    db.execute(_KEEP, (seen.kiosk_id, written(seen.at), *said))


def present_kiosks(db: Database, now: datetime) -> frozenset[str]:
    """The names of the desk's kiosks that it heard of lately. ``now`` is by this PC's own clock."""
    bounds = (written(now - PRESENT_FOR), written(now + CLOCK_STEP))
    return frozenset(name for (name,) in db.execute(_PRESENT, bounds).fetchall())


def kiosks_at_work(home: Home, db: Database, now: datetime | None = None) -> frozenset[str]:
    """The names of the kiosks that run now: those that have this home's locks, and the desk's others, heard of lately.

    Whoever is about to change the home's files looks at locks only (``store.home.kiosk_lock.running_kiosks``).
    """
    return frozenset(running_kiosks(home)) | present_kiosks(db, now if now is not None else pc_clock())
