"""Attempts on a desk's kiosks as those last told them: how far each is, whether it is held, and how it ended.

A kiosk's record says what a pupil did; until it is here, this is what the desk knows. A check code that this desk
issued says which pupil it is, and nothing else does.
"""

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.reading import read
from mtc_kiosk.store.db.times import instant, written
from mtc_kiosk.store.records.check_codes import recognise

_KEEP = (
    "insert into away_attempt (id, kiosk_id, kiosk, check_code, session_id, pupil_id, kind, started_at, begun_at,"
    " practised, finished_at, outcome, run, hold_seq, state, said_at)"
    " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do update set"
    " kiosk_id = excluded.kiosk_id, kiosk = excluded.kiosk, session_id = coalesce(excluded.session_id, session_id),"
    " pupil_id = coalesce(excluded.pupil_id, pupil_id), begun_at = coalesce(excluded.begun_at, begun_at),"
    " practised = max(practised, excluded.practised), finished_at = excluded.finished_at, outcome = excluded.outcome,"
    " run = excluded.run, hold_seq = excluded.hold_seq, state = excluded.state, said_at = excluded.said_at"
    " where away_attempt.kiosk_id = excluded.kiosk_id"
    " or exists (select 1 from kiosk where kiosk.id = away_attempt.kiosk_id and kiosk.ended_at is not null)"
)
_PIN = (
    "select session_id, pupil_id from pin where check_code = :code"
    " union all select null, pupil_id from earlier_code where check_code = :code"
)
_USE = "update pin set used_at = ? where used_at is null and check_code = ?"
_RESTARTED = "select max(at) from restart where origin_attempt = ?"
_SUPERSEDE = (
    "update away_attempt set finished_at = max(?, started_at), outcome = 'superseded' where id = ? and outcome is null"
)
_SIGNED_IN_LATER = (
    "select min(started_at) from (select started_at from attempt where pupil_id = :pupil and kind = 'official'"
    " and id <> :id and started_at > :started union all select started_at from away_attempt where pupil_id = :pupil"
    " and kind = 'official' and id <> :id and started_at > :started)"
)
_LEAVE_BEHIND = (
    "update away_attempt set finished_at = max(?, started_at), outcome = 'superseded', said_at = ? where pupil_id = ?"
    " and kind = 'official' and outcome is null and begun_at is null and id <> ? and started_at < ?"
)
_LATEST = "select max(said_at) from away_attempt"
_IS_OVER = "select 1 from away_attempt where id = ? and outcome = 'superseded'"
_LEFT_OUT = (
    "update away_attempt set state = json_set(state, '$.is_gone', json('true')), said_at = ? where kiosk_id = ?"
    " and outcome is null and json_extract(state, '$.is_gone') = 0 and id not in (select value from json_each(?))"
)
HAS_RECORD = (
    "(exists (select 1 from inbox where inbox.record_id = away.id and inbox.type = 'check'"
    " and inbox.state in ('taken', 'chosen')) or exists (select 1 from conflict where conflict.record_id = away.id"
    " and conflict.type = 'check' and conflict.state in ('open', 'chosen', 'broken')))"
)
"""SQL: whether the attempt's record is here; then it is what counts (``store.records.received_facts``)."""

_READ = (
    "select away.id, away.kiosk_id, coalesce(kiosk.name, away.kiosk), away.check_code, away.session_id, away.pupil_id,"
    " away.kind, away.started_at, away.begun_at, away.practised, away.finished_at, away.outcome, away.run,"
    " away.hold_seq, away.state, kiosk.ended_at is not null, coalesce(seen.seen_at, away.said_at)"
    " from away_attempt as away left join kiosk on kiosk.id = away.kiosk_id"
    " left join kiosk_seen as seen on seen.kiosk_id = away.kiosk_id"
    " where {these} and not exists (select 1 from attempt where attempt.id = away.id) order by away.started_at, away.id"
)
_UNFINISHED = f"away.outcome is null and not {HAS_RECORD}"
_IN_SESSIONS = (
    f"away.pupil_id is not null and (({_UNFINISHED}) or (away.outcome is not null"  # noqa: S608 - ours
    " and away.session_id in (select value from json_each(?))))"
)
_OF_EVERYBODY = f"away.pupil_id is not null and not {HAS_RECORD}"
_OF_THESE = f"away.pupil_id in (select value from json_each(?)) and not {HAS_RECORD}"  # noqa: S608 - ours


