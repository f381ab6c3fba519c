"""Whole journeys through the real client on a virtual clock, with each thing a pupil may press with."""

from collections.abc import Callable

import pygame
import pytest

from mtc_kiosk.check.events import Noted, Source
from mtc_kiosk.check.facts import Answered, AnsweredBy
from mtc_kiosk.check.facts import Shown as SumShown
from mtc_kiosk.check.form import Form, Item
from mtc_kiosk.check.settings import Settings
from mtc_kiosk.kiosk.drawing.fonts import Fonts
from mtc_kiosk.kiosk.drawing.paint import paint
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button, Control, Feeling, ScreenKey
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.clock import MS, SECOND
from mtc_kiosk.robots.eyes import Place
from tests.kiosk.virtual import FORM, KIOSK, SEEN_MS, Bench

Make = Callable[..., Bench]
NATIONAL = Form("bench-25", tuple(Item(2 + n % 11, 2 + n * 7 % 11) for n in range(25)), FORM.spares)


def by_keyboard(bench: Bench, control: Control) -> None:
    """Tab to a control, then the space bar; a key of the pad is a key of the keyboard."""
    if isinstance(control, ScreenKey):
        bench.tap(keyboard.ENTER if control.name == "Enter" else keyboard.keypad(control.name))
        return
    bench.pass_ms(SEEN_MS)
    for _ in range(20):
        if bench.sight.focus == control:
            break
        bench.tap(keyboard.TAB)
    bench.tap(keyboard.SPACE)


def whole_try_out(bench: Bench, press: Callable[[Bench, Control], None]) -> None:
    """From the welcome page to the page after the feedback."""
    press(bench, Button.TRY_IT_OUT)
    while not bench.at(Place.AGAIN):
        bench.pass_ms(500)
        sight = bench.sight
        match sight.place:
            case Place.PAGE:
                press(bench, Button.NEXT)
            case Place.PAUSE:
                bench.pass_ms(500)
            case Place.QUESTION:
                assert sight.sum is not None
                for name in (*str(sight.sum[0] * sight.sum[1]), "Enter"):
                    press(bench, ScreenKey(name))
            case Place.HOW_WAS_IT:
                press(bench, Feeling.DIFFICULT)
                press(bench, Button.SEND)
            case _:
                raise AssertionError(sight.texts)


PRESSES: dict[Source, Callable[[Bench, Control], None]] = {
    Source.KEYBOARD: by_keyboard,
    Source.MOUSE: lambda bench, control: bench.point(control, Source.MOUSE),
    Source.TOUCH: lambda bench, control: bench.point(control, Source.TOUCH),
    Source.PEN: lambda bench, control: bench.point(control, Source.PEN),
}


@pytest.mark.parametrize("source", list(PRESSES))
def test_one_thing_to_press_with_is_enough(bench: Make, source: Source) -> None:
    """A whole try-out needs nothing but the keyboard, the mouse, a finger or a pen."""
    desk = bench(form=NATIONAL, settings=Settings())
    whole_try_out(desk, PRESSES[source])
    answers = desk.every(Answered)
    assert [answer.response for answer in answers] == [str(item.product) for item in NATIONAL.items]
    assert {answer.by for answer in answers} == {AnsweredBy.ENTER}
    assert desk.rows("select distinct source from input") == [(str(source),)]
    assert desk.rows("select outcome, kiosk, kind from attempt") == [("complete", KIOSK, "try")]
    assert desk.rows("select choice from feedback") == [("difficult",)]


def test_again_is_a_new_attempt(bench: Make) -> None:
    """ "Have another go" begins at the first page with a new attempt."""
    desk = bench()
    whole_try_out(desk, by_keyboard)
    by_keyboard(desk, Button.AGAIN)
    assert desk.at(Place.PAGE)
    desk.reach(Place.QUESTION, 1)
    assert desk.rows("select id, outcome from attempt order by id") == [("bench-1", "complete"), ("bench-2", None)]


def test_leaving_frees_the_pc_for_the_next_pupil(bench: Make) -> None:
    """Behind "Finish" is the welcome page, and the kiosk goes on."""
    desk = bench()
    whole_try_out(desk, by_keyboard)
    desk.point(Button.LEAVE)
    assert desk.at(Place.WELCOME)
    assert desk.kiosk.state.exit_code is None


def test_leaving_ends_a_kiosk_that_was_opened_for_one_try(bench: Make) -> None:
    """``mtc-kiosk try`` begins at once, and ends with the pupil."""
    desk = bench(loops=False)
    assert desk.at(Place.PAGE)
    desk.reach(Place.QUESTION, 3)
    desk.type_in("1")
    desk.tap(keyboard.ENTER)
    while not desk.at(Place.HOW_WAS_IT):
        desk.pass_ms(1_000)
        desk.tap(keyboard.ENTER)
    by_keyboard(desk, Button.SKIP)
    by_keyboard(desk, Button.LEAVE)
    assert desk.kiosk.state.exit_code == 0


def test_try_says_how_to_leave(bench: Make) -> None:
    """On its first page, where no passcode keeps the kiosk; it is what Escape does."""
    desk = bench(loops=False)
    assert words.TO_LEAVE in desk.sight.texts
    desk.down(keyboard.ESCAPE)
    desk.pass_ms(2_000)
    assert desk.kiosk.state.exit_code == 0
    assert words.TO_LEAVE not in bench(loops=False, passcode="chalk").sight.texts
    kept = bench()
    kept.reach(Place.PAGE)
    assert words.TO_LEAVE not in kept.sight.texts, "a kiosk that goes on for the next pupil is not left"


