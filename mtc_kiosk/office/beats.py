"""Take the beats of a desk's kiosks: who runs, how far their pupils are, what became of commands; answer with commands.

The database gets one transaction about once a second for all kiosks; in between, what they said is in memory. Only the
start of a kiosk and its answers to commands, which are seldom, are written at once.
"""

import threading
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.office import claims, packs
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.school.kiosk_command import CommandAnswer, Why
from mtc_kiosk.store.classroom import away, seen
from mtc_kiosk.store.classroom.away import AwayAttempt, AwayHold
from mtc_kiosk.store.classroom.epoch import epoch_of
from mtc_kiosk.store.classroom.seen import Seen, pc_clock
from mtc_kiosk.store.db.opened import Database, remembered
from mtc_kiosk.store.db.times import instant, written
from mtc_kiosk.store.db.transaction import change
from mtc_kiosk.store.school import kiosk_commands
from mtc_kiosk.sync.wire import MOST_ATTEMPTS, Answered, AttemptNow, Beat, BeatAnswer, Command, HeldAway

WRITES_EVERY_S = 0.9
"""How long what kiosks said may wait in memory: less than the second between two beats of one."""

FEW_KIOSKS, MANY_KIOSKS = 60, 120
NEXT_MS, LONGEST_MS = 1000, 1700
"""How often a kiosk beats where there are few; it is less often with more, down to the longest. A command reaches a
kiosk within two seconds: with the next beat, and a quarter of a second later the loop looks at the latest."""

CLOSE_ENOUGH = timedelta(seconds=2)
"""A kiosk's clock that differs by less counts as right."""

FAR = timedelta(days=3650)
"""A time further than this from a kiosk's own clock is no time of a check."""

_SUBJECT = "beats"
_LOCK = threading.Lock()


class BeatingKiosk(Protocol):
    """The kiosk that sent the beat (``office.known_kiosks.KnownKiosk``)."""

    @property
    def id(self) -> int:
        """Its number at this desk."""

    @property
    def name(self) -> str:
        """Its name at this desk."""


_Told = dict[int, tuple[Seen, tuple[AwayAttempt, ...]]]


@dataclass
class _Desk:
    """What kiosks said and is not yet written, by kiosk; and what was last written of their attempts."""

    waiting: _Told = field(default_factory=dict)
    written: dict[int, tuple[AwayAttempt, ...]] = field(default_factory=dict)
    wrote_at: float | None = None
    is_writing: bool = False


def take(
    home: OpenHome,
    kiosk: BeatingKiosk,
    beat: Beat,
    clock: Callable[[], datetime] = pc_clock,
    monotonic: Callable[[], float] = time.monotonic,
) -> BeatAnswer:
    """Take one beat and answer it. ``clock`` is this PC's own, in UTC."""
    now = clock()
    if beat.started:
        kiosk_commands.expire_earlier(home.db, kiosk.name, now)
    for answered in beat.answers:
        _write_answer(home.db, kiosk.name, answered, now)
    ahead = instant(beat.at) - home.now
    attempts = tuple(_away(kiosk, told, _by_how_much(ahead), now, home.now) for told in beat.attempts)
    _keep(home.db, _seen(kiosk, beat, ahead, now), attempts, monotonic())
    unfinished = [told.id for told in beat.attempts if told.outcome is None]
    pack = packs.current(home)
    spent = claims.spent(home, pack.sessions, monotonic) if pack is not None else None
    return BeatAnswer(
        at=written(home.now),
        name=kiosk.name,
        next_ms=next_ms(len(seen.present_kiosks(home.db, now))),
        epoch=epoch_of(home.db),
        pack=pack.version if pack is not None else packs.wanted(home, beat.pack),
        spent=spent if spent is not None and spent.version != beat.spent else None,
        commands=_commands(home.db, kiosk.name, now),
        replaced=away.replaced(home.db, unfinished),
    )


