"""Which of several checks of a pupil counts: none until a head chooses, and then that one, in any order of arrival."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.assistant import add_obstacle
from mtc_kiosk.school.eligibility import pin_obstacle
from mtc_kiosk.school.history import OfficialAttempt, PupilHistory
from mtc_kiosk.school.obstacle import ObstacleCode
from mtc_kiosk.school.progress import progress_of
from mtc_kiosk.school.reason import set_obstacle
from mtc_kiosk.school.restart import give_obstacle
from tests.school.known import COMPLETE, MINUTE, NOW, choice, facts, pin, restart, rules, taking

FIRST = taking("one", record="1" * 64)
SECOND = taking("two", record="2" * 64, begun_at=NOW - 5 * MINUTE)
THIRD = taking("three", record="3" * 64, begun_at=NOW - 20 * MINUTE)
BOTH = (FIRST, SECOND)


def order_of(*takings: OfficialAttempt) -> list[str]:
    """The attempts that could count, in order."""
    return [one.id for one in progress_of(facts(*takings)).rivals.could_count]


def test_two_pins_on_two_days_are_two_checks() -> None:
    """The check begun first is proposed, though it came in last."""
    stands = progress_of(facts(pin("one"), pin("two", used=True), SECOND, FIRST))
    assert (stands.has_two, stands.check) == (True, FIRST)


def test_a_restart_that_was_taken_back_while_its_check_lay_elsewhere_is_two_checks() -> None:
    """The check it was given for, and the one begun on it."""
    known = facts(FIRST, restart(origin="a-one"), restart("2", origin="a-one", undoes="1"), SECOND)
    assert progress_of(known).has_two


def test_a_check_that_a_restart_ended_contests_no_check_begun_after_it() -> None:
    """The restart was taken back, but the ended one can have no score; one given for the later one waits alone."""
    ended = replace(FIRST, outcome=Outcome.SUPERSEDED)
    taken_back = (restart(origin="a-one"), restart("2", origin="a-one", undoes="1"))
    assert progress_of(facts(ended, *taken_back)).check == ended
    stands = progress_of(facts(ended, *taken_back, SECOND))
    assert (stands.has_two, stands.check, stands.begun) == (False, SECOND, 2)
    again = progress_of(facts(ended, *taken_back, SECOND, restart("3", origin="a-two")))
    assert (again.has_begun, again.pending) == (False, restart("3", origin="a-two"))


def test_of_two_begun_in_the_same_millisecond_the_rule_that_is_shown_decides() -> None:
    """A complete one first, then by the attempt's number, then by the record's."""
    same = replace(SECOND, id="a-0", begun_at=FIRST.begun_at)
    assert order_of(same, FIRST) == order_of(FIRST, same) == ["a-0", "a-one"]
    assert order_of(replace(same, outcome=Outcome.STOPPED), FIRST) == ["a-one", "a-0"]
    twice = replace(FIRST, record="0" * 64)
    assert progress_of(facts(FIRST, twice)).check == progress_of(facts(twice, FIRST)).check == twice


@pytest.mark.parametrize("counts", BOTH)
def test_a_choice_settles_it(counts: OfficialAttempt) -> None:
    """The other one is passed over."""
    stands = progress_of(facts(*BOTH, choice(counts, BOTH)))
    assert (stands.has_two, stands.check, stands.is_complete) == (False, counts, True)
    assert [one.id for one in stands.rivals.passed_over] == [one.id for one in BOTH if one is not counts]


def test_a_choice_that_was_taken_back_is_open_again() -> None:
    """And may be made anew."""
    undone = (*BOTH, choice(SECOND, BOTH), choice(None, row_id="2", undoes="1"))
    assert progress_of(facts(*undone)).has_two
    assert progress_of(facts(*undone, choice(FIRST, BOTH, "3"))).check == FIRST


def test_what_comes_in_after_a_choice_does_not_count_and_is_known_as_such() -> None:
    """Even where it was begun before the others."""
    stands = progress_of(facts(*BOTH, THIRD, choice(SECOND, BOTH)))
    assert (stands.has_two, stands.check) == (False, SECOND)
    assert stands.rivals.unseen == (THIRD,)
    assert progress_of(facts(*BOTH, THIRD, choice(SECOND, (*BOTH, THIRD)))).rivals.unseen == ()


def test_what_a_head_passed_over_does_not_come_back_by_a_restart_of_the_chosen() -> None:
    """The restart waits, and the check taken on it counts."""
    restarted = (*BOTH, choice(SECOND, BOTH), restart(origin="a-two"))
    stands = progress_of(facts(*restarted))
    assert (stands.check, stands.pending, stands.has_begun) == (None, restart(origin="a-two"), False)
    assert progress_of(facts(*restarted, THIRD)).check == THIRD


def test_a_check_chosen_before_its_record_came_stays_chosen() -> None:
    """A held one, of which only the attempt was known."""
    held = taking("two", outcome=None, held_since=NOW, begun_at=NOW - 5 * MINUTE)
    row = choice(held, (FIRST, held))
    assert progress_of(facts(FIRST, held, row)).check == held
    assert progress_of(facts(FIRST, SECOND, row)).check == SECOND


def test_a_used_pin_of_which_nothing_is_left_is_settled_too() -> None:
    """Nobody is left without a way out."""
    known = facts(*COMPLETE, pin("two", used=True))
    assert progress_of(known).has_two
    settled = progress_of(replace(known, choices=(choice(COMPLETE[1], (COMPLETE[1],)),)))
    assert (settled.has_two, settled.codes) == (False, ("one",))


def test_a_restart_of_an_attempt_that_is_gone_takes_its_used_pin_with_it() -> None:
    """Removed after its days: no second check is left of it."""
    known = facts(pin("one", used=True), restart(origin="a-gone"), pin("two", used=True), SECOND)
    assert (progress_of(known).has_two, progress_of(known).check) == (False, SECOND)


def test_checks_that_do_not_prove_themselves_contest_nothing() -> None:
    """Neither one another nor one that does."""
    broken = [replace(one, sound=False) for one in BOTH]
    assert not progress_of(facts(*broken)).has_two
    assert (progress_of(facts(*broken, THIRD)).has_two, progress_of(facts(*broken, THIRD)).check) == (False, THIRD)


@pytest.mark.parametrize("known", [facts(*BOTH), facts(FIRST, replace(FIRST, id="b"))])
def test_every_rule_that_needs_the_check_points_to_the_head(known: PupilHistory) -> None:
    """A PIN, a restart, a reason, an assistant: the same sentence, and an annulment overrides all of it."""
    obstacles = [
        pin_obstacle(known, Kind.OFFICIAL, NOW, rules()),
        give_obstacle(known, rules(), is_head=True),
        set_obstacle(known, "ABSNT", NOW, rules()),
        add_obstacle(known, has_one=False),
    ]
    assert {obstacle.code if obstacle is not None else None for obstacle in obstacles} == {ObstacleCode.TWO_CHECKS}
    assert all("A head chooses which" in obstacle.sentence for obstacle in obstacles if obstacle is not None)
    assert set_obstacle(known, "ANLLQ", NOW, rules()) is None


def test_no_restart_is_given_over_a_check_that_the_head_has_not_seen() -> None:
    """Else it would count in place of the one restarted."""
    obstacle = give_obstacle(facts(*BOTH, THIRD, choice(SECOND, BOTH)), rules(), is_head=True)
    assert obstacle is not None
    assert obstacle.code is ObstacleCode.TWO_CHECKS
    assert give_obstacle(facts(*BOTH, choice(SECOND, BOTH)), rules(), is_head=True) is None


@given(st.permutations((FIRST, SECOND, THIRD, replace(FIRST, record="0" * 64), replace(SECOND, sound=False, id="b"))))
def test_the_order_of_arrival_changes_nothing(takings: list[OfficialAttempt]) -> None:
    """Neither what is proposed nor what counts after a choice."""
    assert order_of(*takings) == ["a-three", "a-one", "a-one", "a-two"]
    settled = progress_of(facts(*takings, choice(SECOND, BOTH))).rivals
    assert settled.could_count == (SECOND,)
    assert [one.id for one in settled.passed_over] == ["a-three", "a-one", "a-one", "b"]
