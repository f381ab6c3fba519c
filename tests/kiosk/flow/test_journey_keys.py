"""Which keys act, and that nothing pressed on one page acts on the next, through the real client."""

from collections.abc import Callable

import pytest

from mtc_kiosk.check.events import Source
from mtc_kiosk.check.facts import Answered, AnsweredBy, Ignored, NextPressed, Typed, Why
from mtc_kiosk.check.script import Page
from mtc_kiosk.kiosk.view.controls import Button, ScreenKey
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.clock import MS, SECOND
from mtc_kiosk.robots.eyes import Place
from mtc_kiosk.robots.keyboard import Key, Layout
from tests.kiosk.virtual import Bench

Make = Callable[..., Bench]


def asked(bench: Make, **wanted: object) -> Bench:
    """A bench whose first question has just come up."""
    desk = bench(**wanted)
    desk.reach(Place.QUESTION, 1)
    return desk


# -- which keys act

DIGIT_KEYS: dict[str, Callable[[str], Key]] = {
    "top row": keyboard.top_row,
    "number pad": keyboard.keypad,
    "number pad, Num Lock off": lambda digit: keyboard.keypad(digit, num_lock=False),
    "French top row": lambda digit: keyboard.top_row(digit, Layout.AZERTY),
}


@pytest.mark.parametrize("keys", list(DIGIT_KEYS))
def test_digits_go_by_their_place_on_the_keyboard(bench: Make, keys: str) -> None:
    """Every digit of the top row and the number pad acts, whatever Num Lock and the layout say."""
    desk = asked(bench)
    for digits in ("01234", "56789"):
        desk.tap(*(DIGIT_KEYS[keys](digit) for digit in digits), held_ms=10)
        assert desk.sight.typed == digits
        desk.tap(*(keyboard.BACKSPACE,) * 5, held_ms=10)


@pytest.mark.parametrize("modifier", [keyboard.CTRL, keyboard.ALT, keyboard.WIN, keyboard.ALT_GR])
@pytest.mark.parametrize("key", [keyboard.top_row("5"), keyboard.keypad("5"), keyboard.ENTER, keyboard.BACKSPACE])
def test_a_chord_never_acts(bench: Make, modifier: Key, key: Key) -> None:
    """With Ctrl, Alt, Win or AltGr held no key acts; it is recorded as a chord."""
    desk = asked(bench)
    desk.type_in("1")
    desk.down(modifier)
    desk.tap(key)
    desk.up(modifier)
    assert (desk.sight.place, desk.sight.typed) == (Place.QUESTION, "1")
    assert desk.every(Ignored)[-1].why is Why.CHORD


def test_shift_is_no_chord(bench: Make) -> None:
    """Digits of a French keyboard need Shift; it changes nothing."""
    desk = asked(bench)
    desk.down(keyboard.SHIFT)
    desk.type_in("56")
    desk.up(keyboard.SHIFT)
    assert desk.sight.typed == "56"


@pytest.mark.parametrize(
    "key",
    [
        keyboard.KEYPAD_POINT,
        keyboard.COMMA,
        keyboard.SPACE,
        keyboard.TAB,
        keyboard.letter("e"),
        keyboard.function_key(5),
    ],
)
def test_other_keys_do_nothing(bench: Make, key: Key) -> None:
    """The keypad's point, letters, the space bar and function keys change nothing, and are recorded."""
    desk = asked(bench)
    desk.type_in("5")
    looks = len(desk.chair.looks)
    desk.tap(key)
    assert desk.sight.typed == "5"
    assert len(desk.chair.looks) == looks
    assert desk.every(Ignored)[-1].why is Why.NO_MEANING


def test_a_sixth_digit_is_ignored(bench: Make) -> None:
    """Five digits fill the box."""
    desk = asked(bench)
    desk.type_in("123456")
    desk.tap(keyboard.ENTER)
    assert desk.every(Answered)[0].response == "12345"
    assert desk.every(Ignored)[-1].why is Why.FULL


