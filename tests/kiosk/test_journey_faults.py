"""Faults on the way: what stands still, sleeps, goes away or cannot be written, through the real client.

Each test takes a check on a virtual clock and breaks one thing. A fault voids the open question; nothing else does.
"""

import sqlite3
from collections.abc import Callable

import pytest

from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.facts import (
    Answered,
    AnsweredBy,
    AwayTooLong,
    DiskTooSlow,
    Failed,
    Held,
    Noted,
    PauseEnded,
    Released,
    Saved,
    SlowDisk,
    Voided,
)
from mtc_kiosk.kiosk import words
from mtc_kiosk.kiosk.devices import Present
from mtc_kiosk.kiosk.staff import TRIES
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.acts import KeyGoesDown
from mtc_kiosk.robots.clock import MS, SECOND
from mtc_kiosk.robots.eyes import Place

from .virtual import Bench

Make = Callable[..., Bench]


def asked(bench: Make, number: int = 1, **wanted: object) -> Bench:
    """A bench whose question has just come up, with one digit typed."""
    desk = bench(**wanted)
    desk.reach(Place.QUESTION, number)
    desk.type_in("5")
    return desk


def voided(desk: Bench) -> list[tuple[int, int, Cause]]:
    """Number, showing and cause of each void."""
    return [(void.number, void.showing, void.cause) for void in desk.every(Voided)]


# -- the loop stands still


def test_a_loop_that_stood_still_for_a_second_voids_the_question(bench: Make) -> None:
    """SIGSTOP for 1.5 s in a question: void, held, and a spare of the same table once staff let it go on."""
    desk = asked(bench)
    desk.window.late_ns = 1_500 * MS
    desk.pass_ms(10)
    assert desk.at(Place.HELD)
    assert voided(desk) == [(1, 1, Cause.STALL)]
    desk.point("button:resume")
    desk.reach(Place.QUESTION, 1)
    assert desk.sight.sum == (7, 5)


def test_a_loop_that_stood_still_for_less_voids_nothing(bench: Make) -> None:
    """0.7 s and the heartbeat's wait make less than a second."""
    desk = asked(bench)
    desk.window.late_ns = 700 * MS
    desk.pass_ms(10)
    assert desk.at(Place.QUESTION)
    assert desk.every(Failed) == []


def test_a_loop_that_stood_still_in_a_pause_voids_nothing(bench: Make) -> None:
    """Held all the same; the pause begins again."""
    desk = asked(bench)
    desk.tap(keyboard.ENTER)
    desk.window.late_ns = 5 * SECOND
    desk.pass_ms(10)
    assert [(held.cause, held.only_stop) for held in desk.every(Held)] == [(Cause.STALL, False)]
    assert voided(desk) == []
    desk.point("button:resume")
    assert desk.at(Place.PAUSE)
    desk.reach(Place.QUESTION, 2)
    assert len(desk.every(Answered)) == 1


# -- woken late, with keys waiting


def woken_late(desk: Bench, late_ms: int, keys: dict[int, str]) -> Answered:
    """The loop sleeps over the end of the question; ``keys`` are pressed so many ms from its end. The answer."""
    ends = desk.now + 6 * SECOND
    desk.type_in("5")
    desk.until(ends - 100 * MS)
    for at_ms, name in keys.items():
        key = keyboard.ENTER if name == "Enter" else keyboard.top_row(name)
        desk.chair.agenda.add(KeyGoesDown(ends + at_ms * MS, key))
    desk.window.late_ns = (late_ms - min(keys)) * MS
    desk.until(ends + (late_ms + 100) * MS)
    return desk.every(Answered)[-1]


def test_woken_late_without_stamps_the_doubt_is_the_pupils(bench: Make) -> None:
    """More than 20 ms past the end with keys waiting: they count as typed in time, and the answer is marked."""
    desk = bench()
    desk.reach(Place.QUESTION, 1)
    answer = woken_late(desk, 25, {-30: "6"})
    assert (answer.response, answer.by, answer.stall) == ("56", AnsweredBy.TIMEOUT, True)


