"""How much may be asked at once, and how many may wait for the same thing."""

import threading

import pytest

from mtc_kiosk.console.api.rates import FIRST_GUESS_S, LONGEST_AGAIN_S, SOONER, Lane, Rate, TooMany


class Clock:
    """Seconds that a test counts."""

    now = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def test_so_many_at_once_and_then_so_many_a_second() -> None:
    """Of each by itself; a pause gives back no more than may come at once."""
    clock = Clock()
    rate = Rate(2, 3, 10, clock)
    assert [rate.take("one") for _ in range(4)] == [True, True, True, False]
    assert rate.take("other")
    clock.now += 0.4
    assert not rate.take("one")
    clock.now += 0.1
    assert [rate.take("one") for _ in range(2)] == [True, False]
    clock.now += 3600
    assert [rate.take("one") for _ in range(4)] == [True, True, True, False]


def test_no_more_are_remembered_than_stated() -> None:
    """Of too many addresses the one that was quiet for longest is forgotten."""
    rate = Rate(0.001, 1, 2, Clock())
    assert [rate.take(who) for who in ("a", "b", "a", "c")] == [True, True, False, True]
    assert rate.take("b")
    assert not rate.take("c")


def test_a_lane_lets_one_work_and_few_wait() -> None:
    """The next is sent away at once; when one is done there is room again."""
    alone = Lane(0)
    with alone.turn(), pytest.raises(TooMany), alone.turn():
        pass
    lane, done = Lane(1), threading.Event()

    def wait() -> None:
        with lane.turn():
            done.set()

    waiting = threading.Thread(target=wait)
    with lane.turn():
        waiting.start()
        assert not done.is_set()
    waiting.join(10)
    assert done.is_set()


def test_as_many_work_at_once_as_may() -> None:
    """Here two; the next is sent away."""
    lane = Lane(0, at_once=2)
    with lane.turn(), lane.turn(), pytest.raises(TooMany), lane.turn():
        pass


def test_whoever_is_sent_away_comes_again_somewhat_less_than_a_turn_after_the_one_before() -> None:
    """So that 120 kiosks do not come again all at once, nor ever later: by how long turns take, up to a bound."""
    clock = Clock()
    lane = Lane(0, clock=clock)
    for _ in range(100):
        with lane.turn():
            clock.now += 0.5
    with lane.turn():
        assert waits_of(lane, 3) == pytest.approx([0.5 * each * SOONER for each in (1, 2, 3)], abs=0.001)
        clock.now += 1.0
        assert waits_of(lane, 1) == pytest.approx([4 * 0.5 * SOONER - 1.0], abs=0.001)
        assert max(waits_of(lane, 1000)) == LONGEST_AGAIN_S
    clock.now += 3600
    with lane.turn():
        assert waits_of(lane, 1) == pytest.approx([0.5 * SOONER], abs=0.1), "those of an hour ago came, or will not"
    both = Lane(8, at_once=2, clock=clock)
    assert both._room_in_s() == pytest.approx(FIRST_GUESS_S / 2 * (8 + SOONER)), "those who wait go first, two by two"


def waits_of(lane: Lane, count: int) -> list[float]:
    """In how many seconds each of so many is to come again."""
    found = []
    for _ in range(count):
        with pytest.raises(TooMany) as refused, lane.turn():
            pass
        found.append(refused.value.again_s)
    return found


def test_a_turn_that_fails_is_over() -> None:
    """Nobody waits for it for ever."""
    lane = Lane(0)
    with pytest.raises(KeyError), lane.turn():
        raise KeyError
    with lane.turn():
        pass
