"""The status of each pupil during the check, for teachers: one status, in one of five groups. No scores.

Source: docs/reference/school-side.md, "Status": the first line that fits. Added here: practising, held, conflict, out
of time, stopped.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.history import OfficialAttempt, PupilHistory
from mtc_kiosk.school.progress import Progress, live_pin, progress_of
from mtc_kiosk.school.rules import Rules


class Bucket(StrEnum):
    """The five groups; a pupil is in one of them, so their counts sum to the register."""

    COMPLETED = "completed"
    IN_PROGRESS = "in_progress"
    NOT_STARTED = "not_started"
    ACTION = "action"
    NOT_TAKING = "not_taking"


class Status(StrEnum):
    """Where a pupil is."""

    REASON = "reason"
    CONFLICT = "conflict"
    ERROR = "error"
    COMPLETE = "complete"
    OUT_OF_TIME = "out_of_time"
    STOPPED = "stopped"
    PROCESSING = "processing"
    HELD = "held"
    OVERDUE = "overdue"
    RUNNING = "running"
    OVERDUE_SIGNED_IN = "overdue_signed_in"
    PRACTISING = "practising"
    SIGNED_IN = "signed_in"
    PIN = "pin"
    RESTART = "restart"
    NOT_STARTED = "not_started"


_TABLE = {
    Status.REASON: ("", Bucket.NOT_TAKING),
    Status.CONFLICT: ("Conflict: two checks, and a head chooses which counts", Bucket.ACTION),
    Status.ERROR: ("Error in processing", Bucket.ACTION),
    Status.COMPLETE: ("Complete", Bucket.COMPLETED),
    Status.OUT_OF_TIME: ("Out of time", Bucket.ACTION),
    Status.STOPPED: ("Stopped", Bucket.ACTION),
    Status.PROCESSING: ("Check processing", Bucket.IN_PROGRESS),
    Status.HELD: ("Held", Bucket.ACTION),
    Status.OVERDUE: ("Overdue: check started but not received", Bucket.ACTION),
    Status.RUNNING: ("Check in progress", Bucket.IN_PROGRESS),
    Status.OVERDUE_SIGNED_IN: ("Overdue: signed in, check not started", Bucket.ACTION),
    Status.PRACTISING: ("Practising", Bucket.IN_PROGRESS),
    Status.SIGNED_IN: ("Signed in", Bucket.IN_PROGRESS),
    Status.PIN: ("PIN generated", Bucket.NOT_STARTED),
    Status.RESTART: ("Restart applied", Bucket.NOT_STARTED),
    Status.NOT_STARTED: ("Not started", Bucket.NOT_STARTED),
}

_ENDED = {
    Outcome.COMPLETE: Status.COMPLETE,
    Outcome.OUT_OF_TIME: Status.OUT_OF_TIME,
    Outcome.STOPPED: Status.STOPPED,
    Outcome.SUPERSEDED: Status.STOPPED,  # its restart was taken back, and it cannot go on
}


@dataclass(frozen=True)
class PupilStatus:
    """One pupil's status and its group; ``kiosk`` is the PC on which the check runs or is held."""

    pupil_id: int
    status: Status
    label: str
    bucket: Bucket
    kiosk: str | None = None


def status_of(facts: PupilHistory, now: datetime, rules: Rules) -> PupilStatus:
    """A pupil's status at ``now``."""
    progress = progress_of(facts)
    if progress.reason is not None:
        label = rules.reason(progress.reason.code).label
        return PupilStatus(facts.pupil_id, Status.REASON, label, Bucket.NOT_TAKING)
    status, taking = _status(facts, progress, now, rules)
    label, bucket = _TABLE[status]
    return PupilStatus(facts.pupil_id, status, label, bucket, taking.kiosk if taking is not None else None)


def counts(statuses: Iterable[PupilStatus]) -> dict[Bucket, int]:
    """The number of pupils in each group, empty groups too."""
    counted = Counter(one.bucket for one in statuses)
    return {bucket: counted[bucket] for bucket in Bucket}


def _status(
    facts: PupilHistory, progress: Progress, now: datetime, rules: Rules
) -> tuple[Status, OfficialAttempt | None]:
    """The status, and the attempt in progress, if any."""
    check, practice, pin = progress.check, progress.practice, live_pin(facts, Kind.OFFICIAL, now)
    if progress.has_two:
        return Status.CONFLICT, None
    if check is not None:
        return _of_check(check, now, rules), check if check.outcome is None else None
    if progress.has_begun:
        return Status.OVERDUE, None  # its PIN was used, and its record is not here
    if practice is not None and (pin is None or practice.check_code == pin.check_code):
        return _of_practice(practice, now, rules), practice
    if pin is not None:
        return Status.PIN, None
    return (Status.RESTART if progress.pending is not None else Status.NOT_STARTED), None


def _of_check(check: OfficialAttempt, now: datetime, rules: Rules) -> Status:
    if not check.sound:
        return Status.ERROR
    if check.outcome is not None:
        waits = check.outcome is Outcome.COMPLETE and not check.delivered
        return Status.PROCESSING if waits else _ENDED[check.outcome]
    if check.held_since is not None:
        return Status.HELD
    begun = check.begun_at if check.begun_at is not None else check.started_at
    return Status.OVERDUE if begun + rules.overdue_after < now else Status.RUNNING


def _of_practice(practice: OfficialAttempt, now: datetime, rules: Rules) -> Status:
    if practice.held_since is not None:
        return Status.HELD
    if practice.started_at + rules.overdue_after < now:
        return Status.OVERDUE_SIGNED_IN
    return Status.PRACTISING if practice.practised else Status.SIGNED_IN
