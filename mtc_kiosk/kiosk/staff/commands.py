"""Commands of staff for an attempt or for the kiosk. ``flow.staff_commands`` carries them out."""

from dataclasses import dataclass
from enum import StrEnum

from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.school.staff import AuditAction


class CommandKind(StrEnum):
    """What to do. ``DROP`` takes an attempt off the screen that something else has ended."""

    RESUME = "resume"
    SET_ASIDE = "set_aside"
    STOP = "stop"
    EXIT = "exit"
    DROP = "drop"


@dataclass(frozen=True)
class StaffCommand:
    """One command; ``attempt_id`` is None for the attempt on the screen, and for EXIT."""

    kind: CommandKind
    attempt_id: str | None = None


COMMANDS = {
    Button.RESUME: (CommandKind.RESUME, AuditAction.RESUMED),
    Button.SET_ASIDE: (CommandKind.SET_ASIDE, AuditAction.SET_ASIDE),
    Button.STOP: (CommandKind.STOP, AuditAction.STOPPED),
}
"""Button -> its command, and its name in the audit."""
