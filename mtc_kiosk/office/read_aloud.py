"""What to read to the class before the check, in words that fit the school's settings.

The script has passages to read aloud, and between them what only the adult needs. The order of things is that of the
national service's administration guidance; the words are our own.
"""

from dataclasses import dataclass
from decimal import Decimal

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.settings import InterruptedQuestion
from mtc_kiosk.config.check_shape import CheckShape
from mtc_kiosk.office.open import OpenHome
from mtc_kiosk.school.words import counted


@dataclass(frozen=True)
class Passage:
    """A part of the script; ``aloud``: it is read to the class, else it is for the adult."""

    heading: str
    sentences: tuple[str, ...]
    aloud: bool = False


@dataclass(frozen=True)
class Script:
    """The whole script, in order."""

    kind: Kind
    passages: tuple[Passage, ...]

    @property
    def beginning(self) -> str:
        """How the words to read begin, for a page with little room."""
        return " ".join(next(one for one in self.passages if one.aloud).sentences[:4])


def script(home: OpenHome, kind: Kind) -> Script:
    """The script for the check, or for trying it out, at this school."""
    check = home.configuration.check
    return Script(
        kind,
        (
            Passage("Before the pupils come in", _BEFORE),
            Passage("What we do today", (*_today(kind), *_what_comes(check)), aloud=True),
            Passage("How to answer", _how(check), aloud=True),
            Passage("When the questions have begun", _once_begun(check), aloud=True),
            Passage("Signing in", _SIGN_IN, aloud=True),
            Passage("While they work", _WHILE),
        ),
    )


def seconds_in_words(seconds: Decimal) -> str:
    """``6 seconds``, ``7.5 seconds``, ``1 second``."""
    plain = seconds.normalize()
    return "1 second" if plain == 1 else f"{plain:f} seconds"


_BEFORE = (
    "Cover the times tables on the walls.",
    "Every PC is on and shows the page to sign in.",
    "Headphones lie ready for those who hear the questions.",
    "Give out the slips, and keep spare ones in the office.",
)

_SIGN_IN = (
    "Type the school password and the PIN from your slip.",
    "Is the name on the screen yours? Then press “Yes, that is me”.",
    "If it is not, press “This is not me” and put up your hand.",
)

_WHILE = (
    "Help with the computer, and never with an answer.",
    "If a pupil asks how to work one out, say: we talk about it afterwards.",
    "If something happens at one PC, press “Hold” for that pupil in the room.",
    "If the fire bell rings, press “Hold all”. Every check stops after the question in hand, and no answer is lost.",
    "Whoever has finished stays quiet until all have.",
)


def _today(kind: Kind) -> tuple[str, ...]:
    if kind is Kind.TRY:
        return ("Today you try out the times tables check.", "It does not count. It shows you what the check is like.")
    return ("Today you take the times tables check.",)


def _what_comes(check: CheckShape) -> tuple[str, ...]:
    questions = f"There are {counted(check.form.questions, 'question')}."
    if not check.practice:
        return (questions,)
    practice = counted(len(check.practice), "question")
    return (questions, f"Before them come {practice} to practise. They do not count.")


def _how(check: CheckShape) -> tuple[str, ...]:
    return (
        f"You have {seconds_in_words(check.timings.question_seconds)} for each question.",
        "Type the number on the keyboard, or press the numbers on the screen.",
        "If you typed a wrong number, take it away and type again, while there is time.",
        "Press Enter when you have your answer, and the next one comes sooner.",
        "If you do not press Enter, what you typed is taken when the time is up.",
        "If you do not know one, wait. The next one comes by itself.",
    )


def _once_begun(check: CheckShape) -> tuple[str, ...]:
    rest = f"Before each question there is a rest of {seconds_in_words(check.timings.pause_seconds)}."
    spoilt = (
        "If something goes wrong with your computer, put up your hand. You get another question for a spoilt one."
        if check.faults.interrupted_question is InterruptedQuestion.SPARE
        else "If something goes wrong with your computer, put up your hand."
    )
    return (
        rest,
        "Once the questions have begun, you cannot stop them and you cannot go back.",
        "Work by yourself, and do not talk.",
        spoilt,
        "Is there anything you want to ask?",
    )