@pytest.mark.parametrize("typed", [False, True])
def test_who_typed_nothing_in_the_practice_is_not_told_that_they_know_how_it_works(bench: Make, typed: bool) -> None:
    """The page says to put a hand up; the practice is unchanged."""
    desk = bench()
    desk.reach(Place.QUESTION, 1, practice=True)
    if typed:
        desk.type_in("7")
    desk.end_question()
    said = desk.sight.texts
    assert words.PRACTICE_COMPLETE in said
    assert (words.NOTHING_TYPED in said) != typed
    assert (words.PRACTICE_COMPLETE_SENTENCES[0] in said) == typed


def test_feedback_may_be_skipped(bench: Make) -> None:
    """A pupil who skips "how was it" leaves no feedback, and there is no Send before a choice."""
    desk = bench()
    desk.reach(Place.QUESTION, 3)
    desk.tap(keyboard.top_row("1"), keyboard.ENTER)
    desk.pass_ms(1_000)
    desk.tap(keyboard.ENTER)
    assert desk.sight.find(Button.SEND) is None
    desk.point(Button.SKIP)
    assert desk.at(Place.AGAIN)
    assert desk.rows("select * from feedback") == []


def test_an_attempt_says_what_it_ran_on(bench: Make) -> None:
    """The first note of an attempt is about the kiosk: driver, size, ways of waiting and stamping."""
    desk = bench()
    desk.reach(Place.PAGE)
    assert [note.detail for note in desk.every(Noted)] == ["driver=robot size=800x600 wait=virtual stamps=loop"]


def test_practice_leaves_events_but_no_inputs_and_no_answers(bench: Make) -> None:
    """What is typed in practice is no input and no answer."""
    desk = bench()
    desk.reach(Place.QUESTION, 1)
    assert desk.rows("select count(*) from event where type = 'Typed'") == [(2,)]
    assert desk.rows("select * from input") == []
    assert desk.rows("select * from answer") == []


# -- time


def test_a_question_lasts_six_seconds_from_its_flip(bench: Make) -> None:
    """Nothing typed: the answer is blank, by time-out, 6.000000 s after the flip that showed the sum."""
    desk = bench(flip_ns=9 * MS)
    desk.reach(Place.QUESTION, 1)
    desk.end_question()
    (answer,) = desk.every(Answered)
    assert (answer.response, answer.by, answer.stall) == ("", AnsweredBy.TIMEOUT, False)
    assert answer.shown_us is not None
    assert answer.at - answer.shown_us == 6_000_000


def test_pauses_last_three_seconds(bench: Make) -> None:
    """From the end of one question to the flip of the next: 3.000000 s and the flip."""
    desk = bench(flip_ns=9 * MS)
    desk.reach(Place.QUESTION, 2)
    (first,), shown = desk.every(Answered), [fact for fact in desk.every(SumShown) if not fact.practice]
    assert shown[1].at - first.at == 3_000_000 + 9_000


@pytest.mark.parametrize(("early_us", "response"), [(1, "56"), (0, "5"), (-1_000, "5")])
def test_a_key_at_the_very_end_of_the_time_is_late(bench: Make, early_us: int, response: str) -> None:
    """One microsecond before the end counts; the end itself does not."""
    desk = bench()
    desk.reach(Place.QUESTION, 1)
    ends = desk.now + 6 * SECOND
    desk.type_in("5")
    desk.plan(keyboard.top_row("6"), ends - early_us * 1_000)
    desk.until(ends + SECOND)
    (answer,) = desk.every(Answered)
    assert (answer.response, answer.by, answer.stall) == (response, AnsweredBy.TIMEOUT, False)


def test_a_question_is_painted_once_a_second_and_once_a_digit(bench: Make) -> None:
    """Six pictures count down, one more for each digit; the next is the pause. Nothing else is painted."""
    desk = bench()
    desk.reach(Place.QUESTION, 1)
    before = len(desk.chair.looks) - 1
    desk.pass_ms(1_500)
    desk.type_in("12")
    desk.tap(keyboard.letter("x"), keyboard.SPACE, keyboard.KEYPAD_POINT)
    desk.end_question()
    looks = desk.chair.looks[before:]
    assert [(look.sight.seconds_left, look.sight.typed) for look in looks[:-1]] == [
        (6, ""), (5, ""), (5, "1"), (5, "12"), (4, "12"), (3, "12"), (2, "12"), (1, "12"),
    ]  # fmt: skip
    assert looks[-1].sight.place is Place.PAUSE
    assert [look.at_ns - looks[0].at_ns for look in looks[:2]] == [0, SECOND]


def test_what_is_painted_piece_by_piece_is_the_whole_picture(bench: Make) -> None:
    """At every step of a journey the window shows the pixels of a picture painted all at once."""
    desk, fonts = bench(), Fonts()
    seen = 0
    while not desk.at(Place.HOW_WAS_IT):
        desk.pass_ms(700)
        sight = desk.sight
        if sight.place in (Place.WELCOME, Place.PAGE):
            desk.tap(keyboard.ENTER)
        elif sight.place is Place.QUESTION:
            desk.tap(keyboard.top_row("4"))
        whole = pygame.Surface(desk.window.glass.get_size())
        paint(whole, desk.picture.marks, None, fonts)
        assert whole.get_buffer().raw == desk.window.glass.get_buffer().raw, sight.texts
        seen += 1
    assert seen > 30
