"""The robots' clock, eyes, hands and diary, each for itself."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.check.events import Source
from mtc_kiosk.check.facts import Answered, AnsweredBy
from mtc_kiosk.kiosk.drawing.fonts import Fonts
from mtc_kiosk.kiosk.drawing.page_layout import Layout
from mtc_kiosk.kiosk.drawing.theme import EXERCISE_BOOK
from mtc_kiosk.kiosk.screens import draw
from mtc_kiosk.kiosk.view.controls import Button, Feeling
from mtc_kiosk.robots import keyboard
from mtc_kiosk.robots.acts import InputAction, KeyComesUp, KeyGoesDown, PointComesUp, PointGoesDown
from mtc_kiosk.robots.agenda import Agenda
from mtc_kiosk.robots.clock import MS, SECOND, VirtualClock
from mtc_kiosk.robots.diary import Diary, Meant, Stroke, meant, typed_by
from mtc_kiosk.robots.eyes import Place, Sight, see
from mtc_kiosk.robots.hands import CannotFind, OnKeyboard, OnPointer
from mtc_kiosk.robots.simulation import differences
from tools.gallery.contact_sheet import scenes

FONTS = Fonts()


def seen(name: str, size: tuple[int, int] = (1366, 768)) -> Sight:
    """What a robot sees of one of the screens."""
    return see(draw(scenes()[name], EXERCISE_BOOK, Layout(*size, FONTS)))


# -- clock


@given(st.lists(st.integers(0, 10**10)))
def test_time_never_goes_back_and_stays_in_whole_microseconds(moments: list[int]) -> None:
    """Wherever it is moved to, it is never earlier than before, never earlier than asked, and never a part of a us."""
    clock = VirtualClock()
    for moment in moments:
        before = clock.now_ns()
        clock.move_to(moment)
        assert clock.now_ns() >= max(before, moment)
        assert clock.now_ns() % 1_000 == 0


def test_the_wall_clock_runs_through_sleep_and_a_power_cut() -> None:
    """Ten minutes asleep and an hour off: the wall clock counts both, the monotonic one neither."""
    clock = VirtualClock(wall_ms=1_000)
    began_ns = clock.now_ns()
    clock.sleep(600 * SECOND)
    assert (clock.now_ns(), clock.asleep_ns(), clock.wall_ms()) == (began_ns, 600 * SECOND, 601_000)
    clock.pass_by(5 * SECOND)
    on_again = clock.switched_off(3_600 * SECOND)
    assert (on_again.now_ns(), on_again.wall_ms()) == (began_ns, 601_000 + 5_000 + 3_600_000)


# -- eyes

PLACES = {
    "welcome": Place.WELCOME,
    "expect": Place.PAGE,
    "practice_intro": Place.PAGE,
    "practice_complete": Place.PAGE,
    "questions_intro": Place.PAGE,
    "pause": Place.PAUSE,
    "pause_practice": Place.PAUSE,
    "pause_next": Place.PAUSE,
    "pause_saving": Place.PAUSE,
    "question": Place.QUESTION,
    "practice": Place.QUESTION,
    "held_open": Place.HELD,
    "held_open_only_stop": Place.HELD,
    "finished": Place.PAGE,
    "how_was_it": Place.HOW_WAS_IT,
    "how_was_it_chosen": Place.HOW_WAS_IT,
    "again": Place.AGAIN,
}


@pytest.mark.parametrize("name", list(PLACES))
@pytest.mark.parametrize("size", [(1366, 768), (768, 1024), (800, 600)])
def test_a_robot_knows_where_it_is(name: str, size: tuple[int, int]) -> None:
    """A robot recognises every screen of a pupil's journey by what is painted on it."""
    assert seen(name, size).place is PLACES[name]


def test_a_robot_reads_a_question() -> None:
    """Both factors, the box, the number and the seconds left."""
    sight = seen("question")
    assert (sight.sum, sight.typed, sight.number, sight.practice, sight.seconds_left) == ((12, 8), "96", 7, False, 4)
    sight = seen("practice_try")
    assert (sight.sum, sight.typed, sight.number, sight.practice, sight.seconds_left) == ((10, 10), "100", 3, True, 2)


def test_a_robot_sees_the_focus() -> None:
    """The ring belongs to the control inside it."""
    assert seen("finished").focus == Button.NEXT
    assert seen("how_was_it").focus == Feeling.EASY
    assert seen("question").focus is None


def test_typing_turns_no_page() -> None:
    """A digit, a second and a pressed key leave the page the same; another number does not."""
    assert seen("question_try").page == seen("question").page
    assert seen("practice").page != seen("practice_try").page


# -- hands


def acts(agenda: Agenda) -> list[InputAction]:
    """Everything planned, in order."""
    found = []
    while (act := agenda.next_act(10**18)) is not None:
        found.append(act)
    return found


def test_a_key_that_is_down_is_let_go_before_it_is_pressed_again() -> None:
    """66 takes two strokes of one finger."""
    agenda = Agenda()
    hands = OnKeyboard(random.Random(1), agenda)
    sight = seen("question")
    first = hands.strike(sight, "6", 0)
    second = hands.strike(sight, "6", 1 * MS)
    down, up, again, _ = acts(agenda)
    assert isinstance(up, KeyComesUp)
    assert first == 0
    assert second > up.at_ns
    assert down == KeyGoesDown(0, keyboard.top_row("6"))
    assert again == KeyGoesDown(second, keyboard.top_row("6"))


