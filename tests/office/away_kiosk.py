"""A kiosk that is enrolled at a desk, as its beats tell of it; the test says what it tells."""

import hashlib
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from mtc_kiosk.office import beats
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.record.signing import fingerprint
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.db.transaction import change
from mtc_kiosk.store.records.devices import remember
from mtc_kiosk.store.school.sessions import IssuedPin
from mtc_kiosk.sync.wire import Answered, AttemptNow, Beat, BeatAnswer, HeldAway, Sound

_ENROL = "insert into kiosk (fingerprint, name, token_sha256, enrolled_at, enrolled_by) values (?, ?, ?, ?, 'cli')"


class PcClock:
    """The desk's own clock, with the time that runs without steps; both moved by the test."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC).replace(microsecond=0)
        self.running_s = 0.0

    def __call__(self) -> datetime:
        """The time."""
        return self.now

    def follow(self) -> None:
        """It is what it is on this PC: for what looks at the PC's clock by itself."""
        now = datetime.now(UTC)
        self.now = now.replace(microsecond=now.microsecond // 1000 * 1000)

    def monotonic(self) -> float:
        """The seconds that have passed."""
        return self.running_s

    def later(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)
        self.running_s += seconds


@dataclass
class AwayKiosk:
    """One enrolled kiosk. ``attempts`` is what it tells of them, by id; ``wall`` gives the times in that."""

    id: int
    name: str
    clock: PcClock
    wall: Callable[[], datetime]
    attempts: dict[str, AttemptNow] = field(default_factory=dict)

    def sign_in(self, issued: IssuedPin, **told: Any) -> str:
        """A pupil signs in; the attempt's id."""
        attempt_id: str = told.pop("id", str(uuid.uuid4()))
        at = written(self.wall())
        values: dict[str, Any] = {
            "id": attempt_id,
            "check_code": issued.check_code,
            "session": issued.session_id,
            "pupil": issued.pupil_id,
            "kind": str(issued.kind),
            "started_at": at,
            "begun_at": None,
            "practised": False,
            "run": 1,
            "hold_seq": 0,
            "is_set_aside": False,
            "number": 0,
            "practice": False,
            "answered": 0,
            "questions": 25,
            "practice_questions": 3,
            "held": None,
            "finished_at": None,
            "outcome": None,
        }
        self.attempts[attempt_id] = AttemptNow(**values | told)
        return attempt_id

    def tell(self, attempt_id: str, **told: Any) -> None:
        """From the next beat on, tell this of an attempt."""
        self.attempts[attempt_id] = self.attempts[attempt_id].model_copy(update=told)

    def begin(self, attempt_id: str, number: int = 1) -> None:
        """The check begins."""
        self.tell(attempt_id, begun_at=written(self.wall()), practised=True, number=number)

    def hold(self, attempt_id: str, hold_seq: int = 30, **told: Any) -> None:
        """The check is held."""
        values: dict[str, Any] = {"cause": "staff", "only_stop": False, "void": None, "offered_at": None}
        held = HeldAway(**values | {"since": written(self.wall())} | told)
        self.tell(attempt_id, held=held, hold_seq=hold_seq)

    def finish(self, attempt_id: str, outcome: str = "complete") -> None:
        """The check ends."""
        self.tell(attempt_id, finished_at=written(self.wall()), outcome=outcome, held=None, hold_seq=0)

    def beat(self, office: OpenHome, *answers: Answered, started: bool = False, **told: Any) -> BeatAnswer:
        """Beat once; the desk's answer."""
        values: dict[str, Any] = {
            "at": written(self.wall()),
            "program": "0.1.0",
            "waiting": 0,
            "waiting_since": None,
            "sound": Sound.TRIED,
            "pack": None,
            "spent": None,
        }
        attempts = tuple(self.attempts.values())
        beat = Beat(started=started, attempts=attempts, answers=answers, **values | told)
        read = Beat.model_validate_json(beat.model_dump_json())  # as it comes over the network
        return beats.take(office, self, read, self.clock, self.clock.monotonic)


def enrolled(db: Database, name: str, clock: PcClock, wall: Callable[[], datetime] | None = None) -> AwayKiosk:
    """A kiosk of this desk."""
    public, at = secrets.token_bytes(32), written(clock.now)
    digest = hashlib.sha256(public).hexdigest()
    values = (fingerprint(public), name, digest, at)
    remember(db, public, name, at)
    with change(db):
        row = db.execute(_ENROL, values)
    assert row.lastrowid is not None
    return AwayKiosk(row.lastrowid, name, clock, wall if wall is not None else clock)
