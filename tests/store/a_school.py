"""A made-up school in a database of its own: pupils, sessions, and checks that are taken step by step.

It mocks nothing: sessions, restarts and reasons are the store's, attempts go through the journal's writer, and records
are sealed as in a real home. The test sets the time.
"""

import contextlib
import random
import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

import sqlite_utils

from mtc_kiosk.check.events import Cause, Released
from mtc_kiosk.check.facts import Began, Fact, Finished, Held, Outcome, StepBegan, StepName
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.script import Page
from mtc_kiosk.record.assistant_name import AssistantName
from mtc_kiosk.record.school import School
from mtc_kiosk.record.signing import DeviceKey
from mtc_kiosk.school.pupil import PupilDetails, Sex
from mtc_kiosk.school.rules import Rules
from mtc_kiosk.school.staff import COMMAND_LINE, Staff, kiosk_staff
from mtc_kiosk.school.status import PupilStatus
from mtc_kiosk.store.db.database import connect
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.journal.attempts import NewAttempt
from mtc_kiosk.store.journal.batch import Batch, Stamp
from mtc_kiosk.store.journal.batch_writer import BatchWriter
from mtc_kiosk.store.records.sealer import Sealer
from mtc_kiosk.store.school import reasons, register, restarts, sessions
from mtc_kiosk.store.school.journal_hooks import SchoolHooks
from mtc_kiosk.store.school.staff_context import StaffContext
from mtc_kiosk.store.school.statuses import statuses
from tests.check.robot import FORM, PLAIN, Robot
from tests.school.known import NOW, rules
from tests.school.made_up import upn

HEAD, TEACHER = COMMAND_LINE, kiosk_staff("PC1")
KEY = DeviceKey.new()


