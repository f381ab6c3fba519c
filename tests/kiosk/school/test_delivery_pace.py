"""When a kiosk delivers again, over hours that a test counts."""

import random

import pytest

from mtc_kiosk.kiosk.school.delivery_pace import DELIVERS_AGAIN_S, LONGEST_DELIVERY_S, LOOKS_EVERY_S, DeliveryPace


class Most(random.Random):
    """The longest pauses that chance can make."""

    def random(self) -> float:
        """Nearly one."""
        return 0.999999


@pytest.fixture
def pace() -> DeliveryPace:
    """The pauses of a kiosk that has just started."""
    return DeliveryPace(Most())


def failing(pace: DeliveryPace, times: int) -> list[float]:
    """The pauses while nothing comes through."""
    return [pace.after(0, is_left=True) for _ in range(times)]


def test_while_nothing_comes_through_it_tries_ever_later_up_to_a_minute(pace: DeliveryPace) -> None:
    """Ten hours of it are no reason to try less often than that."""
    assert failing(pace, 5) == pytest.approx([1, 2, 4, 8, 16], abs=0.001)
    passed_s = 0.0
    while passed_s < 10 * 3600:
        pause_s = pace.after(0, is_left=True)
        assert pause_s <= LONGEST_DELIVERY_S
        passed_s += pause_s


def test_as_soon_as_one_record_came_through_the_rest_is_tried_again_soon(pace: DeliveryPace) -> None:
    """A network that is back and breaks off once more must not cost another minute."""
    failing(pace, 10)
    assert pace.after(1, is_left=True) == pytest.approx(DELIVERS_AGAIN_S, abs=0.001)
    assert failing(pace, 2) == pytest.approx([2, 4], abs=0.001)


def test_a_desk_that_says_when_it_has_room_is_asked_then(pace: DeliveryPace) -> None:
    """However often that is: it is there, so a failure after that counts as the second at most."""
    failing(pace, 10)
    assert [pace.after(0, is_left=True, again_s=0.2) for _ in range(50)] == [0.2] * 50
    assert failing(pace, 1) == pytest.approx([2], abs=0.001)


def test_with_nothing_left_it_looks_now_and_then_and_starts_anew(pace: DeliveryPace) -> None:
    """Whether something was delivered or there was nothing to deliver."""
    failing(pace, 10)
    assert [pace.after(each, is_left=False) for each in (3, 0)] == [LOOKS_EVERY_S] * 2
    assert failing(pace, 1) == pytest.approx([1], abs=0.001)
