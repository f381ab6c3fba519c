"""A double click, a second tap or a second Enter never acts on the page that the first one brought."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mtc_kiosk.check.arrangements import Arrangements
from mtc_kiosk.check.events import Source
from mtc_kiosk.check.facts import NextPressed
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.script import Page
from mtc_kiosk.check.settings import Settings
from mtc_kiosk.kiosk.view import staff_words, words
from mtc_kiosk.kiosk.view.controls import Button, Control, Feeling, Field, ScreenKey
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.acts import KeyComesUp, KeyGoesDown
from mtc_kiosk.robots.clock import MS
from mtc_kiosk.robots.eyes import Place
from mtc_kiosk.store.home.home import open_home
from tests.arrangements.school import School
from tests.kiosk.breaking import held_chord, passcode
from tests.kiosk.virtual import Bench

Make = Callable[..., Bench]
POINTERS = [Source.MOUSE, Source.TOUCH, Source.PEN]
KEYS = [keyboard.ENTER, keyboard.KEYPAD_ENTER, keyboard.SPACE]


@pytest.fixture
def signing_in(tmp_path: Path) -> Iterator[School]:
    """A kiosk at which the one pupil of a school has typed password and PIN, and has not sent them yet."""
    at = School(open_home(tmp_path / "school"), "arrangements: none")
    at.start(Kind.OFFICIAL)
    at.desk.pass_ms(1_500)
    for characters in (at.password, at.pin):
        keys = (keyboard.top_row(one) if one.isdigit() else keyboard.letter(one) for one in characters)
        at.desk.tap(*keys, held_ms=5)
        if characters is at.password:
            at.desk.tap(keyboard.TAB, held_ms=5)
    yield at
    at.close()


def twice(desk: Bench, control: Control, source: Source, *, apart_ms: int = 100) -> None:
    """Press a control and, at the same pixel, whatever is there then."""
    desk.pass_ms(500)
    pixel = desk.find(control)
    for _ in range(2):
        desk.press_at(pixel, source)
        desk.pass_ms(30)
        desk.release_at(pixel, source)
        desk.pass_ms(apart_ms - 30)


def at_page(desk: Bench, heading: str) -> bool:
    """Whether the page with this heading is on the screen."""
    return heading in desk.sight.texts


def reach_page(desk: Bench, heading: str) -> None:
    """Go on as a plain pupil would until the page with this heading has just come up."""
    for _ in range(40):
        if at_page(desk, heading):
            return
        desk._go_on(desk.sight)
    raise AssertionError(f"{heading} never came: {desk.sight.texts}")


# -- the cases that happened


@pytest.mark.parametrize("source", POINTERS)
def test_sign_in_twice_does_not_skip_is_this_you(signing_in: School, source: Source) -> None:
    """Of two children of one name the wrong one's check must not begin by a double click."""
    twice(signing_in.desk, Button.SIGN_IN, source)
    assert signing_in.desk.at(Place.CONFIRM)
    assert signing_in.rows("select count(*) from attempt") == [(0,)]


@pytest.mark.parametrize("answer", [Button.THATS_ME, Button.NOT_ME])
def test_a_prompt_press_on_either_answer_to_is_this_you_is_not_meant(signing_in: School, answer: Control) -> None:
    """Wherever a second press goes to, it is too soon to be an answer; the next press is one."""
    desk = signing_in.desk
    desk.pass_ms(500)
    desk.tap(keyboard.ENTER)
    assert desk.at(Place.CONFIRM)
    pixel = desk.find(answer)
    desk.press_at(pixel)
    desk.pass_ms(700)
    desk.release_at(pixel)
    assert desk.at(Place.CONFIRM), "it began too soon, however long it lasted"
    desk.press_at(pixel)
    desk.release_at(pixel)
    assert not desk.at(Place.CONFIRM)


@pytest.mark.parametrize("source", POINTERS)
def test_the_practice_is_over_twice_does_not_start_the_check(bench: Make, source: Source) -> None:
    """The page that asks whether the pupil is ready stays."""
    desk = bench()
    reach_page(desk, words.PRACTICE_COMPLETE)
    twice(desk, Button.NEXT, source)
    assert at_page(desk, words.QUESTIONS_INTRO)