class ASchool:
    """The school. ``running`` are the kiosks that run; ``now`` is moved by tests.

    Without ``delivers`` no record comes in by itself; with ``sends`` each goes to the outbox. Without ``durable``
    the disk is not waited for.
    """

    def __init__(
        self,
        database: Path,
        *,
        own_rules: Rules | None = None,
        delivers: bool = True,
        sends: bool = False,
        durable: bool = True,
    ) -> None:
        self.db, writes = connect(database), connect(database)
        if not durable:
            self.db.execute("pragma synchronous = off")
            writes.execute("pragma synchronous = off")
        self.rules = own_rules if own_rules is not None else rules()
        self.now = NOW
        self.running = {"PC1", "PC2"}
        self.sealer = sealer(into_inbox=delivers, into_outbox=sends)
        self._chance = random.Random(database.parent.name)  # each home has its own ids
        self._writer = BatchWriter(writes, SchoolHooks(self.sealer))
        self._started: dict[str, datetime] = {}

    def close(self) -> None:
        """Give the file back."""
        self._writer.close()
        self.db.close()

    # -- the register and the staff

    def pupils(self, count: int, group: str = "") -> list[int]:
        """So many new pupils; their ids."""
        (there,) = self.db.execute("select count(*) from pupil").fetchone()
        act = self.doing().stamp
        return [
            register.add_pupil(self.db, act, self.rules.timetable, _details(there + number, group)).id
            for number in range(1, count + 1)
        ]

    def doing(self, staff: Staff = HEAD) -> StaffContext:
        """Somebody does something now."""
        return StaffContext(now=self.now, rules=self.rules, running=frozenset(self.running), staff=staff)

    def later(self, **by: float) -> None:
        """Let time pass, such as ``minutes=5``."""
        self.now += timedelta(**by)

    def start(self, pupil_ids: Sequence[int], kind: Kind = Kind.OFFICIAL, day: date | None = None) -> sessions.Started:
        """Start a session for these pupils."""
        wanted = sessions.Wanted(kind, tuple(pupil_ids), day=day)
        return sessions.start_session(self.db, self.doing(), wanted, self._chance)

    def end(self) -> None:
        """End the open sessions."""
        sessions.end_sessions(self.db, self.doing())

    def restart(self, pupil_id: int, staff: Staff = HEAD) -> None:
        """Give a restart."""
        restarts.give_restarts(self.db, self.doing(staff), [pupil_id], "ITI", self.sealer)

    def unrestart(self, pupil_id: int) -> None:
        """Take a restart back."""
        restarts.remove_restart(self.db, self.doing(), pupil_id, self.sealer)

    def reason(self, pupil_id: int, code: str = "ABSNT", staff: Staff = HEAD) -> None:
        """Give a reason."""
        reasons.set_reasons(self.db, self.doing(staff), [pupil_id], code, self.sealer)

    def unreason(self, pupil_id: int, staff: Staff = HEAD) -> None:
        """Take a reason back."""
        reasons.remove_reason(self.db, self.doing(staff), pupil_id, self.sealer)

    def status(self, pupil_id: int) -> PupilStatus:
        """A pupil's status now."""
        found = statuses(self.db, self.doing())
        return next(status for pupil, status in found.pupils if pupil.id == pupil_id)

    # -- a pupil at a kiosk

    def sign_in(self, issued: sessions.IssuedPin, kiosk: str = "PC1") -> str:
        """The pupil presses "Yes, that is me": begin an attempt and return its id."""
        attempt_id = str(uuid.UUID(int=self._chance.getrandbits(128), version=4))
        self._started[attempt_id] = self.now
        new = NewAttempt(
            attempt_id, issued.kind, FORM, PLAIN, kiosk, issued.check_code, issued.session_id, issued.pupil_id
        )
        began = Began(0, written(self.now), 1)
        self._write(attempt_id, began, StepBegan(0, StepName.INTRO, page=Page.EXPECT), new=new)
        return attempt_id

    def practise(self, attempt_id: str) -> None:
        """The practice begins."""
        self._write(attempt_id, StepBegan(self._at(attempt_id), StepName.PAUSE, None, 1, 1, practice=True))

    def begin(self, attempt_id: str) -> None:
        """The check itself begins: its first real pause."""
        self._write(attempt_id, StepBegan(self._at(attempt_id), StepName.PAUSE, None, 1, 1, practice=False))

    def hold(self, attempt_id: str) -> None:
        """The check is held."""
        self._write(attempt_id, Held(self._at(attempt_id), Cause.STAFF, only_stop=False))

    def release(self, attempt_id: str) -> None:
        """Staff let the check go on."""
        self._write(attempt_id, Released(self._at(attempt_id)))

    def finish(self, attempt_id: str, outcome: Outcome = Outcome.COMPLETE) -> None:
        """The check is over."""
        self._write(attempt_id, Finished(self._at(attempt_id), outcome))

    def hear(self, attempt_id: str, *facts: Fact) -> None:
        """The check says these facts."""
        self._write(attempt_id, *facts)

    def at(self, attempt_id: str) -> int:
        """The check's time now."""
        return self._at(attempt_id)

    def say_assistant(self, attempt_id: str, forename: str, surname: str) -> None:
        """The kiosk asks who types; answer it."""
        stamp = Stamp(run=1, now_us=0, wall_ms=round(self.now.timestamp() * 1000))
        self._writer.write([Batch(1, attempt_id, (), stamp, assistant=AssistantName(forename, surname))])

    def take(self, issued: sessions.IssuedPin, kiosk: str = "PC1", outcome: Outcome = Outcome.COMPLETE) -> str:
        """A whole check at once; its attempt's id."""
        attempt_id = self.sign_in(issued, kiosk)
        self.begin(attempt_id)
        self.finish(attempt_id, outcome)
        return attempt_id

    def take_with(self, issued: sessions.IssuedPin, robot: Robot, kiosk: str = "PC1") -> str:
        """A check as far as a robot took it, with its answers; the attempt's id. It comes to that point now."""
        attempt_id = str(uuid.UUID(int=self._chance.getrandbits(128), version=4))
        self._started[attempt_id] = self.now - timedelta(microseconds=robot.now)
        new = NewAttempt(
            *(attempt_id, issued.kind, robot.form, robot.settings, kiosk),
            *(issued.check_code, issued.session_id, issued.pupil_id),
        )
        self._write(attempt_id, *robot.journal, new=new)
        return attempt_id

    def deliver(self, attempt_id: str) -> None:
        """The record of an ended attempt comes in."""
        sealer(into_inbox=True).check(self.db, attempt_id)

    def audited(self) -> list[tuple[str, str, str]]:
        """Account, action and subject of every row of the audit but those of the register."""
        query = "select account, action, subject from audit where action not like 'pupil.%' order by id"
        return [(account, action, subject) for account, action, subject in self.db.execute(query).fetchall()]

    def _write(self, attempt_id: str, *facts: Fact, new: NewAttempt | None = None) -> None:
        stamp = Stamp(run=1, now_us=self._at(attempt_id), wall_ms=round(self.now.timestamp() * 1000))
        self._writer.write([Batch(1, attempt_id, facts, stamp, attempt=new)])

    def _at(self, attempt_id: str) -> int:
        return (self.now - self._started[attempt_id]) // timedelta(microseconds=1)


def sealer(*, into_inbox: bool, into_outbox: bool = False) -> Sealer:
    """What makes records at this school."""
    school = School(name="Made-up Primary School", la=None, estab=None, urn=None)
    return Sealer(KEY, "PC1", school, made_up=True, into_inbox=into_inbox, into_outbox=into_outbox)


def rows(db: sqlite_utils.Database) -> list[str]:
    """Everything in the database, to see that nothing has changed."""
    with contextlib.closing(db.conn.cursor()):
        return list(db.iterdump())


def _details(number: int, group: str) -> PupilDetails:
    return PupilDetails(
        surname="Testerly",
        forename=f"Amy {number}",
        date_of_birth=date(2018, 3, 14),
        sex=Sex.FEMALE,
        upn=upn(number),
        group_name=group,
    )
