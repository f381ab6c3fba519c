"""What staff at a kiosk want done to an attempt, or to the kiosk. ``flow.staff_commands`` does it."""

from dataclasses import dataclass
from enum import StrEnum

from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.store.school.held_checks import AuditAction


class CommandKind(StrEnum):
    """What the journey is to do. ``DROP`` leaves an attempt that something else has ended."""

    RESUME = "resume"
    SET_ASIDE = "set_aside"
    STOP = "stop"
    EXIT = "exit"
    DROP = "drop"


@dataclass(frozen=True)
class StaffCommand:
    """What staff want; ``attempt_id`` is None for the attempt on the screen, and for the exit."""

    kind: CommandKind
    attempt_id: str | None = None


COMMANDS = {
    Button.RESUME: (CommandKind.RESUME, AuditAction.RESUMED),
    Button.SET_ASIDE: (CommandKind.SET_ASIDE, AuditAction.SET_ASIDE),
    Button.STOP: (CommandKind.STOP, AuditAction.STOPPED),
}
"""What a button asks for, and what the audit calls it."""
