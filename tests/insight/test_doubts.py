"""Look twice: reasons to doubt a number, each a sentence without a name."""

from dataclasses import replace

import pytest

from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.facts import AnsweredBy
from mtc_kiosk.check.form import Item
from mtc_kiosk.insight.attempts import Attempt, Way
from mtc_kiosk.insight.doubts import Reason, doubts
from mtc_kiosk.insight.patterns import patterns
from tests.insight.made import KEYBOARD, answer, attempt, form

ITEMS = form(4)
PLAIN = attempt(ITEMS)


def said(one: Attempt, **more: object) -> dict[Reason, str]:
    """The reasons with their words."""
    return {doubt.reason: doubt.words for doubt in doubts(one, patterns(one), **more)}  # type: ignore[arg-type]


def with_answers(**changes: object) -> Attempt:
    """The plain attempt with the first three answers changed."""
    changed = [replace(one, **changes) if one.number <= 3 else one for one in PLAIN.answers]  # type: ignore[arg-type]
    return replace(PLAIN, answers=tuple(changed))


def test_an_ordinary_check_has_no_reason() -> None:
    """Nothing to look at twice."""
    assert said(PLAIN) == {}


def test_voids_from_two_on() -> None:
    """One spoilt question is an accident."""
    words = "3 questions were spoilt by faults and asked again."
    assert said(with_answers(voids=(Cause.KEYBOARD,))) == {Reason.VOIDS: words}
    for voids, is_said in (((Cause.FOCUS,), False), ((Cause.FOCUS, Cause.FOCUS), True)):
        one = replace(PLAIN, answers=(replace(PLAIN.answers[0], voids=voids), *PLAIN.answers[1:]))
        assert (Reason.VOIDS in said(one)) is is_said


def test_a_held_check_says_why_but_not_that_a_teacher_asked() -> None:
    """A hold that staff asked for disturbs nothing."""
    held = replace(PLAIN, held=(Cause.SUSPEND, Cause.STAFF, Cause.SUSPEND))
    assert said(held) == {Reason.HELD: "The check was held 2 times. The PC went to sleep."}
    assert said(replace(PLAIN, held=(Cause.STAFF,))) == {}


def test_answers_faster_than_reading() -> None:
    """Three of them, unless somebody typed for the pupil."""
    fast = with_answers(presses=answer(1, Item(2, 2), think_ms=200).presses)
    assert said(fast)[Reason.TOO_FAST] == "3 answers began sooner than anyone can read the question."
    assert Reason.TOO_FAST not in said(replace(fast, assisted=True))
    for think_ms, is_said in ((299, True), (300, False)):
        one = with_answers(presses=answer(1, Item(2, 2), think_ms=think_ms).presses)
        assert (Reason.TOO_FAST in said(one)) is is_said


@pytest.mark.parametrize(("length", "is_said"), [(3, False), (4, True)])
def test_a_run_of_one_key(length: int, is_said: bool) -> None:
    """Four wrong answers of one key in a row; 11 x 1 and the like are right."""
    wrong = {number: "7" * (1 + number % 2) for number in range(10, 10 + length)}
    assert (Reason.RUN_OF_ONE_KEY in said(attempt(ITEMS, wrong))) is is_said


def test_doubled_digits() -> None:
    """Two answers that are right without a digit."""
    numbers = [number for number, item in enumerate(ITEMS, 1) if len(set(str(item.product))) == 2][:2]
    wrong = {number: str(ITEMS[number - 1].product) + str(ITEMS[number - 1].product)[-1] for number in numbers}
    assert said(attempt(ITEMS, wrong))[Reason.DOUBLED] == "2 answers have a digit twice and are right without it."


def test_a_key_that_sticks_is_said_once() -> None:
    """Its doubled digits are no second reason."""
    wrong = {
        number: str(item.product).replace("4", "44") for number, item in enumerate(ITEMS, 1) if "4" in str(item.product)
    }
    assert len(wrong) > 2
    assert list(said(attempt(ITEMS, wrong))) == [Reason.STICKS]


def test_another_way_of_entering_than_in_practice() -> None:
    """Known only where there was a practice in which something was typed."""
    touched = replace(PLAIN, conditions=replace(KEYBOARD, way=Way.TOUCH))
    words = "Entered by touch; in practice it was by keyboard."
    assert said(touched, practised=PLAIN) == {Reason.OTHER_WAY: words}
    assert said(touched) == said(PLAIN, practised=PLAIN) == {}
    assert said(touched, practised=replace(PLAIN, conditions=replace(KEYBOARD, way=Way.NOTHING))) == {}


def test_right_so_far_when_the_time_ran_out() -> None:
    """It may have been known."""
    number = next(number for number, item in enumerate(ITEMS, 1) if item.product > 9)
    cut = replace(answer(number, ITEMS[number - 1], str(ITEMS[number - 1].product)[0]), by=AnsweredBy.TIMEOUT)
    one = replace(PLAIN, answers=tuple(cut if each.number == number else each for each in PLAIN.answers))
    words = "1 answer was right so far when the time ran out: may have been known."
    assert said(one) == {Reason.UNFINISHED: words}


def test_a_note_explains_and_changes_nothing() -> None:
    """It comes last."""
    held = replace(PLAIN, held=(Cause.FOCUS,))
    assert list(said(held, has_note=True)) == [Reason.HELD, Reason.NOTE]
    assert said(held, has_note=True)[Reason.NOTE] == "There is a note about this pupil. Read it beside the score."
    assert held.score == PLAIN.score == 25


def test_freezing_and_a_sticking_key_come_first() -> None:
    """They explain the most."""
    frozen = replace(attempt(ITEMS, dict.fromkeys(range(14, 26), "")), held=(Cause.FOCUS,))
    assert next(iter(said(frozen))) is Reason.FROZE
