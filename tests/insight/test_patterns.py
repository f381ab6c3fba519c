"""Ways of answering that run through a check."""

from dataclasses import replace

import pytest

from mtc_kiosk.check.facts import AnsweredBy
from mtc_kiosk.check.form import Item
from mtc_kiosk.insight.attempts import Attempt
from mtc_kiosk.insight.claims import Sure
from mtc_kiosk.insight.patterns import Pattern, before_freezing, patterns
from tests.insight.made import attempt, form

SEED = 5
ITEMS = form(SEED)
WITH_TWO_DIGITS = [number for number, item in enumerate(ITEMS, 1) if len(set(str(item.product)[-2:])) > 1]


def found(one: Attempt) -> dict[Pattern, Sure]:
    """The patterns with how sure they are."""
    return {each.pattern: each.sure for each in patterns(one)}


def item(number: int) -> Item:
    """The item of a question."""
    return ITEMS[number - 1]


def swapped(number: int) -> str:
    """The right answer with its last two digits the other way round."""
    right = str(item(number).product)
    return right[:-2] + right[-1] + right[-2]


def test_everything_right_has_no_pattern() -> None:
    """Nor have a few mistakes of several kinds."""
    assert found(attempt(ITEMS)) == {}
    assert found(attempt(ITEMS, {3: "", 7: "1", 11: str(item(11).product + 1), 20: "77"})) == {}


def test_adding_is_found() -> None:
    """Five sums in 25; a single one is no pattern."""
    wrong = {number: str(item(number).factor1 + item(number).factor2) for number in range(1, 26)}
    some = {number: wrong[number] for number in (2, 6, 9, 14, 21)}
    assert found(attempt(ITEMS, some)) == {Pattern.ADDS: Sure.CLEAR}
    assert found(attempt(ITEMS, {2: wrong[2]})) == {}


def test_swapped_digits_are_found() -> None:
    """Every other answer of two digits."""
    wrong = {number: swapped(number) for number in WITH_TWO_DIGITS[::2]}
    assert found(attempt(ITEMS, wrong)) == {Pattern.SWAPS: Sure.CLEAR}
    (one,) = patterns(attempt(ITEMS, wrong))
    assert one.words == f"Typed digits the other way round, {len(wrong)} times of {len(WITH_TWO_DIGITS)}."


def test_a_key_that_sticks_is_found_with_its_key() -> None:
    """Whatever has a 4 has it twice."""
    wrong = {
        number: str(one.product).replace("4", "44", 1) for number, one in enumerate(ITEMS, 1) if "4" in str(one.product)
    }
    assert len(wrong) > 2
    (one,) = patterns(attempt(ITEMS, wrong))
    assert (one.pattern, one.sure, one.key, one.times) == (Pattern.STICKS, Sure.CLEAR, "4", len(wrong))


def test_doubled_digits_of_two_keys_are_no_sticking_key() -> None:
    """Two slips, of different digits, of which both come elsewhere once."""
    numbers = {number: str(item(number).product) for number in WITH_TWO_DIGITS}
    first = next(number for number, right in numbers.items() if right.startswith("2"))
    second = next(number for number, right in numbers.items() if right.startswith("6"))
    wrong = {first: "2" + numbers[first], second: "6" + numbers[second]}
    assert Pattern.STICKS not in found(attempt(ITEMS, wrong))


def test_freezing_is_found_with_its_question() -> None:
    """Nothing typed after question 15, whatever came before."""
    frozen = attempt(ITEMS, dict.fromkeys(range(16, 26), ""))
    (one,) = patterns(frozen)
    assert (one.pattern, one.sure, one.after, one.times) == (Pattern.FREEZES, Sure.CLEAR, 15, 10)
    assert [each.number for each in before_freezing(frozen.answers, (one,))] == list(range(1, 16))


def test_empty_boxes_throughout_are_no_freezing() -> None:
    """As many, evenly spread: and nothing is left out of the tables."""
    one = attempt(ITEMS, dict.fromkeys(range(1, 26, 2), ""))
    assert found(one) == {}
    assert before_freezing(one.answers, patterns(one)) == one.answers


def test_three_empty_boxes_at_the_end_are_no_freezing() -> None:
    """The last questions may just be hard."""
    assert Pattern.FREEZES not in found(attempt(ITEMS, {23: "", 24: "", 25: ""}))


def test_guessing_is_found_where_little_is_right() -> None:
    """Numbers from nowhere; the same share of them beside a good score is none."""
    wrong = {number: "139" if number % 2 else "101" for number in range(1, 23)}
    assert found(attempt(ITEMS, wrong)) == {Pattern.GUESSES: Sure.CLEAR}
    assert found(attempt(ITEMS, {number: wrong[number] for number in range(1, 9)})) == {}


def test_slow_typing_is_found_and_says_what_it_cost() -> None:
    """Two seconds from digit to digit."""
    (one,) = patterns(attempt(ITEMS, gap_ms=2_000))
    assert (one.pattern, one.sure) == (Pattern.SLOW_TYPING, Sure.CLEAR)
    assert one.words == "2.0 s from one digit to the next."
    first, second = WITH_TWO_DIGITS[:2]
    begun = attempt(ITEMS, {number: str(item(number).product)[0] for number in (first, second)}, gap_ms=2_000)
    answers = tuple(one if one.right else replace(one, by=AnsweredBy.TIMEOUT) for one in begun.answers)
    (one,) = patterns(replace(begun, answers=answers))
    assert one.words == "2.0 s from one digit to the next; 2 answers were right so far when the time ran out."


@pytest.mark.parametrize("gap_ms", [200, 500, 800])
def test_an_ordinary_speed_is_not_slow(gap_ms: int) -> None:
    """Nor is a slow thinker a slow typist."""
    assert found(attempt(ITEMS, gap_ms=gap_ms, think_ms=3_500)) == {}


def test_an_assistants_typing_is_not_slow() -> None:
    """It is not the pupil's."""
    assert found(replace(attempt(ITEMS, gap_ms=2_000), assisted=True)) == {}


def test_a_short_try_has_no_patterns_that_need_more() -> None:
    """A form for "try it out" may have three questions."""
    assert found(Attempt(attempt(ITEMS).answers[:3], attempt(ITEMS).conditions)) == {}
