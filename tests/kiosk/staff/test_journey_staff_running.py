"""Staff who hold the chord while a check runs: the open question ends first, and a chord alone costs nothing."""

import contextlib
import json
from collections.abc import Iterator

import pytest

from mtc_kiosk.check.events import Cause, HoldAsked, Noted, Released
from mtc_kiosk.check.facts import Answered, AnsweredBy, Held, Ignored, Outcome, Shown
from mtc_kiosk.check.replay import replay
from mtc_kiosk.kiosk.staff.checks import ASKS_FOR_NS
from mtc_kiosk.kiosk.staff.menu import OPEN_FOR_NS
from mtc_kiosk.kiosk.view import staff_words, words
from mtc_kiosk.kiosk.view.controls import Button, Row
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.clock import MS
from mtc_kiosk.robots.eyes import Place
from tests.kiosk.breaking import Make, asked, held_chord, passcode, voided
from tests.kiosk.staff.test_menu import SECRET, with_menu
from tests.kiosk.virtual import Bench
from tests.store.a_school import ASchool


def replays(desk: Bench) -> bool:
    """Whether the journal gives itself again."""
    stored = desk.journal.load_attempt(desk.ids[-1])
    return replay(stored.form, stored.settings, stored.facts).missing == ()


def answers(desk: Bench) -> list[tuple[int, str, AnsweredBy]]:
    """Number, response and how each answer came."""
    return [(one.number, one.response, one.by) for one in desk.every(Answered)]


def is_held(desk: Bench) -> bool:
    """Whether the pupil reads that the check is held."""
    return words.HELD in desk.sight.texts


def over_question(bench: Make) -> Bench:
    """The chord was held in question 1, and the question has run out of time: the passcode is asked for."""
    desk = asked(bench, passcode=SECRET)
    held_chord(desk)
    desk.end_question()
    return desk


def test_the_open_question_keeps_every_key_and_all_its_time(bench: Make) -> None:
    """It stays on the screen until it ends; the digit after the chord counts, and the page comes with Enter."""
    desk = asked(bench, passcode=SECRET)
    held_chord(desk)
    assert desk.at(Place.QUESTION)
    assert staff_words.STAFF not in desk.sight.texts
    desk.type_in("6")
    assert desk.at(Place.QUESTION)
    desk.tap(keyboard.ENTER)
    assert staff_words.STAFF in desk.sight.texts
    assert answers(desk) == [(1, "56", AnsweredBy.ENTER)]
    assert [(held.cause, held.only_stop) for held in desk.every(Held)] == [(Cause.STAFF, False)]
    assert voided(desk) == []
    assert replays(desk)


def test_the_open_question_ends_at_its_own_time(bench: Make) -> None:
    """Six seconds from its flip, with what was typed."""
    desk = over_question(bench)
    shown, answer = desk.every(Shown)[-1], desk.every(Answered)[-1]
    assert answer.at - shown.at == 6_000_000
    assert answers(desk) == [(1, "5", AnsweredBy.TIMEOUT)]


