"""A session's life: to come, open, over."""

from datetime import datetime

import pytest

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.session import Session, SessionState
from tests.school.known import MINUTE, NOW

OPENS, CLOSES = NOW, NOW + 60 * MINUTE
TICK = MINUTE / 60_000


def session(closed_at: datetime | None = None) -> Session:
    """A session of an hour."""
    return Session(1, Kind.OFFICIAL, "cat29map", "", OPENS, CLOSES, "cli", closed_at)


@pytest.mark.parametrize(
    ("now", "state"),
    [
        (OPENS - TICK, SessionState.TO_COME),
        (OPENS, SessionState.OPEN),
        (CLOSES - TICK, SessionState.OPEN),
        (CLOSES, SessionState.CLOSED),
    ],
)
def test_a_session_is_open_from_its_opening_until_its_close(now: datetime, state: SessionState) -> None:
    """Half open: at the moment it closes it is over."""
    assert session().state(now) is state


def test_a_session_that_staff_ended_is_over() -> None:
    """Even where it had not opened yet."""
    assert session(OPENS - MINUTE).state(OPENS) is SessionState.CLOSED


def test_it_ended_when_staff_ended_it() -> None:
    """Or at its own time, if that came first."""
    assert session(OPENS + MINUTE).ended_at == OPENS + MINUTE
    assert session(CLOSES + MINUTE).ended_at == CLOSES
    assert session().ended_at == CLOSES
