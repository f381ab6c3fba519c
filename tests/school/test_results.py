"""Results: one for each pupil, whatever happened."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mtc_kiosk.check.facts import Answered, AnsweredBy, Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.history import ChoiceRow, OfficialAttempt, Pin, PupilHistory, ReasonRow, RestartRow
from mtc_kiosk.school.received_check import ReceivedCheck
from mtc_kiosk.school.results import LeftOut, Result, ResultStatus, result_of
from tests.school.known import COMPLETE, HELD, MINUTE, NOW, choice, facts, pin, practice, reason, restart, rules, taking


def answers(right: int) -> tuple[Answered, ...]:
    """Twenty-five answers, so many of them right, one of the others blank."""
    return tuple(
        Answered(
            at=number,
            number=number,
            showing=1,
            factor1=3,
            factor2=4,
            response="12" if number <= right else "" if number == 25 else "13",
            shown_us=0,
            by=AnsweredBy.ENTER,
            stall=False,
        )
        for number in range(1, 26)
    )


def delivered(code: str = "one", right: int = 23, **changes: Any) -> ReceivedCheck:
    """The record of a check."""
    values: dict[str, Any] = {
        "id": f"a-{code}",
        "pupil_id": 1,
        "kind": Kind.OFFICIAL,
        "kiosk": "PC1",
        "started_at": NOW - 16 * MINUTE,
        "begun_at": NOW - 15 * MINUTE,
        "finished_at": NOW - 10 * MINUTE,
        "outcome": Outcome.COMPLETE,
        "answers": answers(right),
    }
    return ReceivedCheck(check_code=code, **(values | changes))


def result(
    *known: Pin | OfficialAttempt | RestartRow | ReasonRow | ChoiceRow,
    came: tuple[ReceivedCheck, ...] = (),
    now: datetime = NOW,
) -> Result:
    """The result of what is known and came."""
    return result_of(facts(*known), came, rules(), now)


TOMORROW = NOW + timedelta(days=1)
SECOND = (pin("two", used=True, session_id=2), taking("two", begun_at=NOW - 4 * MINUTE))


def test_a_complete_check_has_its_score() -> None:
    """How many are right, of how many, and when."""
    found = result(*COMPLETE, came=(delivered(),))
    assert (found.status, found.label, found.score, found.out_of) == (ResultStatus.COMPLETE, "Complete", 23, 25)
    assert (found.ctf, found.checks_taken, found.completed_at) == ("23", 1, NOW - 10 * MINUTE)
    assert sum(mark.right for mark in found.marks) == 23


def test_a_score_of_nought_is_a_score() -> None:
    """It is not the same as none."""
    found = result(*COMPLETE, came=(delivered(right=0),))
    assert (found.score, found.ctf, found.status) == (0, "0", ResultStatus.COMPLETE)


@pytest.mark.parametrize("known", [facts(), facts(pin(live=True)), facts(pin()), facts(pin(live=True), practice())])
def test_whoever_has_not_begun_the_check_has_not_started(known: PupilHistory) -> None:
    """Without a PIN, with one that is good or has lapsed, and in the practice: no score, and X."""
    found = result_of(known, (), rules(), NOW)
    assert (found.status, found.label, found.score, found.ctf) == (ResultStatus.NOT_STARTED, "Not started", None, "X")


@pytest.mark.parametrize("known", [facts(*HELD), facts(*COMPLETE), facts(pin(used=True))])
def test_a_check_that_began_and_is_not_here_whole_is_incomplete(known: PupilHistory) -> None:
    """Held, or complete and not delivered, or nothing but its PIN used: no score, and X."""
    found = result_of(known, (), rules(), NOW)
    assert (found.status, found.label, found.score, found.ctf) == (ResultStatus.INCOMPLETE, "Incomplete", None, "X")
    assert (found.out_of, found.marks, found.completed_at) == (25, (), None)


@pytest.mark.parametrize("outcome", [Outcome.OUT_OF_TIME, Outcome.STOPPED, Outcome.SUPERSEDED])
def test_a_check_that_was_not_answered_to_its_end_has_no_score(outcome: Outcome) -> None:
    """However many of its answers are right."""
    found = result(pin(used=True), taking(outcome=outcome), came=(delivered(outcome=outcome),))
    assert (found.label, found.score, found.checks_taken) == ("Incomplete", None, 1)


def test_a_restart_hides_the_score() -> None:
    """Until the pupil takes the check again."""
    found = result(*COMPLETE, restart(), came=(delivered(),), now=TOMORROW)
    assert (found.label, found.score, found.ctf) == ("Did not attempt the restart", None, "X")
    assert found.checks_taken == 1


def test_a_restart_that_was_taken_back_shows_the_score_again() -> None:
    """As if it had never been."""
    assert result(*COMPLETE, restart(), restart("2", undoes="1"), came=(delivered(),)).score == 23


def test_a_restart_whose_pin_lapsed_hides_the_score_and_no_more() -> None:
    """The pupil did not attempt it: the national service loses the score for good here."""
    found = result(*COMPLETE, restart(), pin("two"), came=(delivered(),), now=TOMORROW)
    assert found.status is ResultStatus.RESTART_NOT_TAKEN


MIDNIGHT = datetime(2027, 6, 7, 23, 0, tzinfo=UTC)
"""In London, where it is an hour later."""


@pytest.mark.parametrize(
    ("known", "until"),
    [
        ((restart(),), MIDNIGHT),
        ((restart(at=NOW - timedelta(days=3)), pin("two", live=True)), MIDNIGHT),
        ((restart(at=NOW - timedelta(days=3)), pin("two")), MIDNIGHT),
        ((restart(), pin("two", ended_at=NOW + timedelta(days=2))), MIDNIGHT + timedelta(days=2)),
    ],
)
def test_a_restart_may_still_be_taken_until_its_day_is_over(
    known: tuple[Pin | RestartRow, ...], until: datetime
) -> None:
    """The day it was given, or the last on which a PIN for it could be used; only then was it not attempted."""
    before, after = (result(*COMPLETE, *known, now=when) for when in (until - MINUTE, until))
    assert (before.status, before.label) == (ResultStatus.RESTART_WAITS, "Restart not taken yet")
    assert (after.status, after.label) == (ResultStatus.RESTART_NOT_TAKEN, "Did not attempt the restart")


def test_the_last_check_counts_even_if_it_is_lower() -> None:
    """Not the best of the two."""
    found = result(*COMPLETE, restart(), *SECOND, came=(delivered(right=25), delivered("two", right=3)))
    assert (found.score, found.checks_taken) == (3, 2)


def test_the_last_check_counts_even_if_it_is_not_complete() -> None:
    """The score before it does not come back."""
    stopped = taking("two", Outcome.STOPPED)
    came = (delivered(right=25), delivered("two", outcome=Outcome.STOPPED))
    found = result(*COMPLETE, restart(), SECOND[0], stopped, came=came)
    assert (found.label, found.score) == ("Incomplete", None)


def test_a_check_that_comes_late_changes_nothing() -> None:
    """Where a restart took its place."""
    found = result(*COMPLETE, restart(), *SECOND, came=(delivered("two", right=3), delivered(right=25)))
    assert found.score == 3


OTHER = taking("one", id="b", begun_at=NOW - 14 * MINUTE)
BOTH_CAME = (delivered(id="b", right=25, voids=1, changed_rules=True), delivered(right=3))


def test_of_two_checks_neither_has_a_score_until_a_head_chooses() -> None:
    """Nor its marks, its time, its number or what was spoilt in it: nothing to choose by."""
    found = result(*COMPLETE, OTHER, came=BOTH_CAME)
    assert (found.status, found.has_two, found.score, found.ctf) == (ResultStatus.TWO_CHECKS, True, None, "X")
    assert (found.marks, found.completed_at, found.attempt_id, found.voids) == ((), None, None, 0)
    assert not found.changed_rules
    beside_a_reason = result(*COMPLETE, OTHER, reason(), came=BOTH_CAME)
    assert (beside_a_reason.score, beside_a_reason.ctf) == (None, "A")


@pytest.mark.parametrize(("counts", "score"), [(COMPLETE[1], 3), (OTHER, 25)])
def test_the_check_that_a_head_chose_counts(counts: OfficialAttempt, score: int) -> None:
    """Whichever it is; the result says that a head chose."""
    row = choice(counts, among=(COMPLETE[1], OTHER))
    found = result(*COMPLETE, OTHER, row, came=BOTH_CAME)
    assert (found.score, found.has_two, found.chosen_at) == (score, False, row.at)


def test_of_two_records_of_one_attempt_the_chosen_one_has_the_score() -> None:
    """Begun in the same millisecond: it goes by the record, not by what came first."""
    first, second = (taking(record=digit * 64) for digit in "12")
    came = [delivered(record="2" * 64, right=5), delivered(record="1" * 64, right=7)]
    for known, score in ((first, 7), (second, 5)):
        row = choice(known, among=(first, second))
        assert result(pin(used=True), first, second, row, came=tuple(came)).score == score


def test_a_reason_is_shown_by_its_name() -> None:
    """With its code, its letter and no score."""
    found = result(reason())
    assert (found.status, found.label, found.reason_code) == (
        ResultStatus.REASON,
        "Absent during check window",
        "ABSNT",
    )
    assert (found.score, found.ctf, found.checks_taken) == (None, "A", 0)


def test_a_score_that_comes_late_stands_beside_a_reason() -> None:
    """The label is the reason's, the score and what a transfer file has are the check's."""
    found = result(*COMPLETE, reason(), came=(delivered(),))
    assert (found.label, found.score, found.ctf) == ("Absent during check window", 23, "23")


def test_an_annulment_leaves_no_score() -> None:
    """Nor a time, nor marks; the letter is used."""
    found = result(*COMPLETE, reason(code="ANLLQ"), came=(delivered(),))
    assert (found.label, found.score, found.ctf) == ("Maladministration", None, "Q")
    assert (found.marks, found.completed_at, found.checks_taken) == ((), None, 1)


def test_a_restart_that_waits_gives_way_to_a_reason() -> None:
    """The pupil does not take it."""
    found = result(*COMPLETE, restart(), reason(), came=(delivered(),))
    assert (found.status, found.score, found.ctf) == (ResultStatus.REASON, None, "A")


def test_changed_rules_are_named_and_never_transferred() -> None:
    """Such a score is not one of the check's."""
    found = result(*COMPLETE, came=(delivered(changed_rules=True),))
    assert (found.label, found.score, found.ctf, found.changed_rules) == ("Complete (changed rules)", 23, "", True)


def test_a_check_that_does_not_prove_itself_is_left_out_and_named() -> None:
    """It has no score, and says why."""
    broken = delivered(fault="Its chain breaks.")
    found = result(pin(used=True), taking(sound=False), came=(broken,))
    assert (found.label, found.score) == ("Incomplete", None)
    assert found.left_out == (LeftOut("a-one", "Its chain breaks."),)


def test_spoilt_questions_are_counted() -> None:
    """They are part of the notes on a result."""
    assert result(*COMPLETE, came=(delivered(voids=2),)).voids == 2


def test_the_number_of_questions_is_the_checks_own() -> None:
    """A school may have changed it since."""
    assert result(*COMPLETE, came=(delivered(answers=answers(10)[:10]),)).out_of == 10
    assert result_of(facts(), (), rules(questions=10), NOW).out_of == 10
