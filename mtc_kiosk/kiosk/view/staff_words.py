"""Every sentence of the kiosk's staff pages. Lines for staff on a page that pupils see are in ``words``."""

from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.kiosk.view.scene import Grant
from mtc_kiosk.school.words import CAUSE_WORDS, counted

STILL_NO_SOUND = "Still no sound. Plug in headphones, or set the check aside."
UNREADABLE = ("This check was damaged on the disk.", "Give the pupil a restart.")

STAFF = "Staff"
WRONG_PASSCODE = "Wrong passcode. Try again."
CHECK_WAITS = "The check is waiting. Press Back to carry on with it."
STAFF_PASSCODE = "Type the passcode, then press Enter."
STAFF_CHOICES = {
    Button.RESUME: "Let the pupil carry on with the next question.",
    Button.SET_ASIDE: "Keep the check and carry on with it later.",
    Button.STOP: "End the check for good. Its answers are kept.",
}

STAFF_MENU = {
    Button.PINS: "See who can sign in now, and their PINs.",
    Button.HELD: "Carry on, set aside or stop a held check.",
    Button.RESTART: "Let a pupil take the check again.",
    Button.REASON: "Record why a pupil is not taking the check.",
    Button.HOLD: "Keep the pupil waiting until you carry on.",
    Button.EXIT: "Close the check on this PC.",
}
ENROLLED_MENU = {
    Button.DATE: "Pupils can sign in once you have confirmed it.",
    **{button: STAFF_MENU[button] for button in (Button.HELD, Button.HOLD, Button.EXIT)},
}
REST_AT_DESK = "PINs, restarts and reasons are at the desk."
A_PUPIL = "A pupil"
DATE_NOT_CONFIRMED = "Date not confirmed"
PINS_OF = {Kind.OFFICIAL: "PINs for the check", Kind.TRY: "PINs to try it out"}
PIN_COLUMNS = ("Name", "Group", "PIN", "Status")
NO_PINS = "There are no PINs that can be used now."
HELD_CHECKS = "Held checks"
NO_HELD_CHECKS = "No check is held."
HELD_UNREAD = "The held checks cannot be read now."
WHO = {Grant.RESTART: "Who is taking it again?", Grant.REASON: "Who is not taking it?"}
WHY = {Grant.RESTART: "Why are they taking it again?", Grant.REASON: "Why are they not taking it?"}
GIVE = {Grant.RESTART: "Give the restart", Grant.REASON: "Give the reason"}
TYPE_A_NAME = "Type a name"
NO_PUPILS = "No pupil with that name can be chosen."
NO_CODES = "There is nothing to choose from."
ASK = {
    Button.STOP: "Stop this check?",
    Button.EXIT: "Close the check on this PC?",
    Button.TAKE_BACK: "Take it back?",
    Button.DATE: "Is this date right?",
}
EXIT_KEEPS = ("Held checks stay held.",)
ON_SCREEN_FIRST = "Set aside or stop the check on this screen first."
ALREADY_ENDED = ("This check has already ended.",)
GIVEN = {Grant.RESTART: "Restart given", Grant.REASON: "Reason given"}
NOT_GIVEN = {Grant.RESTART: "Restart not given", Grant.REASON: "Reason not given"}
TAKEN_BACK = {Grant.RESTART: "Restart taken back", Grant.REASON: "Reason taken back"}
NOT_TAKEN_BACK = {Grant.RESTART: "Restart not taken back", Grant.REASON: "Reason not taken back"}
CHECK_DONE = {Button.SET_ASIDE: "Check set aside", Button.STOP: "Check stopped"}
CHECK_NOT_DONE = {
    Button.RESUME: "The check cannot carry on",
    Button.SET_ASIDE: "Check not set aside",
    Button.STOP: "Check not stopped",
}
NOT_SHOWN = "This cannot be shown now"
WENT_WRONG = "Something went wrong"

CAUSES = CAUSE_WORDS

ONLY_STOP = "No spare questions are left, so the check cannot carry on."


def why_held(cause: Cause, *, only_stop: bool) -> tuple[str, ...]:
    """Why a check is held, for staff."""
    return (CAUSES[cause], ONLY_STOP) if only_stop else (CAUSES[cause],)


def too_many_tries(seconds: int) -> str:
    """The passcode was wrong several times; how long to wait."""
    return f"Too many wrong tries. Wait {counted(seconds, 'second')}."


def held_checks(count: int | None) -> str:
    """The text beside "Held checks" in the staff menu; ``count`` is None if it cannot be read."""
    if count is None:
        return HELD_UNREAD
    return STAFF_MENU[Button.HELD] if count else NO_HELD_CHECKS


def date_to_confirm(pc: str, day: str) -> tuple[str, ...]:
    """What staff read before they confirm the date; ``pc`` is what this PC's clock says, ``day`` the session's day."""
    return (
        f"The session here is for {day}.",
        f"This PC's clock says {pc}.",
        f"Confirm only if today is {day}.",
        "On another day, this PC needs its desk or a stick from it.",
    )


def held_since(clock: str) -> str:
    """Since when a check is held; ``clock`` is such as ``10:42``, or ``7 June 10:42`` on a later day."""
    return f"since {clock}"


def only_there(kiosk: str, *, only_stop: bool) -> str:
    """Beside the heading of the held checks: what can be done with the chosen one, which is another kiosk's."""
    return f"{'Stop it' if only_stop else 'Carry on'} at {kiosk}, or give a restart."


def may_be_taken_back(grant: Grant, name: str) -> tuple[str, ...]:
    """What staff read before they take back a restart or a reason."""
    what = "an unused restart" if grant is Grant.RESTART else "a reason for not taking the check"
    return (f"{name} has {what}.",)


def given(grant: Grant, name: str, *, pin_cancelled: bool = False) -> tuple[str, ...]:
    """A restart or a reason was given; ``pin_cancelled``: the pupil's unused PIN was cancelled with it."""
    if grant is Grant.RESTART:
        return f"{name} may take the check again.", "To make a new PIN, start a session."
    sentences = (f"{name} has a reason for not taking the check.",)
    return (*sentences, "The unused PIN is cancelled.") if pin_cancelled else sentences


def taken_back(grant: Grant, name: str) -> tuple[str, ...]:
    """A restart or a reason was taken back."""
    if grant is Grant.RESTART:
        return (f"{name} no longer has a restart.",)
    return f"{name} no longer has a reason.", "To make a new PIN, start a session."


def check_of(name: str, button: Button) -> tuple[str, ...]:
    """A held check was set aside or stopped."""
    became = {Button.SET_ASIDE: "is set aside", Button.STOP: "has ended"}[button]
    return (f"The check of {name} {became}.",)


def page_of(page: int, pages: int) -> str:
    """Which page of a list this is."""
    return f"Page {page} of {pages}"