def test_a_chord_alone_costs_a_pause_and_nothing_else(bench: Make) -> None:
    """Nobody types the passcode: the page closes by itself, the pause comes whole, and the check is whole."""
    desk = over_question(bench)
    desk.pass_ms(ASKS_FOR_NS // MS - 100)
    assert staff_words.STAFF in desk.sight.texts
    assert staff_words.CHECK_WAITS in desk.sight.texts
    before = len(desk.chair.looks)
    desk.pass_ms(200)
    assert desk.at(Place.PAUSE)
    assert all(words.HELD not in look.sight.texts for look in desk.chair.looks[before:])
    released = desk.every(Released)[-1]
    desk.reach(Place.QUESTION, 2)
    assert desk.every(Shown)[-1].at - released.at == pytest.approx(3_000_000, abs=20_000)
    desk.type_in("12")
    desk.tap(keyboard.ENTER)
    desk.reach(Place.QUESTION, 3)
    desk.end_question()
    assert [number for number, _, _ in answers(desk)] == [1, 2, 3]
    assert voided(desk) == []
    assert desk.rows("select outcome from attempt") == [(str(Outcome.COMPLETE),)]
    assert replays(desk)
    assert [(note.what, note.detail) for note in desk.every(Noted)][-1][0] == "staff_page"


@pytest.mark.parametrize("how", ["escape", "back"])
def test_whoever_opened_it_closes_it_and_the_check_goes_on(bench: Make, how: str) -> None:
    """Escape or Back, without a passcode."""
    desk = over_question(bench)
    desk.pass_ms(600)
    if how == "escape":
        desk.tap(keyboard.ESCAPE)
    else:
        desk.point(Button.BACK)
    assert desk.at(Place.PAUSE)
    desk.reach(Place.QUESTION, 2)


def test_the_time_of_the_page_is_none_of_the_30_minutes(bench: Make) -> None:
    """Whoever plays with it for half an hour ends no check."""
    desk = over_question(bench)
    for _ in range(95):
        desk.pass_ms(20_000)
        desk.tap(keyboard.BACKSPACE)
    assert staff_words.STAFF in desk.sight.texts
    desk.tap(keyboard.ESCAPE)
    desk.reach(Place.QUESTION, 3)
    desk.end_question()
    assert desk.rows("select outcome from attempt") == [("complete",)]


def test_what_is_typed_for_the_passcode_is_nowhere_in_the_journal(bench: Make) -> None:
    """Neither as an answer nor as a key, also where the page closes before the last letters come."""
    desk = asked(bench, passcode="8642097531")
    held_chord(desk)
    desk.tap(keyboard.ENTER)
    before = len(desk.facts)
    desk.pass_ms(600)
    desk.type_in("864209")
    desk.pass_ms(ASKS_FOR_NS // MS)
    assert desk.at(Place.PAUSE)
    desk.type_in("7531")
    said = desk.facts[before:]
    assert not [fact for fact in said if hasattr(fact, "input")]
    assert not [fact for fact in said if isinstance(fact, Ignored)]
    desk.reach(Place.QUESTION, 2)
    desk.type_in("7")
    assert len([fact for fact in desk.facts if getattr(fact, "input", "") == "7"]) == 1
    assert "8642" not in json.dumps([list(map(str, row)) for row in desk.rows("select data from event")])


def test_keys_on_their_way_to_the_question_are_no_try_at_the_passcode(bench: Make) -> None:
    """Digits and Enter just after the time was up, and an Enter too many."""
    desk = over_question(bench)
    desk.type_in("6")
    desk.tap(keyboard.ENTER)
    desk.pass_ms(600)
    desk.tap(keyboard.ENTER)
    assert staff_words.WRONG_PASSCODE not in desk.sight.texts
    assert staff_words.STAFF in desk.sight.texts


@contextlib.contextmanager
def menu_over(bench: Make, **wanted: object) -> Iterator[tuple[Bench, ASchool]]:
    """The staff's menu over a check that runs, behind question 1."""
    desk = asked(bench, passcode=SECRET, **wanted)
    with with_menu(desk) as school:
        held_chord(desk)
        desk.tap(keyboard.ENTER)
        desk.pass_ms(600)
        passcode(desk, SECRET)
        yield desk, school


def test_staff_hold_a_running_check_from_the_menu(bench: Make) -> None:
    """The pupil reads that they did nothing wrong; it goes on when staff let it."""
    with menu_over(bench) as (desk, school):
        desk.point(Button.HOLD)
        assert is_held(desk)
        assert ("kiosk:bench", "check.held", desk.ids[-1]) in school.audited()
        desk.pass_ms(10 * 60_000)
        assert is_held(desk)
        assert len(desk.every(HoldAsked)) == len(desk.every(Held)) == 1
        held_chord(desk)
        passcode(desk, SECRET)
        desk.point(Button.RESUME)
        assert desk.at(Place.PAUSE)
    desk.reach(Place.QUESTION, 2)
    assert replays(desk)


def test_staff_look_and_go_back_and_the_check_goes_on(bench: Make) -> None:
    """They chose nothing."""
    with menu_over(bench) as (desk, _):
        for control in (Button.PINS, Button.BACK, Button.BACK):
            desk.point(control)
        assert desk.at(Place.PAUSE)
    desk.reach(Place.QUESTION, 2)
    assert voided(desk) == []


def test_pages_that_staff_leave_open_leave_the_check_held(bench: Make) -> None:
    """The pupil may be looking elsewhere by then: no question may come unseen."""
    with menu_over(bench) as (desk, _):
        desk.pass_ms(OPEN_FOR_NS // MS + 100)
        assert is_held(desk)
        assert desk.every(Released) == []


@pytest.mark.parametrize("what", ["resume", "set_aside", "stop"])
def test_the_running_check_is_on_the_list_of_held_ones(bench: Make, what: str) -> None:
    """It goes on, is set aside, or is stopped, which is asked twice."""
    with menu_over(bench) as (desk, _):
        desk.point(Button.HELD)
        desk.point(Row(0))
        desk.point(Button(what))
        if what == "stop":
            assert desk.rows("select outcome from attempt") == [(None,)]
            desk.point(Button.STOP)
            assert desk.rows("select outcome from attempt") == [("stopped",)]
        elif what == "resume":
            assert desk.at(Place.PAUSE)
        else:
            desk.point(Button.BACK)
            desk.point(Button.BACK)
            assert desk.at(Place.WELCOME)
            assert desk.rows("select outcome from attempt") == [(None,)]


def test_a_check_that_staff_take_up_is_seen_though_something_broke_a_moment_ago(bench: Make) -> None:
    """The calm page of a fault under the staff's pages does not lie over the pupil's pause."""
    with menu_over(bench, survives=True) as (desk, _):
        for control in (Button.HELD, Row(0), Button.SET_ASIDE, Button.BACK, Button.HELD, Row(0)):
            desk.point(control)
        desk.pass_ms(600)
        desk.kiosk._guard.met(OSError("made up"))
        desk.point(Button.RESUME)
        assert desk.at(Place.PAUSE), desk.sight.texts


def test_staff_leave_the_kiosk_and_the_check_is_held_in_good_order(bench: Make) -> None:
    """The exit code is 3; at the next start it is held, nothing is void, and it goes on where it was."""
    with menu_over(bench) as (desk, _):
        desk.point(Button.EXIT)
        desk.point(Button.EXIT)
        assert desk.kiosk.state.exit_code == 3
    desk.power_cut()
    assert is_held(desk)
    assert voided(desk) == []
    assert [held.cause for held in desk.every(Held)] == [Cause.STAFF]
    held_chord(desk)
    passcode(desk, SECRET)
    desk.point(Button.RESUME)
    desk.reach(Place.QUESTION, 2)


def test_a_restart_that_ends_the_check_under_the_page_leaves_the_pc_free(bench: Make) -> None:
    """The desk gave it while the passcode was asked for: the check does not go on."""
    desk = asked(bench, passcode=SECRET)
    with with_menu(desk) as school:
        held_chord(desk)
        desk.tap(keyboard.ENTER)
        desk.flush()
        school.db.execute("update attempt set finished_at = started_at, outcome = 'superseded'")
        desk.pass_ms(ASKS_FOR_NS // MS + 100)
        assert desk.at(Place.WELCOME)


def test_on_a_page_and_in_practice_the_page_comes_and_goes(bench: Make) -> None:
    """Nothing is open there: that step begins anew behind it."""
    desk = bench(passcode=SECRET)
    desk.reach(Place.PAGE)
    page = desk.sight.texts
    held_chord(desk)
    assert staff_words.STAFF in desk.sight.texts
    desk.pass_ms(600)
    desk.tap(keyboard.ESCAPE)
    assert desk.sight.texts == page
    desk.reach(Place.QUESTION, 1, practice=True)
    held_chord(desk)
    desk.end_question()
    assert staff_words.STAFF in desk.sight.texts
    desk.pass_ms(600)
    desk.tap(keyboard.ESCAPE)
    desk.reach(Place.QUESTION, 1)


def test_a_chord_that_has_lasted_in_a_pause_opens_the_page_at_once(bench: Make) -> None:
    """It was begun in the question; the pause comes again, whole."""
    desk = asked(bench, passcode=SECRET)
    desk.pass_ms(4_000)
    held_chord(desk)
    assert staff_words.STAFF in desk.sight.texts
    desk.pass_ms(600)
    desk.tap(keyboard.ESCAPE)
    assert desk.at(Place.PAUSE)
    desk.reach(Place.QUESTION, 2)
    assert desk.every(Shown)[-1].at - desk.every(Released)[-1].at == pytest.approx(3_000_000, abs=20_000)


@pytest.mark.parametrize("what", ["sleep", "focus"])
def test_something_that_breaks_under_the_page_keeps_the_check_held(bench: Make, what: str) -> None:
    """The PC slept, or another window has the keyboard: no question comes before staff are there."""
    desk = over_question(bench)
    if what == "sleep":
        desk.clock.sleep(60_000 * MS)
        desk.pass_ms(ASKS_FOR_NS // MS + 100)
    else:
        desk.focus_away(ASKS_FOR_NS // MS + 100)
    assert is_held(desk)
    assert voided(desk) == []


def test_without_a_passcode_the_chord_does_nothing(bench: Make) -> None:
    """At home there is no staff page."""
    desk = asked(bench)
    held_chord(desk)
    desk.end_question()
    assert desk.at(Place.PAUSE)
    assert desk.every(HoldAsked) == []


def test_a_chord_in_the_last_question_opens_the_page_behind_it(bench: Make) -> None:
    """The check is complete; nothing is held, and behind the page the pupil reads that they have finished."""
    desk = bench(passcode=SECRET)
    desk.reach(Place.QUESTION, 3)
    held_chord(desk)
    desk.end_question()
    assert desk.rows("select outcome from attempt") == [("complete",)]
    assert staff_words.STAFF in desk.sight.texts
    desk.pass_ms(600)
    desk.tap(keyboard.ESCAPE)
    assert words.FINISHED in desk.sight.texts
    held_chord(desk)
    assert staff_words.STAFF in desk.sight.texts, "staff reach their menu from the pages behind the check too"
