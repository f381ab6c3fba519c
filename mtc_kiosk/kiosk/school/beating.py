"""One beat of an enrolled kiosk after another: tell the desk what is in the journal, and take its commands.

Nothing here knows a thread; ``desk_link`` has one for it. The desk's clock and this PC's are never compared.
"""

import importlib.metadata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from mtc_kiosk.kiosk.school.desk_commands import DeskCommands, Given
from mtc_kiosk.record.signing import fingerprint
from mtc_kiosk.school.kiosk_command import Order
from mtc_kiosk.store.classroom.receipts import WaitingForDesk, last_heard, waiting_for_desk
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.db.transaction import change
from mtc_kiosk.store.home.desk_file import Enrolment
from mtc_kiosk.store.school.held_checks import is_over
from mtc_kiosk.store.school.pin_use import supersede
from mtc_kiosk.store.school.told_attempts import ToldAttempt, attempts_to_tell, told_attempt
from mtc_kiosk.store.school.walk_ups import last_walk_up
from mtc_kiosk.sync.wire import MOST_ANSWERS, MOST_ATTEMPTS, Answered, AttemptNow, Beat, BeatAnswer, HeldAway, Sound

TELLS_AN_END = 5
"""In how many beats the end of an attempt is told: the desk writes them once a second, and may be ended before."""


class Desk(Protocol):
    """The desk as beats need it (``sync.client.DeskClient``)."""

    def beat(self, beat: Beat) -> BeatAnswer:
        """Say that this kiosk runs, and get the desk's commands; TransportTrouble."""


class PackKeeper(Protocol):
    """What keeps this kiosk's pack: which version it has, and what the desk says of it."""

    @property
    def version(self) -> str | None:
        """The version of the pack that is here."""

    @property
    def spent(self) -> str | None:
        """The version of the list of PINs that no longer work."""

    def look(self) -> None:
        """Remove a pack whose sessions are over; read one that a stick has brought."""

    def remove(self) -> None:
        """Remove the pack: this PC is no longer the desk's kiosk."""

    def heard(self, answer: BeatAnswer) -> bool:
        """Take the desk's time, the version to have and the PINs that no longer work; whether to fetch a pack now."""


class SealsChecks(Protocol):
    """Makes the records of attempts that are over (``store.records.sealer``)."""

    def check(self, db: Database, attempt_id: str) -> str | None:
        """Seal an attempt that is over."""

    def unsealed(self, db: Database) -> tuple[str, ...]:
        """The attempts that are over and have no record."""


@dataclass(frozen=True)
class Heard:
    """What came of a beat: when to beat again, the desk's epoch and time, and what the other thread has to do."""

    next_s: float
    epoch: str
    at: str
    name: str
    fetch_pack: bool


