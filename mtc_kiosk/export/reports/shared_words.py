"""The words of the reports that go further than a teacher: the governors', and two sides beside each other. Pure."""

from mtc_kiosk.check.framework import TABLES
from mtc_kiosk.export.pictures.national_shares import percent
from mtc_kiosk.export.reports.class_words import MOST_GAPS, days_in_words, half_in_words, tables_in_words
from mtc_kiosk.export.reports.content import GovernorsReport, SideBySide
from mtc_kiosk.insight.forms import Gap
from mtc_kiosk.insight.groups import FEWEST
from mtc_kiosk.insight.national import HIGHEST, NationalYear

NO_FIGURES = f"Fewer than {FEWEST} pupils have a score, so their figures are not shown."
EVEN = 0.05
"""Marks: means that differ by less are called the same, as the page shows one decimal."""


def governors_heading(report: GovernorsReport) -> str:
    """``58 pupils have a score; the middle score is 22``."""
    if report.pupils is None:
        return NO_FIGURES.rstrip(".")
    if report.middle is None:
        return f"{report.pupils} pupils have a score"
    return f"{report.pupils} pupils have a score; the middle score is {half_in_words(report.middle)}"


LEFT_OUT = f"Pupils of groups with fewer than {FEWEST} are in no figure."


def governors_lead(report: GovernorsReport) -> str:
    """The table that most pupils lack, if many do; when it was; and that this names no pupil."""
    when = f"The check of {days_in_words(report.days)}. " if report.days else ""
    without = f"{LEFT_OUT} " if report.leaves_out else ""
    return f"{_most_lacked(report)}{when}{without}There is no pass mark, and no pupil is named."


def tables_for_governors(report: GovernorsReport) -> tuple[tuple[int, str], ...]:
    """The tables that five pupils or more have probably not got, with about how many."""
    return tuple((one.table, _about(one.without, report.pupils or 0)) for one in report.tables)


def tables_in_sentences(report: GovernorsReport) -> tuple[str, ...]:
    """What the figures of tables mean, and how sure they are."""
    kept_back = NOT_EACH_TABLE if len(report.rows) < len(TABLES) else ""
    others = f"For each of the other tables it is fewer than {FEWEST}." if len(report.tables) < len(TABLES) else ""
    if not report.tables:
        others = f"No table is estimated to be missing in {FEWEST} pupils or more."
    return tuple(one for one in (others, _HOW_SURE, kept_back) if one)


NOT_EACH_TABLE = (
    "Right answers are shown only of tables that enough pupils were asked,"
    " and where they do not say how each of a few pupils did."
)
_HOW_SURE = (
    "One check asks a pupil about three questions of a table, so this is an estimate:"
    " each pupil counts by how likely it is that the table is not got."
)
MANY_LACK = 0.2
"""The share of pupils from which the lead names the table that most have not got."""


def beside_heading(report: SideBySide) -> str:
    """What differs, as far as it may be said."""
    one, other = _named(report)
    first, second = report.one.average, report.other.average
    if first is None or second is None or report.gap is None:
        said = f"{one} beside {other}"
    elif abs(first - second) < EVEN:
        said = f"{one} and {other} have the same average"
    elif not report.gap.is_more:
        said = f"{one} and {other}: a gap of this size may be chance"
    else:
        more, less = (one, other) if first > second else (other, one)
        said = f"The average of {more} is {abs(first - second):.1f} above that of {less}"
    return _capital(said)


def beside_lead(report: SideBySide) -> str:
    """What both sides have in common, which the heading leaves out."""
    (one, _, day), (other, _, _) = (side.title.partition(", ") for side in (report.one, report.other))
    if short_titles(report) == (report.one.title, report.other.title):
        return ""
    return f"Both: {day}." if one != other else f"{one}."


def short_titles(report: SideBySide) -> tuple[str, str]:
    """``4A`` and ``4B``, or the days where the group is the same; else the titles in full."""
    full = (report.one.title, report.other.title)
    (one, _, one_day), (other, _, other_day) = (title.partition(", ") for title in full)
    if one != other:
        return (one, other) if one_day == other_day else full
    return (one_day, other_day) if one_day and other_day else full


def gap_sentences(report: SideBySide) -> tuple[str, ...]:
    """How far apart the sides are, what of it comes from the forms, and whether chance explains the rest."""
    one, other = _named(report)
    said = [report.why_no_gap] if report.gap is None else _apart(report.gap, one, other)
    used_to_it = "In a second go a pupil is also more used to the program."
    if report.change_of_same is not None:
        return tuple(_capital(part) for part in (_change_of_same(report, one, other), used_to_it, *said) if part)
    if report.same_pupils:
        pupils = "One pupil is" if report.same_pupils == 1 else f"{report.same_pupils} pupils are"
        said.append(f"{pupils} on both sides. {used_to_it}")
    return tuple(_capital(one) for one in said if one)