@pytest.mark.parametrize("key", KEYS)
def test_the_practice_is_over_twice_by_keyboard_does_not_start_the_check(bench: Make, key: keyboard.Key) -> None:
    """Nor by two presses of a key."""
    desk = bench()
    reach_page(desk, words.PRACTICE_COMPLETE)
    desk.pass_ms(500)
    desk.tap(key, key, held_ms=30)
    assert at_page(desk, words.QUESTIONS_INTRO)


@pytest.mark.parametrize("source", POINTERS)
def test_send_twice_does_not_skip_you_can_leave(bench: Make, source: Source) -> None:
    """The last page stays until the pupil has read it."""
    desk = bench(kind=Kind.OFFICIAL)
    reach_page(desk, words.FINISHED)
    desk.point(Button.NEXT)
    desk.point(Feeling.EASY)
    twice(desk, Button.SEND, source)
    assert desk.at(Place.AGAIN)


# -- the rule


@pytest.mark.parametrize(("after_ms", "acts"), [(0, False), (499, False), (500, True)])
def test_a_press_acts_from_half_a_second_on(bench: Make, after_ms: int, acts: bool) -> None:
    """The time counts from the page's first flip, to the press going down."""
    desk = bench(flip_ns=16 * MS)
    desk.pass_ms(1_000)
    desk.tap(keyboard.ENTER, held_ms=0)
    assert at_page(desk, words.EXPECT)
    came = desk.chair.looks[-1].at_ns
    desk.until(came + after_ms * MS)
    desk.down(keyboard.ENTER)
    assert at_page(desk, words.PRACTICE_INTRO) == acts


def test_a_prompt_press_leaves_no_dead_page(bench: Make) -> None:
    """The next press works, and nothing looks pressed meanwhile."""
    desk = bench()
    desk.pass_ms(1_000)
    desk.tap(keyboard.ENTER, held_ms=0)
    looks = len(desk.chair.looks)
    desk.pass_ms(100)
    desk.press_at(desk.find(Button.NEXT))
    assert len(desk.chair.looks) == looks, "a button that takes no press does not sink"
    desk.pass_ms(600)
    desk.release_at(desk.find(Button.NEXT))
    assert at_page(desk, words.EXPECT)
    desk.tap(keyboard.ENTER)
    assert at_page(desk, words.PRACTICE_INTRO)


def test_two_presses_found_at_once_turn_one_page(bench: Make) -> None:
    """A busy loop finds both in one pass: the pupil had not seen the second page yet."""
    desk = bench()
    reach_page(desk, words.PRACTICE_COMPLETE)
    desk.pass_ms(800)
    for act in (KeyGoesDown, KeyComesUp, KeyGoesDown, KeyComesUp):
        desk.chair.agenda.add(act(desk.now, keyboard.ENTER))
    desk.pass_ms(50)
    assert at_page(desk, words.QUESTIONS_INTRO)
    pages = [pressed.page for pressed in desk.every(NextPressed)]
    assert pages == [Page.EXPECT, Page.PRACTICE_INTRO, Page.PRACTICE_COMPLETE]


def test_a_choice_does_not_make_another_page(bench: Make) -> None:
    """What changes on a page that is there already may be acted on at once."""
    desk = bench()
    reach_page(desk, words.FINISHED)
    desk.point(Button.NEXT)
    desk.point(Feeling.EASY)
    pixel = desk.find(Button.SEND)
    desk.press_at(pixel)
    desk.release_at(pixel)
    assert desk.at(Place.AGAIN)


def test_a_held_check_does_not_go_on_by_a_second_press(bench: Make) -> None:
    """The buttons of a held page come up under a hand that was typing."""
    desk = bench()
    desk.reach(Place.QUESTION, 1)
    desk.focus_away(1_200)
    assert desk.at(Place.HELD)
    pixel = desk.find(Button.STOP)
    desk.press_at(pixel)
    desk.release_at(pixel)
    assert desk.at(Place.HELD)


