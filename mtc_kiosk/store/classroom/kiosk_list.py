"""Every kiosk that ever joined a desk, with its device and what it last said of itself, for lists.

Times are the desk's own, except ``waiting_since``, which is corrected by the difference of the two clocks.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mtc_kiosk.record.signing import shown
from mtc_kiosk.store.classroom.seen import CLOCK_STEP, PRESENT_FOR
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import read
from mtc_kiosk.store.db.times import instant

_READ = (
    "select kiosk.id, kiosk.fingerprint, kiosk.name, kiosk.enrolled_at, kiosk.enrolled_by, kiosk.ended_at,"
    " kiosk.ended_by, kiosk.why_ended, device.accepted_at is not null, seen.seen_at, seen.version,"
    " seen.clock_offset_ms, seen.waiting, seen.waiting_since, seen.sound, seen.pack"
    " from kiosk join device on device.fingerprint = kiosk.fingerprint"
    " left join kiosk_seen as seen on seen.kiosk_id = kiosk.id order by kiosk.id"
)


@dataclass(frozen=True)
class LastSaid:
    """What a kiosk last said of itself, and when. ``clock_ms`` is its clock less the desk's.

    ``waiting`` counts its checks and other records that the desk has not confirmed; ``waiting_since`` is None without.
    """

    at: datetime
    version: str
    clock_ms: int
    waiting: int
    waiting_since: datetime | None
    sound: str
    has_pack: bool


@dataclass(frozen=True)
class Joined:
    """A kiosk that joined the desk. ``ended_at`` and what follows are None while it belongs to it.

    ``said`` is None until it is heard of; ``is_accepted``: records of its device are taken in.
    """

    id: int
    device: str
    name: str
    enrolled_at: datetime
    enrolled_by: str
    ended_at: datetime | None
    ended_by: str | None
    why_ended: str | None
    is_accepted: bool
    said: LastSaid | None

    @property
    def device_shown(self) -> str:
        """The device's fingerprint in the form for people to compare."""
        return shown(self.device)

    @property
    def is_in_use(self) -> bool:
        """Whether it belongs to the desk now."""
        return self.ended_at is None

    def runs(self, now: datetime) -> bool:
        """Whether the desk heard of it lately; ``now`` is by the desk's own clock."""
        if self.said is None or not self.is_in_use:
            return False
        return now - PRESENT_FOR < self.said.at <= now + CLOCK_STEP


def joined_kiosks(db: Database) -> tuple[Joined, ...]:
    """Every kiosk that ever joined, in that order."""
    return tuple(read(db, "kiosk", _READ, (), _joined))


def _joined(  # the columns
    kiosk_id: int,
    device: str,
    name: str,
    enrolled_at: str,
    enrolled_by: str,
    ended_at: str | None,
    ended_by: str | None,
    why_ended: str | None,
    accepted: int,
    seen_at: str | None,
    *said: object,
) -> Joined:
    return Joined(
        kiosk_id,
        device,
        name,
        instant(enrolled_at),
        enrolled_by,
        instant(ended_at) if ended_at is not None else None,
        ended_by,
        why_ended,
        bool(accepted),
        _said(instant(seen_at), *said) if seen_at is not None else None,  # type: ignore[arg-type]  # the columns
    )


def _said(
    at: datetime, version: str, clock_ms: int, waiting: int, waiting_since: str | None, sound: str, pack: str
) -> LastSaid:
    since = instant(waiting_since) - timedelta(milliseconds=clock_ms) if waiting_since is not None else None
    return LastSaid(at, version, clock_ms, waiting, since if waiting else None, sound, bool(pack))
