"""What is read out: everything that a pupil's page says, nothing that names the pupil, and all of it recorded."""

import re
from typing import get_args

import pytest

from mtc_kiosk.check.arrangements import Code, Rate
from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.script import Page
from mtc_kiosk.check.view import EndedView, HeldView, PageView, PauseView, QuestionView
from mtc_kiosk.kiosk.audio.recordings import path_of, sentence, sentence_names
from mtc_kiosk.kiosk.drawing.fonts import Fonts
from mtc_kiosk.kiosk.drawing.marks import Box, Text, controls
from mtc_kiosk.kiosk.drawing.page_layout import Layout
from mtc_kiosk.kiosk.drawing.theme import EXERCISE_BOOK
from mtc_kiosk.kiosk.flow.begin_gate import WAITS
from mtc_kiosk.kiosk.flow.stage import NOT_NOW
from mtc_kiosk.kiosk.screens import draw
from mtc_kiosk.kiosk.view import scene as pages
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button, Feeling, Field, ScreenKey
from mtc_kiosk.kiosk.view.page_text import label_of, spoken
from mtc_kiosk.kiosk.view.scene import Scene
from tests.sound.known import every_scene
from tools.gallery.contact_sheet import scenes
from tools.recordings.needed import NATIONAL
from tools.recordings.needed import controls as every_control
from tools.recordings.needed import pages as every_page

LAYOUT = Layout(1366, 768, Fonts())
NAMES = ("Zofia", "Łukaszewska", "5 March 2016", "Made-up Primary School", "4A")
READ_OUT = {
    *(PageView, HeldView, EndedView, pages.ConfirmView, pages.FinishedView, pages.HowWasItView, pages.AgainView),
    *(pages.ColoursView, pages.SizeView, pages.SettingsView, pages.AssistantView, pages.KeyboardView),
}
SAID_BY_THE_CHECK = {PauseView, QuestionView}
WAITING = {pages.WaitView, pages.NoticeView}
SILENT = {pages.WelcomeView, pages.SignInView, *get_args(pages.StaffShown)}
NOT_FOR_EARS = (words.HELD_FOR_STAFF, words.TO_LEAVE, words.TRY_TAG, words.NOT_THE_CHECK_TAG)
"""Lines for grown-ups, and the tag of every page, which is spoken on the first one only."""


def kind(scene: Scene) -> object:
    """Which page it is, whatever its state."""
    return type(scene.shown), getattr(scene.shown, "page", None)


def said(scene: Scene) -> set[str]:
    """Everything spoken on a page, at once or when the focus moves; each of its controls has a label."""
    labels = {control: label_of(control, scene) for control in controls(draw(scene, EXERCISE_BOOK, LAYOUT))}
    assert all(label is not None and sentence_names(label) for label in labels.values()), labels
    return {*spoken(scene), *(label for label in labels.values() if label is not None)}


def drawn(scene: Scene) -> list[str]:
    """Every line of words on the screen but those on the keys to type with."""
    marks = draw(scene, EXERCISE_BOOK, LAYOUT)
    keys = [mark.rect for mark in marks if isinstance(mark, Box) and isinstance(mark.control, ScreenKey)]
    return [
        mark.text
        for mark in marks
        if isinstance(mark, Text)
        and not any(key.holds(mark.rect) for key in keys)
        and re.search("[^\\W\\d]", mark.text)
    ]


def shown_names(scene: Scene) -> str:
    """What the page shows of a person."""
    match scene.shown:
        case pages.ConfirmView(forename, surname, born, school, group):
            lines = (f"{forename} {surname}", words.born_on(born), words.school_and_group(school, group))
            return " ".join(" ".join(lines).split())
        case pages.AssistantView(forename, surname):
            return f"{forename} {surname}"
        case _:
            return ""


def test_every_view_is_read_out_or_silent_by_choice() -> None:
    """A new kind of page cannot be forgotten: it is in one of the four lists."""
    assert set(get_args(pages.Shown)) == READ_OUT | SAID_BY_THE_CHECK | WAITING | SILENT


def test_a_page_says_everything_that_it_shows() -> None:
    """Each line on a page that is read out is part of a sentence that is said; names, numbers and the tag apart."""
    in_any_state: dict[object, set[str]] = {}
    for scene in every_page(NATIONAL):
        in_any_state.setdefault(kind(scene), set()).update(spoken(scene))
    looked_at = 0
    for name, scene in scenes().items():
        if type(scene.shown) not in READ_OUT or not spoken(scene):
            continue
        lines, sayings = drawn(scene), said(scene)
        looked_at += 1
        sentences = " | ".join((*sayings, *in_any_state[kind(scene)], *NOT_FOR_EARS, *scene.remedy, shown_names(scene)))
        for line in lines:
            assert line.rstrip(words.CUT) in sentences, f"{name}: {line!r} is shown and not said"
    assert looked_at > 15


def test_a_disabled_button_is_said_with_the_page_it_waits_on() -> None:
    """Send is named once an answer is chosen, Next once a key was found."""
    send, chosen = (Scene(pages.HowWasItView(feeling), Kind.TRY) for feeling in (None, Feeling.EASY))
    assert words.BUTTONS[Button.SEND] not in spoken(send)
    assert words.BUTTONS[Button.SEND] in spoken(chosen)
    assert spoken(Scene(pages.KeyboardView(key_pressed=True), Kind.TRY))[-1] == words.BUTTONS[Button.NEXT]


