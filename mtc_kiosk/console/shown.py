"""Sizes and ages as people read them on a page. Alone, because only pages about a PC have them."""

from datetime import timedelta

from mtc_kiosk.school.words import counted

_STEP = 1000


def size(count: int | None) -> str:
    """``41 GB``; "not known" for None."""
    if count is None:
        return "not known"
    left = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if left < _STEP:
            return f"{left:.0f} {unit}"
        left /= _STEP
    return f"{left:.0f} TB"


def age(passed: timedelta | None) -> str:
    """``today``, ``yesterday``, ``3 days ago``; "never" for None. A day is 24 hours."""
    if passed is None:
        return "never"
    if not passed.days:
        hours = passed.seconds // 3600
        return f"{counted(hours, 'hour')} ago" if hours else "less than an hour ago"
    return f"{counted(passed.days, 'day')} ago"
