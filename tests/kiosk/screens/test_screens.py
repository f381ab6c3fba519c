"""What each screen says and holds, read from its marks: pictures as text first."""

from dataclasses import replace
from itertools import combinations

import pytest

from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.script import Page
from mtc_kiosk.check.view import EndedView, HeldView, PageView, PauseView, QuestionView
from mtc_kiosk.kiosk.drawing.fonts import Fonts, Style
from mtc_kiosk.kiosk.drawing.icons import Drawing
from mtc_kiosk.kiosk.drawing.marks import Bar, Box, Mark, Picture, Rect, Text, controls, hit
from mtc_kiosk.kiosk.drawing.page_layout import Layout
from mtc_kiosk.kiosk.drawing.theme import EXERCISE_BOOK, TextRole
from mtc_kiosk.kiosk.screens import draw
from mtc_kiosk.kiosk.staff.disk_remedy import remedy
from mtc_kiosk.kiosk.view import staff_words
from mtc_kiosk.kiosk.view.controls import Button, Control, Feeling, ScreenKey
from mtc_kiosk.kiosk.view.scene import AgainView, HowWasItView, NoticeView, Scene, Shown, StaffView, WelcomeView
from mtc_kiosk.store.db.sqlite_faults import Fault
from tests.kiosk.screens.sample import scenes_and_sizes
from tools.gallery.contact_sheet import PLAIN_PAGES, own_theme, scenes

FONTS = Fonts()
LAYOUT = Layout(1366, 768, FONTS)
QUESTION = QuestionView(7, 25, False, 1, 12, 8, True, "9", 4, 6)


def drawn(shown: Shown, label: Kind = Kind.OFFICIAL, **scene: object) -> tuple[Mark, ...]:
    """The marks of a scene on the usual display."""
    return draw(replace(Scene(shown, label), **scene), EXERCISE_BOOK, LAYOUT)  # type: ignore[arg-type] # fields by name


def said(marks: tuple[Mark, ...]) -> str:
    """Every word on the screen, in reading order."""
    return " ".join(mark.text for mark in marks if isinstance(mark, Text))


def box_of(marks: tuple[Mark, ...], control: Control) -> Box:
    """The one box with this control."""
    (box,) = [mark for mark in marks if isinstance(mark, Box) and mark.control == control]
    return box


@pytest.mark.parametrize(("name", "sizes"), scenes_and_sizes(scenes()))
def test_nothing_overflows_or_overlaps(name: str, sizes: tuple[tuple[int, int], ...]) -> None:
    """Every mark lies on the display, no words run into other words, no control over another, nothing out of its box.

    Words and pictures that begin in a box end in it, clear of its rim; and no words cross a box's edge.
    """
    for size in sizes:
        layout = Layout(*size, FONTS)
        marks = draw(scenes()[name], own_theme(scenes()[name]), layout)
        overflows_or_overlaps(marks, layout)
        words_stay_in_their_box(marks, layout)


def overflows_or_overlaps(marks: tuple[Mark, ...], layout: Layout) -> None:
    """Fail where something is over an edge or over another thing."""
    texts = [mark for mark in marks if isinstance(mark, Text)]
    pressable = [mark for mark in marks if isinstance(mark, Box) and mark.control]
    for mark in marks:
        assert layout.display.holds(mark.rect), (layout.display, mark)
    for text in texts:
        assert layout.page.x - layout.px(4) <= text.rect.x, (layout.display, text)
        assert text.rect.right <= layout.page.right + layout.px(4), (layout.display, text)
    for one, other in combinations(texts, 2):
        assert not one.rect.meets(other.rect), (layout.display, one.text, other.text)
    for box, other_box in combinations(pressable, 2):
        assert not box.rect.meets(other_box.rect), (layout.display, box.control, other_box.control)


