"""Between practice and the check: a session that ended, a cancelled PIN and a reason keep the check from beginning."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mtc_kiosk.check.events import Noted, Stopped
from mtc_kiosk.check.replay import replay
from mtc_kiosk.check.script import Page
from mtc_kiosk.kiosk.audio.recordings import sentence
from mtc_kiosk.kiosk.flow.begin_gate import SHOWN_FOR_NS, WAITS
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.clock import MS
from mtc_kiosk.robots.eyes import Place
from mtc_kiosk.store.home.home import open_home
from mtc_kiosk.store.school import pin_cancel, reasons, sessions
from tests.arrangements.school import School
from tests.kiosk.breaking import held_chord, passcode


@pytest.fixture
def school(tmp_path: Path) -> Iterator[School]:
    """One pupil, who has signed in and practised: the page before the questions is open."""
    with contextlib.closing(School(open_home(tmp_path / "home"), "size: RGL")) as made:
        made.sign_in()
        made.confirm()
        before_questions(made)
        yield made


def before_questions(school: School) -> None:
    """Go on to the page before the questions."""
    for _ in range(60):
        if school.desk.kiosk.state.page is Page.QUESTIONS_INTRO:
            return
        if school.desk.at(Place.LISTENING):
            school.desk.pass_ms(500)
        else:
            school.desk._go_on(school.desk.sight)
    raise AssertionError(school.desk.sight.texts)


def start(school: School) -> None:
    """Press Start, once the page has been there for a moment."""
    school.desk.pass_ms(700)
    school.desk.tap(keyboard.ENTER)


def end(school: School) -> None:
    """Staff end the session."""
    sessions.end_sessions(school.db, school._doing())


def cancel(school: School) -> None:
    """Staff cancel the PIN."""
    pin_cancel.cancel_pins(school.db, school._doing(), [school.pupil.id])


def excuse(school: School) -> None:
    """Staff give a reason; the kiosk does not run for the store, so the practice counts as held."""
    doing = replace(school._doing(), running=frozenset())
    reasons.set_reasons(school.db, doing, [school.pupil.id], "ABSNT")


def wait_for_evening(school: School) -> None:
    """The hours of the session end."""
    school.desk.clock.set_wall(12 * 3_600_000)
    school.desk.pass_ms(10)


WAYS: dict[str, Callable[[School], None]] = {
    "end": end,
    "cancel": cancel,
    "reason": excuse,
    "evening": wait_for_evening,
}


@pytest.mark.parametrize("how", WAYS)
def test_a_check_that_has_not_begun_does_not_begin(school: School, how: str) -> None:
    """The pupil reads to wait for the teacher; the attempt counts for nothing and the journal gives itself again."""
    WAYS[how](school)
    start(school)
    assert words.WAIT in school.desk.sight.texts
    assert words.CANNOT_BEGIN[1] in school.desk.sight.texts
    assert school.rows("select outcome from attempt") == [("stopped",)]
    assert school.rows("select used_at from pin") == [(None,)]
    assert school.rows("select count(*) from answer") == [(0,)]
    assert len(school.desk.every(Stopped)) == 1
    assert school.desk.every(Noted)[-1].what == "session"
    stored = school.desk.journal.load_attempt(school.desk.ids[-1])
    assert replay(stored.form, stored.settings, stored.facts).missing == ()
    expected = {"reason": "Absent during check window"}.get(how, "Not started")
    assert school.status == expected
    school.desk.pass_ms(700)
    school.desk.point(Button.BACK)
    assert school.desk.kiosk.state.signs_in


def test_the_next_session_lets_the_pupil_in_and_takes_the_whole_check(school: School) -> None:
    """With a new PIN; the PC is free by itself after a minute."""
    end(school)
    start(school)
    school.desk.pass_ms(SHOWN_FOR_NS // MS + 100)
    assert school.desk.kiosk.state.signs_in
    school.sign_in()
    school.confirm()
    before_questions(school)
    start(school)
    assert school.desk.at(Place.PAUSE)
    assert [outcome for (outcome,) in school.rows("select outcome from attempt order by started_at")] == [
        "stopped",
        None,
    ]
    assert school.status == "Check in progress"


def test_a_check_that_has_begun_goes_on(school: School) -> None:
    """To its end, whatever becomes of the session."""
    start(school)
    assert school.desk.at(Place.PAUSE)
    end(school)
    school.desk.reach(Place.QUESTION, 2)


def test_a_held_practice_goes_on_and_is_stopped_at_the_same_place(school: School) -> None:
    """Staff let it go on after the session's end: still no check begins."""
    school.desk.power_cut()
    end(school)
    held_chord(school.desk)
    passcode(school.desk, "chalk")
    school.desk.point(Button.RESUME)
    assert school.desk.kiosk.state.page is Page.QUESTIONS_INTRO
    start(school)
    assert words.WAIT in school.desk.sight.texts
    assert school.rows("select outcome from attempt") == [("stopped",)]


def test_an_attempt_that_another_sign_in_ended_leaves_the_pc_free(school: School) -> None:
    """The pupil went to another PC: nothing is written to what is over."""
    school.db.execute("update attempt set finished_at = started_at, outcome = 'superseded'")
    events = school.rows("select count(*) from event")
    start(school)
    assert words.WAIT in school.desk.sight.texts
    assert school.rows("select count(*) from event") == events
    assert school.rows("select count(*) from refused") == [(0,)]


def test_a_database_that_does_not_answer_is_asked_again(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    """A calm page, nothing void, no second press: the check begins as soon as the answer is there."""
    broken = sqlite3.connect(":memory:")
    whole, school.db.conn = school.db.conn, broken
    start(school)
    assert school.desk.kiosk.journey.on_screen.shown(school.desk.now) == WAITS
    school.desk.pass_ms(10_000)
    assert school.desk.kiosk.journey.on_screen.shown(school.desk.now) == WAITS
    assert school.rows("select outcome from attempt") == [(None,)]
    school.db.conn = whole
    school.desk.pass_ms(1_100)
    assert school.desk.at(Place.PAUSE)
    broken.close()


def test_a_pupil_who_hears_the_check_hears_to_wait(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While the database does not answer, and where the session turns out to have ended."""
    with contextlib.closing(School(open_home(tmp_path / "home"), "arrangements: [QNR]")) as school:
        school.sign_in()
        school.confirm()
        before_questions(school)
        end(school)
        with contextlib.closing(sqlite3.connect(":memory:")) as broken, monkeypatch.context() as patched:
            patched.setattr(school.db, "conn", broken)
            start(school)
            assert heard_since(school, 0)[-2:] == [sentence(words.WAIT), sentence(words.ONE_MOMENT[0])]
            before = len(heard_since(school, 0))
        assert heard_since(school, before)[:3] == [sentence(text) for text in (words.WAIT, *words.CANNOT_BEGIN)]


def heard_since(school: School, before: int) -> list[str]:
    """The recordings spoken after the first so many, ten seconds from now."""
    school.desk.pass_ms(10_000)
    return [heard.name for heard in school.desk.speaker.played if heard.kind == "speak"][before:]
