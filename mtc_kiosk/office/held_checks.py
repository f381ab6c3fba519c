"""The checks that wait for staff: held ones, and those of a kiosk that is not running.

Staff resume, set aside or stop a check at its own kiosk, as an event in its journal. Here the audit gets the row that
says who did it.
"""

from dataclasses import dataclass

from mtc_kiosk.office import pupils
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.school.staff import AuditAction
from mtc_kiosk.store.school import held_checks
from mtc_kiosk.store.school.held_checks import HeldCheck


@dataclass(frozen=True)
class WaitingCheck:
    """A held check. ``name`` is the pupil's name in lists, None for a walk-up or a pupil who is not on this register.

    ``is_here``: it belongs to the kiosk that has this home open, the only one at which it can go on.
    """

    check: HeldCheck
    name: str | None
    is_here: bool


def waiting(home: OpenHome) -> tuple[WaitingCheck, ...]:
    """Every check of the home that waits for staff, the earliest first, pupils who have left included."""
    found = held_checks.held_checks(home.db, home.context().running)
    names = pupils.names(home, with_left=True) if found else {}
    return tuple(
        WaitingCheck(
            check,
            names.get(check.pupil_id) if check.pupil_id is not None else None,
            is_here=bool(home.kiosk) and check.kiosk == home.kiosk,
        )
        for check in found
    )


def is_over(home: OpenHome, attempt_id: str) -> bool:
    """Whether an attempt has ended, perhaps through another program; ask before resuming a held one."""
    return held_checks.is_over(home.db, attempt_id)


def note(home: OpenHome, what: AuditAction, attempt_id: str | None = None) -> None:
    """Write an audit row of what staff did to an attempt, or else at the kiosk that has this home open."""
    subject = attempt_id if attempt_id is not None else home.kiosk
    held_checks.note_act(home.db, home.context(), what, subject)
