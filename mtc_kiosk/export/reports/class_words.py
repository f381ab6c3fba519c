"""The words of a class's report: its heading, its lead, and what stands out of each pupil. Pure; no pupil is judged."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from mtc_kiosk.check.framework import TABLES
from mtc_kiosk.export.reports.content import ClassReport, PupilLine
from mtc_kiosk.insight.attempts import Attempt
from mtc_kiosk.insight.claims import Sure, TableClaim
from mtc_kiosk.insight.class_figures import Distribution, TeachAgain
from mtc_kiosk.insight.doubts import Doubt, Reason
from mtc_kiosk.insight.patterns import Found, Pattern
from mtc_kiosk.insight.pupil import PupilInsight
from mtc_kiosk.insight.timing import in_seconds
from mtc_kiosk.insight.whole_class import TableOfClass
from mtc_kiosk.school.words import counted, names_in_words, number_in_words

WITHOUT_A_BAR = "There is no pass mark."
GAP_SHARE, GAP_FEWEST = 0.2, 3
"""A table is called a gap of the class if it is claimed of a fifth of its pupils and of three at least."""

MOST_GAPS = 4
"""More tables than these are not named one by one, unless they are clear."""

NO_TABLE = "No table stands out"
"""Of a pupil of whom nothing is to be noticed, though not everything was right."""

SURE_WORDS = {Sure.CLEAR: "clear", Sure.LIKELY: "likely"}


def class_heading(report: ClassReport) -> str:
    """``Half of 4A had 23 or more``, true for whatever class it is."""
    found = report.insight.distribution
    if not report.insight.pupils:
        return f"No pupil of {report.group} has a score yet" if report.group else "No pupil has a score yet"
    if found is None:
        many = counted(len(report.insight.pupils), "pupil")
        return f"{many} of {report.group} took the check" if report.group else f"{many} took the check"
    return _half(found, report.group, everybody=found.pupils == len(report.lines))


def class_lead(report: ClassReport) -> str:
    """What matters next: the tables that are the gap, as far as the claims bear it; when; and that nobody passes."""
    if not report.insight.pupils:
        return "Each pupil will be counted here once the check is in."
    gap = table_gap(report.insight.tables, len(report.insight.pupils))
    when = f"The check of {days_in_words(report.days)}. " if report.days else ""
    return f"{gap} {when}{WITHOUT_A_BAR}".strip()


def table_gap(tables: Sequence[TableOfClass], pupils: int) -> str:
    """``The 7s and 12s are the gap.``; "" where the claims bear no such sentence."""
    fewest = max(GAP_FEWEST, GAP_SHARE * pupils)
    gaps = [one.table for one in tables if one.clear + one.likely >= fewest]
    if not gaps:
        return ""
    if len(gaps) > MOST_GAPS:
        return "Several tables are the gap."
    return f"The {tables_in_words(gaps)} are the gap."


def tables_in_words(tables: Sequence[int]) -> str:
    """``7s and 12s``."""
    return names_in_words([f"{table}s" for table in tables])


def days_in_words(days: tuple[date, date]) -> str:
    """``9 June 2027``, ``9 to 11 June 2027``, ``31 May to 2 June 2027``."""
    first, last = days
    end = f"{last.day} {last:%B %Y}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {end}"
    return f"{first.day} {first:%B}{f' {first.year}' if first.year != last.year else ''} to {end}"


def half_in_words(value: float) -> str:
    """``22``, or ``22½`` between two."""
    return f"{int(value)}{'½' if value % 1 else ''}"


def how_sure(one: TeachAgain) -> str:
    """``clear: 5 of 6 wrong``."""
    return f"{SURE_WORDS[one.sure]}: {one.wrong} of {one.asked} wrong"


def doubt_of_class(doubt: Doubt) -> str:
    """A reason to look twice after a pupil's name and a colon; what to do about a few of them."""
    ask = {
        Reason.FROZE: " Ask what happened.",
        Reason.STICKS: " Try that key.",
        Reason.RUN_OF_ONE_KEY: " Ask what happened.",
        Reason.TOO_FAST: " Ask how it went.",
    }
    return f"{doubt.words}{ask.get(doubt.reason, '')}"


def stands_out(line: PupilLine, *, timed: bool = True) -> str:
    """What stands out of a pupil, in short; the label where there is no score, "" where nothing does.

    A claimed table is always in it, so that the list bears out the counts of the class's tables. Not ``timed``: without
    a time.
    """
    if line.insight is None:
        return line.label if line.score is None else "The answers cannot be read now"
    one = line.insight
    said = (
        _first(froze(one.found), _ran_out(one, fewest=2), *explaining(one.found)),
        claims_in_short(one.claimed),
        types_slowly(one, timed=timed),
    )
    return ". ".join(phrase for phrase in said if phrase) or _first(
        _ran_out(one, fewest=1),
        *_from_faults(one.attempt),
        "All right" if one.attempt.score == len(one.attempt.answers) else "",
        _with_class(one),
    )


