"""The school's dates and hours: when a session may be started and how long it lasts, when staff may do what.

Dates and hours are in the school's time zone; instants are aware datetimes. None means no limit. Sources: the national
service's hours and phases (docs/reference/school-side.md).
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.school.obstacle import Obstacle, ObstacleCode, refuse
from mtc_kiosk.school.session import SessionTimes
from mtc_kiosk.school.words import date_in_words

USUAL_END, LAST_END = time(16), time(23, 59)
"""The usual end of a session, and its end if that has passed."""

FARTHEST = timedelta(days=731)
"""How far ahead a session can be planned: a year typed wrong would else wait for ever."""


@dataclass(frozen=True)
class Timetable:
    """What is open when. Under ``national``, a session is started on its own day."""

    zone: tzinfo = UTC
    national: bool = False
    register_opens: date | None = None
    try_it_out_opens: date | None = None
    check_opens: date | None = None
    check_closes: date | None = None
    register_closes: date | None = None
    pins_from: time | None = None
    sign_in_from: time | None = None
    until: time | None = None

    def day(self, instant: datetime) -> date:
        """The date at the school."""
        return instant.astimezone(self.zone).date()

    def at(self, day: date, clock: time) -> datetime:
        """The instant, in UTC, of a local date and time at the school."""
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def session_times(self, kind: Kind, now: datetime, day: date | None, until: time | None) -> SessionTimes:
        """The times of a session started ``now``; Refused if it may not be started.

        Without ``day`` it is today; without ``until`` it ends at 16:00, or at 23:59 if that has passed.
        """
        today = self.day(now)
        day = day if day is not None else today
        self._refuse_day(kind, today, day)
        if day == today:
            self._refuse_hour(now.astimezone(self.zone).time())
        opens = max(self.at(day, self.sign_in_from or time.min), now)
        closing = self._closing(day, opens, until)
        closes = self.at(day, closing)
        if closes <= opens:
            opening = opens.astimezone(self.zone)
            raise refuse(
                ObstacleCode.TOO_LATE,
                f"A session that opens at {opening:%H:%M} cannot end at {_clock(closing)}. Choose a later end.",
            )
        return SessionTimes(opens.astimezone(UTC), closes)

    def restarts_obstacle(self, now: datetime) -> Obstacle | None:
        """Why no restart may be given or removed now; None if one may."""
        return self._outside(now, "Restarts are", self.check_opens, self.check_closes)

    def reasons_obstacle(self, now: datetime) -> Obstacle | None:
        """Why no reason may be given or removed now; None if one may."""
        return self._outside(now, "Reasons are", self.register_opens, self.register_closes)

    def assistants_obstacle(self, now: datetime, *, removing: bool) -> Obstacle | None:
        """Why no assistant may be named, or taken back, after a check now; None if one may.

        One may be named even after the last day of the check (docs/reference/school-side.md, "Access arrangements").
        """
        return self._outside(now, "Assistants are", self.check_opens, self.check_closes if removing else None)

    def is_check_over(self, now: datetime) -> bool:
        """Whether the last day of the check has passed; False if there is none."""
        return self.check_closes is not None and self.day(now) > self.check_closes

    def _refuse_day(self, kind: Kind, today: date, day: date) -> None:
        first = self.check_opens if kind is Kind.OFFICIAL else self.try_it_out_opens
        if day < today:
            raise refuse(ObstacleCode.PAST_DAY, f"{date_in_words(day)} is past. Choose today or a later day.")
        if day - today > FARTHEST:
            raise refuse(
                ObstacleCode.OTHER_DAY,
                f"{date_in_words(day)} is too far ahead. Choose a day within the next two years.",
            )
        if self.national and day != today:
            raise refuse(ObstacleCode.OTHER_DAY, "Under the national scheme, start a session on its own day.")
        if first is not None and day < first:
            raise refuse(
                ObstacleCode.NOT_OPEN_YET,
                f"Sessions of this kind can begin on {date_in_words(first)} (school.yaml, window).",
            )
        if self.check_closes is not None and day > self.check_closes:
            raise refuse(
                ObstacleCode.CLOSED,
                f"The last day of the check is {date_in_words(self.check_closes)} (school.yaml, window).",
            )

    def _refuse_hour(self, clock: time) -> None:
        if self.pins_from is not None and clock < self.pins_from:
            raise refuse(
                ObstacleCode.TOO_EARLY, f"PINs can be made from {_clock(self.pins_from)} (school.yaml, hours)."
            )
        if self.until is not None and clock >= self.until:
            raise refuse(ObstacleCode.TOO_LATE, f"PINs ended at {_clock(self.until)} (school.yaml, hours).")

    def _closing(self, day: date, opens: datetime, until: time | None) -> time:
        if until is None:
            usual = self.until or USUAL_END
            return usual if self.until is not None or self.at(day, usual) > opens else LAST_END
        if self.until is not None and until > self.until:
            raise refuse(ObstacleCode.TOO_LATE, f"A session must end by {_clock(self.until)} (school.yaml, hours).")
        return until

    def _outside(self, now: datetime, what: str, first: date | None, last: date | None) -> Obstacle | None:
        today = self.day(now)
        if first is not None and today < first:
            return Obstacle(
                ObstacleCode.NOT_OPEN_YET, f"{what} open from {date_in_words(first)} (school.yaml, window)."
            )
        if last is not None and today > last:
            sentence = f"{what} closed. The last day was {date_in_words(last)} (school.yaml, window)."
            return Obstacle(ObstacleCode.CLOSED, sentence)
        return None


def _clock(moment: time) -> str:
    return moment.isoformat("minutes")
