"""How much may be asked at once, and how many may wait for the same thing."""

import threading

import pytest

from mtc_kiosk.console.api.rates import Lane, Rate, TooMany


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


def test_a_turn_that_fails_is_over() -> None:
    """Nobody waits for it for ever."""
    lane = Lane(0)
    with pytest.raises(KeyError), lane.turn():
        raise KeyError
    with lane.turn():
        pass
