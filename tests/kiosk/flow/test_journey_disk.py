"""A disk that is full or slow under a check, through the real client and journal. No key that was pressed is lost."""

import sqlite3

import pytest

from mtc_kiosk.check.events import Cause, Saved
from mtc_kiosk.check.facts import Answered, AnsweredBy, DiskTooSlow, PauseEnded, SlowDisk
from mtc_kiosk.kiosk.view import staff_words, words
from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.eyes import Place
from tests.kiosk.breaking import Make, asked, held_chord, passcode, voided
from tests.kiosk.virtual import Bench


def type_until_full(desk: Bench) -> str:
    """Let the database grow no more, and type on until the check is held for it; the keys that were pressed."""
    desk.flush()
    (pages,) = desk.writers.execute("pragma page_count").fetchone()
    desk.writers.execute(f"pragma max_page_count = {pages}")
    pressed = ""
    while desk.at(Place.QUESTION):
        desk.tap(keyboard.top_row("6") if len(pressed) % 2 == 0 else keyboard.BACKSPACE)
        pressed += "6<"[len(pressed) % 2]
        desk.journal.flush(0.1)
        desk.pass_ms(1)
    return pressed


def test_a_full_disk_holds_the_check_and_loses_nothing(bench: Make) -> None:
    """Full in a question: void and held, no Carry on until there is room; then every key pressed is on the disk."""
    desk = asked(bench, settles=False)
    pressed = type_until_full(desk)
    assert desk.at(Place.HELD)
    assert [seen.what for seen in desk.sight.controls] == [Button.STOP]
    assert "The disk is full. Free some space on" in " ".join(desk.sight.texts)
    desk.writers.execute("pragma max_page_count = 1000000")
    desk.flush()
    desk.pass_ms(10)
    desk.point(Button.RESUME)
    assert desk.at(Place.PAUSE)
    assert voided(desk) == [(1, 1, Cause.JOURNAL)]
    on_disk = desk.rows("select group_concat(input, '') from (select input from input where number = 1 order by seq)")
    assert on_disk == [("5" + pressed.replace("<", "Backspace"),)]


def slow(desk: Bench) -> sqlite3.Connection:
    """Hold the database, as a virus scanner might, just after an answer was given; the pause has begun."""
    desk.flush()
    beside = desk.beside()
    beside.execute("begin immediate")
    desk.tap(keyboard.ENTER)
    return beside


def test_a_slow_disk_lengthens_the_pause(bench: Make) -> None:
    """The answer is not on the disk when its pause ends: the pause waits, says so, and the next question is whole."""
    desk = asked(bench, settles=False)
    beside = slow(desk)
    desk.pass_ms(3_800)
    assert words.SAVING in desk.sight.texts
    beside.close()
    desk.flush()
    desk.reach(Place.QUESTION, 2)
    ended = desk.every(PauseEnded)[-1]
    assert len(desk.every(SlowDisk)) == 1
    assert 790_000 <= ended.waited_us <= 900_000
    assert desk.every(Saved)[0].at == ended.at
    assert voided(desk) == []


def test_a_disk_that_is_too_slow_holds_the_check(bench: Make) -> None:
    """Two seconds past the pause the check is held; the answer that was given counts."""
    desk = asked(bench, settles=False)
    beside = slow(desk)
    desk.pass_ms(5_100)
    assert desk.at(Place.HELD)
    beside.close()
    desk.flush()
    assert len(desk.every(DiskTooSlow)) == 1
    desk.point(Button.RESUME)
    desk.reach(Place.QUESTION, 2)
    assert [(answer.response, answer.by) for answer in desk.every(Answered)] == [("5", AnsweredBy.ENTER)]


def test_staff_read_what_helps_and_carry_on_comes_back_by_itself(bench: Make) -> None:
    """After the passcode too: the page says which disk, and changes by itself as soon as there is room."""
    desk = asked(bench, settles=False, passcode="secret")
    type_until_full(desk)
    held_chord(desk)
    passcode(desk, "secret")
    assert "Free some space on this PC" in " ".join(desk.sight.texts)
    assert [seen.what for seen in desk.sight.controls] == [Button.STOP, Button.BACK]
    desk.writers.execute("pragma max_page_count = 1000000")
    desk.flush()
    desk.pass_ms(10)
    assert staff_words.CAUSES[Cause.JOURNAL] in desk.sight.texts
    desk.point(Button.RESUME)
    assert desk.at(Place.PAUSE)


@pytest.mark.parametrize("code", [None, "secret"])
def test_stop_is_asked_twice_where_a_check_is_held(bench: Make, code: str | None) -> None:
    """One press too many ends no check for good; Back leads to where it was asked."""
    desk = asked(bench, settles=False, passcode=code)
    type_until_full(desk)
    if code is not None:
        held_chord(desk)
        passcode(desk, code)
    desk.point(Button.STOP)
    assert staff_words.ASK[Button.STOP] in desk.sight.texts
    desk.point(Button.BACK)
    assert "The disk is full." in " ".join(desk.sight.texts)
    desk.writers.execute("pragma max_page_count = 1000000")
    desk.flush()
    desk.pass_ms(10)
    assert desk.rows("select outcome from attempt") == [(None,)]
    desk.point(Button.STOP)
    desk.point(Button.STOP)
    assert desk.rows("select outcome from attempt") == [("stopped",)]
