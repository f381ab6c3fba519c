"""A question that nothing replaces is forfeited: blank, and it counts (check.machine, rule 7).

Source: docs/reference/pupil-client.md, "Screens".
"""

from dataclasses import replace

from mtc_kiosk.check.facts import Answered, AnsweredBy, Outcome, Voided
from mtc_kiosk.check.form import Item
from mtc_kiosk.check.replay import counting_answers
from mtc_kiosk.check.settings import InterruptedQuestion

from .robot import FORM, PLAIN, Robot

FORFEIT = replace(PLAIN, interrupted_question=InterruptedQuestion.FORFEIT)


def test_without_a_spare_of_its_table_the_question_is_forfeited() -> None:
    """It is blank and counts; staff see a void without a replacement."""
    robot = Robot(form=replace(FORM, spares=(Item(3, 5),)))
    robot.reach(1)
    robot.keys("5")
    robot.void()
    answered, voided = robot.last(Answered), robot.last(Voided)
    assert (answered.by, answered.response) == (AnsweredBy.FORFEIT, "")
    assert (voided.factor1, voided.factor2) == (None, None)
    assert (robot.question.number, robot.question.showing) == (2, 1)


def test_the_third_void_of_one_table_is_forfeited_where_it_has_two_spares() -> None:
    """The spares of a table are used up before the voids of an attempt."""
    robot = Robot()
    for showing in (1, 2, 3):
        robot.reach(1, showing=showing)
        robot.void()
    assert [a.by for a in robot.every(Answered)] == ["void", "void", "forfeit"]
    robot.reach_end()
    assert robot.machine.outcome is Outcome.COMPLETE


def test_the_national_rule_forfeits_the_question_and_goes_on() -> None:
    """An empty answer is stored, and the next pause comes (docs/reference/pupil-client.md, "Screens")."""
    robot = Robot(FORFEIT)
    robot.reach(1)
    robot.keys("5", "6")
    robot.void()
    assert (robot.last(Answered).by, robot.last(Answered).response) == (AnsweredBy.FORFEIT, "")
    assert (robot.question.number, robot.question.showing) == (2, 1)


def test_the_national_rule_never_leaves_only_stop() -> None:
    """It replaces nothing, so nothing is used up."""
    robot = Robot(replace(FORFEIT, voids_replaced=0))
    for number in (1, 2, 3, 4):
        robot.reach(number)
        robot.void()
    assert robot.machine.outcome is Outcome.COMPLETE
    assert [a.by for a in counting_answers(robot.journal)] == ["forfeit"] * 4


def test_the_last_question_forfeited_completes_the_check_when_staff_let_it_go_on() -> None:
    """The check is held first, so that staff know."""
    robot = Robot(FORFEIT)
    robot.reach(4)
    robot.failed(robot.now)
    assert robot.machine.outcome is None
    robot.released()
    assert robot.machine.outcome is Outcome.COMPLETE
