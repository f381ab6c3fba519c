"""What a kiosk may do with a command from the console: only what was meant for this very moment of this very check."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mtc_kiosk.school.kiosk_command import CLOCK_STEP, LASTS, CheckNow, KioskCommand, Order, Why
from tests.school.known import NOW

CHECKS = st.builds(
    CheckNow,
    st.sampled_from(["a", "b"]),
    st.integers(1, 3),
    st.integers(0, 3),
    st.booleans(),
    st.booleans(),
)


def command(order: Order, check: CheckNow) -> KioskCommand:
    """A command for this check."""
    return KioskCommand(1, check.attempt_id, check.run, check.hold_seq, order, NOW, "console")


@given(st.sampled_from(Order), CHECKS, CHECKS)
def test_a_command_for_any_other_check_run_or_hold_is_refused(order: Order, seen: CheckNow, there: CheckNow) -> None:
    """Whatever else is so, each of the three must be the same, and the check must allow it."""
    same = (seen.attempt_id, seen.run, seen.hold_seq) == (there.attempt_id, there.run, there.hold_seq)
    may = command(order, seen).why_refused(there) is None
    assert may == (same and order in there.allowed)


@pytest.mark.parametrize(
    ("check", "allowed"),
    [
        (CheckNow("a", 1, 0), (Order.HOLD,)),
        (CheckNow("a", 1, 7), (Order.CARRY_ON, Order.SET_ASIDE, Order.STOP)),
        (CheckNow("a", 1, 8, is_set_aside=True), (Order.CARRY_ON, Order.STOP)),
        (CheckNow("a", 1, 7, only_stop=True), (Order.STOP,)),
    ],
)
def test_what_may_be_done_now(check: CheckNow, allowed: tuple[Order, ...]) -> None:
    """A running check can only be held; after the fourth fault only Stop is left."""
    assert check.allowed == allowed
    refused = {order: command(order, check).why_refused(check) for order in set(Order) - set(allowed)}
    assert set(refused.values()) == {Why.ONLY_STOP if check.only_stop else Why.CHANGED}


@pytest.mark.parametrize(
    ("age", "expired"),
    [
        (timedelta(0), False),
        (LASTS - timedelta(milliseconds=1), False),
        (LASTS, True),
        (timedelta(hours=2), True),
        (-CLOCK_STEP, False),
        (-CLOCK_STEP - timedelta(milliseconds=1), True),
    ],
)
def test_a_command_lasts_ten_seconds_to_the_millisecond(age: timedelta, expired: bool) -> None:
    """At ten seconds it has expired. One from the future was given before the clock was set back."""
    given_then = replace(command(Order.STOP, CheckNow("a", 1, 7)), at=NOW - age)
    assert given_then.has_expired(NOW) is expired
    assert timedelta(seconds=10) == LASTS
