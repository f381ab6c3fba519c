"""Why a check does not count: in the words of the results, and "" for the one check that does."""

from datetime import datetime

import pytest

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.school.history import ChoiceRow, OfficialAttempt, Pin, ReasonRow, RestartRow
from mtc_kiosk.school.received_check import ReceivedCheck
from mtc_kiosk.school.results import result_of
from mtc_kiosk.school.uncounted import ANOTHER_COUNTS, NOT_CHOSEN, NOT_FINISHED, RESTARTED, why_not_counted
from tests.school.known import COMPLETE, MINUTE, NOW, choice, facts, pin, reason, restart, rules, taking
from tests.school.test_results import SECOND, TOMORROW, delivered

FIRST = delivered()


def why(
    *known: Pin | OfficialAttempt | RestartRow | ReasonRow | ChoiceRow,
    came: tuple[ReceivedCheck, ...] = (FIRST,),
    now: datetime = NOW,
) -> list[str]:
    """Why each of the checks that came does not count."""
    history = facts(*known)
    result = result_of(history, came, rules(), now)
    return [why_not_counted(history, one, result, rules()) for one in came]


def test_the_check_with_the_score_counts() -> None:
    """Alone, and after a restart of the one before it."""
    assert why(*COMPLETE) == [""]
    assert why(*COMPLETE, restart(), *SECOND, came=(FIRST, delivered("two"))) == [RESTARTED, ""]


def test_a_restart_says_whether_it_is_taken() -> None:
    """It waits on its day; later the pupil did not attempt it: what the results say."""
    assert why(*COMPLETE, restart()) == ["Restart not taken yet"]
    assert why(*COMPLETE, restart(), now=TOMORROW) == ["Did not attempt the restart"]
    assert why(*COMPLETE, restart(), restart("2", undoes="1")) == [""]


def test_of_two_restarts_only_the_last_one_waits() -> None:
    """The first one was taken: by the second check, which has a restart of its own."""
    known = (*COMPLETE, restart(), *SECOND, restart("2", origin="a-two", at=NOW - MINUTE))
    assert why(*known, came=(FIRST, delivered("two"))) == [RESTARTED, "Restart not taken yet"]


@pytest.mark.parametrize("outcome", [Outcome.OUT_OF_TIME, Outcome.STOPPED, Outcome.SUPERSEDED])
def test_a_check_that_was_not_answered_to_its_end_is_not_finished(outcome: Outcome) -> None:
    """Also where the pupil has a reason that would annul it; a restart comes first."""
    known, came = (pin(used=True), taking(outcome=outcome)), (delivered(outcome=outcome),)
    assert why(*known, came=came) == [NOT_FINISHED]
    assert why(*known, reason(code="ANLLQ"), came=came) == [NOT_FINISHED]
    assert why(*known, restart(), came=came) == ["Restart not taken yet"]


def test_an_annulled_check_says_why() -> None:
    """A reason that annuls nothing leaves it counting."""
    assert why(*COMPLETE, reason(code="ANLLQ")) == ["Maladministration"]
    assert why(*COMPLETE, reason(code="ABSNT")) == [""]


def test_a_head_chose_another_check() -> None:
    """The other one counts; two records of one attempt are told apart by their hash."""
    other = (pin("two", used=True, session_id=2), taking("two", begun_at=NOW - 4 * MINUTE))
    chosen = choice(other[1], among=(COMPLETE[1], other[1]))
    assert why(*COMPLETE, *other, chosen, came=(FIRST, delivered("two"))) == [NOT_CHOSEN, ""]
    one, two = taking(record="1" * 64), taking(record="2" * 64)
    records = (delivered(record="1" * 64), delivered(record="2" * 64))
    picked = choice(two, among=(one, two))
    assert why(pin(used=True), one, two, picked, came=records) == [NOT_CHOSEN, ""]


def test_a_check_of_which_nothing_else_is_known_does_not_count() -> None:
    """A reason that annuls nothing is not why."""
    came = (FIRST, delivered("other"))
    assert why(*COMPLETE, came=came) == ["", ANOTHER_COUNTS]
    assert why(*COMPLETE, reason(code="ABSNT"), came=came) == ["", ANOTHER_COUNTS]