def explaining(found: Sequence[Found]) -> tuple[str, ...]:
    """The ways of answering that explain wrong answers, in short, freezing left out."""
    return tuple(_EXPLAINING[one.pattern](one) for one in found if one.pattern in _EXPLAINING)


def froze(found: Sequence[Found]) -> str:
    """``Typed nothing after question 13``; "" for a pupil who did not freeze."""
    freezes = next((one for one in found if one.pattern is Pattern.FREEZES), None)
    if freezes is None:
        return ""
    typed = "Typed nothing" if freezes.times == freezes.of else "Typed almost nothing"
    return f"{typed} after question {freezes.after}"


def types_slowly(one: PupilInsight, *, timed: bool = True) -> str:
    """``Types slowly: 1.5 s from one digit to the next``; "" for a pupil who does not."""
    if all(found.pattern is not Pattern.SLOW_TYPING for found in one.found):
        return ""
    gap = in_seconds(one.times.typing_ms).replace(" ", "\N{NO-BREAK SPACE}")
    return f"Types slowly: {gap} from one digit to the next" if timed and gap else "Types slowly"


def claims_in_short(claimed: Sequence[TableClaim]) -> str:
    """``Has not got the 7s; probably not the 12s``: what is clear is always named, many likely ones are counted."""
    clear = [claim.table for claim in claimed if claim.sure is Sure.CLEAR]
    likely = [claim.table for claim in claimed if claim.sure is Sure.LIKELY]
    if not claimed:
        return ""
    few = len(claimed) <= MOST_GAPS
    if len(clear) == len(TABLES):
        return "Has not got any table"
    if not clear:
        return f"Has probably not got {_these(likely) if few else f'{number_in_words(len(likely))} tables'}"
    more = (_these(likely) if few else f"{number_in_words(len(likely))} more") if likely else ""
    return f"Has not got {_these(clear)}{more and f'; probably not {more}'}"


def times_in_words(times: int) -> str:
    """``once``, ``twice``, ``three times``."""
    return {1: "once", 2: "twice"}.get(times, f"{number_in_words(times)} times")


def _half(found: Distribution, group: str, *, everybody: bool) -> str:
    """How many had how much: the highest score that half had or passed.

    "Half of 4A" would be untrue where some have no score; then it is half of its scores.
    """
    scores = [score for score, pupils in enumerate(found.counts) for _ in range(pupils)]
    if len(scores) == 1:
        return f"The one pupil {f'of {group} ' if group else ''}with a score had {scores[0]}"
    of = (group or "the pupils") if everybody else f"the scores in {group}" if group else "the scores"
    had = "had" if everybody else "are"
    if scores[0] == scores[-1]:
        return f"All of {of} {had} {_all(scores[0], found, had)}"
    half = max(score for score in scores if 2 * sum(one >= score for one in scores) >= len(scores))
    reached = sum(one >= half for one in scores)
    share = "All" if reached == len(scores) else "Half" if 2 * reached == len(scores) else "More than half"
    return f"{share} of {of} {had} {_or_more(half, found, had)}"


def _or_more(score: int, found: Distribution, had: str) -> str:
    return _all(score, found, had) if score == found.out_of else f"{score} or more"


def _all(score: int, found: Distribution, had: str) -> str:
    """``all 25`` for pupils who had them."""
    return f"all {score}" if score == found.out_of and had == "had" else str(score)


def _these(tables: Sequence[int]) -> str:
    return f"the {tables_in_words(tables)}"


def _first(*phrases: str) -> str:
    return next((phrase for phrase in phrases if phrase), "")


def _ran_out(one: PupilInsight, *, fewest: int) -> str:
    if one.may_know < fewest:
        return ""
    return f"Right so far when the time ran out ({times_in_words(one.may_know)})"


def _with_class(one: PupilInsight) -> str:
    """``The 7s, like the class``: no claim of the pupil alone."""
    tables = [said.table for said in one.with_class]
    if len(tables) > MOST_GAPS:
        return "Several tables, like the class"
    return f"The {tables_in_words(tables)}, like the class" if tables else ""


def _from_faults(attempt: Attempt) -> list[str]:
    again = [answer.number for answer in attempt.answers if answer.voids]
    if len(again) == 1:
        return [f"Question {again[0]} was asked again after a fault"]
    if again:
        return [f"{number_in_words(len(again)).capitalize()} questions were asked again after faults"]
    return ["The check was held"] if attempt.held else []


_EXPLAINING: Mapping[Pattern, Callable[[Found], str]] = {
    Pattern.ADDS: lambda found: f"Added instead of multiplying ({times_in_words(found.times)})",
    Pattern.SWAPS: lambda found: f"Digits the other way round ({times_in_words(found.times)})",
    Pattern.STICKS: lambda found: f"The key {found.key} may stick",
    Pattern.GUESSES: lambda found: "Wrong answers may be guesses",
}
"""A pattern in short that explains wrong answers, so that it comes before the tables that they would claim."""
