"""A plain second telling of the school's rules, for the test that holds the store against it.

It keeps what the store never keeps: one flag after another, changed at once by whatever happens. Where the two agree
after any run of events, what the store derives from its rows is what the flags would say.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.school.known import LONDON

ALLOWED_CHECKS = 3
ANNULS = ("ANLLH", "ANLLQ")


@dataclass
class PlainCheck:
    """One check of a pupil's, from its sign-in on."""

    attempt_id: str
    kiosk: str
    started: datetime
    session: int
    begun: datetime | None = None
    practised: bool = False
    held: datetime | None = None
    outcome: str | None = None
    delivered: bool = False

    def stands_still(self, running: set[str], last_event: datetime) -> datetime | None:
        """Since when it waits for staff."""
        return self.held or (None if self.kiosk in running else last_event)


@dataclass
class PlainPin:
    """A PIN that was issued."""

    session: int
    ends: datetime


@dataclass
class PlainPupil:
    """A pupil with every flag a school could want."""

    reasons: list[str] = field(default_factory=list)
    pin: PlainPin | None = None
    current: PlainCheck | None = None  # the current check: begun, and not restarted
    rival: PlainCheck | None = None  # the check before, where a second was begun without a restart
    practice: PlainCheck | None = None  # signed in, and not begun
    before: list[PlainCheck] = field(default_factory=list)  # the checks that restarts took the place of
    restart_waits: bool = False
    restarted: list[datetime] = field(default_factory=list)  # when each restart that holds was given
    unused: dict[int, PlainPin] = field(default_factory=dict)  # the PINs that no check began with, by session
    checks_begun: int = 0
    last_event: dict[str, datetime] = field(default_factory=dict)

    def live_pin(self, now: datetime) -> bool:
        """Whether the pupil can sign in with a PIN."""
        return self.pin is not None and now < self.pin.ends

    def lose_pin(self, now: datetime) -> None:
        """The PIN opens nothing any more."""
        if self.pin is not None:
            self.pin.ends = min(self.pin.ends, now)

    def runs(self, check: PlainCheck | None, running: set[str]) -> bool:
        """Whether a check is being taken now."""
        return check is not None and check.outcome is None and check.held is None and check.kiosk in running

    def may_have_pin(self, now: datetime, running: set[str]) -> bool:
        """Whether a session would give them one."""
        if self.reasons or self.live_pin(now) or self.current is not None:
            return False
        return not self.runs(self.practice, running)

    def may_have_restart(self, running: set[str], *, head: bool) -> bool:
        """Whether staff may give them a restart."""
        if self.reasons or self.current is None or self.rival is not None or self.runs(self.current, running):
            return False
        if self.runs(self.practice, running):
            return False
        return head or (self.checks_begun < ALLOWED_CHECKS and self.current.outcome != "complete")

    def may_lose_restart(self, now: datetime, running: set[str]) -> bool:
        """Whether their restart can be taken back."""
        waits = self.restart_waits and self.current is None
        return waits and not self.reasons and not self.live_pin(now) and not self.runs(self.practice, running)

    def may_have_reason(self, code: str, now: datetime, running: set[str]) -> bool:
        """Whether staff may give them this reason."""
        if code in ANNULS:
            return not any(reason in ANNULS for reason in self.reasons)
        if self.reasons or self.rival is not None:
            return False
        complete = self.current is not None and self.current.outcome == "complete"
        return not complete and not self.runs(self.current, running) and not self.runs(self.practice, running)

    def status(self, now: datetime, running: set[str]) -> tuple[str, str]:
        """The status and its group."""
        if self.reasons:
            return "reason", "not_taking"
        if self.rival is not None:
            return "conflict", "action"
        if self.current is not None:
            return self._status_of_check(self.current, now, running)
        practice = self.practice
        if practice is not None and (not self.live_pin(now) or self._is_of_pin(practice)):
            return self._status_of_practice(practice, now, running)
        if self.live_pin(now):
            return "pin", "not_started"
        return ("restart" if self.restart_waits else "not_started"), "not_started"

    def result(self, now: datetime) -> str:
        """What the results say."""
        if self.reasons:
            return "reason"
        if self.rival is not None:
            return "two_checks"
        if self.current is None and self.restart_waits:
            last = max([self.restarted[-1], *(pin.ends for pin in self.unused.values())])
            today = now.astimezone(LONDON).date()
            return "restart_waits" if today <= last.astimezone(LONDON).date() else "restart_not_taken"
        if self.current is None:
            return "not_started"
        return "complete" if self.current.outcome == "complete" and self.current.delivered else "incomplete"

    def _is_of_pin(self, check: PlainCheck) -> bool:
        return self.pin is not None and check.session == self.pin.session

    def _status_of_check(self, check: PlainCheck, now: datetime, running: set[str]) -> tuple[str, str]:
        if check.outcome == "complete":
            return ("complete", "completed") if check.delivered else ("processing", "in_progress")
        if check.outcome is not None:
            return ("out_of_time" if check.outcome == "out_of_time" else "stopped"), "action"
        still = check.stands_still(running, self.last_event[check.attempt_id])
        if still is not None:
            return "held", "action" if now - still > timedelta(minutes=2) else "in_progress"
        begun = check.begun or now
        return ("overdue", "action") if now - begun > timedelta(minutes=30) else ("running", "in_progress")

    def _status_of_practice(self, check: PlainCheck, now: datetime, running: set[str]) -> tuple[str, str]:
        still = check.stands_still(running, self.last_event[check.attempt_id])
        if still is not None:
            return "held", "action" if now - still > timedelta(minutes=2) else "in_progress"
        if now - check.started > timedelta(minutes=30):
            return "overdue_signed_in", "action"
        return ("practising" if check.practised else "signed_in"), "in_progress"
