"""A pupil's progress: the current check, the unused restart, the reason in force."""

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.history import PupilHistory
from mtc_kiosk.school.progress import live_pin, progress_of
from tests.school.known import COMPLETE, HELD, MINUTE, NOW, RUNNING, facts, pin, practice, reason, restart, taking

SECOND_CHECK = (
    pin("two", used=True, session_id=2),
    taking("two", started_at=NOW - 5 * MINUTE, begun_at=NOW - 4 * MINUTE),
)


def test_nothing_is_known_of_a_new_pupil() -> None:
    """No check, no restart, no reason."""
    stands = progress_of(facts())
    assert (stands.has_begun, stands.check, stands.pending, stands.reason, stands.begun) == (False, None, None, None, 0)


def test_an_unused_pin_is_no_check() -> None:
    """Only a check that reached its first real pause counts."""
    assert progress_of(facts(pin())).begun == 0
    assert progress_of(facts(pin(), practice())).begun == 0


def test_a_try_out_is_no_check() -> None:
    """Trying it out never counts, however often its PIN is used."""
    assert not progress_of(facts(pin(used=True, kind=Kind.TRY))).has_begun


def test_the_attempt_that_began_stands() -> None:
    """One check, complete or not."""
    stands = progress_of(facts(*COMPLETE))
    assert stands.check == COMPLETE[1]
    assert stands.is_complete
    assert not progress_of(facts(*HELD)).is_complete


def test_a_used_pin_is_a_check_even_where_its_attempt_is_gone() -> None:
    """A check that was taken is not forgotten with its rows."""
    stands = progress_of(facts(pin(used=True)))
    assert (stands.has_begun, stands.check, stands.begun) == (True, None, 1)


def test_a_restart_takes_the_place_of_the_check_it_names() -> None:
    """Until another check begins it waits."""
    stands = progress_of(facts(*COMPLETE, restart()))
    assert (stands.has_begun, stands.is_complete, stands.begun) == (False, False, 1)
    assert stands.pending == restart()


def test_the_check_after_a_restart_stands() -> None:
    """The restart is used then, and the check before counts no more."""
    stands = progress_of(facts(*COMPLETE, restart(), *SECOND_CHECK))
    assert stands.check == SECOND_CHECK[1]
    assert (stands.pending, stands.begun, stands.has_two) == (None, 2, False)


def test_an_unused_pin_uses_no_restart() -> None:
    """A restart with an expired PIN can be used again."""
    assert progress_of(facts(*COMPLETE, restart(), pin("two", session_id=2))).pending == restart()


def test_a_restart_that_was_taken_back_never_was() -> None:
    """The check before it counts again."""
    stands = progress_of(facts(*COMPLETE, restart(), restart("2", undoes="1")))
    assert stands.is_complete
    assert (stands.pending, stands.restarts) == (None, ())


def test_which_check_stands_does_not_depend_on_clocks() -> None:
    """Where the clock was put back between two checks, the restart still says which came first."""
    earlier = taking("two", started_at=NOW - 600 * MINUTE, begun_at=NOW - 599 * MINUTE)
    assert progress_of(facts(*COMPLETE, restart(), pin("two", used=True), earlier)).check == earlier


def test_a_check_that_comes_late_does_not_stand_where_a_restart_took_its_place() -> None:
    """A memory stick that turns up after the second check changes nothing."""
    late = taking("one", started_at=NOW, begun_at=NOW)
    assert progress_of(facts(late, restart(), *SECOND_CHECK)).check == SECOND_CHECK[1]


def test_of_two_checks_on_one_pin_the_one_begun_first_stands() -> None:
    """And somebody has to look at it."""
    for later in ("0", "z"):
        other = taking("one", id=later, kiosk="PC2", started_at=NOW - 17 * MINUTE, begun_at=NOW - 14 * MINUTE)
        stands = progress_of(facts(*COMPLETE, other))
        assert (stands.check, stands.has_two) == (COMPLETE[1], True)


def test_two_checks_without_a_restart_between_are_one_too_many() -> None:
    """Taken on two PCs that did not know of each other."""
    stands = progress_of(facts(*COMPLETE, *SECOND_CHECK))
    assert (stands.check, stands.has_two, stands.begun) == (COMPLETE[1], True, 2)
    assert progress_of(facts(*COMPLETE, pin("two", used=True))).has_two


def test_a_second_record_for_one_attempt_is_one_too_many() -> None:
    """A record that came twice, and was not the same."""
    assert progress_of(facts(pin(used=True), taking(record="1" * 64), taking(record="2" * 64))).has_two


def test_a_check_that_does_not_prove_itself_gives_way() -> None:
    """Where another for the same PIN does."""
    broken = taking("one", id="b", sound=False, begun_at=NOW - 20 * MINUTE)
    stands = progress_of(facts(*COMPLETE, broken))
    assert (stands.check, stands.has_two) == (COMPLETE[1], False)
    assert progress_of(facts(broken)).check == broken


def test_practice_that_was_left_behind_is_no_second_check() -> None:
    """A pupil who signed in again elsewhere."""
    left = practice("one", id="b", outcome=Outcome.SUPERSEDED)
    assert not progress_of(facts(*COMPLETE, left)).has_two


def test_what_runs_is_the_check_or_its_practice() -> None:
    """Held and ended ones do not."""
    assert progress_of(facts(*RUNNING)).running == RUNNING[1]
    assert progress_of(facts(practice())).running == practice()
    assert progress_of(facts(*HELD)).running is None
    assert progress_of(facts(*COMPLETE)).running is None


def test_the_last_reason_holds() -> None:
    """An annulling reason replaces the one before, which applies again when it is taken back."""
    known = facts(reason(), reason("2", "ANLLQ"))
    assert progress_of(known).reason == reason("2", "ANLLQ")
    undone = replace(known, reasons=(*known.reasons, reason("3", "ANLLQ", undoes="2")))
    assert progress_of(undone).reason == reason()


def test_a_live_pin_is_one_that_can_still_be_used() -> None:
    """Not one that lapsed at this very moment, nor an official one that was used; one for trying it out stays."""
    assert live_pin(facts(pin(live=True)), Kind.OFFICIAL, NOW) == pin(live=True)
    assert live_pin(facts(pin(ended_at=NOW)), Kind.OFFICIAL, NOW) is None
    assert live_pin(facts(pin(live=True, used=True)), Kind.OFFICIAL, NOW) is None
    tried = pin(live=True, used=True, kind=Kind.TRY)
    assert live_pin(facts(tried), Kind.TRY, NOW) == tried
    assert live_pin(facts(tried), Kind.OFFICIAL, NOW) is None


@given(st.integers())
def test_the_order_in_which_things_are_read_does_not_matter(seed: int) -> None:
    """PINs and attempts come from several tables and files."""
    known = facts(*COMPLETE, restart(), *SECOND_CHECK, restart("2", "a-two"), pin("three"), practice("three"))
    assert progress_of(_shuffled(known, random.Random(seed))) == progress_of(known)


def _shuffled(known: PupilHistory, chance: random.Random) -> PupilHistory:
    pins, takings = list(known.pins), list(known.takings)
    chance.shuffle(pins)
    chance.shuffle(takings)
    return replace(known, pins=tuple(pins), takings=tuple(takings))
