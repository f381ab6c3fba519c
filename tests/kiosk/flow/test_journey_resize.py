"""The window takes another size: a tablet is turned, a projector is plugged in. Every step goes on, on the new surface.

The window of these tests shows only what is painted on its present surface; what goes to an earlier one is never seen.
"""

from collections.abc import Callable

import pygame
import pytest

from mtc_kiosk.check.arrangements import Code, Granted
from mtc_kiosk.check.events import Cause, Device, Lost, Noted, Source
from mtc_kiosk.check.facts import Answered, AnsweredBy, Held, NextPressed, Shown
from mtc_kiosk.kiosk.canvas import LEAST_SIDES, PictureOfScene, TooSmall
from mtc_kiosk.kiosk.drawing.fonts import Fonts
from mtc_kiosk.kiosk.drawing.paint import paint
from mtc_kiosk.kiosk.flow.prepare import build_arrangements
from mtc_kiosk.kiosk.view.controls import Button, ScreenKey
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.clock import MS, SECOND
from mtc_kiosk.robots.eyes import Place
from tests.kiosk.breaking import Make, asked, held_chord, voided
from tests.kiosk.virtual import FORM, SETTINGS, Bench

SIZES = [(600, 800), (1366, 768), (1920, 1080), (640, 480)]


def shows_whole_picture(desk: Bench, size: tuple[int, int]) -> bool:
    """Whether the glass has this size and every pixel of what the kiosk says is on it."""
    fresh = pygame.Surface(size)
    paint(fresh, desk.picture.marks, None, Fonts())
    laid_out = all(fresh.get_rect().contains(pygame.Rect(mark.rect)) for mark in desk.picture.marks)
    same = pygame.image.tobytes(desk.window.glass, "RGB") == pygame.image.tobytes(fresh, "RGB")
    return laid_out and same and pygame.Rect(desk.picture.marks[0].rect) == fresh.get_rect()


# -- every step


def intro(bench: Make) -> Bench:
    """The first page of the check."""
    desk = bench()
    desk.reach(Place.PAGE)
    return desk


def practice(bench: Make) -> Bench:
    """A practice question with a digit typed."""
    desk = bench()
    desk.reach(Place.QUESTION, 1, practice=True)
    desk.type_in("1")
    return desk


def pause(bench: Make) -> Bench:
    """The pause before a question."""
    desk = bench()
    desk.reach(Place.PAUSE, 1)
    return desk


def pause_next(bench: Make) -> Bench:
    """A pause that the pupil ends."""
    desk = bench(settings=build_arrangements(SETTINGS, Granted((Code.NBQ,)), FORM, official=False))
    desk.point(Button.TRY_IT_OUT)
    while not desk.at(Place.PAUSE):
        desk.pass_ms(500)
        desk.tap(keyboard.ENTER)
    desk.pass_ms(2_500)
    return desk


def reading(bench: Make) -> Bench:
    """A question that is being read out."""
    desk = bench(settings=build_arrangements(SETTINGS, Granted((Code.QNR,)), FORM, official=False))
    desk.point(Button.TRY_IT_OUT)
    for _ in range(100):
        if desk.at(Place.LISTENING):
            return desk
        desk.pass_ms(500)
        if desk.at(Place.PAGE):
            desk.tap(keyboard.ENTER)
    raise AssertionError("Nothing was ever read out.")


def asking(bench: Make) -> Bench:
    """A question with digits typed."""
    desk = asked(bench)
    desk.type_in("6")
    return desk


def held(bench: Make) -> Bench:
    """A held check."""
    desk = asked(bench)
    desk.focus_away(1_500)
    assert desk.at(Place.HELD)
    return desk


def staff(bench: Make) -> Bench:
    """The staff page with half a passcode."""
    desk = asked(bench, passcode="chalk")
    desk.focus_away(1_500)
    held_chord(desk)
    desk.tap(keyboard.letter("c"), keyboard.letter("h"))
    return desk


def how_was_it(bench: Make) -> Bench:
    """The page after the last question."""
    desk = bench()
    desk.reach(Place.HOW_WAS_IT)
    return desk


