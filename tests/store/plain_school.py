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
    rivals: list[PlainCheck] = field(default_factory=list)  # those before, where another was begun without a restart
    chosen: PlainCheck | None = None  # the check that a head chose, while that choice is in force
    seen: list[PlainCheck] = field(default_factory=list)  # the checks between which the head chose
    passed_over: list[PlainCheck] = field(default_factory=list)  # those that do not count because of the choice
    begun: list[PlainCheck] = field(default_factory=list)  # every check that began, the last one last
    practice: PlainCheck | None = None  # signed in, and not begun
    before: list[PlainCheck] = field(default_factory=list)  # the checks that restarts took the place of
    restart_waits: bool = False
    restarted: list[datetime] = field(default_factory=list)  # when each restart that holds was given
    unused: dict[int, PlainPin] = field(default_factory=dict)  # the PINs that no check began with, by session
    last_event: dict[str, datetime] = field(default_factory=dict)

    @property
    def contested(self) -> list[PlainCheck]:
        """The checks between which a head may choose, now or once more."""
        all_of_them = [*([self.current] if self.current is not None else ()), *self.rivals, *self.passed_over]
        return all_of_them if self.rivals or self.passed_over else []

    @property
    def unseen(self) -> bool:
        """Whether a check began after the choice that no head has looked at."""
        return any(one not in self.seen for one in self.passed_over)

    def may_be_chosen(self, check: PlainCheck, running: set[str], *, head: bool) -> bool:
        """Whether somebody may choose this check: none of those contested is being taken."""
        idle = not any(self.runs(one, running) for one in self.contested)
        return head and check in self.contested and idle

    def choose(self, check: PlainCheck) -> None:
        """A head chooses: the others no longer count."""
        self.seen = self.contested
        self.passed_over = [one for one in self.seen if one is not check]
        self.current = self.chosen = check
        self.rivals = []

    def take_choice_back(self) -> None:
        """What was passed over could count again."""
        could = self.contested or ([self.current] if self.current is not None else [])
        self.current, self.rivals = (could[0], could[1:]) if could else (None, [])
        self.chosen, self.seen, self.passed_over = None, [], []

    def take_restart_back(self) -> None:
        """The check before counts again; one that the restart ended does so only where none began after it."""
        check = self.before.pop()
        self.current = check if check.outcome != "superseded" or check is self.begun[-1] else None
        self.restart_waits = bool(self.before)
        self.restarted.pop()

    def begin(self, check: PlainCheck) -> None:
        """A check begins. Where a head's choice is in force, it does not count; else it is one of two."""
        could = [one for one in (*self.rivals, self.current) if one is not None and one.outcome != "superseded"]
        self.passed_over = [one for one in self.passed_over if one.outcome != "superseded"]
        self.begun.append(check)
        if could and could[-1] is self.chosen:
            self.passed_over.append(check)
        else:
            self.current, self.rivals = check, could

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
        if self.reasons or self.current is None or self.rivals or self.unseen:
            return False
        if self.runs(self.current, running) or self.runs(self.practice, running):
            return False
        return head or (len(self.begun) < ALLOWED_CHECKS and self.current.outcome != "complete")

    def may_lose_restart(self, now: datetime, running: set[str]) -> bool:
        """Whether their restart can be taken back."""
        waits = self.restart_waits and self.current is None
        return waits and not self.reasons and not self.live_pin(now) and not self.runs(self.practice, running)

    def may_have_reason(self, code: str, now: datetime, running: set[str]) -> bool:
        """Whether staff may give them this reason."""
        if code in ANNULS:
            return not any(reason in ANNULS for reason in self.reasons)
        if self.reasons or self.rivals:
            return False
        complete = self.current is not None and self.current.outcome == "complete"
        return not complete and not self.runs(self.current, running) and not self.runs(self.practice, running)

    def status(self, now: datetime, running: set[str]) -> tuple[str, str]:
        """The status and its group."""
        if self.reasons:
            return "reason", "not_taking"
        if self.rivals:
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
        if self.rivals:
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
            return "held", "action"
        begun = check.begun or now
        return ("overdue", "action") if now - begun > timedelta(minutes=30) else ("running", "in_progress")

    def _status_of_practice(self, check: PlainCheck, now: datetime, running: set[str]) -> tuple[str, str]:
        still = check.stands_still(running, self.last_event[check.attempt_id])
        if still is not None:
            return "held", "action"
        if now - check.started > timedelta(minutes=30):
            return "overdue_signed_in", "action"
        return ("practising" if check.practised else "signed_in"), "in_progress"
