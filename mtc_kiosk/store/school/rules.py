"""Turn a school's settings files into the rules of ``school``."""

from datetime import timedelta

from mtc_kiosk.config.check_shape import SetBy
from mtc_kiosk.config.school_shape import Scheme, SchoolShape
from mtc_kiosk.config.settings import Configuration
from mtc_kiosk.school.rules import ReasonCode, RestartCode, Rules
from mtc_kiosk.school.timetable import Timetable


def rules_of(configuration: Configuration) -> Rules:
    """The rules in force in this home."""
    check = configuration.check
    return Rules(
        timetable=timetable_of(configuration.school),
        restarts_allowed=check.restarts.allowed,
        restart_codes=tuple(RestartCode(one.code, one.label) for one in check.restarts.reasons),
        reason_codes=tuple(
            ReasonCode(
                code=one.code,
                label=one.label,
                ctf=one.ctf,
                head_only=one.set_by is SetBy.HEAD,
                annuls=one.annuls,
                offered=one.offered,
            )
            for one in check.reasons
        ),
        overdue_after=timedelta(minutes=check.timings.whole_check_minutes),
        questions=check.form.questions,
    )


def timetable_of(school: SchoolShape) -> Timetable:
    """The dates and hours in force in this home."""
    window, hours = school.window, school.hours_in_force
    return Timetable(
        zone=school.zone,
        national=school.scheme is Scheme.NATIONAL,
        register_opens=window.register_opens,
        try_it_out_opens=window.try_it_out_opens,
        check_opens=window.check_opens,
        check_closes=window.check_closes,
        register_closes=window.register_closes,
        pins_from=hours.pins_from,
        sign_in_from=hours.sign_in_from,
        until=hours.until,
    )
