"""The stages of the kiosk outside the machine's script: waiting, in a check, or on one of the pages after it.

``NEXT_STAGE`` is the journey after the last answer, as a table; the machine's script is the journey before it.
"""

from enum import StrEnum

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.view import EndedView
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button, Feeling
from mtc_kiosk.kiosk.view.scene import AgainView, FinishedView, HowWasItView, NoticeView, Shown, WelcomeView


class Stage(StrEnum):
    """The stages of the journey that the kiosk, not the machine, moves through."""

    WELCOME = "welcome"
    CHECK = "check"
    FINISHED = "finished"
    TIME_UP = "time_up"  # the 30 minutes of the whole check are over
    HOW_WAS_IT = "how_was_it"
    AGAIN = "again_or_leave"
    NO_SOUND = "no_sound"  # a check that needs sound does not begin without
    NOT_NOW = "not_now"  # the session ended before the check itself began
    GONE = "gone"


AFTER_OUTCOME = {
    Outcome.COMPLETE: Stage.FINISHED,
    Outcome.OUT_OF_TIME: Stage.TIME_UP,
    Outcome.STOPPED: Stage.AGAIN,
    Outcome.SUPERSEDED: Stage.AGAIN,
}
NEXT_STAGE = {
    (Stage.WELCOME, Button.TRY_IT_OUT): Stage.CHECK,
    (Stage.FINISHED, Button.NEXT): Stage.HOW_WAS_IT,
    (Stage.TIME_UP, Button.NEXT): Stage.HOW_WAS_IT,
    (Stage.HOW_WAS_IT, Button.SEND): Stage.AGAIN,
    (Stage.HOW_WAS_IT, Button.SKIP): Stage.AGAIN,
    (Stage.AGAIN, Button.AGAIN): Stage.CHECK,
    (Stage.AGAIN, Button.LEAVE): Stage.GONE,
    (Stage.NO_SOUND, Button.BACK): Stage.GONE,
    (Stage.NOT_NOW, Button.BACK): Stage.GONE,
}
FIRST_FOCUS = {
    Stage.WELCOME: Button.TRY_IT_OUT,
    Stage.FINISHED: Button.NEXT,
    Stage.TIME_UP: Button.NEXT,
}
"""Pages on which Enter goes on at once. Elsewhere no control has the focus, so that a stray Enter chooses nothing."""


NO_SOUND = NoticeView(words.NO_SOUND, words.NO_SOUND_SENTENCES, Button.BACK)
READY = NoticeView(words.READY, words.READY_SENTENCES, Button.RESUME)
NOT_NOW = NoticeView(words.WAIT, words.CANNOT_BEGIN, Button.BACK)


def shown(stage: Stage, chosen: Feeling | None) -> Shown:
    """What the page of a stage shows."""
    match stage:
        case Stage.WELCOME:
            return WelcomeView()
        case Stage.FINISHED:
            return FinishedView()
        case Stage.TIME_UP:
            return EndedView(Outcome.OUT_OF_TIME)
        case Stage.HOW_WAS_IT:
            return HowWasItView(chosen)
        case Stage.NO_SOUND:
            return NO_SOUND
        case Stage.NOT_NOW:
            return NOT_NOW
        case _:
            return AgainView(can_go_again=False)