def test_enter_without_a_digit_does_not_end_a_question(bench: Make) -> None:
    """Enter on an empty box is ignored, also after everything was rubbed out."""
    desk = asked(bench)
    desk.tap(keyboard.ENTER, keyboard.top_row("7"), keyboard.DELETE, keyboard.KEYPAD_ENTER)
    assert desk.at(Place.QUESTION)
    assert [ignored.why for ignored in desk.every(Ignored)] == [Why.EMPTY, Why.EMPTY]


def test_keys_rolled_over_one_another_keep_their_order(bench: Make) -> None:
    """The next key may go down before the last comes up: the order of going down decides."""
    desk = asked(bench)
    keys = [keyboard.top_row(digit) for digit in "5672"]
    for key in keys:
        desk.down(key)
    for key in reversed(keys):
        desk.up(key)
    desk.tap(keyboard.ENTER)
    assert desk.every(Answered)[0].response == "5672"


@pytest.mark.parametrize("digit", list("1234567890"))
def test_a_finger_at_the_edge_of_a_key_presses_that_key(bench: Make, digit: str) -> None:
    """Every pixel of a key of the pad belongs to it, also the last before its neighbour."""
    desk = asked(bench)
    rect = desk.sight.find(ScreenKey(digit))
    assert rect is not None
    last_x, last_y = rect.right - 1, rect.bottom - 1
    for pixel in ((rect.x, rect.y), (last_x, rect.y), (rect.x, last_y), (last_x, last_y)):
        desk.press_at(pixel, Source.TOUCH)
        desk.release_at(pixel, Source.TOUCH)
    assert desk.sight.typed == digit * 4


def test_the_pad_acts_on_press_wherever_the_release_is(bench: Make) -> None:
    """A key of the pad acts as it goes down; a press begun beside it and ended on it is none."""
    desk = asked(bench)
    seven, beside = desk.find(ScreenKey("7")), (2, 2)
    desk.press_at(seven)
    assert desk.sight.typed == "7"
    desk.release_at(beside)
    desk.press_at(beside)
    desk.release_at(seven)
    assert desk.sight.typed == "7"


def test_buttons_act_on_release_inside_the_button_pressed(bench: Make) -> None:
    """Down on Next and up elsewhere, or the other way round, presses nothing."""
    desk = bench()
    desk.reach(Place.PAGE)
    desk.pass_ms(1_000)
    next_button, beside, texts = desk.find(Button.NEXT), (2, 2), desk.sight.texts
    desk.press_at(next_button)
    desk.release_at(beside)
    desk.press_at(beside)
    desk.release_at(next_button)
    assert desk.sight.texts == texts
    desk.press_at(next_button)
    assert desk.sight.texts == texts
    desk.release_at(next_button)
    assert desk.sight.texts != texts


# -- nothing leaks from one page to the next


def test_the_enter_that_pressed_next_is_no_answer(bench: Make) -> None:
    """Enter held on Next stays down into the question: it does nothing there, not even when it comes up."""
    desk = bench()
    desk.reach(Place.PAGE)
    while not desk.at(Place.PAUSE):
        desk.pass_ms(1_000)
        desk.tap(keyboard.ENTER) if desk.sight.texts[1] != "First, some practice" else desk.down(keyboard.ENTER)
    desk.pass_ms(3_500)
    assert desk.at(Place.QUESTION)
    desk.up(keyboard.ENTER)
    assert (desk.every(Typed), desk.every(Ignored)) == ([], [])
    desk.type_in("12")
    assert desk.sight.typed == "12"


def test_a_digit_held_into_the_next_question_is_not_typed_again(bench: Make) -> None:
    """A key that is still down from the question before types nothing, and can be pressed anew."""
    desk = asked(bench)
    desk.down(keyboard.top_row("5"))
    desk.tap(keyboard.ENTER)
    desk.reach(Place.QUESTION, 2)
    desk.pass_ms(1_000)
    assert desk.sight.typed == ""
    desk.up(keyboard.top_row("5"))
    desk.type_in("5")
    assert desk.sight.typed == "5"