class Beats:
    """The beats of one start of this kiosk. ``wall`` is the clock of its journal; ``no_sound``: this PC has none.

    ``waiting`` records, and ``waiting_checks`` among them, had no receipt of the desk when they were last counted.
    """

    def __init__(
        self,
        enrolment: Enrolment,
        commands: DeskCommands,
        seals: SealsChecks,
        wall: Callable[[], datetime],
        packs: PackKeeper | None = None,
        no_sound: Callable[[], bool] = lambda: False,
    ) -> None:
        self._commands, self._seals, self._wall, self._packs = commands, seals, wall, packs
        self._no_sound = no_sound
        self._name, self._desk = enrolment.name, fingerprint(bytes.fromhex(enrolment.desk_key))
        self._epoch: str | None = None
        self._program = importlib.metadata.version("mtc-kiosk")
        self._has_begun = False
        self.waiting = self.waiting_checks = 0
        self._ends_told: Counter[str] = Counter()
        self._ended: dict[str, AttemptNow] = {}

    def turn(self, db: Database, desk: Desk) -> Heard:
        """Beat once. TransportTrouble if the desk did not answer; then everything is told again."""
        waiting = self.count(db)
        answers, attempts = self._commands.to_send(MOST_ANSWERS), self._attempts(db)
        beat = Beat(
            at=written(self._wall()),
            started=not self._has_begun,
            program=self._program,
            waiting=waiting.records,
            waiting_since=waiting.since,
            sound=self._sound(db),
            pack=self._packs.version if self._packs is not None else None,
            spent=self._packs.spent if self._packs is not None else None,
            attempts=attempts,
            answers=tuple(
                Answered(command=one.id, answer=one.answer.value, why=str(one.why) if one.why is not None else None)
                for one in answers
            ),
        )
        asked_at = self._commands.now()
        answer = desk.beat(beat)
        self._has_begun = True
        self._commands.sent(answers)
        self._ends_told.update(one.id for one in attempts if one.outcome is not None)
        self._note_epoch(answer.epoch)
        self._take_commands(db, answer, asked_at)
        for attempt_id in answer.replaced:
            self._end_if_held(db, attempt_id)
        return Heard(
            next_s=answer.next_ms / 1000,
            epoch=answer.epoch,
            at=answer.at,
            name=answer.name,
            fetch_pack=self._packs.heard(answer) if self._packs is not None else False,
        )

    def count(self, db: Database) -> WaitingForDesk:
        """Count what waits for the desk."""
        found = waiting_for_desk(db, last_heard(db, self._desk, self._epoch))
        self.waiting, self.waiting_checks = found.records, found.checks
        return found

    def _note_epoch(self, epoch: str) -> None:
        if epoch != self._epoch:
            if self._epoch is not None:
                self._ends_told.clear()  # the desk is a restored one, and may not know of them
                self._commands.forget()
            self._epoch = epoch

    def _take_commands(self, db: Database, answer: BeatAnswer, asked_at: datetime) -> None:
        given = [
            Given(
                one.id,
                one.attempt,
                one.run,
                one.hold_seq,
                Order(one.order),
                timedelta(milliseconds=one.age_ms),
            )
            for one in answer.commands
        ]
        over = {one.attempt_id for one in given if is_over(db, one.attempt_id)}
        self._commands.came(given, asked_at, over)

    def _end_if_held(self, db: Database, attempt_id: str) -> None:
        """A restart at the desk replaced an attempt: it is over here, unless a pupil is taking it."""
        with change(db):
            if not told_attempt(db, attempt_id).hold_seq or not supersede(db, attempt_id, written(self._wall())):
                return
            self._seals.check(db, attempt_id)
        self._commands.replaced(attempt_id)

    def _attempts(self, db: Database) -> tuple[AttemptNow, ...]:
        return tuple(
            one
            for one in (self._told(db, attempt_id) for attempt_id in attempts_to_tell(db, MOST_ATTEMPTS))
            if one.outcome is None or self._ends_told[one.id] < TELLS_AN_END
        )

    def _told(self, db: Database, attempt_id: str) -> AttemptNow:
        """An attempt as the desk is told; one that has ended changes no more."""
        known = self._ended.get(attempt_id)
        if known is None:
            known = _attempt_now(told_attempt(db, attempt_id))
            if known.outcome is not None:
                self._ended[attempt_id] = known
        return known

    def _sound(self, db: Database) -> Sound:
        if self._no_sound():
            return Sound.NONE
        return Sound.TRIED if last_walk_up(db, self._name, with_sound=True) is not None else Sound.NOT_TRIED


def seal_the_rest(db: Database, seals: SealsChecks) -> tuple[Exception, ...]:
    """Make the records that could not be made when their checks ended, each by itself; what went wrong with others."""
    problems: list[Exception] = []
    for attempt_id in seals.unsealed(db):
        try:
            with change(db):
                seals.check(db, attempt_id)
        except Exception as problem:  # whatever it is, the other checks are delivered
            problems.append(problem)
    return tuple(problems)


def _attempt_now(told: ToldAttempt) -> AttemptNow:
    now = told.now
    return AttemptNow(
        id=now.id,
        check_code=told.check_code,
        session=told.session_id,
        pupil=now.pupil_id,
        kind=now.kind.value,
        started_at=written(now.started_at),
        begun_at=_time(told.begun_at),
        practised=told.practised,
        run=told.run,
        hold_seq=told.hold_seq,
        is_set_aside=told.is_set_aside,
        number=now.step.number if now.step is not None else 0,
        practice=now.step.practice if now.step is not None else False,
        answered=now.step.answered if now.step is not None else 0,
        questions=now.questions,
        practice_questions=now.practice,
        held=_held(told),
        finished_at=_time(now.finished_at),
        outcome=now.outcome.value if now.outcome is not None else None,
    )


def _held(told: ToldAttempt) -> HeldAway | None:
    held = told.now.held
    if held is None:
        return None
    return HeldAway(
        cause=str(held.hold.cause),
        since=written(held.hold.since),
        only_stop=held.hold.only_stop,
        void=held.void,
        offered_at=_time(held.offered_at),
    )


def _time(moment: datetime | None) -> str | None:
    return written(moment) if moment is not None else None
