"""A table that the class as a whole finds hard: said of a pupil who lacks it too, as no claim sets the pupil apart."""

import random

from mtc_kiosk.check.framework import TABLES
from mtc_kiosk.export.reports.class_words import stands_out
from mtc_kiosk.export.reports.content import PupilLine
from mtc_kiosk.insight.attempts import Attempt
from mtc_kiosk.insight.claims import FEWEST_ASKED, LIKELY_FROM, Sure, marks_of
from mtc_kiosk.insight.pupil import PupilInsight, context_of, pupil_insight
from mtc_kiosk.insight.whole_class import class_insight
from mtc_kiosk.insight.with_class import FEWEST_PUPILS, hard_tables, with_class
from tests.insight.made import attempt, form

LOST, OF_CLASS = 7, 27


def made_class(lost: int, *, slips: float = 0.02, pupils: int = OF_CLASS) -> dict[int, Attempt]:
    """A class of which the first ``lost`` pupils have not got the 7s; everybody makes a slip now and then."""
    chance, made = random.Random(3), {}
    for pupil in range(1, pupils + 1):
        items = form(300 + pupil)
        lacking = [pupil <= lost and LOST in (item.factor1, item.factor2) for item in items]
        wrong = {number: "1" for number, lacks in enumerate(lacking, 1) if lacks or chance.random() < slips}
        made[pupil] = attempt(items, wrong)
    return made


def unclaimed(insight: PupilInsight) -> list[int]:
    """The tables that the pupil has not got in all likelihood, though nothing is claimed."""
    return [
        claim.table
        for claim in insight.claims
        if claim.sure is Sure.CANNOT_TELL
        and claim.chance.not_got >= LIKELY_FROM
        and claim.asked >= FEWEST_ASKED
        and claim.right < claim.asked
    ]


def test_no_pupil_who_lacks_what_the_class_lacks_is_passed_over() -> None:
    """Twelve of 27 lack the 7s; whoever of them is not claimed has a sentence, and in the class's list as well."""
    whole = class_insight(context_of(made_class(12)))
    hidden = [pupil for pupil in range(1, 13) if LOST in unclaimed(whole.pupils[pupil])]
    assert len(hidden) > 3
    for pupil in hidden:
        insight = whole.pupils[pupil]
        (said,) = insight.with_class
        claim = insight.claims[TABLES.index(LOST)]
        assert (said.table, said.words) == (
            LOST,
            "The class as a whole finds the 7s hard, so one check cannot set this pupil apart:"
            f" {claim.right} of {claim.asked} right, whichever way round.",
        )
        assert insight.gaps == ()
        assert stands_out(PupilLine(pupil, "A", insight.attempt.score, 25, "Complete", insight)) == (
            "The 7s, like the class"
        )


def test_what_is_claimed_is_not_said_twice() -> None:
    """A table is claimed of the pupil, or said with the class, or neither."""
    for insight in class_insight(context_of(made_class(18))).pupils.values():
        said = {one.table for one in insight.with_class}
        assert not said & {claim.table for claim in insight.claimed}
        assert said <= set(unclaimed(insight))


def test_a_table_that_the_class_mostly_has_is_not_put_on_it() -> None:
    """Nine of 27 lack the 7s: the class has more than 60% of them right, so nothing is said with the class."""
    whole = class_insight(context_of(made_class(9)))
    assert any(unclaimed(insight) for insight in whole.pupils.values())
    assert all(insight.with_class == () for insight in whole.pupils.values())


def test_a_table_is_hard_below_six_in_ten() -> None:
    """By the class's own answers, whichever way round; earlier pupils of the school say nothing of it."""
    asked = [item for item in form(11) if LOST in (item.factor1, item.factor2)]
    for wrong, is_hard in ((40, False), (41, True)):
        rows = {pupil: [(item, pupil >= wrong) for item in asked] for pupil in range(100)}
        assert (LOST in hard_tables(rows)) is is_hard
    lacking = [marks_of(one.answers) for one in made_class(27).values()]
    assert context_of(made_class(0), lacking).hard == frozenset()


def test_so_few_are_no_class() -> None:
    """Of fewer than five, nothing is said of a class as a whole."""
    few = made_class(FEWEST_PUPILS, pupils=FEWEST_PUPILS)
    assert LOST in context_of(few).hard
    few.popitem()
    assert context_of(few).hard == frozenset()


def test_wrong_answers_may_have_another_reason_here_too() -> None:
    """It is said with them, as with a claim."""
    context = context_of(made_class(12))
    pupil = next(pupil for pupil in context.attempts if LOST in unclaimed(pupil_insight(pupil, context)))
    claims = pupil_insight(pupil, context).claims
    wrong = claims[TABLES.index(LOST)].asked - claims[TABLES.index(LOST)].right
    (said,) = with_class(claims, context.hard, {LOST: 1})
    assert said.words.endswith("whichever way round; 1 of the wrong answers may have another reason.")
    (said,) = with_class(claims, context.hard, {LOST: wrong})
    assert said.words.endswith("whichever way round; all of the wrong answers may have another reason.")