def words_stay_in_their_box(marks: tuple[Mark, ...], layout: Layout) -> None:
    """Fail where words cross the edge of a box, or come too near to its rim."""
    boxes = [mark for mark in marks if isinstance(mark, Box) and mark.rect != layout.display]
    for text in marks:
        if isinstance(text, Text):
            for box in boxes:
                inside = box.rect.grown(-layout.hairline).holds(text.rect)
                assert inside or not box.rect.meets(text.rect), (layout.display, text.text, box)
                if inside and box.control:
                    assert box.rect.grown(-layout.px(6)).holds(text.rect), (layout.display, text.text, box)


def test_equal_scenes_draw_equal_marks() -> None:
    """Drawing is a function: the same scene gives the same marks, each time and with new fonts."""
    for scene in scenes().values():
        assert draw(scene, own_theme(scene), LAYOUT) == draw(scene, own_theme(scene), Layout(1366, 768, Fonts()))


def test_question_says_where_and_how_long() -> None:
    """A question says its number, its sum, what is typed and the whole seconds left."""
    assert said(drawn(QUESTION)).startswith("Question 7 of 25 12 × 8 = 9 ")
    assert said(drawn(QUESTION)).endswith("4 seconds left")
    assert said(drawn(replace(QUESTION, seconds_left=1))).endswith("1 second left")


def test_only_the_answer_changes_with_a_digit() -> None:
    """When a digit appears only the answer differs: sum, box and pad do not move."""
    before, after = drawn(QUESTION), drawn(replace(QUESTION, typed="96"))
    changed = set(before) ^ set(after)
    assert {mark.text for mark in changed if isinstance(mark, Text)} == {"9", "96"}
    assert len(changed) == 2


def test_typed_digits_stand_still() -> None:
    """A digit stays where it was typed when the next one comes: every answer begins at one place, on one baseline."""
    answers = [drawn(replace(QUESTION, typed=typed)) for typed in ("9", "96", "14444")]
    pens = {
        mark.pen for marks in answers for mark in marks if isinstance(mark, Text) and mark.text in ("9", "96", "14444")
    }
    # The pad's own 9 is the second of the two pens.
    assert len(pens) == 2


def test_sum_stands_on_one_baseline_and_one_edge() -> None:
    """For every sum of the tables the equals sign, the box and the baseline are the same."""
    places = set()
    for factor1 in range(1, 13):
        for factor2 in range(1, 13):
            marks = drawn(replace(QUESTION, factor1=factor1, factor2=factor2, typed=""))
            texts = [mark for mark in marks if isinstance(mark, Text)]
            at = next(index for index, mark in enumerate(texts) if mark.text == "×")
            line = texts[at - 1 : at + 3]
            assert [mark.text for mark in line] == [str(factor1), "×", str(factor2), "="]
            box = next(mark for mark in marks if isinstance(mark, Box) and mark.fill == EXERCISE_BOOK.card)
            places.add((line[3].rect, box.rect, *{mark.pen[1] for mark in line}))
    assert len(places) == 1


def test_only_the_time_changes_with_a_second() -> None:
    """When a second passes the number and the bar differ, and nothing else."""
    before, after = drawn(QUESTION), drawn(replace(QUESTION, seconds_left=3))
    changed = set(before) ^ set(after)
    assert {mark.text for mark in changed if isinstance(mark, Text)} == {"4", "3"}
    assert {mark.filled for mark in changed if isinstance(mark, Bar)} == {4, 3}
    assert len(changed) == 4


def test_hidden_sum_is_not_on_the_screen() -> None:
    """While a question is read out neither factor is shown, and box and pad are where they will be."""
    hidden = drawn(replace(QUESTION, factor1=6, factor2=11, sum_shown=False))
    shown = drawn(QUESTION)
    assert "Listen" in said(hidden)
    assert "×" not in said(hidden)
    assert "11" not in said(hidden)
    assert [mark for mark in hidden if isinstance(mark, Box)] == [mark for mark in shown if isinstance(mark, Box)]


@pytest.mark.parametrize("total", [1, 2, 25, 40, 400])
def test_a_dot_for_each_question(total: int) -> None:
    """There are as many dots as questions, the present one a ring; none where they would be too small to tell."""
    marks = drawn(replace(QUESTION, number=total, total=total))
    dots = [mark for mark in marks if isinstance(mark, Box) and mark.rect.w == mark.rect.h and mark.rect.w < 20]
    assert len(dots) == (total if total < 100 else 0)
    assert sum(dot.border > 0 for dot in dots) == (1 if dots else 0)