@dataclass(frozen=True)
class AwayHold:
    """Since when and why a check is held. ``void``: the question that the fault cost, and whether it is asked again.

    ``offered_at``: the pupil may carry on since then, and has not pressed the button.
    """

    since: datetime
    cause: Cause
    only_stop: bool
    void: tuple[int, bool] | None
    offered_at: datetime | None


@dataclass(frozen=True)
class AwayAttempt:
    """An attempt on an enrolled kiosk. ``number`` is the question at hand, 0 on a page; ``session_id`` and ``pupil_id``
    are None if this desk did not issue the PIN.

    ``is_gone``: the kiosk runs without it, or belongs to the desk no longer. ``heard_at`` is its kiosk's last word.
    """

    id: str
    kiosk_id: int
    kiosk: str
    check_code: str
    kind: Kind
    started_at: datetime
    begun_at: datetime | None
    practised: bool
    finished_at: datetime | None
    outcome: Outcome | None
    run: int
    hold_seq: int
    is_set_aside: bool
    number: int
    practice: bool
    answered: int
    questions: int
    practice_questions: int
    held: AwayHold | None
    heard_at: datetime = field(compare=False)
    session_id: int | None = None
    pupil_id: int | None = None
    is_gone: bool = False

    def runs(self, running: Collection[str]) -> bool:
        """Whether the desk can see it: its kiosk runs, and has it."""
        return self.kiosk in running and not self.is_gone


# -- what a kiosk says


def write_moment(db: Database, now: datetime) -> str:
    """The time to write with changes: now, and never earlier than any before, so that a reader finds what is new."""
    (latest,) = db.execute(_LATEST).fetchone()
    return max(written(now), latest or "")


def keep(db: Database, attempt: AwayAttempt, said_at: str) -> None:
    """Store an attempt as its kiosk tells it, within the caller's transaction; a check that began has used its PIN.

    An attempt that a restart replaced has ended, whatever the kiosk says, and so has one that the pupil left before the
    check began, to sign in anew. Another kiosk's attempt is left as it is.
    """
    session_id, pupil_id = _issued_to(db, attempt.check_code)
    told = _superseded(db, attempt, pupil_id) if attempt.outcome is None else attempt
    kept = db.execute(
        _KEEP,
        (
            told.id,
            told.kiosk_id,
            told.kiosk,
            told.check_code,
            session_id,
            pupil_id,
            str(told.kind),
            written(told.started_at),
            _time(told.begun_at),
            int(told.practised),
            _time(told.finished_at),
            str(told.outcome) if told.outcome is not None else None,
            told.run,
            told.hold_seq,
            _state(told),
            said_at,
        ),
    )
    if kept.rowcount and told.begun_at is not None:
        db.execute(_USE, (written(told.begun_at), told.check_code))
    if kept.rowcount and pupil_id is not None and told.kind is Kind.OFFICIAL:
        leave_behind(db, pupil_id, told.id, written(told.started_at), said_at)


def _issued_to(db: Database, check_code: str) -> tuple[int | None, int | None]:
    """The session and the pupil of a PIN; no session if the PIN itself is not in the backup that was restored."""
    found = db.execute(_PIN, {"code": check_code}).fetchone()
    if found is None:
        recognise(db, check_code)
        found = db.execute(_PIN, {"code": check_code}).fetchone()
    return tuple(found) if found is not None else (None, None)


def leave_out(db: Database, kiosk_id: int, said: Collection[str], said_at: str) -> None:
    """A kiosk told of all its attempts: mark the unfinished ones that it no longer has, within the transaction."""
    db.execute(_LEFT_OUT, (said_at, kiosk_id, json.dumps(sorted(said))))


def supersede(db: Database, attempt_id: str, at: str) -> None:
    """End an attempt that is not over yet, as superseded at ``at``: a restart replaces it."""
    db.execute(_SUPERSEDE, (at, attempt_id))


def leave_behind(db: Database, pupil_id: int, attempt_id: str, started_at: str, said_at: str) -> None:
    """A pupil signed in to this attempt: the earlier ones that they left before the check began are over."""
    db.execute(_LEAVE_BEHIND, (started_at, said_at, pupil_id, attempt_id, started_at))


def replaced(db: Database, attempt_ids: Collection[str]) -> tuple[str, ...]:
    """Those of these attempts, unfinished at their kiosks, that are over here: for a restart or a later sign-in."""
    return tuple(each for each in attempt_ids if db.execute(_IS_OVER, (each,)).fetchone() is not None)


