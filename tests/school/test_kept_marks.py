"""Marks that are kept in memory are those of the very answers, however many checks a program has marked."""

from mtc_kiosk.check.facts import Answered, AnsweredBy
from mtc_kiosk.check.marking import mark
from mtc_kiosk.school import results


def answers(response: str) -> tuple[Answered, ...]:
    """One answer to 6 times 7."""
    return (Answered(1, 1, 1, 6, 7, response, 0, AnsweredBy.ENTER, stall=False),)


def test_more_checks_than_are_kept_are_all_marked_right() -> None:
    """Also where an answer takes the place in memory of one that is gone."""
    kept = results._KeptMarks()
    for number in range(results.MARKS_KEPT + 50):
        given = answers(str(number))
        assert kept.of(given) == mark(given)
        assert kept.of(given)[0].right is (number == 42)
    assert len(kept._kept) == results.MARKS_KEPT
