"""A pupil's progress in the official check: the current check, the unused restart, the reason in force.

It follows from the rows only, never from comparing two clocks: a restart names the attempt that it replaces. Here, and
only here, it is decided whether a pupil's check has begun (``Progress.has_begun``).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.history import ChoiceRow, OfficialAttempt, Pin, PupilHistory, ReasonRow, RestartRow
from mtc_kiosk.school.rivals import Rivals, order, rivals

_Row = TypeVar("_Row", RestartRow, ReasonRow, ChoiceRow)


@dataclass(frozen=True)
class Progress:
    """A pupil's progress. ``rivals`` are the checks that began and that no restart replaced: one, unless the pupil took
    two instead of one. ``check`` is the attempt that counts, or the proposed one while a head has to choose. ``codes``
    are the check codes of the rivals. ``pending`` is a restart on which no check has begun. ``begun`` counts the checks
    that began, with restarted ones. ``practice`` is an unfinished attempt that has not begun the check itself.
    """

    reason: ReasonRow | None
    pending: RestartRow | None
    restarts: tuple[RestartRow, ...]
    codes: tuple[str, ...]
    check: OfficialAttempt | None
    practice: OfficialAttempt | None
    begun: int
    rivals: Rivals

    @property
    def has_two(self) -> bool:
        """Whether two checks could count and no head has chosen; until then neither counts."""
        return self.rivals.is_open

    @property
    def has_begun(self) -> bool:
        """Whether the pupil has begun a check that no restart replaces."""
        return bool(self.codes)

    @property
    def is_complete(self) -> bool:
        """Whether the current check was answered to its end."""
        return self.check is not None and self.check.outcome is Outcome.COMPLETE

    @property
    def running(self) -> OfficialAttempt | None:
        """The attempt that the pupil is taking now, the check itself or its practice."""
        return next((one for one in (self.check, self.practice) if one is not None and one.is_running), None)


def progress_of(facts: PupilHistory) -> Progress:
    """A pupil's progress, from their whole history."""
    restarts, reasons = in_force(facts.restarts), in_force(facts.reasons)
    takings = sorted(facts.takings, key=order)
    begun = [taking for taking in takings if taking.begun_at is not None]
    used = [pin.check_code for pin in facts.pins if pin.kind is Kind.OFFICIAL and pin.used_at is not None]
    every_code = dict.fromkeys([*(taking.check_code for taking in begun), *used])
    origins = {restart.origin for restart in restarts}
    known = {taking.id for taking in takings}
    lost = _lost([code for code in used if code not in {taking.check_code for taking in begun}], origins - known)
    choices = in_force(facts.choices)
    theirs = [
        taking
        for taking in begun
        if taking.id not in origins and (taking.outcome is not Outcome.SUPERSEDED or taking is begun[-1])
    ]  # a check that a restart ended never has a score, even if the restart is taken back
    weighed = rivals(theirs, lost, choices[-1] if choices else None)
    codes = tuple(dict.fromkeys([*(taking.check_code for taking in weighed.standing), *weighed.lost]))
    unfinished = [taking for taking in takings if taking.begun_at is None and taking.outcome is None]
    return Progress(
        reason=reasons[-1] if reasons else None,
        pending=restarts[-1] if restarts and not codes else None,
        restarts=restarts,
        codes=codes,
        check=weighed.first,
        practice=unfinished[-1] if unfinished else None,
        begun=len(every_code),
        rivals=weighed,
    )


def _lost(codes: list[str], restarted: set[str | None]) -> list[str]:
    """The used codes with no attempt here, less one for each restart of an attempt that is no longer here."""
    return codes[len(restarted - {None}) :]


def live_pin(facts: PupilHistory, kind: Kind, now: datetime) -> Pin | None:
    """The PIN of this kind with which the pupil can sign in, now or once its session opens; None if there is none."""
    live = [pin for pin in facts.pins if pin.kind is kind and pin.is_live(now)]
    return max(live, key=lambda pin: pin.session_id, default=None)


def in_force(rows: Iterable[_Row]) -> tuple[_Row, ...]:
    """The rows that neither take one back nor were taken back, in the order given."""
    given = tuple(rows)
    undone = {row.undoes for row in given}
    return tuple(row for row in given if row.undoes is None and row.id not in undone)
