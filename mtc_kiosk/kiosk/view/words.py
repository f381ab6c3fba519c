"""Every sentence a pupil sees, and those of the kiosk's staff pages: short, warm, plain.

The numbers come from the view; the screen breaks the lines. The module is long because all words are here.
"""

from mtc_kiosk.check.arrangements import Code
from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.kiosk.view.controls import Button, Feeling
from mtc_kiosk.kiosk.view.scene import Grant
from mtc_kiosk.school.words import COLOUR_WORDS, SIZE_WORDS

TRY_TAG = "Try it out"
TO_LEAVE = "To leave, hold Esc for 2 seconds."
NOT_THE_CHECK_TAG = "Try it out: not the check"
DOES_NOT_COUNT = "This one does not count"
GET_READY = "Get ready"
WHEN_READY = "Press Next when you are ready."
SAVING = "Saving your answer"
LISTEN = "Listen"
ENTER = "Enter"
TIMES = "×"
EQUALS = "="
CUT = "…"

BUTTONS = {
    Button.NEXT: "Next",
    Button.SEND: "Send",
    Button.SKIP: "Skip",
    Button.AGAIN: "Have another go",
    Button.LEAVE: "Finish",
    Button.TRY_IT_OUT: "Try it out",
    Button.RESUME: "Carry on",
    Button.SET_ASIDE: "Set aside",
    Button.STOP: "Stop",
    Button.BACK: "Back",
    Button.SIGN_IN: "Sign in",
    Button.THATS_ME: "Yes, that is me",
    Button.NOT_ME: "This is not me",
    Button.PINS: "PINs",
    Button.HELD: "Held checks",
    Button.RESTART: "Restart",
    Button.REASON: "Reason",
    Button.HOLD: "Hold this check",
    Button.EXIT: "Exit",
    Button.GIVE: "Give",
    Button.TAKE_BACK: "Take back",
    Button.COLOURS: "Change colours",
    Button.SIZE: "Change size",
    Button.PREVIOUS: "Previous page",
    Button.FOLLOWING: "Next page",
}
START = "Start"

WELCOME = "Times tables check"
WELCOME_SENTENCES = ("Wait for your teacher to start the check.", "Or try it out now, to see how it works.")

WAIT = "Wait for your teacher"
NO_SESSION = ("The check has not been started yet.",)
OVER = ("The check is over for today.",)
PC_NEEDS_HELP = ("This PC needs help before you can carry on.",)
SEE_THE_LOG = "The kiosk's log says what went wrong."

CANNOT_BEGIN = ("The check cannot start now.", "You have done nothing wrong.")

HELLO = "Hello!"
SCHOOL_PASSWORD = "School password"  # noqa: S105 - the name of a box
YOUR_PIN = "Your PIN"
NEXT_BOX = "Next"
SPACE = "Space"
SAMPLE = "7 × 8 = 56"
ONE_MOMENT = ("One moment.",)
WRONG_PAIR = ("That password and PIN do not go together.", "Look at your slip and try again.")
ARRANGEMENTS_MISTAKE = "Staff: the arrangements file has a mistake."
SECOND_SCREEN = "Staff: disconnect the second screen first."
SECOND_SCREEN_FOUND = ("Wait for your teacher.", SECOND_SCREEN)
SETTINGS_STRAY = "Staff: a settings file is not used because of its name."
ARRANGEMENTS_UNKNOWN = "Staff: the arrangements file names an unknown pupil."
SESSION_OVER = ("The check is over for today.", "Tell your teacher.")
SESSION_GONE = ("The check has not been started yet.", "Wait for your teacher.")

IS_THIS_YOU = "Is this you?"
CONFIRM_KEYS = ("On the keyboard, press Tab to choose, then Enter.",)

EXPECT = "What to expect"
EXPECT_SENTENCES = (
    "Type your answer, then press Enter.",
    "If the time runs out first, what you have typed is kept.",
)

EXPECT_NO_LIMIT = (
    "Type your answer, then press Enter.",
    "Take as long as you like. To skip a question, just press Enter.",
)

