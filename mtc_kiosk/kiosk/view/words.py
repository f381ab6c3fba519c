"""Every sentence a pupil sees, and the label of every button: short, warm, plain.

The numbers come from the view; the screen breaks the lines. The sentences of the staff pages are in ``staff_words``.
"""

from mtc_kiosk.check.arrangements import Code
from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.kiosk.view.controls import Button, Feeling
from mtc_kiosk.school.words import COLOUR_WORDS, SIZE_WORDS, counted

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
    Button.DATE: "Confirm the date",
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
DATE_IN_DOUBT = "Staff: this PC's date may be wrong. Check it in the staff menu."
NO_LONGER_A_KIOSK = "Staff: this PC is no longer a kiosk of its desk."
DESK_AWAY = "Staff: the desk cannot be reached. Check it and the network."
DESK_AT_ODDS = "Staff: this PC cannot work with its desk. See the kiosk's log."
PUPILS_BY_STICK = "Staff: bring today's pupils here on a stick."
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
READY = "Ready to carry on?"
READY_SENTENCES = ("Press Carry on when you are ready.",)
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


def opens_at(clock: str) -> tuple[str, ...]:
    """It is too early to sign in; ``clock`` is a time of day such as ``09:30``."""
    return (f"You can sign in from {clock}.",)


def too_early(clock: str) -> tuple[str, ...]:
    """The same, below the boxes of the sign-in page."""
    return (*opens_at(clock), "Wait for your teacher.")


def wait_seconds(count: int) -> tuple[str, ...]:
    """The password or PIN was wrong several times."""
    return "Several tries were wrong.", f"Wait {counted(count, 'second')}, then try again."


def for_staff(sentence: str) -> str:
    """A line for staff on a page that pupils see."""
    return f"Staff: {sentence[:1].lower()}{sentence[1:]}"


def checks_wait(count: int) -> str:
    """A line for staff on the welcome page of a kiosk whose desk cannot be reached."""
    return for_staff(f"{counted(count, 'check')} {'waits' if count == 1 else 'wait'} here for the desk.")


def born_on(date_of_birth: str) -> str:
    """The date of birth on the confirm page."""
    return f"Born on {date_of_birth}"


def school_and_group(school: str, group: str) -> str:
    """The last line of the confirm page; a pupil may be in no group."""
    return f"{school}, {group}" if group else school


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
    return "second left" if seconds == 1 else "seconds left"


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


def ask_teacher(elsewhere: bool, kiosk: str) -> tuple[str, ...]:
    """The details are right but open no check: only the teacher can help."""
    where = (f"Your check is open on another PC ({kiosk}).",) if elsewhere else ("This PIN no longer works.",)
    return (*where, "Ask your teacher.")