def test_woken_late_without_stamps_even_enter_counts(bench: Make) -> None:
    """A whole answer that waited ends the question by Enter."""
    desk = bench()
    desk.reach(Place.QUESTION, 1)
    answer = woken_late(desk, 40, {-30: "6", -20: "Enter"})
    assert (answer.response, answer.by, answer.stall) == ("56", AnsweredBy.ENTER, True)
    assert answer.shown_us is not None
    assert answer.at - answer.shown_us == 5_999_999


def test_woken_a_little_late_the_loops_own_stamp_decides(bench: Make) -> None:
    """Up to 20 ms past the end a key that waited is late."""
    desk = bench()
    desk.reach(Place.QUESTION, 1)
    answer = woken_late(desk, 20, {-1: "6"})
    assert (answer.response, answer.stall) == ("5", False)


def test_woken_late_with_stamps_each_key_counts_by_its_own(bench: Make) -> None:
    """Where the system stamps keys, those pressed before the end count, and nothing is in doubt."""
    desk = bench(stamped=True)
    desk.reach(Place.QUESTION, 1)
    answer = woken_late(desk, 300, {-30: "6", 30: "7"})
    assert (answer.response, answer.by, answer.stall) == ("56", AnsweredBy.TIMEOUT, False)


# -- focus and devices


def test_focus_back_within_a_second_harms_nothing(bench: Make) -> None:
    """0.9 s away in the middle of a question: it goes on, with the time it has."""
    desk = asked(bench)
    desk.focus_away(900)
    assert desk.at(Place.QUESTION)
    desk.end_question()
    (answer,) = desk.every(Answered)
    assert (answer.response, answer.by, voided(desk)) == ("5", AnsweredBy.TIMEOUT, [])
    assert answer.shown_us is not None
    assert answer.at - answer.shown_us == 6_000_000


def test_focus_away_for_a_second_voids_the_question(bench: Make) -> None:
    """1.0 s is too long: void as of the loss."""
    desk = asked(bench)
    lost = desk.now
    desk.focus_away(1_000)
    desk.pass_ms(10)
    assert desk.at(Place.HELD)
    assert voided(desk) == [(1, 1, Cause.FOCUS)]
    (away,) = desk.every(AwayTooLong)
    assert away.at - desk.every(Voided)[0].at == 1_000_000
    assert desk.now > lost


def test_focus_away_over_the_end_of_a_question_fires_at_its_own_time(bench: Make) -> None:
    """Back in time, the question ended when its six seconds did."""
    desk = asked(bench)
    desk.pass_ms(5_500)
    desk.focus_away(900)
    desk.pass_ms(10)
    (answer,) = desk.every(Answered)
    assert answer.shown_us is not None
    assert (answer.response, answer.by, answer.at - answer.shown_us) == ("5", AnsweredBy.TIMEOUT, 6_000_000)


def test_a_keyboard_that_is_pulled_out_voids_the_question(bench: Make) -> None:
    """Gone for a second, and it was used: void. Where the platform cannot say, nothing is."""
    desk = asked(bench)
    desk.present = Present(keyboard=False)
    desk.pass_ms(1_500)
    assert voided(desk) == [(1, 1, Cause.KEYBOARD)]


def test_a_pc_that_slept_voids_the_question(bench: Make) -> None:
    """Two clocks apart by ten minutes: suspended, void, held."""
    desk = asked(bench)
    desk.clock.sleep(600 * SECOND)
    desk.pass_ms(10)
    assert desk.at(Place.HELD)
    assert voided(desk) == [(1, 1, Cause.SUSPEND)]


@pytest.mark.parametrize("by_ms", [3_600_000, -3_600_000])
def test_a_wall_clock_that_steps_is_only_noted(bench: Make, by_ms: int) -> None:
    """Summer time, or a clock put right, changes nothing in the check."""
    desk = asked(bench)
    desk.clock.set_wall(by_ms)
    desk.end_question()
    (answer,) = desk.every(Answered)
    assert answer.shown_us is not None
    assert answer.at - answer.shown_us == 6_000_000
    assert [note.detail for note in desk.every(Noted)][1:] == [f"{by_ms} ms"]