@pytest.mark.parametrize("rate", Rate)
def test_everything_that_can_be_said_is_recorded(rate: Rate) -> None:
    """Every sentence of every page, with every number that a school may set, at every rate."""
    sentences: set[str] = set()
    for scene in every_scene():
        sentences.update(spoken(scene))
        sentences.update(label for control in every_control() if (label := label_of(control, scene)) is not None)
    recorded = [path_of(rate, name) for text in sentences for name in sentence_names(text)]
    assert len(sentences) > 300
    assert all(path.is_file() for path in recorded)


def test_the_national_sentences_are_recorded_whole() -> None:
    """Put together from pieces only where a school changed the numbers."""
    for scene in every_page(NATIONAL):
        for text in spoken(scene):
            assert sentence_names(text) == (sentence(text),)


def test_no_page_speaks_a_name() -> None:
    """Name, date, school and group are shown and never spoken; the page asks, and names its two buttons."""
    scene = Scene(pages.ConfirmView(*NAMES), Kind.OFFICIAL)
    assert spoken(scene) == (words.IS_THIS_YOU, "Yes, that is me", "This is not me", *words.CONFIRM_KEYS)
    assistant = Scene(pages.AssistantView("Mary", "Okafor", Field.SURNAME), Kind.OFFICIAL)
    assert not [text for text in spoken(assistant) if "Mary" in text or "Okafor" in text]


def test_the_numbers_of_the_first_page_are_said_with_their_words() -> None:
    """A card shows a number above its words; it is read as one."""
    official = Scene(PageView(Page.EXPECT, 3, 25, "6"), Kind.OFFICIAL)
    assert spoken(official)[:4] == (words.EXPECT, "3 practice questions", "25 questions", "6 seconds for each")
    without = Scene(PageView(Page.EXPECT, 0, 25, ""), Kind.TRY, not_the_check=True)
    assert spoken(without)[:3] == (words.NOT_THE_CHECK_TAG, words.EXPECT, "25 questions")
    assert words.EXPECT_NO_LIMIT[1] in spoken(without)


def test_settings_are_read_in_their_order() -> None:
    """What the pupil has, in the order of the page, then the buttons to change it."""
    scene = Scene(pages.SettingsView((Code.QNR, Code.CCT), True, False), Kind.OFFICIAL)
    assert spoken(scene)[2:] == (words.ARRANGEMENTS[Code.CCT], words.ARRANGEMENTS[Code.QNR], "Next", "Change colours")


def test_a_pause_and_a_question_are_left_to_the_check() -> None:
    """In a long pause only the time left is spoken."""
    assert spoken(Scene(PauseView(7, 25, practice=False), Kind.OFFICIAL)) == ()
    long = Scene(PauseView(7, 25, practice=False, next_button=True, minutes_left=24), Kind.OFFICIAL)
    assert spoken(long) == ("24 minutes are left.",)
    assert spoken(scenes()["question"]) == ()


def test_a_pupil_who_must_wait_in_the_middle_of_a_check_hears_so() -> None:
    """Each page that comes between a signed-in pupil and the check is read out, and what it tells staff is not."""
    fault = pages.WaitView((*words.PC_NEEDS_HELP, words.for_staff(words.SEE_THE_LOG)), can_try=False, has_menu=True)
    assert spoken(Scene(fault, Kind.OFFICIAL)) == (words.WAIT, *words.PC_NEEDS_HELP)
    assert spoken(Scene(WAITS, Kind.OFFICIAL)) == (words.WAIT, *words.ONE_MOMENT)
    assert spoken(Scene(NOT_NOW, Kind.OFFICIAL)) == (words.WAIT, *words.CANNOT_BEGIN, words.BUTTONS[Button.BACK])
    assert label_of(Button.BACK, Scene(NOT_NOW, Kind.OFFICIAL)) == words.BUTTONS[Button.BACK]


@pytest.mark.parametrize("name", ["welcome", "wait", "sign_in", "menu", "pins", "ask", "staff_open"])
def test_pages_before_the_sign_in_and_of_staff_are_silent(name: str) -> None:
    """There are no arrangements yet, or no pupil to read to."""
    scene = scenes()[name]
    assert spoken(scene) == ()
    assert label_of(Button.BACK, scene) is None


def test_the_focus_names_what_it_is_on() -> None:
    """A button, a feeling, a box; Start where the button says Start."""
    start = Scene(PageView(Page.QUESTIONS_INTRO, 3, 25, "6"), Kind.OFFICIAL)
    assert label_of(Button.NEXT, start) == words.START
    finished = Scene(pages.FinishedView(), Kind.OFFICIAL)
    assert label_of(Button.NEXT, finished) == "Next"
    how = Scene(pages.HowWasItView(None), Kind.OFFICIAL)
    assert label_of(Feeling.VERY_DIFFICULT, how) == "Very hard"
    assistant = Scene(pages.AssistantView("", "", Field.FORENAME), Kind.OFFICIAL)
    assert label_of(Field.SURNAME, assistant) == "Last name"
    assert label_of(ScreenKey("a"), assistant) is None


def test_a_held_page_offers_its_buttons_only_where_it_has_them() -> None:
    """With a passcode the page has no button, and the line for staff is not read out."""
    held = HeldView(Cause.STAFF, only_stop=False)
    assert spoken(Scene(held, Kind.OFFICIAL)) == (words.HELD, *words.HELD_SENTENCES)
    assert spoken(Scene(held, Kind.TRY, held_open=True))[-2:] == ("Carry on", "Stop")
