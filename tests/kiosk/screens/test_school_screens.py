"""Signing in, "is this you", and the staff's lists: what they show, what does not move, and names of any length."""

from dataclasses import replace
from itertools import combinations, pairwise, product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.kiosk.drawing.fonts import Fonts
from mtc_kiosk.kiosk.drawing.icons import Drawing
from mtc_kiosk.kiosk.drawing.marks import Box, Mark, Picture, Text, controls, hit
from mtc_kiosk.kiosk.drawing.page_layout import Layout
from mtc_kiosk.kiosk.drawing.theme import EXERCISE_BOOK, TextRole
from mtc_kiosk.kiosk.screens import draw
from mtc_kiosk.kiosk.view import staff_words, words
from mtc_kiosk.kiosk.view.controls import Button, Control, Field, ListedCode, Row, ScreenKey
from mtc_kiosk.kiosk.view.rows import (
    CODES_A_PAGE,
    HELD_A_PAGE,
    PINS_A_PAGE,
    PUPILS_A_PAGE,
    CodeRow,
    HeldRow,
    PinRow,
    PupilRow,
    page_of,
)
from mtc_kiosk.kiosk.view.scene import (
    CodeListView,
    ConfirmView,
    Grant,
    HeldListView,
    PinListView,
    PupilListView,
    Scene,
    Shown,
    SignInView,
    StaffAskView,
    StaffDoneView,
    StaffMenuView,
    WaitView,
)
from tests.kiosk.screens.sample import SIZES, scenes_and_sizes
from tools.gallery.contact_sheet import own_theme, scenes

FONTS = Fonts()
EMPTY = SignInView("", "", Field.PASSWORD)
FULL = SignInView("cat47sun", "4738", Field.PIN, can_send=True)
PUPIL = ConfirmView("Zofia", "Łukaszewska", "5 March 2016", "Made-up Primary School", "4A")
STAFF_CHOICES = (Button.SET_ASIDE, Button.RESUME, Button.STOP)

letters = st.sampled_from("abcŁłĆÉŐőŽșȘÑñ'’-. WMil")
names = st.text(letters, min_size=1, max_size=128).filter(lambda name: bool(name.strip()))


def drawn(shown: Shown, size: tuple[int, int] = (1366, 768), **scene: object) -> tuple[Mark, ...]:
    """The marks of a scene on a display."""
    given_scene = replace(Scene(shown, Kind.OFFICIAL), **scene)  # type: ignore[arg-type] # fields by name
    return draw(given_scene, EXERCISE_BOOK, Layout(*size, FONTS))


def texts(marks: tuple[Mark, ...]) -> list[Text]:
    """The lines of words."""
    return [mark for mark in marks if isinstance(mark, Text)]


def said(marks: tuple[Mark, ...]) -> str:
    """Every word on the screen."""
    return " ".join(mark.text for mark in texts(marks))


def box_of(marks: tuple[Mark, ...], control: Control) -> Box:
    """The one box with this control."""
    (box,) = [mark for mark in marks if isinstance(mark, Box) and mark.control == control]
    return box


def assert_clear(shown: Shown, size: tuple[int, int]) -> None:
    """No words over others, over a control they are not in, or off the page."""
    marks, layout = drawn(shown, size), Layout(*size, FONTS)
    lines = texts(marks)
    for one, other in combinations(lines, 2):
        assert not one.rect.meets(other.rect), (one.text, other.text)
    for text in lines:
        assert layout.page.grown(layout.px(20)).holds(text.rect), text
        for box in marks:
            if isinstance(box, Box) and box.rect != layout.display and box.control is not None:
                assert box.rect.grown(-layout.hairline).holds(text.rect) or not box.rect.meets(text.rect), text


@pytest.mark.parametrize(("name", "sizes"), scenes_and_sizes(scenes()))
def test_the_tag_has_its_place_on_every_screen(name: str, sizes: tuple[tuple[int, int], ...]) -> None:
    """On no screen do words or controls run into the tag of "try it out"."""
    for size in sizes:
        marks = draw(replace(scenes()[name], label=Kind.TRY), own_theme(scenes()[name]), Layout(*size, FONTS))
        tag = marks[1]
        assert isinstance(tag, Box)
        for mark in marks[3:]:
            assert not mark.rect.meets(tag.rect), (size, mark)


