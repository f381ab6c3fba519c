"""The words of a pupil's report: its heading and lead, how sure it is, times. Pure; no praise and no blame."""

from collections.abc import Sequence

from mtc_kiosk.check.framework import TABLES
from mtc_kiosk.export.reports.class_words import claims_in_short, explaining, froze, tables_in_words, types_slowly
from mtc_kiosk.export.reports.content import DatedGo, PupilReport
from mtc_kiosk.insight.attempts import Way
from mtc_kiosk.insight.claims import Sure, TableClaim
from mtc_kiosk.insight.mistakes import OfKind
from mtc_kiosk.insight.pupil import PupilInsight
from mtc_kiosk.insight.timing import in_seconds
from mtc_kiosk.school.words import counted, date_in_words, number_in_words

USUAL_LENGTH = 25
NOT_GOT = (
    "“Has not got” a table means: on this PC, in the time given, fewer than 6 in 10 of its questions would be right."
    " This report says so only where it is at least 95% sure, and “probably” from 80%."
)
"""What a claim means, in one sentence for the reader and one of how sure."""


def pupil_heading(report: PupilReport) -> str:
    """``Tom Evans had 17, and may know three more``."""
    attempt = report.insight.attempt
    length = len(attempt.answers)
    if attempt.score == length:
        return f"{report.called} had all {length}"
    had = f"{attempt.score}" if length == USUAL_LENGTH else f"{attempt.score} of {length}"
    more = report.insight.may_know
    return f"{report.called} had {had}{f', and may know {number_in_words(more)} more' if more else ''}"


def pupil_lead(report: PupilReport) -> str:
    """What explains the score, the gap if there is one, what ran out, and when the check was."""
    one = report.insight
    found = (froze(one.found), *explaining(one.found), claims_in_short(one.claimed), _types_slowly(one))
    where = f", in {report.group}" if report.group else ""
    when = f"The check of {date_in_words(report.completed_at)}{where}." if report.completed_at else ""
    return " ".join(part for part in (*(f"{said}." for said in found if said), _ran_out(one.may_know), when) if part)


def cannot_tell(claims: Sequence[TableClaim]) -> str:
    """Which tables one check cannot tell of."""
    rest = [claim.table for claim in claims if claim.sure is Sure.CANNOT_TELL]
    if len(rest) == len(TABLES):
        return "No table is clearly a gap; one check cannot tell more."
    if not rest:
        return ""
    return f"Of the {tables_in_words(rest)} one check cannot tell."


def mistakes_in_words(one: PupilInsight) -> str:
    """``8 answers were not right.``; "" where all were."""
    wrong = len(one.mistakes)
    return f"{counted(wrong, 'answer was', 'answers were')} not right." if wrong else ""


def examples(kind: OfKind, most: int = 3) -> tuple[str, ...]:
    """The first mistakes of a kind."""
    return tuple(mistake.words for mistake in kind.mistakes[:most])


def more_examples(kind: OfKind, most: int = 3) -> str:
    """``and 4 more``; "" where all are shown."""
    return f"and {len(kind.mistakes) - most} more" if len(kind.mistakes) > most else ""


def time_sentences(one: PupilInsight) -> tuple[str, ...]:
    """Think time and typing, beside the middle of others who entered in the same way if there are enough of them."""
    if one.attempt.assisted:
        return ("Somebody typed for the pupil, so no time here would be the pupil’s own.",)
    said = []
    if one.times.think_ms is not None:
        think = _seconds(one.times.think_ms)
        said.append(f"Half of the answers were begun within {think}{_others('by', one.beside.think_ms, 'within ')}.")
    if one.times.typing_ms is not None:
        typing = _seconds(one.times.typing_ms)
        said.append(f"From one digit to the next: {typing}{_others('for', one.beside.typing_ms)}.")
    elif said:
        said.append("Too few answers have two digits to tell the typing speed.")
    if (one.beside.think_ms, one.beside.typing_ms) != (None, None):
        said.append(
            f"The others are {one.beside.others} who entered in the same way ({one.times.conditions.in_words})."
        )
    elif said and one.times.conditions.way is not Way.NOTHING:
        said.append("There are too few others who entered in the same way to set this beside.")
    return tuple(said)


def goes_in_words(goes: Sequence[DatedGo]) -> str:
    """``Three goes of “try it out”, then the check.``"""
    tries = sum(not one.go.is_check for one in goes)
    what = f"{number_in_words(tries).capitalize()} {'go' if tries == 1 else 'goes'} of “try it out”"
    return f"{what}, then the check." if any(one.go.is_check for one in goes) else f"{what}."


def _types_slowly(one: PupilInsight) -> str:
    """How slowly a pupil types, beside the others if there are enough of them; "" for a pupil who does not."""
    said = types_slowly(one)
    return f"{said}{_others('for', one.beside.typing_ms)}" if said else ""


def _others(word: str, ms: int | None, within: str = "") -> str:
    """``; by the others, typically within 1.6 s``: their middle; "" where it is not known."""
    return f"; {word} the others, typically {within}{_seconds(ms)}" if ms is not None else ""


def _seconds(ms: int) -> str:
    """``1.4 s``, which no line breaks."""
    return in_seconds(ms).replace(" ", "\N{NO-BREAK SPACE}")


def _ran_out(times: int) -> str:
    if not times:
        return ""
    what = "answer was" if times == 1 else "answers were"
    return f"{number_in_words(times).capitalize()} more {what} right so far when the time ran out."