CHOOSE_COLOURS = "Choose your colours"
CHOOSE_COLOURS_SENTENCES = ("Choose the ones that are easiest to read.",)
COLOURS = {colours: said.capitalize() for colours, said in COLOUR_WORDS.items()}
CHOOSE_SIZE = "Choose your text size"
CHOOSE_SIZE_SENTENCES = ("Choose the one that is easiest to read.",)
SIZES = {size: said.capitalize() for size, said in SIZE_WORDS.items()}
SETTINGS = "Your settings"
SETTINGS_SENTENCES = ("These are set up for you.",)
ARRANGEMENTS = {
    Code.CCT: "Your own colours",
    Code.FTS: "Your own text size",
    Code.ITA: "A helper types for you",
    Code.NBQ: "You press Next before each question",
    Code.QNR: "The check is read out",
    Code.RON: "No number pad on the screen",
    Code.ATA: "A beep when 2 seconds are left",
}
"""A pupil's arrangements in plain words, in the order of the national service's page."""

ASSISTANT = "Who types for you?"
ASSISTANT_SENTENCES = ("Ask your helper to type their own name here.",)
ASSISTANT_FORENAME = "First name"
ASSISTANT_SURNAME = "Last name"
ASSISTANT_WRONG = ("Use only letters, spaces, hyphens and apostrophes.",)
KEYBOARD = "Find your keyboard"
KEYBOARD_SENTENCES = ("There is no number pad on the screen.", "Press any key on the keyboard.")
KEYBOARD_FOUND = ("That works.", "Press Next to carry on.")
STILL_NO_SOUND = "Still no sound. Plug in headphones, or set the check aside."
UNREADABLE = ("This check was damaged on the disk.", "Give the pupil a restart.")
NO_SOUND = "There is no sound"
NO_SOUND_SENTENCES = ("Your check needs sound, but this PC has none.", "Tell your teacher.")

PRACTICE_INTRO = "First, some practice"
PRACTICE_COMPLETE = "The practice is over"
PRACTICE_COMPLETE_SENTENCES = ("Now you know how it works.", "Next come the questions that count.")
PRACTICE_COMPLETE_TRY = ("Now you know how it works.",)
NOTHING_TYPED = "Not sure how to answer? Put your hand up."
QUESTIONS_INTRO = "Ready for the questions?"

HELD = "You have done nothing wrong"
HELD_SENTENCES = (
    "The check has stopped for a moment, and your answers are safe.",
    "Put your hand up, and wait for your teacher.",
)
HELD_OPEN_SENTENCES = ("The check has stopped for a moment.", "Your answers are safe.")
HELD_STOP_SENTENCES = ("You cannot carry on with this check.", "Your answers are safe.")
HELD_FOR_STAFF = "Staff: hold Ctrl, Shift and F12 for the menu."

FINISHED = "You have finished"
FINISHED_SENTENCES = ("Thank you. Every answer is saved.",)

ENDED = {
    Outcome.OUT_OF_TIME: "Time is up",
    Outcome.STOPPED: "The check has ended",
    Outcome.SUPERSEDED: "The check has ended",
}
ENDED_SENTENCES = ("You have done nothing wrong.", "Every answer you gave is saved.")

HOW_WAS_IT = "How was it?"
FEELINGS = {
    Feeling.VERY_EASY: "Very easy",
    Feeling.EASY: "Easy",
    Feeling.NEITHER: "In between",
    Feeling.DIFFICULT: "Hard",
    Feeling.VERY_DIFFICULT: "Very hard",
}

AGAIN = "That is the end"
AGAIN_SENTENCES = ("You can have another go, or finish here.",)
LEAVE_SENTENCES = ("You can leave the PC now.",)

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

CAUSES = {
    Cause.STALL: "The PC froze for a second or more.",
    Cause.SUSPEND: "The PC went to sleep.",
    Cause.FOCUS: "Another window took the keyboard.",
    Cause.DISPLAY: "The screen was unplugged or switched off.",
    Cause.KEYBOARD: "The keyboard was unplugged.",
    Cause.JOURNAL: "What was typed could not be saved.",
    Cause.SLOW_DISK: "The disk was too slow to save an answer.",
    Cause.SOUND: "The sound stopped working.",
    Cause.STAFF: "A teacher held the check.",
    Cause.PROGRAM: "The program had a fault.",
    Cause.ENDED: "The PC closed the program.",
    Cause.UNKNOWN: "The program or the PC stopped.",
}

ONLY_STOP = "No spare questions are left, so the check cannot carry on."


def why_held(cause: Cause, *, only_stop: bool) -> str:
    """Why a check is held, for staff."""
    return f"{CAUSES[cause]} {ONLY_STOP}" if only_stop else CAUSES[cause]