# -- what the desk reads


def unfinished(db: Database) -> tuple[AwayAttempt, ...]:
    """Every attempt that has not ended and whose record is not here, the earliest first."""
    return tuple(read(db, "away_attempt", _READ.format(these=_UNFINISHED), (), _attempt))


def find(db: Database, attempt_id: str) -> AwayAttempt | None:
    """An attempt, ended or not; None if no kiosk told of it."""
    found = read(db, "away_attempt", _READ.format(these="away.id = ?"), (attempt_id,), _attempt)
    return found[0] if found else None


def in_sessions(db: Database, session_ids: Collection[int]) -> tuple[AwayAttempt, ...]:
    """Pupils' attempts in these sessions, and every one of theirs that has not ended."""
    query = _READ.format(these=_IN_SESSIONS)
    return tuple(read(db, "away_attempt", query, (json.dumps(sorted(session_ids)),), _attempt))


def of_pupils(db: Database, pupil_ids: Collection[int] | None) -> tuple[AwayAttempt, ...]:
    """The attempts of these pupils (all if None) whose records are not here."""
    if pupil_ids is None:
        return tuple(read(db, "away_attempt", _READ.format(these=_OF_EVERYBODY), (), _attempt))
    ids = json.dumps(sorted(pupil_ids))
    return tuple(read(db, "away_attempt", _READ.format(these=_OF_THESE), (ids,), _attempt))


def every_of_pupil(db: Database, pupil_id: int) -> tuple[AwayAttempt, ...]:
    """All attempts of a pupil, also those whose records are here."""
    return tuple(read(db, "away_attempt", _READ.format(these="away.pupil_id = ?"), (pupil_id,), _attempt))


def _superseded(db: Database, attempt: AwayAttempt, pupil_id: int | None) -> AwayAttempt:
    (at,) = db.execute(_RESTARTED, (attempt.id,)).fetchone()
    if at is None and attempt.begun_at is None and attempt.kind is Kind.OFFICIAL:
        values = {"pupil": pupil_id, "id": attempt.id, "started": written(attempt.started_at)}
        (at,) = db.execute(_SIGNED_IN_LATER, values).fetchone()
    if at is None:
        return attempt
    return replace(attempt, finished_at=max(instant(at), attempt.started_at), outcome=Outcome.SUPERSEDED)


def _time(moment: datetime | None) -> str | None:
    return written(moment) if moment is not None else None


def _state(attempt: AwayAttempt) -> str:
    held = attempt.held
    said: dict[str, Any] = {
        "is_set_aside": attempt.is_set_aside,
        "number": attempt.number,
        "practice": attempt.practice,
        "answered": attempt.answered,
        "questions": attempt.questions,
        "practice_questions": attempt.practice_questions,
        "is_gone": attempt.is_gone,
        "held": None,
    }
    if held is not None:
        times = {"since": written(held.since), "offered_at": _time(held.offered_at), "cause": str(held.cause)}
        said["held"] = asdict(held) | times
    return json.dumps(said)


def _attempt(attempt_id: str, kiosk_id: int, kiosk: str, check_code: str, *rest: Any) -> AwayAttempt:
    session_id, pupil_id, kind, started_at, begun_at, practised, finished_at, outcome, *rest_ = rest
    run, hold_seq, state, has_ended, heard_at = rest_
    said = json.loads(state)
    held, is_gone = said.pop("held"), said.pop("is_gone")
    return AwayAttempt(
        id=attempt_id,
        kiosk_id=kiosk_id,
        kiosk=kiosk,
        check_code=check_code,
        kind=Kind(kind),
        started_at=instant(started_at),
        begun_at=instant(begun_at) if begun_at is not None else None,
        practised=bool(practised),
        finished_at=instant(finished_at) if finished_at is not None else None,
        outcome=Outcome(outcome) if outcome is not None else None,
        run=run,
        hold_seq=hold_seq,
        held=_hold(**held) if held is not None else None,
        heard_at=instant(heard_at),
        session_id=session_id,
        pupil_id=pupil_id,
        is_gone=bool(is_gone or has_ended),
        **said,
    )


def _hold(since: str, cause: str, offered_at: str | None, void: list[Any] | None, *, only_stop: bool) -> AwayHold:
    lost = (int(void[0]), bool(void[1])) if void is not None else None
    offered = instant(offered_at) if offered_at is not None else None
    return AwayHold(instant(since), Cause(cause), only_stop, lost, offered)