def test_the_staffs_own_pages_wait_as_well(bench: Make) -> None:
    """The passcode's Enter and a second click must not stop a check for good."""
    desk = bench(passcode="chalk")
    desk.reach(Place.QUESTION, 1)
    desk.focus_away(1_200)
    held_chord(desk)
    passcode(desk, "chalk")
    pixel = desk.find(Button.STOP)
    desk.press_at(pixel)
    desk.release_at(pixel)
    assert desk.sight.find(Button.STOP) is not None
    assert staff_words.ASK[Button.STOP] not in desk.sight.texts


# -- what never waits


def test_typing_never_waits(signing_in: School) -> None:
    """Letters, digits and the boxes take every press at once: the boxes of the sign-in page as it comes up."""
    desk = signing_in.desk
    desk.pass_ms(500)
    desk.tap(keyboard.ENTER)
    desk.point(Button.NOT_ME)
    assert desk.at(Place.SIGN_IN)
    pixel = desk.find(ScreenKey("a"))
    desk.press_at(pixel)
    desk.release_at(pixel)
    assert "a" in desk.sight.texts
    pixel = desk.find(Field.PIN)
    desk.press_at(pixel)
    desk.release_at(pixel)
    assert desk.sight.focus == Field.PIN


def test_a_question_takes_keys_and_pad_at_once(bench: Make) -> None:
    """A digit in the first millisecond counts, and Enter after it."""
    desk = bench()
    desk.reach(Place.QUESTION, 1)
    desk.point(ScreenKey("5"))
    assert desk.sight.typed == "5"
    desk.point(ScreenKey("Enter"))
    assert desk.at(Place.PAUSE)


def test_the_next_button_of_a_pause_keeps_its_own_time(bench: Make) -> None:
    """It comes up 2.000 s after the question before it, where no second press of that question's Enter can be."""

    settings = Settings(practice=(), arrangements=Arrangements(("NBQ",), next_button=True))
    desk = bench(settings=settings)
    reach_page(desk, words.QUESTIONS_INTRO)
    desk.pass_ms(1_000)
    desk.tap(keyboard.ENTER, held_ms=0)
    began = desk.now
    desk.until(began + 1_999 * MS)
    desk.tap(keyboard.ENTER, held_ms=0)
    assert desk.at(Place.PAUSE)
    desk.until(began + 2_000 * MS)
    desk.tap(keyboard.ENTER, held_ms=0)
    assert desk.at(Place.QUESTION)


@pytest.mark.parametrize("pad", [False, True], ids=["keyboard", "pad"])
def test_a_second_enter_on_next_skips_no_question_without_a_limit(bench: Make, pad: bool) -> None:
    """There Enter alone skips, but not in the first half second; a digit and Enter after it never wait."""
    settings = Settings(practice=(), arrangements=Arrangements(("NBQ",), next_button=True, own_time_limit=True))
    desk = bench(settings=replace(settings, timings=replace(settings.timings, question=None)))
    reach_page(desk, words.QUESTIONS_INTRO)
    desk.pass_ms(1_000)
    desk.tap(keyboard.ENTER, held_ms=0)
    desk.pass_ms(2_100)
    desk.tap(keyboard.ENTER, held_ms=0)
    shown = desk.now

    def enter() -> None:
        if pad:
            pixel = desk.find(ScreenKey("Enter"))
            desk.press_at(pixel)
            desk.release_at(pixel)
        else:
            desk.tap(keyboard.ENTER, held_ms=0)

    assert desk.at(Place.QUESTION)
    desk.until(shown + 499 * MS)
    enter()
    assert desk.at(Place.QUESTION)
    desk.until(shown + 501 * MS)
    enter()
    assert desk.at(Place.PAUSE)
    desk.pass_ms(2_100)
    desk.tap(keyboard.ENTER, keyboard.top_row("5"), held_ms=0)
    enter()
    assert desk.at(Place.PAUSE)
    assert [response for (response,) in desk.rows("select response from answer order by number")] == ["", "5"]