@pytest.mark.parametrize(("name", "sizes"), scenes_and_sizes(scenes()))
def test_larger_keys_run_into_nothing(name: str, sizes: tuple[tuple[int, int], ...]) -> None:
    """On a small display, where everything to press takes more pixels, nothing runs into anything else."""
    for size in sizes:
        layout = Layout(*size, FONTS, 9.7)
        marks = draw(scenes()[name], own_theme(scenes()[name]), layout)
        pressable = [mark for mark in marks if isinstance(mark, Box) and mark.control is not None]
        for one, other in combinations(texts(marks), 2):
            assert not one.rect.meets(other.rect), (size, one, other)
        for box, text in product(pressable, texts(marks)):
            assert not text.rect.meets(box.rect) or box.rect.holds(text.rect), (size, box, text)
        for box, other_box in combinations(pressable, 2):
            assert not box.rect.meets(other_box.rect), (size, box, other_box)
        assert all(layout.display.holds(mark.rect) for mark in marks), size


@pytest.mark.parametrize("size", SIZES)
def test_every_letter_and_digit_can_be_pressed(size: tuple[int, int]) -> None:
    """Who has no keyboard finds each letter, each digit, the way back over a letter, and the other box."""
    marks = drawn(EMPTY, size)
    for key in (*"0123456789", *"abcdefghijklmnopqrstuvwxyz", "Backspace", "Tab"):
        assert hit(marks, *box_of(marks, ScreenKey(key)).rect.middle) == ScreenKey(key)


def test_the_keyboard_reaches_boxes_and_button() -> None:
    """Tab goes from the password to the PIN to the button, once there is something to send; never to a letter."""
    boxes = (Field.PASSWORD, Field.PIN)
    assert controls(drawn(EMPTY)) == boxes
    assert controls(drawn(FULL)) == (*boxes, Button.SIGN_IN)


@pytest.mark.parametrize("size", SIZES)
def test_boxes_are_pressed_in_their_middle(size: tuple[int, int]) -> None:
    """A box is chosen by pressing it, whatever is typed in it."""
    marks = drawn(FULL, size)
    for field in (Field.PASSWORD, Field.PIN):
        assert hit(marks, *box_of(marks, field).rect.middle) == field


def test_only_the_box_changes_with_a_letter() -> None:
    """A typed letter or digit moves nothing outside its own box."""
    for before, after, field in (
        (EMPTY, replace(FULL, pin="", field=Field.PASSWORD, can_send=False), Field.PASSWORD),
        (replace(FULL, pin="47"), replace(FULL, pin="473"), Field.PIN),
    ):
        earlier, later = drawn(before), drawn(after)
        box = box_of(later, field).rect
        assert all(box.holds(mark.rect) for mark in set(earlier) ^ set(later))


def test_digits_of_the_pin_stand_still() -> None:
    """Each digit has its own place, with gaps between them, and the next place is marked until it is filled."""
    pens = [
        {mark.pen for mark in texts(drawn(replace(FULL, pin="4738"[:count]))) if mark in set(texts(drawn(FULL)))}
        for count in range(5)
    ]
    assert all(earlier < later for earlier, later in pairwise(pens))
    one, two = (mark for mark in texts(drawn(replace(FULL, pin="88"))) if mark.text == "8" and mark.pen[0] < 500)
    assert two.rect.x - one.rect.right > one.rect.w // 3


def test_the_box_that_takes_letters_is_told_without_the_ring() -> None:
    """It has a thicker border and a mark where the next letter goes, also while the button has the focus."""
    for field, other in ((Field.PASSWORD, Field.PIN), (Field.PIN, Field.PASSWORD)):
        marks = drawn(replace(EMPTY, field=field))
        assert box_of(marks, field).border > box_of(marks, other).border
        assert any(isinstance(mark, Box) and mark.fill == EXERCISE_BOOK.mark for mark in marks)


def test_the_ring_is_round_the_box_with_the_focus() -> None:
    """The focus is the same thick ring as round a button."""
    control = Field.PASSWORD
    (ring,) = set(drawn(EMPTY, focus=control)) - set(drawn(EMPTY))
    assert isinstance(ring, Box)
    assert ring.rect.grown(-8).holds(box_of(drawn(EMPTY), control).rect)