def test_practice_says_that_it_does_not_count() -> None:
    """Practice has its badge and says that it does not count, in the question and in the pause before it."""
    question = said(drawn(replace(QUESTION, number=2, total=3, practice=True)))
    pause = said(drawn(PauseView(2, 3, practice=True)))
    for words in (question, pause):
        assert "Practice 2 of 3" in words
        assert "This one does not count" in words
    assert "does not count" not in said(drawn(QUESTION))


@pytest.mark.parametrize("shown", [QUESTION, PauseView(3, 25, practice=False), replace(QUESTION, practice=True)])
def test_try_tag_disturbs_nothing(shown: Shown) -> None:
    """ "Try it out" is tagged on the page; every other mark is where it is in an official check."""
    official, trying = drawn(shown), drawn(shown, Kind.TRY)
    added = [mark for mark in trying if mark not in official]
    assert [mark for mark in trying if mark not in added] == list(official)
    assert said(tuple(added)) == "Try it out"


def test_every_try_screen_is_tagged() -> None:
    """Every screen of "try it out" carries the tag, and no screen of an official check does."""
    for name, scene in scenes().items():
        trying = draw(replace(scene, label=Kind.TRY), own_theme(scene), LAYOUT)
        assert isinstance(trying[2], Text), name
        assert trying[2].text.startswith("Try it out"), name
    assert "Try it out" not in said(drawn(QUESTION))


def test_pause_with_next_moves_nothing() -> None:
    """Next comes up after two seconds below the words; the heading stays where it was."""
    waiting, ready = drawn(PauseView(8, 25, practice=False)), drawn(PauseView(8, 25, practice=False, next_button=True))
    heading = next(mark for mark in waiting if isinstance(mark, Text))
    assert heading.text == "Question 8"
    assert heading in ready
    assert controls(waiting) == ()
    assert controls(ready) == (Button.NEXT,)


def test_slow_disk_is_told_calmly() -> None:
    """A pause that waits for the disk says that the answer is being saved."""
    assert said(drawn(PauseView(8, 25, practice=False, saving=True))) == "Question 8 Saving your answer"


@pytest.mark.parametrize("held_open", [True, False])
def test_held_says_first_that_nothing_is_wrong(held_open: bool) -> None:
    """The first words of a held check are that the pupil has done nothing wrong."""
    marks = drawn(HeldView(Cause.STALL, only_stop=False), held_open=held_open)
    assert said(marks).startswith("You have done nothing wrong")


def test_what_a_held_check_offers() -> None:
    """With a passcode the held page has no button; without one it offers carry on and stop, or stop alone."""
    held, stopped = HeldView(Cause.STALL, only_stop=False), HeldView(Cause.STALL, only_stop=True)
    resume, stop = Button.RESUME, Button.STOP
    assert controls(drawn(held)) == ()
    assert "Ctrl, Shift and F12" in said(drawn(held))
    assert controls(drawn(held, held_open=True)) == (resume, stop)
    assert controls(drawn(stopped, held_open=True)) == (stop,)
    assert "cannot carry on" in said(drawn(stopped, held_open=True))


def test_what_the_staff_page_offers() -> None:
    """Locked it offers only the way back; open what staff may do, and only stop where the check may not go on."""
    back, stop = Button.BACK, Button.STOP
    both = (Button.RESUME, Button.SET_ASIDE)
    assert controls(drawn(StaffView(4, (), can_resume=True))) == (back,)
    assert controls(drawn(StaffView(None, ("Why.",), can_resume=True))) == (*both, stop, back)
    assert controls(drawn(StaffView(None, ("Why.",), can_resume=False))) == (stop, back)


def test_message_moves_nothing() -> None:
    """The message for a wrong passcode is below the box; heading, prompt and box stay in place."""
    before, after = drawn(StaffView(0, (), can_resume=True)), drawn(StaffView(0, ("Not that one.",), can_resume=True))
    assert said(tuple(mark for mark in after if mark not in before)) == "Not that one."
    assert [mark for mark in after if mark in before] == list(before)