def test_keys_in_a_pause_are_kept_and_ignored(bench: Make) -> None:
    """What is typed before the sum is shown is recorded, and is no part of the answer."""
    desk = asked(bench)
    desk.type_in("1")
    desk.tap(keyboard.ENTER)
    desk.type_in("99")
    desk.tap(keyboard.ENTER)
    desk.reach(Place.QUESTION, 2)
    assert desk.sight.typed == ""
    assert [(fact.input, fact.why) for fact in desk.every(Ignored)] == [
        ("9", Why.BEFORE_SHOWN),
        ("9", Why.BEFORE_SHOWN),
        ("Enter", Why.BEFORE_SHOWN),
    ]


@pytest.mark.parametrize("source", [Source.MOUSE, Source.TOUCH, Source.PEN])
def test_a_press_begun_on_one_page_does_not_act_on_the_next(bench: Make, source: Source) -> None:
    """Down on Next, then Enter turns the page, then up on the Next of the new page: that one is not pressed."""
    desk = bench()
    desk.reach(Place.PAGE)
    desk.pass_ms(1_000)
    desk.press_at(desk.find(Button.NEXT), source)
    desk.tap(keyboard.ENTER)
    desk.release_at(desk.find(Button.NEXT), source)
    assert [pressed.page for pressed in desk.every(NextPressed)] == [Page.EXPECT]


def test_a_press_begun_on_a_key_does_not_press_the_button_that_comes_up_there(bench: Make) -> None:
    """A finger on the pad when the time runs out comes up on a page, and presses nothing."""
    desk = bench()
    desk.reach(Place.QUESTION, 1, practice=True)
    desk.pass_ms(5_900)
    desk.press_at(desk.find(ScreenKey("5")), Source.TOUCH)
    desk.pass_ms(500)
    desk.release_at(desk.find(Button.NEXT), Source.TOUCH)
    assert desk.every(NextPressed)[-1].page is Page.PRACTICE_INTRO


@pytest.mark.parametrize(("late_ms", "place"), [(1, Place.PAGE), (499, Place.PAGE), (500, Place.HOW_WAS_IT)])
def test_an_enter_too_late_for_the_last_question_does_not_press_the_next_page(
    bench: Make, late_ms: int, place: Place
) -> None:
    """The time cuts the last answer off just before Enter: the page behind it stays, and can be read."""
    desk = asked(bench)
    desk.reach(Place.QUESTION, 3)
    ends = desk.now + 6 * SECOND
    desk.type_in("13")
    desk.plan(keyboard.ENTER, ends + late_ms * MS)
    desk.until(ends + SECOND)
    assert desk.at(place)
    assert [(answer.response, answer.by) for answer in desk.every(Answered)][-1] == ("13", AnsweredBy.TIMEOUT)


def test_an_enter_too_late_for_the_last_practice_question_does_not_press_the_next_page(bench: Make) -> None:
    """The same behind the practice."""
    desk = bench()
    desk.reach(Place.QUESTION, 1, practice=True)
    ends = desk.now + 6 * SECOND
    desk.type_in("12")
    desk.plan(keyboard.ENTER, ends + 200 * MS)
    desk.until(ends + SECOND)
    assert [pressed.page for pressed in desk.every(NextPressed)] == [Page.EXPECT, Page.PRACTICE_INTRO]


def test_a_page_behind_a_question_without_an_answer_takes_no_prompt_enter_either(bench: Make) -> None:
    """Whatever it was meant for, the pupil has not read the page yet."""
    desk = bench()
    desk.reach(Place.QUESTION, 1, practice=True)
    ends = desk.now + 6 * SECOND
    desk.plan(keyboard.ENTER, ends + 1 * MS)
    desk.until(ends + SECOND)
    assert desk.every(NextPressed)[-1].page is Page.PRACTICE_INTRO


def test_a_pad_key_pressed_as_the_question_comes_up_counts(bench: Make) -> None:
    """A question takes keys from its first moment: only buttons wait."""
    desk = asked(bench)
    desk.point(ScreenKey("4"))
    desk.tap(keyboard.top_row("2"))
    assert desk.sight.typed == "42"