@pytest.mark.parametrize(
    "message",
    [
        words.WRONG_PAIR,
        words.ask_teacher(True, "LIBRARY-11"),
        words.SESSION_GONE,
        words.SESSION_OVER,
        words.too_early("09:30"),
        words.wait_seconds(60),
    ],
)
@pytest.mark.parametrize("size", SIZES)
def test_a_message_moves_nothing(message: tuple[str, ...], size: tuple[int, int]) -> None:
    """A message is below everything else, on separate lines."""
    before, after = drawn(FULL, size), drawn(replace(FULL, message=message), size)
    added = tuple(mark for mark in after if mark not in before)
    assert said(added) == " ".join(message)
    assert [mark for mark in after if mark in before] == list(before)
    lowest = max(mark.rect.bottom for mark in before[1:])
    assert all(mark.rect.y >= lowest for mark in added)


def test_nothing_is_sent_twice() -> None:
    """While a pair is looked up there is nothing to send, and the page says why."""
    marks = drawn(replace(FULL, waiting=True, message=words.WRONG_PAIR))
    assert Button.SIGN_IN not in controls(marks)
    assert said(marks).endswith("One moment.")


@given(st.text("wiM7 ", max_size=60), st.sampled_from(SIZES))
@settings(max_examples=40, deadline=None)
def test_a_long_password_stays_in_its_box(typed: str, size: tuple[int, int]) -> None:
    """However much is typed, its end is seen, and the mark behind it."""
    marks, layout = drawn(replace(EMPTY, password=typed), size), Layout(*size, FONTS)
    box = box_of(marks, Field.PASSWORD).rect
    (mark,) = [mark for mark in marks if isinstance(mark, Box) and mark.fill == EXERCISE_BOOK.mark]
    assert box.grown(-layout.border).holds(mark.rect)
    shown = [text.text for text in texts(marks) if box.holds(text.rect)]
    assert not shown or typed.endswith(shown[0])
    assert shown or not typed.strip()


def test_sign_in_shows_no_name() -> None:
    """Name and date of birth are on the confirm page alone."""
    for name, scene in scenes().items():
        if not name.startswith("confirm") and not isinstance(scene.shown, StaffAskView | StaffDoneView):
            assert "Born" not in said(draw(scene, own_theme(scene), Layout(1366, 768, FONTS)))


def test_is_this_you() -> None:
    """The confirm page says all that tells a pupil from another, and offers both answers beside each other.

    Both are below the place of every page's strong button: a second press on "Sign in" must not answer.
    """
    marks = drawn(PUPIL)
    assert said(marks).startswith("Is this you? Zofia Łukaszewska Born on 5 March 2016 Made-up Primary School, 4A")
    assert controls(marks) == (Button.THATS_ME, Button.NOT_ME)
    layout = Layout(1366, 768, FONTS)
    yes, no = (box_of(marks, button).rect for button in (Button.THATS_ME, Button.NOT_ME))
    assert (yes.y, yes.h, yes.w) == (no.y, no.h, no.w)
    assert yes.y >= layout.button(2).bottom
    assert yes.middle[0] + no.middle[0] == layout.width
    assert said(marks).endswith("On the keyboard, press Tab to choose, then Enter. Yes, that is me This is not me")


def test_no_group_leaves_no_trace() -> None:
    """A pupil in no group has a school and no comma behind it."""
    assert "School On the keyboard" in said(drawn(replace(PUPIL, group="")))


@given(names, names, st.sampled_from(SIZES))
@example("M" * 128, "W" * 128, (1024, 768))
@example("Žofie-Ștefania Ő" * 8, "Ő" * 128, (1366, 768))
@settings(max_examples=80, deadline=None)
def test_every_name_fits_its_card(forename: str, surname: str, size: tuple[int, int]) -> None:
    """A name of any length, with any accents, stays on its card and clear of everything else."""
    school = "The Blessed Saint Bartholomew-by-the-Water Church of England Voluntary Aided Primary School"
    view = ConfirmView(forename, surname, "28 September 2016", school, "Oak and Ash, Mondays")
    assert_clear(view, size)
    marks, layout = drawn(view, size, label=Kind.TRY), Layout(*size, FONTS)
    (card,) = [mark for mark in marks if isinstance(mark, Box) and mark.fill == EXERCISE_BOOK.card]
    assert layout.body._replace(h=layout.low(2).y - layout.body.y).grown(layout.px(2)).holds(card.rect)
    assert all(card.rect.holds(text.rect) for text in texts(marks)[2:-3])


