"""The loop when something in it raises, and when the PC ends the program: no exception ends it, and a check is held."""

import pygame
import pytest

from mtc_kiosk.check.events import Cause, Failed, Resumed
from mtc_kiosk.check.facts import Answered, AnsweredBy, Held, Typed
from mtc_kiosk.kiosk.guard import REST_NS, TRY_AGAIN_NS
from mtc_kiosk.kiosk.system.devices import Present
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.clock import MS, SECOND
from mtc_kiosk.robots.eyes import Place

from .breaking import Make, asked, break_glass, held_chord, passcode, voided


class Breaks(Present):
    """Devices that cannot be looked at."""

    raises: BaseException = OSError("made up")

    def __getattribute__(self, name: str) -> object:
        raise Breaks.raises


def test_a_fault_in_the_loop_holds_the_check_with_its_cause(bench: Make) -> None:
    """In a question: void, held, `program` in the journal, and nothing that was typed is lost; staff carry on."""
    desk = asked(bench, survives=True)
    desk.present = Breaks()
    desk.tap(keyboard.top_row("6"))
    assert desk.at(Place.HELD)
    desk.present = Present()
    assert voided(desk) == [(1, 1, Cause.PROGRAM)]
    assert [fact.cause for fact in desk.every(Held)] == [Cause.PROGRAM]
    assert [fact.input for fact in desk.every(Typed) if not fact.practice] == ["5"]
    assert desk.log
    desk.point(Button.RESUME)
    desk.reach(Place.QUESTION, 1)
    assert len(desk.every(Failed)) == 1


def test_what_raises_keeps_no_key_from_the_check(bench: Make) -> None:
    """A key in the pass whose picture cannot be shown is typed and kept; then the check is held."""
    desk = asked(bench, survives=True)
    break_glass(desk, 1)
    desk.type_in("6")
    assert desk.at(Place.HELD)
    assert [fact.input for fact in desk.every(Typed) if not fact.practice] == ["5", "6"]
    assert [(answer.response, answer.number) for answer in desk.every(Answered)] == [("56", 1)]


def test_a_picture_that_failed_half_way_is_painted_whole(bench: Make) -> None:
    """What is on the glass afterwards is the held page, all of it."""
    desk = asked(bench, survives=True)
    break_glass(desk, 2)
    desk.type_in("6")
    desk.pass_ms(TRY_AGAIN_NS // MS + 500)
    assert desk.at(Place.HELD)
    assert desk.window.glass.get_buffer().raw == desk.window.surface.get_buffer().raw


def test_staff_get_out_of_a_kiosk_that_cannot_draw(bench: Make) -> None:
    """With no picture at all the keys still act: chord and passcode end the kiosk."""
    desk = bench(survives=True, passcode="chalk")
    break_glass(desk, 1_000_000)
    held_chord(desk)
    passcode(desk, "chalk")
    assert desk.kiosk.state.exit_code == 3


def test_a_fault_in_every_pass_neither_spins_nor_fills_the_log(bench: Make) -> None:
    """Ten minutes of it: a few passes a second, a few lines."""
    desk = bench(survives=True)
    desk.present = Breaks()
    passes, until = 0, desk.now + 600 * SECOND
    while desk.now < until:
        desk.kiosk.turn()
        passes += 1
    assert passes <= 600 * SECOND // REST_NS + 1
    assert 1 <= len(desk.log) <= 6
    assert any("more like it" in line for line in desk.log)
    assert words.WAIT in desk.sight.texts


def test_a_check_that_cannot_even_be_held_neither_spins_nor_loses_anything(bench: Make) -> None:
    """Its deadline has passed and nothing takes what follows: calm page, a few passes a second; then it is held."""
    desk = asked(bench, survives=True)
    keep = desk.journal.keep

    def out_of_memory(*_: object) -> int:
        raise MemoryError

    desk.journal.keep = out_of_memory  # type: ignore[method-assign]  # what no test can bring about otherwise
    desk.down(keyboard.top_row("6"))
    passes, until = 0, desk.now + 10 * SECOND
    while desk.now < until and passes < 1_000:
        desk.kiosk.turn()
        passes += 1
    assert passes <= 2 * 10 * SECOND // REST_NS
    assert words.WAIT in desk.sight.texts
    desk.journal.keep = keep  # type: ignore[method-assign]
    desk.pass_ms(TRY_AGAIN_NS // MS + 500)
    assert desk.at(Place.HELD)
    assert voided(desk) == [(1, 1, Cause.PROGRAM)]
    (failed,) = desk.every(Failed)
    assert failed.since_us < failed.at - 3 * SECOND // 1_000, "no time runs out behind the calm page"
    assert [(answer.response, answer.by) for answer in desk.every(Answered)] == [("5", AnsweredBy.VOID)]


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit])
def test_what_is_to_end_the_program_ends_it(bench: Make, end: type[BaseException]) -> None:
    """Ctrl+C and an exit are no faults."""
    desk = bench(survives=True)
    Breaks.raises = end()
    try:
        desk.present = Breaks()
        with pytest.raises(end):
            desk.kiosk.turn()
    finally:
        Breaks.raises = OSError("made up")


def test_a_speaker_that_raises_is_sound_that_is_lost(bench: Make) -> None:
    """Without the audio version a check goes on, whatever its loudspeaker does."""
    desk = asked(bench, survives=True)

    def broken() -> None:
        raise pygame.error("made up: no mixer")

    desk.kiosk._voice.pass_time = broken  # type: ignore[method-assign]
    desk.type_in("6")
    desk.tap(keyboard.ENTER)
    desk.pass_ms(500)
    assert desk.at(Place.PAUSE)
    assert [answer.response for answer in desk.every(Answered)] == ["56"]


ENDS = {
    "page": lambda desk: desk.reach(Place.PAGE),
    "question": lambda desk: desk.reach(Place.QUESTION, 1),
    "pause": lambda desk: desk.reach(Place.PAUSE),
}


@pytest.mark.parametrize("place", ENDS)
@pytest.mark.parametrize("secret", [None, "chalk"])
def test_a_pc_that_ends_the_program_leaves_a_held_check(bench: Make, place: str, secret: str | None) -> None:
    """With and without a passcode: held as `ended`, on the disk, exit code 0; the next start shows it."""
    desk = bench(survives=True, passcode=secret)
    desk.tap(keyboard.ENTER)
    ENDS[place](desk)
    if place == "question":
        desk.type_in("5")
    desk.ending = True
    desk.pass_ms(500)
    assert desk.kiosk.state.exit_code == 0
    assert desk.journal.close()
    desk.ending = False
    desk.switch_on()
    assert words.HELD in desk.sight.texts
    assert [fact.cause for fact in desk.every(Held)] == [Cause.ENDED]
    assert len(desk.every(Resumed)) == 1
    assert voided(desk) == ([(1, 1, Cause.ENDED)] if place == "question" else [])


def test_a_pc_that_ends_a_kiosk_at_its_welcome_page_ends_it(bench: Make) -> None:
    """Nobody sits there: it ends, and nothing is written."""
    desk = bench(survives=True, passcode="chalk")
    desk.ending = True
    desk.pass_ms(500)
    assert desk.kiosk.state.exit_code == 0
    assert desk.rows("select count(*) from attempt") == [(0,)]


def test_a_check_that_is_held_keeps_its_first_cause(bench: Make) -> None:
    """Staff read why it was held, not that the PC was switched off behind it."""
    desk = asked(bench, survives=True)
    desk.focus_away(1_500)
    desk.ending = True
    desk.pass_ms(500)
    assert [fact.cause for fact in desk.every(Held)] == [Cause.FOCUS]