def next_ms(kiosks: int) -> int:
    """After how many milliseconds to beat again, where so many kiosks do."""
    beyond = max(0, kiosks - FEW_KIOSKS)
    return min(LONGEST_MS, NEXT_MS + beyond * (LONGEST_MS - NEXT_MS) // (MANY_KIOSKS - FEW_KIOSKS))


def _keep(db: Database, said: Seen, attempts: tuple[AwayAttempt, ...], at: float) -> None:
    """Remember what a kiosk said; write what all of them said if the last time is long enough ago.

    One beat writes, and no other waits for it: the disk may take half a second, in which all of them come.
    """
    memory = remembered(db, _SUBJECT)
    with _LOCK:
        desk: _Desk = memory.setdefault("desk", _Desk())
        desk.waiting[said.kiosk_id] = (said, attempts)
        if desk.is_writing or (desk.wrote_at is not None and at - desk.wrote_at < WRITES_EVERY_S):
            return
        desk.is_writing, desk.wrote_at = True, at  # also if it fails: the next try is as far away
        told, desk.waiting = desk.waiting, {}
    try:
        _write(db, told, desk.written, said.at)
    except BaseException:
        with _LOCK:
            desk.waiting = told | desk.waiting
        raise
    finally:
        desk.is_writing = False


def _write(db: Database, told: _Told, before: dict[int, tuple[AwayAttempt, ...]], now: datetime) -> None:
    with change(db):
        said_at = away.write_moment(db, now)
        for kiosk_id, (said, attempts) in told.items():
            seen.keep(db, said)
            _write_attempts(db, kiosk_id, attempts, before.get(kiosk_id), said_at)
    before.update({kiosk_id: attempts for kiosk_id, (_, attempts) in told.items()})


def _write_attempts(
    db: Database, kiosk_id: int, attempts: tuple[AwayAttempt, ...], before: Collection[AwayAttempt] | None, said_at: str
) -> None:
    for attempt in attempts:
        if before is None or attempt not in before:
            away.keep(db, attempt, said_at)
    ids = {attempt.id for attempt in attempts}
    if len(attempts) < MOST_ATTEMPTS and (before is None or ids != {attempt.id for attempt in before}):
        away.leave_out(db, kiosk_id, ids, said_at)


def _write_answer(db: Database, kiosk: str, answered: Answered, now: datetime) -> None:
    """Write what a kiosk did with a command; ignore an answer to another kiosk's."""
    given = kiosk_commands.given(db, answered.command)
    if given is None or given.kiosk != kiosk or given.answer is not None:
        return
    why = Why(answered.why) if answered.why in list(Why) else None
    kiosk_commands.answer(db, given.command, CommandAnswer(answered.answer), why, now)


def _commands(db: Database, kiosk: str, now: datetime) -> tuple[Command, ...]:
    """The commands that the kiosk has not answered, each with its age; those that have expired are left out."""
    return tuple(
        Command(
            id=command.id,
            attempt=command.attempt_id,
            run=command.run,
            hold_seq=command.hold_seq,
            order=command.order.value,
            age_ms=max(0, round((now - command.at).total_seconds() * 1000)),
        )
        for command in kiosk_commands.waiting(db, kiosk, 0)
        if not command.has_expired(now)
    )


def _by_how_much(ahead: timedelta) -> timedelta:
    """How far a kiosk's clock is ahead, in whole seconds; nothing if that may be the time the beat took."""
    return timedelta() if abs(ahead) < CLOSE_ENOUGH else timedelta(seconds=round(ahead.total_seconds()))


def _seen(kiosk: BeatingKiosk, beat: Beat, ahead: timedelta, now: datetime) -> Seen:
    since = beat.waiting_since
    if since is not None and abs(instant(since) - instant(beat.at)) > FAR:
        since = beat.at
    offset, said = round(ahead.total_seconds() * 1000), (beat.waiting, since, str(beat.sound))
    return Seen(kiosk.id, now, beat.program, offset, *said, beat.pack or "")


def _away(kiosk: BeatingKiosk, told: AttemptNow, ahead: timedelta, now: datetime, here: datetime) -> AwayAttempt:
    """An attempt as told, with its times by the desk's clock, which is ``here`` now."""
    return AwayAttempt(
        id=told.id,
        kiosk_id=kiosk.id,
        kiosk=kiosk.name,
        check_code=told.check_code,
        kind=Kind(told.kind),
        started_at=_moment(told.started_at, ahead, here) or now,
        begun_at=_moment(told.begun_at, ahead, here),
        practised=told.practised,
        finished_at=(_moment(told.finished_at, ahead, here) or now) if told.outcome is not None else None,
        outcome=Outcome(told.outcome) if told.outcome is not None else None,
        run=told.run,
        hold_seq=told.hold_seq,
        is_set_aside=told.is_set_aside,
        number=told.number,
        practice=told.practice,
        answered=told.answered,
        questions=told.questions,
        practice_questions=told.practice_questions,
        held=_hold(told.held, ahead, here) if told.held is not None else None,
        heard_at=now,
    )


def _hold(told: HeldAway, ahead: timedelta, here: datetime) -> AwayHold:
    cause = Cause(told.cause) if told.cause in list(Cause) else Cause.UNKNOWN
    since = _moment(told.since, ahead, here) or here
    return AwayHold(since, cause, told.only_stop, told.void, _moment(told.offered_at, ahead, here))


def _moment(text: str | None, ahead: timedelta, here: datetime) -> datetime | None:
    """A kiosk's time by the desk's clock; one that cannot be right is now, as no page could show the year 1."""
    if text is None:
        return None
    since_then = here - instant(text) + ahead
    return here - since_then if abs(since_then) < FAR else here
