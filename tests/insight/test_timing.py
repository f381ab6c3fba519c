"""Thinking and typing: whose times they are, and whom they may be compared with."""

from dataclasses import replace

from mtc_kiosk.insight.attempts import Answer, Attempt, Way
from mtc_kiosk.insight.timing import FEWEST_GAPS, beside, in_seconds, times_of
from tests.insight.made import KEYBOARD, attempt, form

ITEMS = form(3)
OTHERS = [times_of(attempt(form(seed), think_ms=1_000, gap_ms=200)) for seed in range(10, 20)]


def with_gaps(count: int) -> Attempt:
    """An attempt cut down to so many gaps between digits."""
    kept: list[Answer] = []
    for answer in attempt(ITEMS, gap_ms=400).answers:
        gaps = sum(len(one.gaps_ms) for one in kept)
        kept.append(replace(answer, presses=answer.presses[: 1 + count - gaps]))
    return Attempt(tuple(kept), KEYBOARD)


def test_a_typing_speed_needs_ten_gaps() -> None:
    """Nine are too few."""
    assert times_of(with_gaps(FEWEST_GAPS)).typing_ms == 400
    fewer = times_of(with_gaps(FEWEST_GAPS - 1))
    assert (fewer.typing_ms, fewer.gaps) == (None, 9)
    assert fewer.think_ms == 1_500


def test_an_assistants_typing_is_no_pupils_speed() -> None:
    """Neither is the time to the first key."""
    own = times_of(replace(attempt(ITEMS), assisted=True))
    assert (own.think_ms, own.typing_ms) == (None, None)


def test_times_are_the_middle_ones() -> None:
    """One long thought changes nothing."""
    slow = attempt(ITEMS, think_ms=1_500, gap_ms=300).answers
    longest = replace(slow[0], presses=tuple(replace(one, at_ms=one.at_ms + 3_000) for one in slow[0].presses))
    own = times_of(Attempt((longest, *slow[1:]), KEYBOARD))
    assert (own.think_ms, own.typing_ms) == (1_500, 300)


def test_others_are_those_in_the_same_conditions() -> None:
    """Not by touch, not with the audio version, not without the pad, not where somebody typed."""
    own = times_of(attempt(ITEMS))
    assert beside(own, OTHERS).typing_ms == 200
    for other in (
        replace(KEYBOARD, way=Way.TOUCH),
        replace(KEYBOARD, audio=True),
        replace(KEYBOARD, no_pad=True),
        replace(KEYBOARD, limit_ms=None),
    ):
        assert beside(own, [replace(one, conditions=other) for one in OTHERS]).others == 0
    assisted = [times_of(replace(attempt(form(seed)), assisted=True)) for seed in range(9)]
    assert beside(own, assisted).others == 0


def test_the_middle_of_a_few_is_not_given() -> None:
    """It could be one child's."""
    own = times_of(attempt(ITEMS))
    assert beside(own, OTHERS[:5]).think_ms == 1_000
    assert beside(own, OTHERS[:4]).think_ms is None


def test_several_ways_in_one_check_are_compared_with_nobody() -> None:
    """Not even with others who did the same."""
    mixed = replace(KEYBOARD, way=Way.MIXED)
    own = times_of(replace(attempt(ITEMS), conditions=mixed))
    assert beside(own, [replace(one, conditions=mixed) for one in OTHERS]).others == 0


def test_seconds_have_one_decimal() -> None:
    """As in the pictures."""
    assert (in_seconds(1_449), in_seconds(None)) == ("1.4 s", "")
