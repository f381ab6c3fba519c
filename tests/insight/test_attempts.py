"""What insight takes from a proven check: answers, times of keys, voids, how it was entered."""

from dataclasses import replace

from mtc_kiosk.check.arrangements import Arrangements
from mtc_kiosk.check.events import Cause, KeyPressed, Source
from mtc_kiosk.check.facts import AnsweredBy, Outcome
from mtc_kiosk.check.form import Item
from mtc_kiosk.check.script import Reading
from mtc_kiosk.insight.attempts import Attempt, Conditions, Press, Way, attempt_from, attempt_of
from mtc_kiosk.record.proof import prove
from tests.check.golden_checks import GOLDEN_CHECKS
from tests.check.robot import AUDIO, PLAIN, Robot
from tests.record.examples import check_content, detail, key


def seen(robot: Robot) -> Attempt:
    """The attempt of a robot's journal."""
    return attempt_from(robot.journal, robot.settings)


def typed(robot: Robot, *presses: tuple[str, int], source: Source = Source.KEYBOARD, stall: bool = False) -> None:
    """See the sum and press keys, each so many milliseconds after the sum."""
    shown = robot.machine.shown if robot.machine.shown is not None else robot.shown()
    for name, at_ms in presses:
        robot.hear(KeyPressed(shown + at_ms * 1_000, name, source, stall))


def test_a_whole_check_from_its_record() -> None:
    """Every question with its answer, and none of the practice's keys."""
    robot = Robot()
    robot.reach_end()
    attempt = attempt_of(prove(check_content(robot, key(), detail(by=None))))
    assert [(one.number, one.item, one.response) for one in attempt.answers] == [
        (1, Item(7, 8), "56"),
        (2, Item(6, 9), "54"),
        (3, Item(3, 4), "12"),
        (4, Item(12, 11), "132"),
    ]
    assert attempt.score == 4
    assert attempt.outcome is Outcome.COMPLETE
    assert attempt.conditions == Conditions(Way.KEYBOARD, audio=False, no_pad=False, limit_ms=6_000)
    assert [len(one.presses) for one in attempt.answers] == [2, 2, 2, 3]


def test_thinking_and_typing_are_apart() -> None:
    """From the sum to the first digit, from the first to the last; a gap is between digits that follow each other."""
    robot = Robot()
    robot.reach(1)
    typed(robot, ("5", 1_500), ("4", 1_900), ("Backspace", 2_500), ("6", 3_000), ("Enter", 3_600))
    answer = seen(robot).answers[0]
    assert (answer.think_ms, answer.typing_ms, answer.last_key_ms) == (1_500, 1_500, 3_000)
    assert answer.gaps_ms == (400,)
    assert answer.presses[2] == Press("", 2_500)
    assert (answer.response, answer.right, answer.ran_out) == ("56", True, False)


def test_nothing_typed_has_no_times() -> None:
    """The time ran out over an empty box."""
    robot = Robot()
    robot.reach(1)
    assert robot.machine.shown is not None
    robot.woke(robot.machine.shown + 6_000_000)
    answer = seen(robot).answers[0]
    assert (answer.response, answer.right, answer.ran_out) == ("", False, True)
    assert (answer.think_ms, answer.typing_ms, answer.last_key_ms, answer.gaps_ms) == (None, None, None, ())
    assert answer.way is Way.NOTHING


def test_keys_in_doubt_have_no_times() -> None:
    """A key with an uncertain time stamp counts to the answer, and to no speed."""
    robot = Robot()
    robot.reach(1)
    typed(robot, ("5", 1_000), ("6", 1_200), stall=True)
    typed(robot, ("Enter", 1_300))
    answer = seen(robot).answers[0]
    assert answer.in_doubt
    assert answer.right
    assert (answer.presses, answer.think_ms) == ((), None)


def test_a_void_is_known_and_its_keys_are_not_the_answers() -> None:
    """The spare's keys alone count, and the cause of the void is kept with its question."""
    robot = Robot()
    robot.reach(2)
    robot.keys("9", "9", "9")
    robot.failed(robot.now, Cause.FOCUS)
    robot.released()
    robot.reach_end()
    attempt = seen(robot)
    answer = attempt.answers[1]
    assert (answer.number, answer.showing, answer.voids) == (2, 2, (Cause.FOCUS,))
    assert "".join(press.input for press in answer.presses) == answer.response
    assert (attempt.voids, attempt.held) == (1, (Cause.FOCUS,))


def test_a_forfeited_question_says_nothing_of_the_pupil() -> None:
    """It stays in the score, as the national rule has it, and is no evidence."""
    robot = GOLDEN_CHECKS["forfeited"]()
    robot.reach_end()
    attempt = seen(robot)
    forfeited = [one for one in attempt.answers if one.by is AnsweredBy.FORFEIT]
    assert len(forfeited) == 5
    assert len(attempt.answers) == 25
    assert [one for one in attempt.counting if one in forfeited] == []


def test_the_way_of_entering_is_known() -> None:
    """One way, or several in one check."""
    robot = Robot(replace(PLAIN, arrangements=Arrangements(("RON",), no_pad=True)))
    robot.reach(1)
    typed(robot, ("5", 1_000), source=Source.TOUCH)
    typed(robot, ("6", 1_200), ("Enter", 1_300))
    robot.reach(2)
    typed(robot, ("5", 1_000), ("4", 1_100), ("Enter", 1_300), source=Source.MOUSE)
    attempt = seen(robot)
    assert [one.way for one in attempt.answers] == [Way.MIXED, Way.MOUSE]
    assert attempt.conditions == Conditions(Way.MIXED, audio=False, no_pad=True, limit_ms=6_000)
    assert attempt.conditions.in_words == "several ways of entering, no number pad"


def test_the_audio_version_is_known_and_a_digit_before_the_sum_is_no_thinking_time() -> None:
    """A digit that ends the reading comes before the sum is shown."""
    robot = Robot(AUDIO)
    robot.reach(1, kind=Reading)
    robot.key("5", robot.now + 300_000)
    robot.shown(robot.now + 16_000)
    typed(robot, ("6", 400), ("Enter", 700))
    attempt = seen(robot)
    assert attempt.conditions.audio
    assert attempt.answers[0].right
    assert attempt.answers[0].think_ms is None
