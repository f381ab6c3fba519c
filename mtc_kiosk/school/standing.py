"""Where a pupil stands with the official check: which check is theirs now, which restart waits, which reason holds.

It follows from the rows alone, never from the order of two clocks: a restart names the attempt it takes the place of.
It knows no time and decides nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.school.facts import Pin, PupilFacts, ReasonRow, RestartRow, Taking
from mtc_kiosk.school.session import Kind

_Row = TypeVar("_Row", RestartRow, ReasonRow)


@dataclass(frozen=True)
class Standing:
    """Where a pupil stands.

    ``codes`` are the check codes of the checks that began and that no restart took the place of: one at most, unless
    the pupil took two where one was theirs. ``check`` is the attempt that stands for them, the one begun first.
    ``pending`` is the restart that no check has been begun on. ``begun`` counts the checks that began, restarted ones
    with them. ``practice`` is an attempt that is not over and has not begun the check itself.
    """

    reason: ReasonRow | None
    pending: RestartRow | None
    restarts: tuple[RestartRow, ...]
    codes: tuple[str, ...]
    check: Taking | None
    practice: Taking | None
    begun: int
    has_two: bool

    @property
    def has_begun(self) -> bool:
        """Whether a check of the pupil's has begun, and no restart waits in its place."""
        return bool(self.codes)

    @property
    def is_complete(self) -> bool:
        """Whether the check that stands was answered to its end."""
        return self.check is not None and self.check.outcome is Outcome.COMPLETE

    @property
    def running(self) -> Taking | None:
        """The attempt that is being taken at this moment, the check itself or its practice."""
        return next((one for one in (self.check, self.practice) if one is not None and one.is_running), None)


def standing(facts: PupilFacts) -> Standing:
    """Where a pupil stands, by all that is known."""
    restarts, reasons = in_force(facts.restarts), in_force(facts.reasons)
    takings = sorted(facts.takings, key=lambda taking: (taking.begun_at or taking.started_at, taking.id))
    begun = [taking for taking in takings if taking.begun_at is not None]
    used = [pin.check_code for pin in facts.pins if pin.kind is Kind.OFFICIAL and pin.used_at is not None]
    every_code = dict.fromkeys([*(taking.check_code for taking in begun), *used])
    origins = {restart.origin for restart in restarts}
    replaced = {taking.check_code for taking in takings if taking.id in origins}
    codes = tuple(code for code in every_code if code not in replaced)
    stand = _believed([taking for taking in begun if taking.check_code in codes])
    unfinished = [taking for taking in takings if taking.begun_at is None and taking.outcome is None]
    return Standing(
        reason=reasons[-1] if reasons else None,
        pending=restarts[-1] if restarts and not codes else None,
        restarts=restarts,
        codes=codes,
        check=stand[0] if stand else None,
        practice=unfinished[-1] if unfinished else None,
        begun=len(every_code),
        has_two=len(stand) > 1 or len(codes) > 1 or any(taking.contested for taking in stand),
    )


def _believed(takings: list[Taking]) -> list[Taking]:
    """Those that prove themselves; where none does, all."""
    return [taking for taking in takings if taking.sound] or takings


def live_pin(facts: PupilFacts, kind: Kind, now: datetime) -> Pin | None:
    """The PIN of this kind that the pupil can sign in with, now or once its session opens; None where there is none."""
    live = [pin for pin in facts.pins if pin.kind is kind and pin.is_live(now)]
    return max(live, key=lambda pin: pin.session_id, default=None)


def in_force(rows: Iterable[_Row]) -> tuple[_Row, ...]:
    """The rows that take nothing back and were not taken back themselves, in the order given."""
    given = tuple(rows)
    undone = {row.undoes for row in given}
    return tuple(row for row in given if row.undoes is None and row.id not in undone)
