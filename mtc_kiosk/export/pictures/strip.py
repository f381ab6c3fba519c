"""All answers of a pupil as one small line of a class's table: the taller, the longer before the first digit."""

from statistics import median

from mtc_kiosk.export.pictures import shapes
from mtc_kiosk.export.pictures.picture import Picture, SameAsTable, number
from mtc_kiosk.insight.attempts import NATIONAL_LIMIT_MS, Answer, Attempt
from mtc_kiosk.insight.timing import in_seconds

PITCH, BAR = 7, 5
HEIGHT, BASE = 26, 24.5
TALLEST, LOWEST = 23, 5
"""How high the longest time is, and none."""


def strip(attempt: Attempt) -> Picture:
    """A bar for each question: solid where right, outlined where not, a dash where a fault took it away.

    Where no time is the pupil's own all bars are alike.
    """
    limit = attempt.conditions.limit_ms or NATIONAL_LIMIT_MS
    scale = max([limit, *(_ms(answer, limit) for answer in attempt.answers)])
    right, wrong, lost = "", "", ""
    for place, answer in enumerate(attempt.answers):
        left = PITCH * place + 1.0
        if not answer.counts:
            lost += f"M{number(left)} {number(BASE - 2)}h{BAR}"
            continue
        height = LOWEST + (TALLEST - LOWEST) * (0 if attempt.assisted else _ms(answer, limit) / scale)
        if answer.right:
            right += f"M{number(left)} {number(BASE)}v{number(-height)}h{BAR}v{number(height)}z"
        else:
            tall = height - 1.2
            wrong += f"M{number(left + 0.6)} {number(BASE - 0.6)}v{number(-tall)}h{number(BAR - 1.2)}v{number(tall)}z"
    drawn = ((right, "small-right"), (wrong, "small-wrong"), (lost, "small-lost"))
    parts = [shapes.path(line, look) for line, look in drawn if line]
    rows = tuple((str(answer.number), _outcome(answer), _time(attempt, answer)) for answer in attempt.answers)
    table = SameAsTable("Answers in order", ("Question", "Answer", "Thinking"), rows)
    return shapes.picture("strip", (PITCH * max(1, len(attempt.answers)) + 1, HEIGHT), _sentence(attempt), parts, table)


def _ms(answer: Answer, limit: int) -> int:
    """How tall a bar is: the thinking time, or all the time there was where nothing was typed."""
    if answer.think_ms is not None:
        return answer.think_ms
    return limit if answer.ran_out and not answer.digits and not answer.response else 0


def _outcome(answer: Answer) -> str:
    return "right" if answer.right else "not right" if answer.counts else "taken away by a fault"


def _time(attempt: Attempt, answer: Answer) -> str:
    return "" if attempt.assisted else in_seconds(answer.think_ms)


def _sentence(attempt: Attempt) -> str:
    said = f"{attempt.score} of {len(attempt.answers)} right"
    missed = [str(answer.number) for answer in attempt.counting if not answer.right]
    said += f"; not right: {', '.join(missed)}" if missed else ""
    if attempt.assisted:
        return f"{said}. Somebody typed for this pupil, so there are no times."
    times = [answer.think_ms for answer in attempt.counting if answer.think_ms is not None]
    return f"{said}. The middle thinking time is {in_seconds(round(median(times)))}." if times else f"{said}."
