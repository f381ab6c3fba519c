"""What the tests of the store write: facts of every kind, attempts, and the checks that robots took."""

import types
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from mtc_kiosk.check.events import Source
from mtc_kiosk.check.facts import Began, Fact, Typed
from mtc_kiosk.check.journal_form import FACT_TYPES
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.store.journal.journal import NewAttempt, Stamp
from tests.check.robot import FORM, PLAIN, Robot

WALL_MS = 1_812_358_800_000
"""2027-06-07T09:00:00Z."""

LATEST_US = 10**13
_NAMED = {
    "at": st.integers(0, LATEST_US),
    "number": st.integers(0, 3),
    "showing": st.integers(0, 2),
    "response": st.sampled_from(("", "7", "56", "12345", "123456")),
}


def new_attempt(attempt_id: str = "a", **changes: Any) -> NewAttempt:
    """An attempt of a walk-up on the robots' form."""
    values: dict[str, Any] = {"kind": Kind.TRY, "form": FORM, "settings": PLAIN, "kiosk": "kiosk"}
    return NewAttempt(id=attempt_id, **(values | changes))


def stamp(now_us: int = 0, *, run: int = 1) -> Stamp:
    """A hand-over at a moment of the check, which began at ``WALL_MS``."""
    return Stamp(run=run, now_us=now_us, wall_ms=WALL_MS + now_us // 1000)


def typed(at: int, digit: str = "7") -> Typed:
    """A digit of the first question."""
    return Typed(at, number=1, showing=1, practice=False, input=digit, source=Source.KEYBOARD, stall=False)


BEGAN = Began(0, "2027-06-07T09:00:00.000Z", 1)


def facts() -> st.SearchStrategy[Fact]:
    """Facts of every kind, with any values of their types: more than a machine would ever say."""
    return st.one_of(*(_facts_of(kind) for kind in FACT_TYPES.values()))


def _facts_of(kind: type[Fact]) -> st.SearchStrategy[Fact]:
    hints = get_type_hints(kind)
    return st.builds(kind, **{name: _NAMED[name] if name in _NAMED else _values(hint) for name, hint in hints.items()})


def _values(hint: Any) -> st.SearchStrategy[Any]:
    if get_origin(hint) in (Union, types.UnionType):
        return st.one_of(*(_values(choice) for choice in get_args(hint)))
    if hint is types.NoneType:
        return st.none()
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(list(hint))
    return {
        bool: st.booleans(),
        int: st.integers(-(2**53) + 1, 2**53 - 1),
        str: st.text(max_size=12),
    }[hint]


def whole_check() -> Robot:
    """A robot that took a whole check with a void, a hold and a chord in it."""
    robot = Robot()
    robot.reach(1)
    robot.keys("5", "Alt+Tab", "x")
    robot.void()
    robot.reach(2)
    robot.hold()
    robot.answer("54")
    robot.released()
    robot.reach_end()
    return robot
