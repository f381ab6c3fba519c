"""What the audio version reads out when a page appears, and for the control that has the focus.

A pure function of the scene, in the sentences of ``words``. Personal data on a page (name, date of birth, school,
group, the assistant's name) is never spoken. The narrator speaks questions and the pauses before them, from the running
check. Pages before the sign-in, where arrangements are not known, and staff pages are silent. A page that asks a
signed-in pupil to wait is read out, without the part for staff.
"""

from typing import assert_never

from mtc_kiosk.check.arrangements import Colours, Size
from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.script import Page
from mtc_kiosk.check.view import EndedView, HeldView, PageView, PauseView
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button, Control, Feeling, Field
from mtc_kiosk.kiosk.view.scene import (
    AgainView,
    Arranging,
    AssistantView,
    ColoursView,
    ConfirmView,
    FinishedView,
    HowWasItView,
    KeyboardView,
    NoticeView,
    Scene,
    SettingsView,
    SizeView,
    WaitView,
)

_FIELDS = {Field.FORENAME: words.ASSISTANT_FORENAME, Field.SURNAME: words.ASSISTANT_SURNAME}
_STARTS = (Page.PRACTICE_INTRO, Page.QUESTIONS_INTRO)
_WAITS = (*words.PC_NEEDS_HELP, *words.ONE_MOMENT)
_Arranging = ColoursView | SizeView | SettingsView | AssistantView | KeyboardView
_Spoken = (
    PageView
    | PauseView
    | HeldView
    | EndedView
    | ConfirmView
    | FinishedView
    | HowWasItView
    | AgainView
    | NoticeView
    | _Arranging
)
"""The pages of a pupil who has signed in and whose arrangements are known."""


def spoken(scene: Scene) -> tuple[str, ...]:
    """The sentences to read out, in order: heading, sentences, choices, buttons. Empty for a silent page."""
    shown = scene.shown
    match shown:
        case PauseView():
            return (words.minutes_left(shown.minutes_left),) if shown.minutes_left is not None else ()
        case PageView():
            sentences = _page(scene, shown)
        case HeldView():
            return _held(scene, shown)
        case ConfirmView():
            sentences = (words.IS_THIS_YOU, *_labels(Button.THATS_ME, Button.NOT_ME), *words.CONFIRM_KEYS)
        case EndedView() | FinishedView():
            sentences = _ended(shown)
        case HowWasItView():
            send = (Button.SEND,) if shown.chosen is not None else ()
            sentences = (words.HOW_WAS_IT, *words.FEELINGS.values(), *_labels(*send, Button.SKIP))
        case AgainView():
            sentences = _again(shown)
        case WaitView() | NoticeView(heading=words.WAIT | words.READY):
            return _wait(shown)
        case ColoursView() | SizeView() | SettingsView() | AssistantView() | KeyboardView():
            sentences = _arranging(shown)
        case _:
            return ()
    return *sentences, *_labels(*scene.changes, *((Button.NOT_ME,) if scene.not_mine else ()))


def label_of(control: Control, scene: Scene) -> str | None:
    """The text for the control that gets the focus; None for a silent one."""
    if not isinstance(scene.shown, _Spoken):
        return None
    match control:
        case Button.NEXT if _starts(scene):
            return words.START
        case Button():
            return words.BUTTONS[control]
        case Feeling():
            return words.FEELINGS[control]
        case Colours():
            return words.COLOURS[control]
        case Size():
            return words.SIZES[control]
        case Field():
            return _FIELDS.get(control)
        case _:
            return None


def _starts(scene: Scene) -> bool:
    """Whether the page's strong button is "Start"."""
    return isinstance(scene.shown, PageView) and scene.shown.page in _STARTS


def _labels(*buttons: Button) -> tuple[str, ...]:
    return tuple(words.BUTTONS[button] for button in buttons)


def _page(scene: Scene, view: PageView) -> tuple[str, ...]:
    match view.page:
        case Page.EXPECT:
            return *_expect(scene, view), *_labels(Button.NEXT)
        case Page.PRACTICE_INTRO:
            return words.PRACTICE_INTRO, *words.practice_intro(view.practice_questions), words.START
        case Page.PRACTICE_COMPLETE:
            trying = scene.label is Kind.TRY
            sentences = words.practice_complete(trying=trying, practised=view.practised)
            return words.PRACTICE_COMPLETE, *sentences, *_labels(Button.NEXT)
        case Page.QUESTIONS_INTRO:
            return words.QUESTIONS_INTRO, *words.questions_intro(view.questions, view.seconds), words.START
        case Page.SETTINGS | Page.ASSISTANT | Page.KEYBOARD:  # they have their own views
            return ()
        case _:
            assert_never(view.page)