@pytest.mark.parametrize("size", SIZES)
def test_a_usual_long_name_is_whole(size: tuple[int, int]) -> None:
    """Sixty letters are never cut, and are larger than the other words."""
    marks = drawn(ConfirmView("Maximiliana Clementine Žofie", "O’Brien-Featherstonehaugh Ñuñez", "1 May 2016", "S", ""))
    name = " ".join(mark.text for mark in texts(marks)[1:-5])
    assert name == "Maximiliana Clementine Žofie O’Brien-Featherstonehaugh Ñuñez"
    assert texts(marks)[1].style.size > texts(marks)[-4].style.size


@pytest.mark.parametrize("can_try", [True, False])
def test_try_it_out_where_it_is_open(can_try: bool) -> None:
    """Who waits for the teacher is offered "try it out" only where it may be started."""
    marks = drawn(WaitView(words.NO_SESSION, can_try))
    assert said(marks).startswith("Wait for your teacher The check has not been started yet.")
    assert controls(marks) == ((Button.TRY_IT_OUT,) if can_try else ())


def test_staff_are_told_of_their_menu() -> None:
    """A kiosk that waits tells staff how to open their menu where they have one, and nothing moves for it."""
    plain, told = drawn(WaitView(words.OVER, can_try=True)), drawn(WaitView(words.OVER, can_try=True, has_menu=True))
    (line,) = set(told) - set(plain)
    assert said((line,)) == words.HELD_FOR_STAFF


def test_what_the_menu_offers() -> None:
    """Everything, with what it means; hold only while a check runs, and whether any check is held."""
    every = tuple(button for button in (*staff_words.STAFF_MENU, Button.BACK))
    assert controls(drawn(StaffMenuView(1, can_hold=True))) == every
    assert Button.HOLD not in controls(drawn(StaffMenuView(1, can_hold=False)))
    enrolled = drawn(StaffMenuView(1, can_hold=True, at_desk=True, asks_date=True))
    assert controls(enrolled) == (Button.DATE, Button.HELD, Button.HOLD, Button.EXIT, Button.BACK)
    assert staff_words.REST_AT_DESK in said(enrolled)
    assert "No check is held." in said(drawn(StaffMenuView(0, can_hold=False)))
    assert "No check is held." not in said(drawn(StaffMenuView(2, can_hold=False)))
    unread = said(drawn(StaffMenuView(None, can_hold=False)))
    assert staff_words.HELD_UNREAD in unread
    assert "No check is held." not in unread


def test_a_held_check_is_chosen_first() -> None:
    """Nothing can be done before a check is chosen, then only what is offered for that one."""
    row = HeldRow("Khan, Amina", "PC-07", "The PC went to sleep.", "10:42")
    every, back = frozenset(STAFF_CHOICES), Button.BACK
    assert controls(drawn(HeldListView((row, row), None, every))) == (Row(0), Row(1), back)
    chosen = controls(drawn(HeldListView((row, row), 1, every)))
    assert chosen[2:-1] == tuple(button for button in STAFF_CHOICES)
    stop = controls(drawn(HeldListView((row,), 0, frozenset({Button.STOP}))))
    assert stop == (Row(0), Button.STOP, back)
    marks = drawn(HeldListView((row, row), 1, every))
    assert box_of(marks, Row(1)).border > box_of(marks, Row(0)).border
    assert [mark.drawing for mark in marks if isinstance(mark, Picture)] == [Drawing.TICK]
    told = drawn(HeldListView((row, row), 1, every, staff_words.only_there("PC-07", only_stop=False)))
    assert said(tuple(mark for mark in told if mark not in marks)) == "Carry on at PC-07, or give a restart."


def test_give_waits_for_a_code() -> None:
    """A restart or a reason is given once its code is chosen; the chosen one has a tick."""
    view = CodeListView(Grant.RESTART, "Evans, Tom", (CodeRow("LOI", "Loss of internet"), CodeRow("ITI", "IT issues")))
    rows, back = (ListedCode("LOI"), ListedCode("ITI")), Button.BACK
    assert controls(drawn(view)) == (*rows, back)
    chosen = drawn(replace(view, chosen="ITI"))
    assert controls(chosen) == (*rows, Button.GIVE, back)
    assert box_of(chosen, rows[1]).border > box_of(chosen, rows[0]).border
    assert "Evans, Tom" in said(chosen)


