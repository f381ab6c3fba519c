"""What staff must do when the disk refuses writes, for each kind of fault."""

from mtc_kiosk.store.db.sqlite_faults import Fault
from mtc_kiosk.store.home.home import Home

_THEN = "Then Carry on appears here."


def place_of(home: Home) -> str:
    """Where the home is, in words: ``drive C:``, or the disk of a folder."""
    drive = home.root.absolute().drive
    return f"drive {drive}" if drive else f"the disk of {home.root}"


def remedy(fault: Fault, place: str) -> tuple[str, str]:
    """What is wrong, and what to do; ``place`` is where the home is, such as ``drive C:``."""
    match fault:
        case Fault.FULL:
            return "The disk is full.", f"Free some space on {place}, and Carry on appears here."
        case Fault.READ_ONLY:
            return f"Nothing can be saved: {place} is read-only.", f"Make it writable. {_THEN}"
        case Fault.BUSY:
            return "Another program is using the database.", f"Close that program. {_THEN}"
        case Fault.DAMAGED:
            return "The database is damaged.", "Press Back, then Exit, and start the kiosk again: it makes a new one."
        case Fault.BROKEN | Fault.OTHER:
            return f"Nothing can be saved on {place}.", f"Check that its disk or stick is plugged in. {_THEN}"