STEPS: dict[str, Callable[[Make], Bench]] = {
    step.__name__: step for step in (intro, practice, pause, pause_next, reading, asking, held, staff, how_was_it)
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("step", list(STEPS))
def test_every_step_goes_on_at_the_new_size(bench: Make, step: str, size: tuple[int, int]) -> None:
    """The whole picture, laid out for the new size, is on the glass at once, and it is the same page."""
    desk = STEPS[step](bench)
    before = desk.sight
    desk.resize(*size)
    assert shows_whole_picture(desk, size)
    after = desk.sight
    assert (after.place, after.sum, after.typed, after.number) == (
        before.place,
        before.sum,
        before.typed,
        before.number,
    )
    desk.pass_ms(1_200)
    assert shows_whole_picture(desk, size), "what changed since is on the glass too"


# -- what it must not cost the pupil


def test_a_resize_is_no_new_showing(bench: Make) -> None:
    """The six seconds run from the first flip, what was typed counts, and the journal says when the size changed."""
    desk = asked(bench)
    shown = len(desk.every(Shown))
    desk.resize(600, 800)
    desk.type_in("6")
    desk.end_question()
    answer = desk.every(Answered)[0]
    assert (answer.response, answer.by, answer.at - (answer.shown_us or 0)) == ("56", AnsweredBy.TIMEOUT, 6_000_000)
    assert len(desk.every(Shown)) == shown
    assert [noted.detail for noted in desk.every(Noted) if noted.what == "window_size"] == ["600x800"]


def test_the_next_question_is_shown_on_the_new_surface(bench: Make) -> None:
    """Five questions passed unseen once: each is on the glass, and made ready in the pause before it."""
    desk = asked(bench)
    desk.resize(600, 800)
    desk.reach(Place.PAUSE, 2)
    kept = desk.picture.kept_pixels
    desk.reach(Place.QUESTION, 2)
    assert shows_whole_picture(desk, (600, 800))
    desk.type_in("12")
    assert shows_whole_picture(desk, (600, 800))
    assert desk.picture.kept_pixels == kept, "nothing is drawn for the first time in a question"


def test_no_other_question_is_made_ready_while_one_is_open(bench: Make) -> None:
    """In a question only that question is drawn: the others can wait for the pause."""
    desk = asked(bench)
    desk.resize(600, 800)
    kept = desk.picture.kept_pixels
    desk.pass_ms(50)
    assert desk.picture.kept_pixels == kept
    desk.reach(Place.PAUSE, 2)
    assert desk.picture.kept_pixels > kept


# -- presses


@pytest.mark.parametrize("source", [Source.MOUSE, Source.TOUCH])
def test_presses_go_by_the_new_places(bench: Make, source: Source) -> None:
    """A finger on a key of the new pad types that key, also in the pass in which the size changed."""
    desk = asked(bench)
    desk.resize(600, 800)
    for digit in "17":
        desk.point(ScreenKey(digit), source)
    assert desk.sight.typed == "517"


def test_a_press_begun_before_acts_on_nothing(bench: Make) -> None:
    """A finger that was down on Next as the tablet was turned comes up on the new Next: nothing was pressed."""
    desk = bench()
    desk.reach(Place.PAGE)
    texts = desk.sight.texts
    desk.press_at(desk.find(Button.NEXT))
    desk.resize(600, 800)
    desk.release_at(desk.find(Button.NEXT))
    desk.pass_ms(100)
    assert desk.sight.texts == texts
    assert desk.every(NextPressed) == []
    desk.point(Button.NEXT)
    assert len(desk.every(NextPressed)) == 1


# -- a size that nothing fits


def test_a_window_too_small_for_a_second_holds_the_check(bench: Make) -> None:
    """What cannot be shown is a display that is gone: the question is void, and held once something can be shown."""
    desk = asked(bench)
    desk.resize(80, 60)
    desk.pass_ms(1_500)
    assert [one.cause for one in desk.every(Held)] == [Cause.DISPLAY]
    assert voided(desk) == [(1, 1, Cause.DISPLAY)]
    desk.resize(800, 600)
    assert desk.at(Place.HELD)
    assert shows_whole_picture(desk, (800, 600))


def test_a_window_too_small_for_less_harms_nothing(bench: Make) -> None:
    """A window manager may pass through odd sizes; within a second the question goes on."""
    desk = asked(bench)
    begun = desk.now
    desk.resize(80, 60)
    desk.pass_ms(600)
    desk.resize(800, 600)
    desk.pass_ms(100)
    assert desk.at(Place.QUESTION)
    assert desk.every(Held) == []
    assert shows_whole_picture(desk, (800, 600))
    desk.end_question()
    assert desk.now - begun <= 6 * SECOND + 50 * MS


def test_a_surface_that_cannot_be_had_for_any_reason_is_no_picture(bench: Make) -> None:
    """Whatever raises, nothing is painted to the surface before, and the kiosk tries for a new one by itself."""
    desk = asked(bench, survives=True)
    renew = desk.window.renew

    def fails() -> None:
        raise MemoryError("made up")

    desk.window.renew = fails  # type: ignore[method-assign]  # the window is the tests' own
    desk.resize(1024, 768)
    assert [one.cause for one in desk.every(Held)] == [Cause.PROGRAM]
    desk.pass_ms(100)
    assert [one.device for one in desk.every(Lost)] == [Device.DISPLAY]
    desk.window.renew = renew  # type: ignore[method-assign]  # the window is the tests' own
    desk.pass_ms(500)
    assert desk.at(Place.HELD)
    assert shows_whole_picture(desk, (1024, 768))
    desk.pass_ms(600)
    desk.point(Button.RESUME)
    desk.reach(Place.QUESTION, 1)


def test_no_sum_counts_as_shown_while_nothing_can_be_shown(bench: Make) -> None:
    """A question whose time has come while the window is too small begins only when it is seen."""
    desk = bench()
    desk.reach(Place.PAUSE, 1)
    desk.pass_ms(2_700)
    shown = len(desk.every(Shown))
    desk.resize(80, 60)
    desk.pass_ms(600)
    assert len(desk.every(Shown)) == shown
    desk.resize(800, 600)
    desk.pass_ms(50)
    assert desk.at(Place.QUESTION)
    assert len(desk.every(Shown)) == shown + 1


@pytest.mark.parametrize("short", [False, True])
def test_the_smallest_window_has_both_sides(short: bool) -> None:
    """At the least sides a picture is laid out, upright too; one pixel less on either side is refused."""
    picture = PictureOfScene(pygame.Surface((800, 600)), 15.6)
    least_short, least_long = LEAST_SIDES
    picture.take(pygame.Surface((least_long, least_short)))
    picture.take(pygame.Surface((least_short, least_long)))
    with pytest.raises(TooSmall):
        picture.take(pygame.Surface((least_long - (not short), least_short - short)))
