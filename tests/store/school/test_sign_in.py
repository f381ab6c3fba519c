"""Signing in at a kiosk: one answer to what is typed, and restarting does not speed up guessing."""

import contextlib
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.sign_in import (
    Answer,
    AskTeacher,
    AskWhy,
    NoSession,
    SignedIn,
    TooEarly,
    TooLate,
    Wait,
    WrongDetails,
)
from mtc_kiosk.store.home.home import Home
from mtc_kiosk.store.school.register import set_left
from mtc_kiosk.store.school.sessions import Started
from mtc_kiosk.store.school.sign_in import Kiosk, confirm, not_me, sign_in, why_closed_now
from tests.school.known import LONDON
from tests.store.a_school import ASchool, rows


@pytest.fixture
def school(home: Home) -> Iterator[ASchool]:
    """A school with two pupils, Amy 1 and Amy 2."""
    with contextlib.closing(ASchool(home.database)) as made:
        made.pupils(2)
        yield made


def typed(school: ASchool, password: str, pin: str, kiosk: str = "PC1") -> Answer:
    """The answer to a password and a PIN."""
    return sign_in(school.db, at(school, kiosk), password, pin, school.now)


def at(school: ASchool, kiosk: str = "PC1") -> Kiosk:
    """A kiosk of the school."""
    return Kiosk(kiosk, frozenset(school.running), LONDON)


def signed_in(school: ASchool, started: Started, number: int = 0, kiosk: str = "PC1") -> SignedIn:
    """A pupil who typed the right details."""
    found = typed(school, started.session.password, started.pins[number].pin, kiosk)
    assert isinstance(found, SignedIn)
    return found


def wrong_pin(started: Started) -> str:
    """A PIN of no pupil."""
    return next(pin for pin in ("2222", "3333", "4444") if pin not in {issued.pin for issued in started.pins})


def test_the_right_details_are_a_pupils(school: ASchool) -> None:
    """The owner of the PIN, and nothing is written before "Yes, that is me"."""
    started = school.start([1, 2])
    before = rows(school.db)
    found = signed_in(school, started, 1)
    assert (found.pupil.id, found.check_code) == (started.pins[1].pupil_id, started.pins[1].check_code)
    assert rows(school.db) == before


def test_spaces_and_capitals_are_forgiven(school: ASchool) -> None:
    """In the password; a PIN may have spaces as well."""
    started = school.start([1])
    password, pin = started.session.password, started.pins[0].pin
    assert isinstance(typed(school, f" {password.upper()[:3]} {password[3:]} ", f"{pin[:2]} {pin[2:]} "), SignedIn)


@pytest.mark.parametrize("which", ["password", "pin", "both", "nothing"])
def test_wrong_details_have_one_answer(school: ASchool, which: str) -> None:
    """Whichever of the two was wrong."""
    started = school.start([1])
    password, pin = started.session.password, started.pins[0].pin
    given = {
        "password": ("cat22cat", pin),
        "pin": (password, wrong_pin(started)),
        "both": ("cat22cat", wrong_pin(started)),
        "nothing": ("", ""),
    }[which]
    assert typed(school, *given) == WrongDetails()


def test_without_a_session_that_is_said(school: ASchool) -> None:
    """Whatever was typed, and it is no wrong try."""
    for _ in range(20):
        assert typed(school, "cat22cat", "2345") == NoSession()


def test_before_and_after_the_session_that_is_said(school: ASchool) -> None:
    """With the time, for right details and wrong ones alike."""
    started = school.start([1], day=date(2027, 6, 8))
    assert typed(school, started.session.password, started.pins[0].pin) == TooEarly(started.session.opens_at)
    school.now = started.session.opens_at - timedelta(minutes=1)
    assert isinstance(why_closed_now(school.db, at(school), school.now), NoSession)
    school.now = started.session.opens_at
    assert why_closed_now(school.db, at(school), school.now) is None
    assert isinstance(signed_in(school, started), SignedIn)
    school.now = started.session.closes_at
    assert typed(school, started.session.password, started.pins[0].pin) == TooLate(school.now)
    assert typed(school, "cat22cat", "2345") == TooLate(school.now)


def test_an_ended_session_takes_nobody_in(school: ASchool) -> None:
    """From the moment that staff ended it."""
    started = school.start([1])
    school.end()
    assert typed(school, started.session.password, started.pins[0].pin) == TooLate(school.now)


def test_four_wrong_tries_are_free_and_the_fifth_costs_five_seconds(school: ASchool) -> None:
    """While it lasts nothing that is typed counts, not even what is right; another kiosk does not wait."""
    started = school.start([1])
    for _ in range(5):
        assert typed(school, started.session.password, wrong_pin(started)) == WrongDetails()
    assert typed(school, started.session.password, started.pins[0].pin) == Wait(5)
    assert isinstance(signed_in(school, started, kiosk="PC2"), SignedIn)
    school.later(seconds=5)
    assert isinstance(signed_in(school, started), SignedIn)


def test_guessing_stays_slow_when_the_kiosk_starts_again(home: Home, school: ASchool) -> None:
    """The tries are in the database."""
    started = school.start([1])
    for _ in range(5):
        typed(school, started.session.password, wrong_pin(started))
    with contextlib.closing(ASchool(home.database)) as again:
        assert typed(again, started.session.password, started.pins[0].pin) == Wait(5)


