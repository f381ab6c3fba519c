"""A pupil at another's check can say so even after "is this you?"; nothing of the other pupil's is used up."""

from collections.abc import Callable

import pytest

from mtc_kiosk.check.arrangements import Chosen, Colours
from mtc_kiosk.check.events import BackedOut, Source
from mtc_kiosk.check.facts import Finished, Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.replay import replay
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.acts import FocusComes, FocusGoes
from mtc_kiosk.robots.eyes import Place

from .school import School

Schools = Callable[[str], School]
NOT_ME = Button.NOT_ME


def signed_in(school: Schools, arrangements: str = "arrangements: none", kind: Kind = Kind.OFFICIAL) -> School:
    """A pupil who has confirmed another's name."""
    at = school(arrangements)
    at.sign_in(kind)
    while not at.desk.at(Place.CONFIRM):
        at.desk.point(Button.NEXT)
    at.confirm()
    return at


@pytest.mark.parametrize("source", [Source.MOUSE, Source.TOUCH, Source.PEN])
@pytest.mark.parametrize("kind", list(Kind))
def test_a_wrong_sign_in_is_backed_out_of(school: Schools, source: Source, kind: Kind) -> None:
    """The kiosk is at the sign-in again, the attempt is over, and its journal replays to that."""
    at = signed_in(school, kind=kind)
    at.desk.point(NOT_ME, source)
    assert at.desk.at(Place.SIGN_IN)
    assert at.desk.every(BackedOut)[0].source is source
    stored = at.desk.journal.load_attempt(at.desk.ids[-1])
    assert stored.broken_at is None
    assert stored.outcome == Outcome.STOPPED
    assert replay(stored.form, stored.settings, stored.facts).machine.outcome is Outcome.STOPPED
    assert isinstance(stored.facts[-1], Finished)


def test_the_pin_stays_good_for_its_owner(school: Schools) -> None:
    """The owner signs in with it and takes the check; until then the status shows no sign-in."""
    at = signed_in(school)
    assert at.status == "Signed in"
    at.desk.point(NOT_ME)
    assert at.status == "PIN generated"
    assert at.rows("select used_at from pin") == [(None,)]
    at.sign_in(None)
    at.confirm()
    at.desk.reach(Place.QUESTION, 1)
    assert at.status == "Check in progress"
    assert at.rows("select count(*) from attempt") == [(2,)]


def test_nothing_is_delivered_of_it(school: Schools) -> None:
    """No record is made, not even when the next start looks for checks without one."""
    at = signed_in(school)
    at.desk.point(NOT_ME)
    assert at.rows("select count(*) from inbox") == [(0,)]
    assert at.rows("select count(*) from outbox") == [(0,)]
    assert at.sealer.catch_up(at.db) == ()
    assert at.rows("select count(*) from conflict") == [(0,)]
    assert at.rows("select count(*) from refused") == [(0,)]


def test_the_audit_says_it_and_it_counts_as_a_wrong_try(school: Schools) -> None:
    """As the same answer to "is this you?" does."""
    at = signed_in(school)
    at.desk.point(NOT_ME)
    (said,) = at.rows("select account, subject from audit where action = 'check.not_theirs'")
    assert said == ("kiosk:bench", at.desk.ids[-1])
    assert at.rows("select result from sign_in order by id") == [("right",), ("not_me",)]


def test_what_was_chosen_and_named_in_it_counts_for_nobody(school: Schools) -> None:
    """The owner keeps their own colours, and has no assistant."""
    at = signed_in(school, "arrangements: [CCT, ITA]")
    at.desk.point(Button.COLOURS)
    at.desk.point(Colours.YOB)
    at.desk.point(Button.NEXT)
    at.desk.point(Button.NEXT)
    assert at.desk.at(Place.ASSISTANT)
    desk = at.desk
    desk.tap(keyboard.letter("x"), keyboard.ENTER, keyboard.letter("y"), keyboard.ENTER)
    desk.pass_ms(500)
    desk.tap(keyboard.ENTER)
    assert words.EXPECT in desk.sight.texts
    desk.point(NOT_ME)
    assert at.chosen == Chosen()
    assert at.rows("select count(*) from assistant where undoes is null") == [(1,)]
    assert at.rows("select count(*) from assistant where undoes is not null and forename is null") == [(1,)]
    assert at.rows("select count(*) from refused") == [(0,)]


def test_it_is_there_on_every_page_until_the_first_practice_question(school: Schools) -> None:
    """In the same place each time; behind the practice it is too late, as the pupil has begun."""
    at = signed_in(school, "arrangements: [CCT, ITA, RON]")
    desk, seen = at.desk, []
    while not desk.at(Place.PAUSE):
        rect = desk.sight.find(NOT_ME)
        assert rect is not None, desk.sight.texts
        seen.append(rect)
        if desk.at(Place.ASSISTANT):
            desk.tap(keyboard.letter("x"), keyboard.ENTER, keyboard.letter("y"), keyboard.ENTER)
        if desk.at(Place.KEYBOARD):
            desk.tap(keyboard.TAB)
        desk.point(Button.NEXT)
    assert len(seen) == 5
    assert len(set(seen)) == 1
    desk.reach(Place.PAGE)
    assert words.PRACTICE_COMPLETE in desk.sight.texts
    assert desk.sight.find(NOT_ME) is None


def test_a_walk_up_has_nobody_to_be_mistaken_for(school: Schools) -> None:
    """Who tries it out without signing in is asked for no name, so there is nothing to take back."""
    at = school("arrangements: none")
    at.desk.kiosk.state.enter_new()
    at.desk.pass_ms(600)
    assert words.EXPECT in at.desk.sight.texts
    assert at.desk.sight.find(NOT_ME) is None


def test_it_is_not_left_while_the_machine_waits_for_a_device(school: Schools) -> None:
    """With the keyboard elsewhere the press does nothing; an attempt left behind would count as running here."""
    at = signed_in(school)
    at.desk.pass_ms(600)
    at.desk.chair.agenda.add(FocusGoes(at.desk.now))
    at.desk.pass_ms(10)
    at.desk.point(NOT_ME, Source.TOUCH)
    assert not at.desk.at(Place.SIGN_IN)
    assert at.rows("select outcome from attempt") == [(None,)]
    at.desk.chair.agenda.add(FocusComes(at.desk.now))
    at.desk.pass_ms(10)
    at.desk.point(NOT_ME, Source.TOUCH)
    assert at.desk.at(Place.SIGN_IN)
    assert at.rows("select outcome from attempt") == [("stopped",)]