def _change_of_same(report: SideBySide, one: str, other: str) -> str:
    """``The 15 pupils on both sides had 4.4 marks more on average in “the check” than in “try it out on 14 May”.``"""
    change, pupils = report.change_of_same or 0.0, f"The {report.same_pupils} pupils on both sides had"
    if abs(change) < EVEN:
        return f"{pupils} the same average in both."
    more, less = (one, other) if change > 0 else (other, one)
    return f"{pupils} {abs(change):.1f} marks more on average in {more} than in {less}."


def _named(report: SideBySide) -> tuple[str, str]:
    """The sides in the middle of a sentence: a group as it is, a title with a day in quotation marks."""
    groups = tuple(side.title.partition(", ")[0] for side in (report.one, report.other))
    one, other = (title if title in groups else f"“{title}”" for title in short_titles(report))
    return _uncapital(one), _uncapital(other)


def national_figures(report: GovernorsReport) -> tuple[tuple[str, str, str], ...]:
    """What is known of the year in England: in words, the school's figure and England's.

    Nothing that was not published; the school's is a dash where it is not shown, or where its check has another length.
    """
    national = report.national
    if national is None:
        return ()
    own = report if report.out_of == HIGHEST else None
    of_sex = {one.name: one.average for one in report.by_sex} if own else {}
    rows = (
        ("Average", _average(own.average if own else None), _average(national.average)),
        ("Had all 25", _share(own), _percent(national.full_marks)),
        ("Average of girls", _average(of_sex.get("Girls")), _average(national.girls)),
        ("Average of boys", _average(of_sex.get("Boys")), _average(national.boys)),
        ("Took the check", "", _percent(national.took_it)),
    )
    return tuple((what, school or "–", england) for what, school, england in rows if england)


def base_of_share(national: NationalYear) -> str:
    """Of whom England's share of full marks is, which is not of those who took it; "" where none was published."""
    if national.full_marks is None:
        return ""
    return f"England's {_percent(national.full_marks)} is of all pupils, also those who did not take it."


def _average(average: float | None) -> str:
    return f"{average:.1f}" if average is not None else ""


def _share(report: GovernorsReport | None) -> str:
    """``8 of 41 (20%)``; "" where it is not shown."""
    if report is None or report.full_marks is None or not report.pupils:
        return ""
    return f"{report.full_marks} of {report.pupils} ({percent(report.full_marks / report.pupils)})"


def _percent(share: float | None) -> str:
    return f"{share * 100:.0f}%" if share is not None else ""


def _about(without: float, pupils: int) -> str:
    number = max(FEWEST, round(without))
    return "nearly all" if pupils - number < FEWEST else f"about {number}"


def _most_lacked(report: GovernorsReport) -> str:
    """``More pupils lack the 7s than any other table: probably about 12 of 40.``, or several that are even."""
    most = max((one.without for one in report.tables), default=0.0)
    if not report.pupils or most < MANY_LACK * report.pupils:
        return ""
    about = _about(most, report.pupils)
    even = [one.table for one in report.tables if _about(one.without, report.pupils) == about]
    if len(even) > MOST_GAPS:
        return ""
    each = " each" if len(even) > 1 else ""
    lack = f"More pupils lack the {tables_in_words(even)} than any other table"
    return f"{lack}: probably {about} of {report.pupils}{each}. "


def _apart(gap: Gap, one: str, other: str) -> list[str]:
    more, less = (one, other) if gap.marks > 0 else (other, one)
    is_even = abs(gap.marks) < EVEN
    said = [
        f"{one} and {other} have the same average."
        if is_even
        else f"The average of {more} is {abs(gap.marks):.1f} marks above that of {less}."
    ]
    if abs(gap.by_form) >= EVEN:
        easier = one if gap.by_form > 0 else other
        said.append(f"The forms of {easier} were easier, by about {abs(gap.by_form):.1f} marks.")
    return said if is_even and not gap.is_more else [*said, gap.words]


def _capital(text: str) -> str:
    """With a capital, also behind a quotation mark."""
    first = 1 if text[:1] == "“" else 0
    return text[:first] + text[first : first + 1].upper() + text[first + 1 :]


def _uncapital(text: str) -> str:
    """``all pupils``; a group's name stays as it is."""
    return f"all{text[3:]}" if text in ("All pupils", "All your pupils") else text
