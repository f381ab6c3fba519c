"""Ways of answering that run through a check."""

from dataclasses import replace

import pytest

from mtc_kiosk.check.facts import AnsweredBy
from mtc_kiosk.check.form import Item
from mtc_kiosk.insight.attempts import Attempt
from mtc_kiosk.insight.claims import Sure
from mtc_kiosk.insight.mistakes import mistakes
from mtc_kiosk.insight.patterns import Pattern, before_freezing, explained, patterns
from tests.insight.made import answer, attempt, form

SEED = 5
ITEMS = form(SEED)
WITH_TWO_DIGITS = [number for number, item in enumerate(ITEMS, 1) if len(set(str(item.product)[-2:])) > 1]


def found(one: Attempt) -> dict[Pattern, Sure]:
    """The patterns with how sure they are."""
    return {each.pattern: each.sure for each in patterns(one)}


def item(number: int) -> Item:
    """The item of a question."""
    return ITEMS[number - 1]


def added(one: Item) -> str:
    """The sum of its numbers."""
    return str(one.factor1 + one.factor2)


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
    assert one.words == f"Typed digits the other way round in {len(wrong)} of {len(WITH_TWO_DIGITS)} answers."


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
    assert one.words == "Typed nothing in all of the last 10 questions, after question 15."
    (some,) = patterns(attempt(ITEMS, dict.fromkeys([*range(16, 20), *range(21, 26)], "")))
    assert some.words == "Typed nothing in 9 of the last 10 questions, after question 15."


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


def test_answers_that_were_cut_off_are_no_guesses() -> None:
    """Whatever they begin with: nobody knows what they would have been."""
    begun = attempt(ITEMS, dict.fromkeys(WITH_TWO_DIGITS, "0"))
    out = tuple(one if one.right else replace(one, by=AnsweredBy.TIMEOUT) for one in begun.answers)
    assert Pattern.GUESSES in found(begun)
    assert Pattern.GUESSES not in found(replace(begun, answers=out))
    some = [answer(one.number, one.item, "139") if one.number % 2 else one for one in out]
    guesses = [one for one in patterns(replace(begun, answers=tuple(some))) if one.pattern is Pattern.GUESSES]
    assert [one.of for one in guesses] == [13]


def test_a_pupil_who_adds_and_never_presses_enter_is_found() -> None:
    """Though the short sums cannot be told from answers that were cut off."""
    adds = attempt(ITEMS, {number: str(one.factor1 + one.factor2) for number, one in enumerate(ITEMS, 1)})
    out = tuple(replace(one, by=AnsweredBy.TIMEOUT) for one in adds.answers)
    assert found(replace(adds, answers=out)).get(Pattern.ADDS) is Sure.CLEAR


def test_slow_typing_is_found_and_says_what_it_cost() -> None:
    """Two seconds from digit to digit."""
    (one,) = patterns(attempt(ITEMS, gap_ms=2_000))
    assert (one.pattern, one.sure) == (Pattern.SLOW_TYPING, Sure.CLEAR)
    assert one.words == "Types slowly: 2.0 s from one digit to the next."
    first, second = WITH_TWO_DIGITS[:2]
    begun = attempt(ITEMS, {number: str(item(number).product)[0] for number in (first, second)}, gap_ms=2_000)
    answers = tuple(one if one.right else replace(one, by=AnsweredBy.TIMEOUT) for one in begun.answers)
    (one,) = patterns(replace(begun, answers=answers))
    assert (
        one.words
        == "Types slowly: 2.0 s from one digit to the next; 2 answers were right so far when the time ran out."
    )


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


def test_two_times_of_three_are_likely_and_one_of_one_is_nothing() -> None:
    """What happened once is no pattern, however few could show it."""
    three = (Item(3, 4), Item(6, 7), Item(8, 9))
    (one,) = patterns(attempt(three, {1: "7", 2: "13"}))
    assert (one.pattern, one.sure, one.times, one.of) == (Pattern.ADDS, Sure.LIKELY, 2, 3)
    assert found(attempt(three[:1], {1: "7"})) == {}


def test_what_cannot_show_a_pattern_is_not_counted_with_it() -> None:
    """2 x 2 is its own sum; a right answer without the key says nothing of the key."""
    items = (Item(2, 2), *(Item(first, second) for first in (3, 4, 6) for second in (4, 7, 8)))
    (adds,) = patterns(attempt(items, {number: added(items[number - 1]) for number in (2, 5, 8)}))
    assert (adds.times, adds.of) == (3, len(items) - 1)
    fours = [number for number, one in enumerate(ITEMS, 1) if "4" in str(one.product)]
    wrong = {number: str(item(number).product).replace("4", "44", 1) for number in fours[1:]}
    (sticks,) = patterns(attempt(ITEMS, wrong))
    assert (sticks.times, sticks.of) == (len(fours) - 1, len(fours))
    assert adds.words == "Added instead of multiplying in 3 of 9 questions."
    assert (
        sticks.words == f"The key 4 came twice in {sticks.times} of {sticks.of} answers with it: look at the keyboard."
    )


def test_a_pattern_explains_its_own_mistakes() -> None:
    """And what was right so far; no others."""
    wrong = {number: added(item(number)) for number in (2, 6, 9, 14, 21)}
    long = next(number for number in WITH_TWO_DIGITS if number not in wrong and item(number).product > 20)
    other = next(number for number in range(1, 26) if number not in wrong and number != long)
    one = attempt(ITEMS, wrong | {other: str(item(other).product + 1), long: str(item(long).product)[0]})
    answers = tuple(replace(each, by=AnsweredBy.TIMEOUT) if each.number == long else each for each in one.answers)
    said = mistakes(answers)
    assert [mistake.answer.number for mistake in explained(said, patterns(replace(one, answers=answers)))] == sorted(
        [*wrong, long]
    )
    assert [mistake.answer.number for mistake in explained(said, ())] == [long]


@pytest.mark.parametrize(("right", "is_guessing"), [(10, True), (11, False)])
def test_guesses_are_found_up_to_ten_right_of_25(right: int, is_guessing: bool) -> None:
    """With more right, wrong answers of no kind are something else."""
    wrong = {number: "139" if number % 2 else "101" for number in range(right + 1, 26)}
    assert (Pattern.GUESSES in found(attempt(ITEMS, wrong))) is is_guessing


def test_gaps_of_a_second_are_slow_ones() -> None:
    """Of slow gaps, those of exactly a second are counted."""
    slow = attempt(ITEMS, gap_ms=1_500)
    number = WITH_TWO_DIGITS[0]
    for gap_ms, fewer in ((1_000, 0), (999, 1)):
        quick = answer(number, item(number), gap_ms=gap_ms)
        answers = tuple(quick if each.number == number else each for each in slow.answers)
        (one,) = patterns(replace(slow, answers=answers))
        assert one.of - one.times == fewer * (len(str(item(number).product)) - 1)