def test_tab_goes_to_the_button_from_where_the_focus_is() -> None:
    """From "easy" to "very easy" it goes once round."""
    agenda = Agenda()
    OnKeyboard(random.Random(1), agenda).press(seen("how_was_it"), Feeling.VERY_EASY, 0)
    downs = [act.key for act in acts(agenda) if isinstance(act, KeyGoesDown)]
    assert downs[:-1] == [keyboard.TAB] * 5
    assert downs[-1] in (keyboard.ENTER, keyboard.SPACE)


def test_a_pointer_stays_inside_what_it_presses() -> None:
    """Wherever it goes down and comes up, it is in the button."""
    sight = seen("finished")
    rect = sight.find(Button.NEXT)
    assert rect is not None
    agenda = Agenda()
    hands = OnPointer(random.Random(1), agenda, Source.MOUSE)
    for _ in range(100):
        hands.press(sight, Button.NEXT, 0)
    for act in acts(agenda):
        assert isinstance(act, PointGoesDown | PointComesUp)
        assert rect.x <= act.x < rect.right
        assert rect.y <= act.y < rect.bottom


def test_a_button_that_is_not_painted_cannot_be_pressed() -> None:
    """There is no Send before a choice, for robots as for pupils."""
    with pytest.raises(CannotFind, match=Button.SEND):
        OnPointer(random.Random(1), Agenda(), Source.MOUSE).press(seen("how_was_it"), Button.SEND, 0)


def test_stopping_lets_go_of_what_is_down() -> None:
    """Nothing more goes down, and what is down comes up."""
    agenda = Agenda()
    hands = OnKeyboard(random.Random(1), agenda)
    hands.hold(keyboard.ENTER, 0, 5 * SECOND)
    hands.hold(keyboard.SPACE, 2 * SECOND, 1 * SECOND)
    agenda.stop(1 * SECOND)
    assert [act for act in acts(agenda) if isinstance(act, KeyGoesDown)] == [KeyGoesDown(0, keyboard.ENTER)]


# -- diary


def strokes(*keys: tuple[int, str]) -> list[Stroke]:
    """Keys at so many milliseconds."""
    return [Stroke(ms * MS, key) for ms, key in keys]


def written(*keys: tuple[int, str]) -> Meant:
    """The diary's entry for 7 x 8, shown at 0."""
    return meant(1, (7, 8), strokes(*keys), practice=False, seen_ns=0, lasts_ns=6 * SECOND)


@pytest.mark.parametrize(
    ("keys", "response", "entered"),
    [
        ([], "", False),
        ([(1, "5"), (2, "6"), (3, "Enter")], "56", True),
        ([(1, "Enter"), (2, "5")], "5", False),
        ([(1, "5"), (2, "Backspace"), (3, "Delete"), (4, "6"), (5, "Enter"), (6, "7")], "6", True),
        ([(n, "1") for n in range(7)], "11111", False),
        ([(5_999, "5"), (6_000, "6")], "5", False),
        ([(10, "5"), (6_000, "Enter")], "5", False),
    ],
)
def test_a_diary_knows_the_rules_as_a_pupil_is_told_them(
    keys: list[tuple[int, str]], response: str, entered: bool
) -> None:
    """Five digits, rubbing out, Enter once there is a digit, six seconds."""
    entry = written(*keys)
    assert (entry.response, entry.entered) == (response, entered)


def test_what_was_open_when_the_pc_died_is_spoilt() -> None:
    """An answer that was given before stays."""
    diary = Diary()
    diary.write(written((100, "5"), (200, "Enter")))
    diary.pc_died(300 * MS)
    assert not diary.sums[0].spoilt
    diary.write(written((100, "5")))
    diary.pc_died(5_000 * MS)
    assert [entry.spoilt for entry in diary.sums] == [False, True]


def test_typed_by_is_what_the_box_shows() -> None:
    """A sixth digit is none, and rubbing an empty box is nothing."""
    assert typed_by(strokes((1, "Backspace"), (2, "1"), (3, "2"), (4, "Delete"))) == "1"
    assert typed_by(strokes(*[(n, "9") for n in range(6)])) == "99999"


def answer(response: str, by: AnsweredBy, factors: tuple[int, int] = (7, 8)) -> Answered:
    """An answer to question 1."""
    return Answered(6_000_000, 1, 1, *factors, response, 0, by, stall=False)


DIFFERENCES = {
    "response": (written((1, "5"), (2, "Enter")), answer("6", AnsweredBy.ENTER)),
    "by": (written((1, "5"), (2, "Enter")), answer("5", AnsweredBy.TIMEOUT)),
    "sum": (written(), answer("", AnsweredBy.TIMEOUT, (8, 7))),
    "void": (written(), answer("", AnsweredBy.VOID)),
}


@pytest.mark.parametrize("name", list(DIFFERENCES))
def test_an_answer_that_was_not_meant_is_told(name: str) -> None:
    """Another response, another ending, another sum, or a void that no fault explains."""
    entry, wrong = DIFFERENCES[name]
    (said,) = differences((entry,), (wrong,))
    assert said.startswith("Question 1: the pupil meant 7 times 8 to be")


def test_a_sum_without_an_answer_is_told() -> None:
    """As many answers as sums were seen, no more and no fewer."""
    assert differences((written(),), ()) == ("A pupil saw 1 sums, and the journal has answers to 0.",)
    assert differences((written(),), (answer("", AnsweredBy.TIMEOUT),)) == ()
