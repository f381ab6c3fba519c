"""Cancel PINs: no check can be started with them any more. A PIN with which a check has begun stays as it is.

``store.school.pupil_facts`` reads a cancelled PIN as one that ended then, so no second rule is needed for whether it
can be used.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.eligibility import cancel_obstacle, pin_obstacle
from mtc_kiosk.school.history import Pin, PupilHistory
from mtc_kiosk.school.progress import live_pin, progress_of
from mtc_kiosk.store.db.opened import Database
from mtc_kiosk.store.db.times import written
from mtc_kiosk.store.db.transaction import audit, change
from mtc_kiosk.store.school.pupil_facts import load_facts
from mtc_kiosk.store.school.staff_context import StaffContext, refuse_any

_CANCEL = "insert into cancelled_pin (check_code, at, by) values (?, ?, ?)"


@dataclass(frozen=True)
class Cancelled:
    """A pupil's PIN that was cancelled. ``signed_in_on`` is the kiosk where the pupil practises with it now."""

    pupil_id: int
    pin: Pin
    signed_in_on: str | None = None


def cancel_pins(db: Database, context: StaffContext, pupil_ids: Sequence[int]) -> tuple[Cancelled, ...]:
    """Cancel every PIN that these pupils can still use; Refused, with every reason, if one of them has none."""
    with change(db):
        facts = load_facts(db, context.running, pupil_ids)
        refuse_any((cancel_obstacle(facts[each], context.now), each) for each in pupil_ids)
        return tuple(
            one
            for pupil_id in dict.fromkeys(pupil_ids)
            for kind in Kind
            for one in cancel_live_pin(db, context, facts[pupil_id], kind)
        )


def may_have_pin(db: Database, context: StaffContext, pupil_id: int) -> bool:
    """Whether the pupil has no PIN for the check and may be given one."""
    facts = load_facts(db, context.running, [pupil_id])[pupil_id]
    return pin_obstacle(facts, Kind.OFFICIAL, context.now, context.rules) is None


def cancel_live_pin(
    db: Database, context: StaffContext, facts: PupilHistory, kind: Kind = Kind.OFFICIAL
) -> tuple[Cancelled, ...]:
    """Cancel the pupil's PIN of this kind within the caller's transaction; empty if none can be used."""
    pin = live_pin(facts, kind, context.now)
    if pin is None:
        return ()
    db.execute(_CANCEL, (pin.check_code, context.stamp.at, context.stamp.account))
    before = {"check_code": pin.check_code, "expires_at": written(pin.ended_at)}
    audit(db, context.stamp, "pin.cancelled", str(facts.pupil_id), before=before)
    practice = progress_of(facts).practice
    here = practice is not None and practice.is_running and practice.check_code == pin.check_code
    return (Cancelled(facts.pupil_id, pin, practice.kiosk if practice is not None and here else None),)
