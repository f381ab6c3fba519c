"""What happened to a pupil, and how things are with their check, in a teacher's words. No score is known here."""

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.pupil import Pupil
from mtc_kiosk.school.rules import Rules
from mtc_kiosk.school.status import PupilStatus, Status
from mtc_kiosk.school.words import CAUSE_WORDS
from mtc_kiosk.store.school.pupil_events import Happened, PupilEvent

_HEADINGS = {
    Status.REASON: "{name} does not take the check",
    Status.CONFLICT: "{name} took two checks, and one can count",
    Status.ERROR: "{name} took a check that cannot be trusted",
    Status.COMPLETE: "{name} has taken the check",
    Status.OUT_OF_TIME: "{name} had no time left to finish the check",
    Status.STOPPED: "{name} began the check, and it was stopped",
    Status.PROCESSING: "{name} has taken the check",
    Status.HELD: "{name} is waiting: the check is held on {kiosk}",
    Status.OVERDUE: "{name} began the check, and it has not come in",
    Status.RUNNING: "{name} is taking the check on {kiosk}",
    Status.OVERDUE_SIGNED_IN: "{name} signed in and has not begun",
    Status.PRACTISING: "{name} is practising on {kiosk}",
    Status.SIGNED_IN: "{name} is signed in on {kiosk}",
    Status.PIN: "{name} has a PIN and has not begun",
    Status.RESTART: "{name} may take the check again",
    Status.NOT_STARTED: "{name} has not taken the check yet",
}

_NEXT = {
    Status.CONFLICT: "Neither has a score until a head has chosen.",
    Status.ERROR: "Its record was changed or damaged, so it does not count. Give a restart if there is time.",
    Status.OUT_OF_TIME: "Give a restart if the pupil may try again.",
    Status.STOPPED: "Give a restart if the pupil may try again.",
    Status.PROCESSING: "The check is finished. Its record has not come in from the other PC yet.",
    Status.HELD: "Go to the PC, or to the room, and carry on, set it aside or stop it.",
    Status.OVERDUE: "Look at the PC where it was taken. If it is lost, give a restart.",
    Status.OVERDUE_SIGNED_IN: "Look at the PC where the pupil signed in.",
    Status.PIN: "The pupil can sign in with it while its session is open.",
    Status.RESTART: "Start a session to give a new PIN.",
    Status.NOT_STARTED: "Start a session to give a PIN.",
}

_COLUMNS = {
    "surname": "last name",
    "forename": "first name",
    "date_of_birth": "date of birth",
    "sex": "sex",
    "upn": "UPN",
    "ref": "pupil ref",
    "middle_names": "middle names",
    "alias_forename": "first name also known as",
    "alias_surname": "last name also known as",
    "group_name": "group",
}

_SENTENCES = {
    Happened.ADDED: "Put on the register.",
    Happened.EDITED: "Details were changed: {columns}.",
    Happened.LEFT: "Marked as having left.",
    Happened.RETURNED: "Back on the register.",
    Happened.REASON_GIVEN: "Does not take the check: {reason}.",
    Happened.REASON_TAKEN_BACK: "The reason was taken back: {reason}.",
    Happened.RESTART_GIVEN: "May take the check again: {restart}.",
    Happened.RESTART_TAKEN_BACK: "The restart was taken back.",
    Happened.ASSISTANT_ADDED: "Somebody was named who typed for the pupil.",
    Happened.ASSISTANT_TAKEN_BACK: "The name of who typed was taken back.",
    Happened.PIN_MADE: "Got a PIN for {check}, in session {number}.",
    Happened.PIN_CANCELLED: "The unused PIN was cancelled.",
    Happened.CHOICE_MADE: "A head chose which of two checks counts.",
    Happened.CHOICE_TAKEN_BACK: "The choice between two checks was taken back.",
    Happened.ARRANGEMENTS: "The access arrangements were changed.",
    Happened.SIGNED_IN: "Signed in on {kiosk} for {check}.",
    Happened.BEGAN: "Began {check} on {kiosk}.",
    Happened.HELD: "Held on {kiosk}. {cause}",
    Happened.SPOILT: "Question {number} was spoilt, and its answer does not count. {cause}",
    Happened.CARRIED_ON: "The check carried on.",
    Happened.SET_ASIDE: "The check was set aside for later.",
    Happened.STOPPED: "The check was stopped.",
    Happened.NOT_THEIRS: "The pupil at the PC pressed “This is not me”. It does not count.",
    Happened.ENDED: "On {kiosk}, {check} {ends}.",
    Happened.CAME_IN: "A check came in from {kiosk}. It {ends}.",
}

_ENDS = {
    Outcome.COMPLETE: "was finished",
    Outcome.OUT_OF_TIME: "ended because the time for the whole check was over",
    Outcome.STOPPED: "ended before its last question",
    Outcome.SUPERSEDED: "ended for a restart",
}


def heading(pupil: Pupil, status: PupilStatus) -> str:
    """How things are for the pupil now."""
    if pupil.has_left:
        return f"{pupil.called_in_full} has left the school"
    return _HEADINGS[status.status].format(name=pupil.called_in_full, kiosk=status.kiosk or "a PC")


def next_step(pupil: Pupil, status: PupilStatus) -> str:
    """What to do now, "" for nothing."""
    return "" if pupil.has_left else _NEXT.get(status.status, "")


def event_sentence(event: PupilEvent, rules: Rules) -> str:
    """What happened, as a sentence."""
    return _SENTENCES[event.happened].format(
        check="the check" if event.kind is Kind.OFFICIAL else "“try it out”",
        kiosk=event.kiosk,
        number=event.number,
        columns=", ".join(_COLUMNS.get(column, column) for column in event.what.split(", ")),
        reason=rules.reason(event.what).label,
        restart=next((one.label for one in rules.restart_codes if one.code == event.what), event.what),
        cause=_cause(event),
        ends=_ends(event),
    )


def _cause(event: PupilEvent) -> str:
    return next((words for cause, words in CAUSE_WORDS.items() if cause == event.what), "")


def _ends(event: PupilEvent) -> str:
    return next((words for outcome, words in _ENDS.items() if outcome == event.what), "ended")