@pytest.mark.parametrize(
    "view",
    [
        StaffView(0, (staff_words.WRONG_PASSCODE, staff_words.CHECK_WAITS), can_resume=True),
        StaffView(None, staff_words.why_held(Cause.SUSPEND, only_stop=True), can_resume=False),
        StaffView(None, remedy(Fault.FULL, "drive C:"), can_resume=False),
    ],
    ids=["locked", "open", "remedy"],
)
def test_each_sentence_of_the_staff_page_begins_a_line(view: StaffView) -> None:
    """Two sentences are two lines: no line ends in the middle of one because another was before it."""
    lines = [mark.text for mark in drawn(view) if isinstance(mark, Text)]
    assert set(view.sentences) <= set(lines)
    assert len(view.sentences) == 2


def test_passcode_is_shown_as_dots() -> None:
    """One dot a digit and no digit anywhere; a very long passcode does not run out of its box."""
    for digits in (0, 3, 12, 40):
        marks = drawn(StaffView(digits, (), can_resume=True))
        dots = [mark for mark in marks if isinstance(mark, Box) and mark.rect.w == mark.rect.h]
        assert len(dots) == min(digits, 12)
        assert not any(character.isdigit() for character in said(marks))


def test_expect_tells_the_numbers_of_the_view() -> None:
    """The three numbers come from the settings; without practice there is no card for it."""
    assert said(drawn(PageView(Page.EXPECT, 3, 25, "6"))).startswith(
        "What to expect 3 practice questions 25 questions 6 seconds for each"
    )
    changed = said(drawn(PageView(Page.EXPECT, 0, 1, "6.5")))
    assert changed.startswith("What to expect 1 question 6.5 seconds for each")
    assert "practice" not in changed


@pytest.mark.parametrize("page", PLAIN_PAGES)
def test_every_page_has_next(page: Page) -> None:
    """Each page of the script has the one control Next, whatever its label says."""
    assert controls(drawn(PageView(page, 3, 25, "6"))) == (Button.NEXT,)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_ending_says_that_answers_are_kept(outcome: Outcome) -> None:
    """However a check ends, the pupil reads that every answer is saved, and can go on."""
    marks = drawn(EndedView(outcome))
    assert "saved." in said(marks)
    assert controls(marks) == (Button.NEXT,)


def test_send_waits_for_a_choice() -> None:
    """Send cannot be pressed until one of the five is chosen, and then looks different by its edge; Skip always can."""
    choices = tuple(feeling for feeling in Feeling)
    send, skip = Button.SEND, Button.SKIP
    assert controls(drawn(HowWasItView(None))) == (*choices, skip)
    chosen = drawn(HowWasItView(Feeling.EASY))
    assert controls(chosen) == (*choices, send, skip)
    assert box_of(chosen, send).depth > 0


def test_choice_is_told_without_colour() -> None:
    """The chosen answer has a thicker border and a tick, so that colour is never the only sign."""
    marks = drawn(HowWasItView(Feeling.EASY))
    chosen, other = (box_of(marks, each) for each in (Feeling.EASY, Feeling.DIFFICULT))
    assert chosen.border > other.border
    assert [mark.drawing for mark in marks if isinstance(mark, Picture)].count(Drawing.TICK) == 1


def test_again_only_in_try() -> None:
    """An official check is taken once: there the last page only lets the pupil leave."""
    assert controls(drawn(AgainView(can_go_again=True), Kind.TRY)) == (
        Button.AGAIN,
        Button.LEAVE,
    )
    assert controls(drawn(AgainView(can_go_again=False), Kind.OFFICIAL)) == (Button.LEAVE,)


def test_welcome_waits_for_the_teacher() -> None:
    """The waiting kiosk says so, and "try it out" can be started."""
    marks = drawn(WelcomeView())
    assert "Wait for your teacher" in said(marks)
    assert controls(marks) == (Button.TRY_IT_OUT,)


