"""Signing in: what a password and a PIN come to."""

from datetime import datetime

import pytest

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.history import PupilHistory
from mtc_kiosk.school.session import Session
from mtc_kiosk.school.sign_in import (
    AskTeacher,
    AskWhy,
    Card,
    NoSession,
    SignedIn,
    TooEarly,
    TooLate,
    answer,
    why_closed,
)
from tests.school.known import LONDON, MINUTE, NOW, facts, pin, practice, reason, taking
from tests.school.made_up import pupil

HOUR = 60 * MINUTE


def session(
    opens: datetime = NOW - HOUR, closes: datetime = NOW + HOUR, kind: Kind = Kind.OFFICIAL, number: int = 1
) -> Session:
    """A session, open by default."""
    return Session(number, kind, "cat29map", "", opens, closes, "cli")


def card(known: PupilHistory, of: Session | None = None) -> Card:
    """What right details lead to: the pupil's first PIN."""
    return Card(of or session(), known.pins[0], pupil(1), known)


READY = facts(pin(live=True))


def test_right_details_sign_in() -> None:
    """With the check code, the session and the pupil."""
    assert answer(card(READY), "PC1", NOW) == SignedIn("one", 1, Kind.OFFICIAL, pupil(1))


def test_right_details_before_the_session_say_when_it_opens() -> None:
    """Whatever day that is."""
    coming = session(NOW + 30 * HOUR, NOW + 31 * HOUR)
    assert answer(card(READY, coming), "PC1", NOW) == TooEarly(NOW + 30 * HOUR)


def test_right_details_after_the_session_are_too_late() -> None:
    """At its very end too."""
    over = session(closes=NOW)
    assert answer(card(READY, over), "PC1", NOW) == TooLate(NOW)


@pytest.mark.parametrize(
    "known",
    [
        facts(pin(live=True), reason(code="ANLLQ")),
        facts(pin(live=True), has_left=True),
    ],
)
def test_who_does_not_take_the_check_asks_the_teacher(known: PupilHistory) -> None:
    """A printed slip is no way round a reason."""
    assert answer(card(known), "PC1", NOW) == AskTeacher(AskWhy.NOT_TAKING)
    trying = session(kind=Kind.TRY)
    assert answer(card(known, trying), "PC1", NOW) == AskTeacher(AskWhy.NOT_TAKING)


def test_a_pin_begins_one_check() -> None:
    """Once that has begun, on whatever kiosk, it opens nothing more."""
    used = facts(pin(live=True, used=True), taking(outcome=None, held_since=NOW))
    assert answer(card(used), "PC1", NOW) == AskTeacher(AskWhy.USED)


def test_a_check_that_came_from_elsewhere_uses_the_pin() -> None:
    """Where its row does not say so, the record does."""
    came = facts(pin(live=True), taking())
    assert answer(card(came), "PC1", NOW) == AskTeacher(AskWhy.USED)


def test_a_pin_for_trying_it_out_may_be_used_all_day() -> None:
    """As often as the pupil likes."""
    tried = facts(pin(live=True, used=True, kind=Kind.TRY))
    assert isinstance(answer(card(tried, session(kind=Kind.TRY)), "PC1", NOW), SignedIn)


def test_a_pin_that_is_in_use_elsewhere_says_where() -> None:
    """Two children with one slip."""
    known = facts(pin(live=True), practice(kiosk="PC2"))
    assert answer(card(known), "PC1", NOW) == AskTeacher(AskWhy.ELSEWHERE, "PC2")


@pytest.mark.parametrize(
    "left",
    [practice(kiosk="PC2", held_since=NOW), practice(kiosk="PC1"), practice(kiosk="PC2", outcome=Outcome.STOPPED)],
)
def test_practice_that_was_left_behind_keeps_nobody_out(left: object) -> None:
    """Held on another PC, on this one, or stopped: the pupil begins again."""
    known = facts(pin(live=True), left)  # type: ignore[arg-type]  # each is a Taking
    assert isinstance(answer(card(known), "PC1", NOW), SignedIn)


def test_the_door_is_open_while_a_session_is() -> None:
    """Whatever else is over or to come."""
    over, coming = session(NOW - 2 * HOUR, NOW - HOUR), session(NOW + HOUR, NOW + 2 * HOUR)
    assert why_closed([over, session(), coming], NOW, LONDON) is None


def test_before_the_first_session_of_the_day_it_is_too_early() -> None:
    """The one that opens next is named, even where another is over."""
    over, next_one = session(NOW - 2 * HOUR, NOW - HOUR), session(NOW + HOUR, NOW + 2 * HOUR)
    later = session(NOW + 3 * HOUR, NOW + 4 * HOUR)
    assert why_closed([over, later, next_one], NOW, LONDON) == TooEarly(NOW + HOUR)


def test_after_the_last_session_of_the_day_it_is_too_late() -> None:
    """The one that ended last is named."""
    sessions = [session(NOW - 3 * HOUR, NOW - HOUR), session(NOW - 3 * HOUR, NOW - 2 * HOUR)]
    assert why_closed(sessions, NOW, LONDON) == TooLate(NOW - HOUR)


def test_yesterdays_and_tomorrows_sessions_are_none() -> None:
    """Today nothing is going on."""
    yesterday, tomorrow = session(NOW - 24 * HOUR, NOW - 23 * HOUR), session(NOW + 24 * HOUR, NOW + 25 * HOUR)
    assert why_closed([yesterday, tomorrow], NOW, LONDON) == NoSession()
    assert why_closed([], NOW, LONDON) == NoSession()


def test_the_day_is_the_schools() -> None:
    """A session at a quarter past midnight in London is today's at 23:10 UTC, and not at 22:50."""
    midnight = datetime(2027, 6, 7, 23, 15, tzinfo=NOW.tzinfo)
    coming = session(midnight, midnight + HOUR)
    assert why_closed([coming], midnight - 5 * MINUTE, LONDON) == TooEarly(midnight)
    assert why_closed([coming], midnight - 25 * MINUTE, LONDON) == NoSession()


def test_a_session_that_never_opened_is_not_over() -> None:
    """Staff ended it before its time: nothing is going on today."""
    never = Session(1, Kind.OFFICIAL, "cat29map", "", NOW + HOUR, NOW + 2 * HOUR, "cli", closed_at=NOW - HOUR)
    assert why_closed([never], NOW, LONDON) == NoSession()
