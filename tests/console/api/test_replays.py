"""Each number of each start of a kiosk is taken once, whatever order they come in."""

import random
import tracemalloc

from mtc_kiosk.console.api.replays import MOST_STARTS, WIDTH, Fate, Numbers, Replays


def test_numbers_are_taken_once_in_any_order_within_the_width() -> None:
    """Against a plain set, in many orders: none is taken twice, and none within the width is refused."""
    chance = random.Random(13)
    for _ in range(30):
        numbers, taken, highest = Numbers(), set[int](), 0
        for _ in range(400):
            number = max(1, highest + chance.choice((1, 1, 2, -1, -5, -WIDTH, 1 - WIDTH, WIDTH - 1, WIDTH, WIDTH + 1)))
            may = number not in taken and number > highest - WIDTH
            assert numbers.take(number) == may, (number, highest)
            taken.add(number)
            highest = max(highest, number)


def test_numbers_that_are_far_apart_cost_nothing() -> None:
    """The largest that a request may have, then a small one: else a kiosk could take the desk's memory."""
    numbers = Numbers()
    assert numbers.take(10**15 - 1)
    tracemalloc.start()
    assert not numbers.take(2)
    assert numbers.take(10**15 - WIDTH)
    assert tracemalloc.get_traced_memory()[1] < 100_000
    tracemalloc.stop()


def test_kiosks_and_their_starts_have_numbers_of_their_own() -> None:
    """The same number of another kiosk, or of another start, is another request."""
    seen = Replays()
    for kiosk, start in ((1, "a"), (1, "b"), (2, "a")):
        assert seen.take(seen.boot, kiosk, start, 1) is Fate.TAKEN
        assert seen.take(seen.boot, kiosk, start, 1) is Fate.REPLAYED


def test_what_was_signed_for_another_start_of_the_desk_is_not_taken() -> None:
    """Nor does it use up a number."""
    seen = Replays()
    assert seen.take("0" * 32, 1, "a", 1) is Fate.GREET_AGAIN
    assert seen.take(seen.boot, 1, "a", 1) is Fate.TAKEN


def test_a_kiosk_with_too_many_starts_makes_no_room_for_a_replay() -> None:
    """Everything is forgotten, but with it the boot for which it was signed: every kiosk greets the desk again."""
    seen = Replays()
    before = seen.boot
    for start in range(MOST_STARTS):
        assert seen.take(before, 1, str(start), 1) is Fate.TAKEN
    assert seen.take(before, 1, "0", 2) is Fate.TAKEN
    assert seen.take(before, 1, "one more", 1) is Fate.GREET_AGAIN
    assert seen.boot != before
    assert seen.take(before, 1, "0", 1) is Fate.GREET_AGAIN
    assert seen.take(seen.boot, 1, "one more", 1) is Fate.TAKEN