def opens_at(clock: str) -> tuple[str, ...]:
    """It is too early to sign in; ``clock`` is a time of day such as ``09:30``."""
    return (f"You can sign in from {clock}.",)


def too_early(clock: str) -> tuple[str, ...]:
    """The same, below the boxes of the sign-in page."""
    return (*opens_at(clock), "Wait for your teacher.")


def wait_seconds(count: int) -> tuple[str, ...]:
    """The password or PIN was wrong several times."""
    return "Several tries were wrong.", f"Wait {count} {_seconds(count)}, then try again."


def for_staff(sentence: str) -> str:
    """A line for staff on a page that pupils see."""
    return f"Staff: {sentence[:1].lower()}{sentence[1:]}"


def too_many_tries(seconds: int) -> str:
    """The passcode was wrong several times; how long to wait."""
    return f"Too many wrong tries. Wait {seconds} {_seconds(seconds)}."


def born_on(date_of_birth: str) -> str:
    """The date of birth on the confirm page."""
    return f"Born on {date_of_birth}"


def school_and_group(school: str, group: str) -> str:
    """The last line of the confirm page; a pupil may be in no group."""
    return f"{school}, {group}" if group else school


def held_checks(count: int | None) -> str:
    """The text beside "Held checks" in the staff menu; ``count`` is None if it cannot be read."""
    if count is None:
        return HELD_UNREAD
    return STAFF_MENU[Button.HELD] if count else NO_HELD_CHECKS


def held_since(clock: str) -> str:
    """Since when a check is held; ``clock`` is such as ``10:42``, or ``7 June 10:42`` on a later day."""
    return f"since {clock}"


def only_there(kiosk: str) -> str:
    """Beside the heading of the held checks: why the chosen one cannot go on here."""
    return f"Carry on at {kiosk}, or give a restart."


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


def question_of(number: int, total: int) -> tuple[str, str, str]:
    """Progress in three pieces, the middle one strong: "Question", "7", "of 25"."""
    return "Question", str(number), f"of {total}"


def minutes_left(minutes: int) -> str:
    """In a long pause with the next button: the time left of the whole check, rounded up."""
    return (
        "Less than 1 minute is left."
        if minutes < 1
        else f"{minutes} {'minute is' if minutes == 1 else 'minutes are'} left."
    )


def practice_of(number: int, total: int) -> str:
    """The badge of a practice question."""
    return f"Practice {number} of {total}"


def coming(number: int, practice: bool) -> str:
    """The question that comes after the pause."""
    return f"Practice question {number}" if practice else f"Question {number}"


def seconds_left(seconds: int) -> str:
    """The word after the number of seconds."""
    return f"{_seconds(seconds)} left"


def practice_questions(count: int) -> str:
    """The words below the number of practice questions."""
    return "practice question" if count == 1 else "practice questions"


def questions(count: int) -> str:
    """The words below the number of questions."""
    return "question" if count == 1 else "questions"


def seconds(written: str) -> str:
    """The words below the seconds of a question, ``6`` or ``6.5``."""
    return "second for each" if written == "1" else "seconds for each"


def practice_complete(*, trying: bool, practised: bool) -> tuple[str, ...]:
    """The page after the practice. A pupil who typed nothing in it may not know how to answer."""
    sentences = PRACTICE_COMPLETE_TRY if trying else PRACTICE_COMPLETE_SENTENCES
    return sentences if practised else (NOTHING_TYPED, *sentences[1:])


def practice_intro(count: int) -> tuple[str, ...]:
    """How many questions there are to practise."""
    counted = "It does not count." if count == 1 else "They do not count."
    return f"You have {count} {practice_questions(count)}.", counted


def questions_intro(count: int, written_seconds: str) -> tuple[str, ...]:
    """How many questions there are, and how long for each; ``written_seconds`` is empty without a limit."""
    there = "There is" if count == 1 else "There are"
    if not written_seconds:
        return f"{there} {count} {questions(count)}, with no time limit.", "Press Start when you are ready."
    return (
        f"{there} {count} {questions(count)}, with {written_seconds} {seconds(written_seconds)}.",
        "Press Start when you are ready.",
    )


def _seconds(count: int) -> str:
    return "second" if count == 1 else "seconds"


def ask_teacher(elsewhere: bool, kiosk: str) -> tuple[str, ...]:
    """The details are right but open no check: only the teacher can help."""
    where = (f"Your check is open on another PC ({kiosk}).",) if elsewhere else ("This PIN no longer works.",)
    return (*where, "Ask your teacher.")
