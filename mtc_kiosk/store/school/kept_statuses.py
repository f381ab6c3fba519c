"""Pupils' statuses, worked out again only where a history or the time can have changed them.

Time alone changes a status while an attempt has not ended, or when a PIN ends. A program without a memory
(``store.db.opened.Memory``) works out each one each time.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mtc_kiosk.school.history import PupilHistory
from mtc_kiosk.school.rules import Rules
from mtc_kiosk.school.status import PupilStatus, status_of
from mtc_kiosk.store.db.opened import Database, memory_of

_SUBJECT = "statuses"


@dataclass(frozen=True)
class _Kept:
    """A status from ``since`` until just before ``until`` (None: for ever), for this very history and these rules."""

    history: PupilHistory
    rules_of: object
    since: datetime
    until: datetime | None
    status: PupilStatus

    def holds(self, history: PupilHistory, rules_of: object, now: datetime) -> bool:
        """Whether it is the status now."""
        if self.history is not history or self.rules_of is not rules_of or now < self.since:
            return False
        return self.until is None or now < self.until


def kept_statuses(
    db: Database, histories: Iterable[PupilHistory], now: datetime, rules: Rules, rules_of: object
) -> dict[int, PupilStatus]:
    """The status of each pupil now. ``rules_of`` is what the rules were read from; another one means other rules."""
    memory = memory_of(db)
    kept = memory.setdefault(_SUBJECT, {}) if memory is not None else {}
    found = {}
    for history in histories:
        earlier = kept.get(history.pupil_id)
        if earlier is None or not earlier.holds(history, rules_of, now):
            earlier = _Kept(history, rules_of, now, _until(history, now), status_of(history, now, rules))
            kept[history.pupil_id] = earlier
        found[history.pupil_id] = earlier.status
    return found


def _until(history: PupilHistory, now: datetime) -> datetime | None:
    """When time alone may change the status; at once while an attempt has not ended."""
    if any(taking.outcome is None for taking in history.takings):
        return now
    return min((pin.ended_at for pin in history.pins if pin.ended_at > now), default=None)
