"""What the signs of a pupil's answers mean: only those that are there, above the answers."""

from markupsafe import Markup

from mtc_kiosk.export.pictures import shapes
from mtc_kiosk.export.pictures.answer_scale import scale_of
from mtc_kiosk.export.pictures.answer_words import ASSISTED, was_again
from mtc_kiosk.insight.attempts import Attempt

SIGN, APART, LINE = 20, 16, 20


def key_of(attempt: Attempt, left: float, right: float) -> tuple[list[Markup], float]:
    """The key between two edges, in as many lines as it needs, and how high it is."""
    x, y = left, 0.0
    parts = []
    for sign, said in _signs(attempt):
        wide = (SIGN + 8 if sign == "2nd" else SIGN) if sign else 0
        width = wide + shapes.width_of(said)
        if x > left and x + width > right:
            x, y = left, y + LINE
        parts += [*_sign(sign, x, y), shapes.words(x + wide, y + 14.5, said, look="soft")]
        x += width + APART
    return parts, y + LINE + 6


def _signs(attempt: Attempt) -> list[tuple[str, str]]:
    """Each sign with its words; words without a sign say what the picture has not."""
    answers = attempt.answers
    signs = [("", ASSISTED)] if attempt.assisted else [("thinking", "thinking"), ("typing", "typing")]
    if not attempt.assisted:
        scale = scale_of(attempt)
        typed = any(one.ran_out and one.response for one in answers)
        conditions = (
            (any(one.ran_out for one in answers), ("waiting", f"nothing {'more ' if typed else ''}typed")),
            (any(one.ran_out for one in answers), ("clock", "time ran out")),
            (any(scale.is_over(one) for one in answers), ("9", "seconds, more than the chart has")),
            (any(one.in_doubt for one in answers), ("?", "times uncertain")),
            (scale.limit_ms is None, ("", "No time limit.")),
            (attempt.conditions.audio, ("", "Audio version.")),
        )
        signs += [sign for is_there, sign in conditions if is_there]
    if any(not one.counts for one in answers):
        signs.append(("–", "lost to a fault"))
    if any(was_again(one) for one in answers):
        signs.append(("2nd", "shown again after a fault"))
    return signs


def _sign(sign: str, x: float, y: float) -> list[Markup]:
    if not sign:
        return []
    if sign == "clock":
        return [shapes.clock(x + 7, y + 10, 13)]
    if sign in ("thinking", "typing", "waiting"):
        return [shapes.box(x + 1, y + 4, 11, 12, sign, round_by=0 if sign == "thinking" else 3)]
    return [shapes.words(x + 3, y + 14.5, sign, look="bold" if sign == "9" else "soft")]