def _expect(scene: Scene, view: PageView) -> tuple[str, ...]:
    """The tag, which is on every page but only read on this one; then the cards, each number with its words."""
    tag = (words.TRY_TAG,) if scene.label is Kind.TRY else ()
    if scene.not_the_check:
        tag = (words.NOT_THE_CHECK_TAG,)
    cards = [f"{view.questions} {words.questions(view.questions)}"]
    if view.practice_questions:
        cards.insert(0, f"{view.practice_questions} {words.practice_questions(view.practice_questions)}")
    if view.seconds:
        cards.append(f"{view.seconds} {words.seconds(view.seconds)}")
    return *tag, words.EXPECT, *cards, *(words.EXPECT_SENTENCES if view.seconds else words.EXPECT_NO_LIMIT)


def _held(scene: Scene, view: HeldView) -> tuple[str, ...]:
    """The page of a held check, without the quiet line for staff."""
    if not scene.held_open:
        return words.HELD, *words.HELD_SENTENCES
    if view.only_stop:
        return words.HELD, *words.HELD_STOP_SENTENCES, *_labels(Button.STOP)
    if scene.remedy:
        return words.HELD, words.HELD_OPEN_SENTENCES[0], *_labels(Button.STOP)
    return words.HELD, *words.HELD_OPEN_SENTENCES, *_labels(Button.RESUME, Button.STOP)


def _ended(view: EndedView | FinishedView) -> tuple[str, ...]:
    if isinstance(view, FinishedView) or view.outcome is Outcome.COMPLETE:
        return words.FINISHED, *words.FINISHED_SENTENCES, *_labels(Button.NEXT)
    return words.ENDED[view.outcome], *words.ENDED_SENTENCES, *_labels(Button.NEXT)


def _wait(view: WaitView | NoticeView) -> tuple[str, ...]:
    """The notice that a pupil sees during a check; before the sign-in the page is silent."""
    if isinstance(view, NoticeView):
        return view.heading, *view.sentences, *_labels(view.button)
    sentences = tuple(sentence for sentence in view.sentences if sentence in _WAITS)
    return (words.WAIT, *sentences) if sentences else ()


def _again(view: AgainView) -> tuple[str, ...]:
    if not view.can_go_again:
        return words.AGAIN, *words.LEAVE_SENTENCES, *_labels(Button.LEAVE)
    return words.AGAIN, *words.AGAIN_SENTENCES, *_labels(Button.AGAIN, Button.LEAVE)


def _arranging(shown: Arranging) -> tuple[str, ...]:
    match shown:
        case ColoursView():
            choices = words.COLOURS.values()
            return words.CHOOSE_COLOURS, *words.CHOOSE_COLOURS_SENTENCES, *choices, *_labels(Button.NEXT)
        case SizeView():
            return words.CHOOSE_SIZE, *words.CHOOSE_SIZE_SENTENCES, *words.SIZES.values(), *_labels(Button.NEXT)
        case SettingsView():
            has = (name for code, name in words.ARRANGEMENTS.items() if code in shown.codes)
            may = ((Button.COLOURS, shown.can_change_colours), (Button.SIZE, shown.can_change_size))
            buttons = _labels(Button.NEXT, *(button for button, can in may if can))
            return words.SETTINGS, *words.SETTINGS_SENTENCES, *has, *buttons
        case AssistantView():
            go_on = _labels(Button.NEXT) if shown.can_go_on else ()
            sentences = (*words.ASSISTANT_SENTENCES, *shown.message)
            return words.ASSISTANT, *sentences, *_FIELDS.values(), *go_on
        case KeyboardView():
            if shown.key_pressed:  # the same page: read only what has changed
                return *words.KEYBOARD_FOUND, *_labels(Button.NEXT)
            return words.KEYBOARD, *words.KEYBOARD_SENTENCES
        case _:
            assert_never(shown)
