"""What the room says: why a check is held, what to do about it and what it costs, and how things stand in one line."""

from mtc_kiosk.check.events import Cause
from mtc_kiosk.school.status import Status
from mtc_kiosk.school.words import counted
from mtc_kiosk.store.school.room import HeldNow

HAPPENED = {
    Cause.KEYBOARD: ("The keyboard came out.", "Plug it in."),
    Cause.SUSPEND: ("The PC went to sleep.", "See that it is awake."),
    Cause.DISPLAY: ("The screen went off.", "Switch it on."),
    Cause.FOCUS: ("Something covered the check.", "Close what is in front of it."),
    Cause.STALL: ("The PC stopped for a moment.", ""),
    Cause.JOURNAL: ("The disk did not take what was typed.", "Make room on it."),
    Cause.SLOW_DISK: ("The disk did not take what was typed.", "See what else the PC is doing."),
    Cause.SOUND: ("The sound went.", "Plug in the headphones."),
    Cause.STAFF: ("A teacher asked for it.", "The pupil can carry on when you are ready."),
    Cause.PROGRAM: ("The program had a fault.", ""),
    Cause.ENDED: ("The PC closed the program.", ""),
    Cause.UNKNOWN: ("We do not know what happened.", ""),
}
"""Why a check is held, and what to do at the PC."""

NOT_RUNNING = ("The kiosk is not running.", "Start it again on that PC. The check waits there.")
NOT_HEARD = ("This desk does not hear from that PC.", "Go there: the check may be going on. Then look at its network.")
LOST_BEFORE = ("That PC no longer has this check.", "It had not begun. The PIN still works, on another PC too.")
LOST = ("That PC no longer has this check.", "Give the pupil a restart.")
SET_ASIDE = ("The check was set aside.", "Carry on brings it back to its PC.")
ONLY_STOP = "No spare questions are left, so it can only be stopped."

OTHER_NEEDS = {
    Status.CONFLICT: ("Two checks were taken.", "A head chooses which one counts."),
    Status.ERROR: ("The check's record cannot be trusted.", "A head looks at it."),
    Status.OUT_OF_TIME: ("The 30 minutes ran out.", "Give a restart if the pupil may take it again."),
    Status.STOPPED: ("The check was stopped.", "Give a restart if the pupil may take it again."),
    Status.OVERDUE: ("The check takes longer than it may.", "Look at that PC."),
    Status.OVERDUE_SIGNED_IN: (
        "The check has not begun.",
        "See whether the pupil is there. The PIN still works, on another PC too.",
    ),
}
"""What else needs a person, and what to do."""

NO_RECORD = ("The PIN was used, and the check is not here.", "Bring in the records of the other PC.")

DESK_FULL = (
    "The disk of this desk is full",
    "It takes nothing in from the kiosks. Pupils go on there, and their checks arrive once there is room."
    " Delete what is not needed.",
)
"""Why the desk hears nothing of any kiosk although the network is there, and what to do."""

MANY_AWAY = 3
"""From so many kiosks that are out of touch the network is the likely cause, and the room says so once."""

_SMALL = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def held_words(held: HeldNow) -> tuple[str, str]:
    """What happened to a held check, and what to do."""
    if not held.kiosk_runs:
        return _lost(held) if held.is_gone else NOT_HEARD if held.is_away else NOT_RUNNING
    if held.hold.only_stop:
        return HAPPENED[held.hold.cause][0], ONLY_STOP
    return SET_ASIDE if held.check.is_set_aside else HAPPENED[held.hold.cause]


def held_short(held: HeldNow, number: int) -> str:
    """A held check in two or three words, at question ``number`` or on a page (0)."""
    if held.is_gone:
        return "Lost there"
    if held.is_out_of_touch:
        return f"At {number}, out of touch" if number else "Out of touch"
    return f"Held at {number}" if number else "Held"


def many_out_of_touch(kiosks: int) -> tuple[str, str] | None:
    """What is so, and what to do, where the desk hears nothing of many kiosks; None for few."""
    if kiosks < MANY_AWAY:
        return None
    return (
        f"This desk does not hear from {kiosks} PCs",
        "The network may be away. Pupils go on there, and their checks arrive when it is back. Go round once.",
    )


def _lost(held: HeldNow) -> tuple[str, str]:
    return LOST if held.has_begun else LOST_BEFORE


def cost(held: HeldNow) -> str:
    """What the hold costs the pupil; "" if there is no question to speak of."""
    if held.void is None or held.hold.only_stop:
        return ""
    number, replaced = held.void
    if replaced:
        return f"Question {number} is replaced, so no mark is lost."
    return f"There is no spare for question {number}, so it counts without an answer."


def offered(kiosk: str) -> tuple[str, str]:
    """The pupil may carry on, and has not pressed the button yet."""
    return "The pupil may carry on.", f"Ask them to press Carry on at {kiosk}."


def how_many(count: int) -> str:
    """A count at the beginning of a heading: in words up to nine."""
    return _SMALL[count] if count < len(_SMALL) else str(count)


def for_how_long(seconds: float) -> str:
    """Since when something is so, without seconds."""
    minutes = int(seconds // 60)
    if minutes < 1:
        return "for less than a minute"
    if minutes < 120:
        return f"for {counted(minutes, 'minute')}"
    return f"for {counted(minutes // 60, 'hour')}"


def heading(needs: int, going: int, waiting: int, finished: int) -> str:
    """The sentence that is true now."""
    if needs:
        verb = "needs" if needs == 1 else "need"
        return f"{how_many(needs)} {'pupil' if needs == 1 else 'pupils'} {verb} you"
    if going:
        verb = "is" if going == 1 else "are"
        return f"All is well: {going} {verb} taking it"
    if not waiting + finished:
        return "No pupil is taking it now"
    if not waiting:
        return "Everybody has finished"
    if not finished:
        return "No pupil has started yet"
    return f"{how_many(waiting)} {'has' if waiting == 1 else 'have'} not started yet"
