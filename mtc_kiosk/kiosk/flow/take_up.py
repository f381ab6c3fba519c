"""Choose the unfinished attempt that a kiosk continues when it starts. One that cannot go on is reported and kept.

Whatever is wrong with an old attempt, the kiosk starts: the next pupil is waiting.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mtc_kiosk.check import events
from mtc_kiosk.check.events import Resumed, SetAside
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.kiosk.flow.attempt import RunningAttempt
from mtc_kiosk.kiosk.system.clock import Clock
from mtc_kiosk.store.db.traces import trace
from mtc_kiosk.store.journal.journal import Journal, ReadFailed, StoredAttempt


@dataclass(frozen=True)
class TakenUp:
    """The attempt to continue, or None; and a sentence for staff about each that cannot go on."""

    attempt: RunningAttempt | None
    sentences: tuple[str, ...] = ()


def take_up(journal: Journal, kiosk: str | None, clock: Clock) -> TakenUp:
    """Continue the attempt that was on the screen, else the last check that was set aside.

    ``kiosk`` None: any of the home. An enrolled kiosk has its home for itself, and the desk may have renamed it.
    "Try it out" that staff set aside stays in their list of held checks: it must not be in the next pupil's way.
    """
    try:
        left = journal.unfinished(kiosk)
    except ReadFailed as problem:
        return TakenUp(None, (_cannot_be_read(str(problem)),))
    sentences = list(left.unreadable)
    for stored in _in_order(left.attempts):
        try:
            attempt = RunningAttempt.take_up(stored, clock, journal)
        except Exception as problem:  # well-formed rows may still not replay
            sentences.append(_cannot_carry_on(stored, trace(problem)))
            continue
        if stored.broken_at is not None:
            sentences.append(_note_broken_chain(attempt, stored, clock))
        return TakenUp(attempt, tuple(sentences))
    return TakenUp(None, tuple(sentences))


def _in_order(attempts: Sequence[StoredAttempt]) -> list[StoredAttempt]:
    """The newest first; those that staff had set aside come last."""
    newest_first = attempts[::-1]
    kept = [stored for stored in newest_first if stored.kind is Kind.OFFICIAL or not _is_set_aside(stored)]
    return sorted(kept, key=_is_set_aside)


def _is_set_aside(stored: StoredAttempt) -> bool:
    changes = [fact for fact in stored.facts if isinstance(fact, SetAside | Resumed)]
    return bool(changes) and isinstance(changes[-1], SetAside)


def _cannot_be_read(why: str) -> str:
    return f"The unfinished checks cannot be read. {why}"


def _cannot_carry_on(stored: StoredAttempt, where: str) -> str:
    return f"The check of {stored.started_at} ({stored.id}) cannot carry on. Its journal cannot be replayed: {where}."


def _note_broken_chain(attempt: RunningAttempt, stored: StoredAttempt, clock: Clock) -> str:
    attempt.record(events.Noted(attempt.at(clock.now_ns()), "chain", f"broken at row {stored.broken_at}"))
    return f"The check of {stored.started_at} ({stored.id}) carries on, but its row {stored.broken_at} was altered."