def test_notice_of_any_length() -> None:
    """A long notice is broken into lines; one without a sentence is its heading and button."""
    long = drawn(
        NoticeView("A heading that goes on for rather longer than one line can hold", ("Word " * 40,), Button.BACK)
    )
    assert controls(long) == (Button.BACK,)
    for text in long:
        assert LAYOUT.display.holds(text.rect)
    assert said(drawn(NoticeView("Heading", (), Button.BACK))) == "Heading Back"


@pytest.mark.parametrize("control", [Button.NEXT])
def test_focus_is_a_ring(control: Control) -> None:
    """Focus adds one ring, with an edge of ink, around the control, and changes nothing else."""
    plain, focused = drawn(PageView(Page.EXPECT, 3, 25, "6")), drawn(PageView(Page.EXPECT, 3, 25, "6"), focus=control)
    (ring,) = [mark for mark in focused if mark not in plain]
    assert isinstance(ring, Box)
    assert (ring.line, ring.control) == (EXERCISE_BOOK.ink, None)
    assert ring.border > 0
    assert ring.rect.grown(-8).holds(box_of(focused, control).rect)


def test_every_control_shows_focus_and_press() -> None:
    """Each focusable control of each screen looks different focused, and different again pressed."""
    for name, scene in scenes().items():
        plain = draw(replace(scene, focus=None, pressed=frozenset()), own_theme(scene), LAYOUT)
        for control in controls(plain):
            focused = draw(replace(scene, focus=control, pressed=frozenset()), own_theme(scene), LAYOUT)
            pressed = draw(replace(scene, focus=None, pressed=frozenset({control})), own_theme(scene), LAYOUT)
            assert plain != focused, (name, control)
            assert box_of(pressed, control).sunk, (name, control)
            assert box_of(pressed, control).rect == box_of(plain, control).rect


def test_pad_is_hit_and_not_focused() -> None:
    """Each of the twelve keys is hit in its middle; the keyboard does not tab through them."""
    marks = drawn(QUESTION)
    for key in (*"0123456789", "Backspace", "Enter"):
        assert hit(marks, *box_of(marks, ScreenKey(key)).rect.middle) == ScreenKey(key)
    assert controls(marks) == ()


def test_hit_is_the_topmost() -> None:
    """Of two controls over each other the one painted last is pressed; edges are half-open; bare paper is None."""
    below = Box(Rect(0, 0, 10, 10), 0, (0, 0, 0), control="below")
    above = Box(Rect(5, 5, 10, 10), 0, (0, 0, 0), control="above")
    assert hit((below, above), 6, 6) == "above"
    assert hit((below, above), 4, 4) == "below"
    assert hit((below, above), 14, 14) == "above"
    assert hit((below, above), 15, 15) is None
    assert hit((below, above), -1, 0) is None


def test_pressing_cannot_slip_off() -> None:
    """A key that sinks is still under the finger at its upper edge."""
    control = ScreenKey("5")
    box = box_of(drawn(QUESTION), control)
    sunk = drawn(QUESTION, pressed=frozenset({control}))
    assert hit(sunk, box.rect.x + box.rect.w // 2, box.rect.y) == control


def test_lines_break_where_a_reader_breathes() -> None:
    """A break after a comma is taken where it costs little evenness, and not where it costs much."""
    style = Style(32)
    near = "Put your hand up quietly, and wait there for your teacher."
    assert FONTS.lines(near, style, 600) == ("Put your hand up quietly,", "and wait there for your teacher.")
    far = "Wait, and then press the large green button with your left hand."
    assert FONTS.lines(far, style, 700)[0] != "Wait,"


def test_no_word_stands_alone() -> None:
    """A sentence on several lines never ends with one short word by itself, whatever the width."""
    style = LAYOUT.style(EXERCISE_BOOK.face(TextRole.TEXT))
    sentence = "The check has stopped for a moment, and your answers are safe."
    for width in range(300, 1000, 20):
        lines = FONTS.lines(sentence, style, width)
        assert " ".join(lines) == sentence
        assert len(lines[-1].split()) > 1
        assert all(FONTS.width(line, style) <= width for line in lines)
