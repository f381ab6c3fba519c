"""Made-up facts about one pupil's checks, for the tests of the school's rules."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.config.check_file import NATIONAL_REASONS, Restarts, SetBy
from mtc_kiosk.school.history import ChoiceRow, OfficialAttempt, Pin, PupilHistory, ReasonRow, RestartRow
from mtc_kiosk.school.rivals import pick_of
from mtc_kiosk.school.rules import ReasonCode, RestartCode, Rules
from mtc_kiosk.school.timetable import Timetable

NOW = datetime(2027, 6, 7, 9, 0, tzinfo=UTC)
"""A Monday, 10:00 in London."""

MINUTE = timedelta(minutes=1)
LONDON = ZoneInfo("Europe/London")

OWN = Timetable(LONDON)
NATIONAL = Timetable(
    LONDON,
    national=True,
    register_opens=date(2027, 3, 22),
    try_it_out_opens=date(2027, 4, 26),
    check_opens=date(2027, 6, 7),
    check_closes=date(2027, 6, 18),
    register_closes=date(2027, 6, 25),
    pins_from=time(6),
    sign_in_from=time(8),
    until=time(16),
)


def rules(timetable: Timetable = OWN, **changes: Any) -> Rules:
    """The rules of a school as they ship."""
    values: dict[str, Any] = {
        "restart_codes": tuple(RestartCode(one.code, one.label) for one in Restarts().reasons),
        "reason_codes": tuple(
            ReasonCode(one.code, one.label, one.ctf, one.set_by is SetBy.HEAD, one.annuls, one.offered)
            for one in NATIONAL_REASONS
        ),
    }
    return Rules(timetable, **(values | changes))


def pin(code: str = "one", *, used: bool = False, live: bool = False, **changes: Any) -> Pin:
    """An official PIN that has lapsed, unless it is ``live``."""
    values: dict[str, Any] = {
        "kind": Kind.OFFICIAL,
        "session_id": 1,
        "pin": "2345",
        "ended_at": NOW + 60 * MINUTE if live else NOW - 60 * MINUTE,
        "used_at": NOW - 30 * MINUTE if used else None,
    }
    return Pin(code, **(values | changes))


def taking(code: str = "one", outcome: Outcome | None = Outcome.COMPLETE, **changes: Any) -> OfficialAttempt:
    """An attempt that began a quarter of an hour ago; delivered where it is over. Its id is ``a-`` and its code."""
    values: dict[str, Any] = {
        "id": f"a-{code}",
        "kiosk": "PC1",
        "started_at": NOW - 16 * MINUTE,
        "begun_at": NOW - 15 * MINUTE,
        "practised": True,
        "outcome": outcome,
        "delivered": outcome is not None,
    }
    return OfficialAttempt(check_code=code, **(values | changes))


def practice(code: str = "one", **changes: Any) -> OfficialAttempt:
    """An attempt that has not reached its first real pause."""
    return taking(code, **({"outcome": None, "begun_at": None} | changes))


def restart(row_id: str = "1", origin: str | None = "a-one", **changes: Any) -> RestartRow:
    """A restart of the first check."""
    values: dict[str, Any] = {"at": NOW - 10 * MINUTE, "by": "cli", "code": "ITI"}
    return RestartRow(row_id, origin=origin, **(values | changes))


def reason(row_id: str = "1", code: str = "ABSNT", **changes: Any) -> ReasonRow:
    """A reason for not taking the check."""
    values: dict[str, Any] = {"at": NOW - 5 * MINUTE, "by": "cli"}
    return ReasonRow(row_id, code=code, **(values | changes))


def choice(
    counts: OfficialAttempt | None, among: tuple[OfficialAttempt, ...] = (), row_id: str = "1", **changes: Any
) -> ChoiceRow:
    """A head's choice of one of these checks."""
    picked = pick_of(counts) if counts is not None else None
    values: dict[str, Any] = {"at": NOW - 2 * MINUTE, "by": "cli", "among": tuple(map(pick_of, among))}
    return ChoiceRow(row_id, counts=picked, **(values | changes))


def facts(*known: Pin | OfficialAttempt | RestartRow | ReasonRow | ChoiceRow, has_left: bool = False) -> PupilHistory:
    """All that is known about pupil 1."""
    return PupilHistory(
        pupil_id=1,
        has_left=has_left,
        pins=tuple(one for one in known if isinstance(one, Pin)),
        takings=tuple(one for one in known if isinstance(one, OfficialAttempt)),
        restarts=tuple(one for one in known if isinstance(one, RestartRow)),
        reasons=tuple(one for one in known if isinstance(one, ReasonRow)),
        choices=tuple(one for one in known if isinstance(one, ChoiceRow)),
    )


COMPLETE = (pin(used=True), taking())
"""A check that was completed."""

HELD = (pin(used=True), taking(outcome=None, held_since=NOW - MINUTE))
"""A check that is held since a minute ago."""

RUNNING = (pin(used=True), taking(outcome=None))
"""A check that a pupil is taking now."""