def test_guessing_a_pupils_password_is_slowed_on_every_kiosk(school: ASchool) -> None:
    """Who has found a slip's PIN and tries words on it walks from PC to PC in vain; other pupils do not wait."""
    started = school.start([1, 2])
    for number in range(5):
        assert typed(school, f"cat2{number + 2}dog", started.pins[0].pin, f"PC{number}") == WrongDetails()
    assert typed(school, started.session.password, started.pins[0].pin, "PC9") == Wait(5)
    assert isinstance(signed_in(school, started, 1, "PC9"), SignedIn)


def test_this_is_not_me_counts_as_a_wrong_try(school: ASchool) -> None:
    """Somebody else's PIN was tried: of the kiosk, and at that pupil's PIN."""
    started = school.start([1, 2])
    for _ in range(5):
        not_me(school.db, at(school), signed_in(school, started), school.now)
    assert typed(school, started.session.password, started.pins[1].pin) == Wait(5)
    assert typed(school, started.session.password, started.pins[0].pin, "PC2") == Wait(5)


def test_a_pupil_who_signs_in_clears_the_kiosk_for_the_next(school: ASchool) -> None:
    """The next child begins with four free tries."""
    started = school.start([1, 2])
    for _ in range(4):
        typed(school, started.session.password, wrong_pin(started))
    assert isinstance(confirm(school.db, at(school), signed_in(school, started), school.now), SignedIn)
    for _ in range(4):
        typed(school, started.session.password, wrong_pin(started))
    assert isinstance(signed_in(school, started, 1), SignedIn)


def test_what_was_true_at_the_pin_is_asked_again_at_the_confirm_page(school: ASchool) -> None:
    """A session that was ended, a check that another kiosk began: the page may have been open for long."""
    started = school.start([1, 2])
    first, second = signed_in(school, started), signed_in(school, started, 1)
    school.begin(school.sign_in(started.pins[0], "PC2"))
    assert confirm(school.db, at(school), first, school.now) == AskTeacher(AskWhy.USED)
    school.end()
    assert confirm(school.db, at(school), second, school.now) == TooLate(school.now)


def test_a_pin_that_is_in_use_says_where(school: ASchool) -> None:
    """Until the practice there is held, or its kiosk stops: then the pupil signs in here, and that attempt is over."""
    started = school.start([1])
    left = school.sign_in(started.pins[0], "PC2")
    assert typed(school, started.session.password, started.pins[0].pin) == AskTeacher(AskWhy.ELSEWHERE, "PC2")
    school.running.remove("PC2")
    assert isinstance(signed_in(school, started), SignedIn)
    school.sign_in(started.pins[0])
    assert school.db.execute("select outcome from attempt where id = ?", (left,)).fetchone() == ("superseded",)


def test_of_two_kiosks_that_confirm_at_once_one_gets_the_pupil(school: ASchool) -> None:
    """The second "Yes" to one slip names the kiosk of the first, until that kiosk stops."""
    started = school.start([1])
    here, there = signed_in(school, started), signed_in(school, started, kiosk="PC2")
    assert isinstance(confirm(school.db, at(school, "PC2"), there, school.now), SignedIn)
    assert confirm(school.db, at(school), here, school.now) == AskTeacher(AskWhy.ELSEWHERE, "PC2")
    assert isinstance(confirm(school.db, at(school, "PC2"), there, school.now), SignedIn)
    school.running.remove("PC2")
    assert isinstance(confirm(school.db, at(school), here, school.now), SignedIn)


def test_a_used_pin_is_no_wrong_one(school: ASchool) -> None:
    """The teacher helps; a PIN for trying it out works all day."""
    started = school.start([1])
    school.begin(school.sign_in(started.pins[0]))
    assert typed(school, started.session.password, started.pins[0].pin) == AskTeacher(AskWhy.USED)
    trying = school.start([2], Kind.TRY)
    school.take(trying.pins[0])
    assert isinstance(signed_in(school, trying), SignedIn)


def test_who_left_or_has_a_reason_does_not_sign_in(school: ASchool) -> None:
    """With a slip that was printed before."""
    started = school.start([1, 2])
    school.reason(1, "ANLLQ")
    set_left(school.db, school.doing().stamp, school.rules.timetable, [2], "2027-06-07T09:00:00.000Z")
    for issued in started.pins:
        assert typed(school, started.session.password, issued.pin) == AskTeacher(AskWhy.NOT_TAKING)


def test_yesterdays_slip_opens_nothing_today(school: ASchool) -> None:
    """Nor is the check over for today: that PIN opens none any more."""
    old = school.start([1])
    school.later(days=1)
    school.start([1, 2])
    assert typed(school, old.session.password, old.pins[0].pin) == AskTeacher(AskWhy.USED)
    school.end()
    assert typed(school, old.session.password, old.pins[0].pin) == AskTeacher(AskWhy.USED)


def test_the_check_is_not_over_for_today_while_another_session_is_open(school: ASchool) -> None:
    """The slip is of the morning's session, which ended; the afternoon's takes pupils in."""
    morning = school.start([1])
    school.end()
    assert typed(school, morning.session.password, morning.pins[0].pin) == TooLate(school.now)
    school.start([1, 2])
    assert typed(school, morning.session.password, morning.pins[0].pin) == AskTeacher(AskWhy.USED)