# -- the disk


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
    desk.point("button:resume")
    assert desk.at(Place.HELD)
    desk.writers.execute("pragma max_page_count = 1000000")
    desk.flush()
    desk.pass_ms(10)
    desk.point("button:resume")
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
    desk.point("button:resume")
    desk.reach(Place.QUESTION, 2)
    assert [(answer.response, answer.by) for answer in desk.every(Answered)] == [("5", AnsweredBy.ENTER)]


# -- staff


def held_chord(desk: Bench, seconds: int = 3) -> None:
    """Ctrl, Shift and F12 for so long."""
    keys = (keyboard.CTRL, keyboard.SHIFT, keyboard.F12)
    for key in keys:
        desk.down(key)
    desk.pass_ms(seconds * 1_000)
    for key in keys:
        desk.up(key)


def passcode(desk: Bench, typed: str) -> None:
    """Type it and press Enter."""
    desk.tap(*(keyboard.letter(text) for text in typed), keyboard.ENTER)


def test_with_a_passcode_a_held_check_waits_for_staff(bench: Make) -> None:
    """No button for the pupil; the chord and the passcode bring Carry on."""
    desk = asked(bench, passcode="secret")
    desk.power_cut()
    assert desk.sight.controls == ()
    desk.tap(keyboard.ENTER, keyboard.SPACE, keyboard.ESCAPE)
    held_chord(desk, 2)
    assert words.STAFF not in desk.sight.texts
    held_chord(desk)
    assert words.STAFF in desk.sight.texts
    passcode(desk, "wrong")
    assert desk.sight.find("button:resume") is None
    passcode(desk, "secret")
    desk.point("button:resume")
    assert desk.at(Place.PAUSE)
    assert len(desk.every(Released)) == 1


def test_guessing_the_passcode_is_slowed(bench: Make) -> None:
    """After five wrong tries even the right one waits half a minute."""
    desk = asked(bench, passcode="secret")
    desk.power_cut()
    held_chord(desk)
    for _ in range(TRIES):
        passcode(desk, "guess")
    passcode(desk, "secret")
    assert desk.sight.find("button:resume") is None
    desk.pass_ms(31_000)
    passcode(desk, "secret")
    assert desk.sight.find("button:resume") is not None


def test_staff_leave_the_kiosk_by_the_passcode(bench: Make) -> None:
    """From the welcome page the passcode ends the program with exit code 3."""
    desk = bench(passcode="secret")
    held_chord(desk)
    passcode(desk, "secret")
    assert desk.kiosk.journey.exit_code == 3


@pytest.mark.parametrize(("code", "leaves"), [(None, 0), ("secret", None)])
def test_escape_leaves_only_where_no_passcode_is_set(bench: Make, code: str | None, leaves: int | None) -> None:
    """Escape held for 2 s ends the program, unless a passcode locks it."""
    desk = bench(passcode=code)
    desk.down(keyboard.ESCAPE)
    desk.pass_ms(2_100)
    assert desk.kiosk.journey.exit_code == leaves


def test_staff_cannot_open_the_menu_over_a_running_question(bench: Make) -> None:
    """The chord does nothing in a question but be recorded."""
    desk = asked(bench, passcode="secret")
    held_chord(desk)
    assert words.STAFF not in desk.sight.texts
    assert desk.at(Place.QUESTION)


def test_whoever_leaves_early_does_not_find_the_check_held_next_time(bench: Make) -> None:
    """Escape held in a question ends the attempt as stopped; what was open is void and nothing typed is lost."""
    desk = asked(bench)
    desk.down(keyboard.ESCAPE)
    desk.pass_ms(2_100)
    desk.flush()
    assert desk.kiosk.journey.exit_code == 0
    assert desk.rows("select outcome from attempt") == [("stopped",)]
    assert desk.rows("select response, by from answer") == [("5", "void")]