@pytest.mark.parametrize(("page", "pages"), [(1, 1), (1, 2), (2, 2), (2, 3)])
def test_pages_turn_where_there_are_any(page: int, pages: int) -> None:
    """The first page has none before it and the last none after; a single page shows no page number."""
    marks = drawn(PupilListView(Grant.REASON, "", (PupilRow("Ng, Wei", "4A"),), page, pages))
    assert (Button.PREVIOUS in controls(marks)) == (page > 1)
    assert (Button.FOLLOWING in controls(marks)) == (page < pages)
    assert (f"Page {page} of {pages}" in said(marks)) == (pages > 1)


@given(st.lists(st.integers(), max_size=40), st.integers(-3, 50), st.integers(1, 12))
def test_every_row_is_on_one_page(rows: list[int], page: int, most: int) -> None:
    """The pages together are all rows in order, none has too many, and a page beyond the last is the last."""
    one = page_of(rows, page, most)
    pages = [page_of(rows, number, most).rows for number in range(1, one.pages + 1)]
    assert [row for each in pages for row in each] == rows
    assert all(0 < len(each) <= most for each in pages) or pages == [()]
    assert one.rows == pages[one.page - 1]
    assert one.page == min(max(1, page), one.pages)


@given(names, names, st.sampled_from(SIZES))
@example("M" * 128, "W" * 128, (1024, 768))
@example("Žofie-Ștefania Ő" * 8, "Ő" * 30, (1366, 768))
@settings(max_examples=60, deadline=None)
def test_full_pages_of_any_names_fit(name: str, other: str, size: tuple[int, int]) -> None:
    """Every list takes a full page of rows whose words are of any length."""
    every = frozenset(STAFF_CHOICES)
    codes = tuple(CodeRow(str(number), name[:80]) for number in range(CODES_A_PAGE))
    for shown in (
        PinListView(Kind.OFFICIAL, "cat47sun", (PinRow(name, other[:35], "4738", other),) * PINS_A_PAGE, 2, 3),
        HeldListView((HeldRow(name, other, other, "10:42"),) * HELD_A_PAGE, 1, every, other, 2, 3),
        PupilListView(Grant.RESTART, other, (PupilRow(name, other),) * PUPILS_A_PAGE, 2, 3),
        CodeListView(Grant.REASON, other, codes, "1", 2, 3),
        StaffAskView(staff_words.WHO[Grant.REASON], (name, other), Button.TAKE_BACK),
        StaffDoneView(staff_words.NOT_TAKEN_BACK[Grant.RESTART], (name, other)),
    ):
        assert_clear(shown, size)


def test_what_is_typed_makes_the_list_shorter() -> None:
    """The box says what to type until something is typed, then shows it."""
    rows = (PupilRow("Smith, Jo", "4A"),)
    assert "Type a name" in said(drawn(PupilListView(Grant.REASON, "", rows)))
    assert "Type a name" not in said(drawn(PupilListView(Grant.REASON, "smi", rows)))
    assert "No pupil with that name" in said(drawn(PupilListView(Grant.REASON, "zz", ())))


def test_asked_and_told() -> None:
    """Before what is for good staff are asked; afterwards they read whether it was done."""
    ask = drawn(StaffAskView("Stop this check?", ("Its answers are kept.",), Button.STOP))
    assert controls(ask) == (Button.STOP, Button.BACK)
    for heading in (staff_words.CHECK_DONE[Button.STOP], staff_words.CHECK_NOT_DONE[Button.STOP]):
        told = drawn(StaffDoneView(heading, ("Why.",)))
        assert said(told).startswith(heading)
        assert controls(told) == (Button.BACK,)


def test_a_wide_word_is_broken() -> None:
    """A word wider than its line is broken, after a hyphen if there is one, and no letter is lost."""
    style = Layout(1366, 768, FONTS).style(EXERCISE_BOOK.face(TextRole.TEXT))
    for word in ("W" * 60, "Featherstonehaugh-Cholmondeley-Marjoribanks"):
        for width in range(200, 400, 9):
            lines = FONTS.lines(word, style, width)
            assert "".join(lines) == word
            assert all(FONTS.width(line, style) <= width for line in lines)
    assert FONTS.lines("Featherstonehaugh-Cholmondeley", style, 400)[0] == "Featherstonehaugh-"
