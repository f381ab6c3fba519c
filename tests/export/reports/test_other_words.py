"""The words of a pupil's report, the governors' and of two sides."""

from dataclasses import replace

import pytest

from mtc_kiosk.check.facts import AnsweredBy
from mtc_kiosk.export.reports.content import TableOfSchool
from mtc_kiosk.export.reports.pupil_words import cannot_tell, pupil_heading, pupil_lead, time_sentences
from mtc_kiosk.export.reports.shared_words import (
    NOT_EACH_TABLE,
    base_of_share,
    beside_heading,
    beside_lead,
    gap_sentences,
    governors_heading,
    governors_lead,
    national_figures,
    tables_for_governors,
    tables_in_sentences,
)
from mtc_kiosk.insight.attempts import Conditions, Way
from mtc_kiosk.insight.forms import Gap
from mtc_kiosk.insight.groups import Group
from mtc_kiosk.insight.national import YEARS
from mtc_kiosk.insight.pupil import PupilInsight, context_of, pupil_insight
from tests.export.reports import made
from tests.insight.made import attempt, form

SIDES = made.side_by_side()


def cut_off(times: int) -> PupilInsight:
    """A pupil who had the first digit of so many answers of two when the time ran out; every other one is right."""
    items = form(11)
    answers = list(attempt(items).answers)
    places = [place for place, item in enumerate(items) if item.product > 9][:times]
    for place in places:
        one = answers[place]
        answers[place] = replace(one, response=str(one.item.product)[0], right=False, by=AnsweredBy.TIMEOUT)
    return pupil_insight(1, context_of({1: replace(attempt(items), answers=tuple(answers)), 2: attempt(form(2))}))


@pytest.mark.parametrize(
    ("times", "heading", "lead"),
    [
        (0, "Tom Evans had all 25", "The check of 9 June 2027, in 4A."),
        (
            1,
            "Tom Evans had 24, and may know one more",
            "One more answer was right so far when the time ran out. The check of 9 June 2027, in 4A.",
        ),
        (
            3,
            "Tom Evans had 22, and may know three more",
            "Three more answers were right so far when the time ran out. The check of 9 June 2027, in 4A.",
        ),
    ],
)
def test_a_pupils_heading(times: int, heading: str, lead: str) -> None:
    """What was right so far may have been known, and is said so."""
    report = made.pupil_report(insight=cut_off(times))
    assert (pupil_heading(report), pupil_lead(report)) == (heading, lead)


def test_a_lead_begins_with_what_explains_the_score() -> None:
    """Before the tables that it would claim."""
    items = form(11)
    froze = attempt(items, dict.fromkeys(range(15, 26), ""))
    adds = attempt(items, {number: str(item.factor1 + item.factor2) for number, item in enumerate(items, 1)})
    leads = [
        pupil_lead(made.pupil_report(insight=pupil_insight(1, context_of({1: taken, 2: attempt(form(2))}))))
        for taken in (froze, adds)
    ]
    assert leads[0] == "Typed nothing after question 14. The check of 9 June 2027, in 4A."
    assert leads[1].startswith("Added instead of multiplying (")
    assert " not got " in leads[1]


def test_a_lead_says_that_a_pupil_types_slowly() -> None:
    """Beside the others, where there are enough of them."""
    taken = {number: attempt(form(number), gap_ms=300) for number in range(2, 8)}
    taken[1] = attempt(form(1), gap_ms=1_500, think_ms=300)
    many, few = (pupil_insight(1, context_of({n: taken[n] for n in range(1, last)})) for last in (8, 4))
    slowly = "Types slowly: 1.5\xa0s from one digit to the next"
    assert pupil_lead(made.pupil_report(insight=many)).startswith(f"{slowly}; for the others, typically 0.3\xa0s.")
    assert pupil_lead(made.pupil_report(insight=few)).startswith(f"{slowly}. ")


def test_a_shorter_check_says_of_how_many() -> None:
    """As "had 3" would be read as of 25."""
    short = attempt(form(11)[:5], {1: "1", 2: "1"})
    report = made.pupil_report(insight=pupil_insight(1, context_of({1: short})), completed_at=None)
    assert (pupil_heading(report), pupil_lead(report)) == ("Tom Evans had 3 of 5", "")


def test_what_one_check_cannot_tell_is_said() -> None:
    """Of the tables that are not claimed, or of all."""
    report = made.pupil_report()
    assert (
        cannot_tell(report.insight.claims)
        == "Of the 2s, 3s, 4s, 5s, 6s, 8s, 9s, 10s, 11s and 12s one check cannot tell."
    )
    assert cannot_tell(cut_off(0).claims) == "No table is clearly a gap; one check cannot tell more."


def test_times_are_set_beside_five_others_or_nobody() -> None:
    """Of the same kind; and none are said where somebody typed for the pupil."""
    taken = {number: attempt(form(number), think_ms=1_000 * number) for number in range(1, 7)}
    six, five = (pupil_insight(1, context_of({n: taken[n] for n in range(1, last)})) for last in (7, 6))
    assert (
        time_sentences(six)[0]
        == "Half of the answers were begun within 1.0\xa0s; by the others, typically within 4.0\xa0s."
    )
    assert time_sentences(six)[-1] == "The others are 5 who entered in the same way (keyboard)."
    begun = "Half of the answers were begun within 1.0\xa0s"
    assert time_sentences(five)[0] == f"{begun}."
    assert time_sentences(five)[-1] == "There are too few others who entered in the same way to set this beside."
    mouse = replace(taken[1], conditions=Conditions(Way.MOUSE, audio=False, no_pad=False, limit_ms=6_000))
    alone = pupil_insight(1, context_of({**taken, 1: mouse}))
    assert "the others, typically" not in " ".join(time_sentences(alone))
    assisted = pupil_insight(1, context_of({**taken, 1: replace(taken[1], assisted=True)}))
    assert time_sentences(assisted) == ("Somebody typed for the pupil, so no time here would be the pupil’s own.",)


def test_governors_have_sentences_with_how_sure() -> None:
    """An estimate is called one, and the table that most lack is named only where many do."""
    tables = (TableOfSchool(7, 11.6), TableOfSchool(12, 5.0))
    report = made.governors_report(tables=tables, pupils=40, middle=22.5)
    assert governors_heading(report) == "40 pupils have a score; the middle score is 22½"
    assert governors_lead(report).startswith("More pupils lack the 7s than any other table: probably about 12 of 40. ")
    even = replace(report, tables=(TableOfSchool(7, 11.6), TableOfSchool(8, 12.2), TableOfSchool(12, 5.0)))
    assert governors_lead(even).startswith(
        "More pupils lack the 7s and 8s than any other table: probably about 12 of 40 each. "
    )
    assert tables_for_governors(report) == ((7, "about 12"), (12, "about 5"))
    assert tables_in_sentences(report)[0] == "For each of the other tables it is fewer than 5."
    few = replace(report, tables=(TableOfSchool(7, 7.9),))
    assert governors_lead(few).startswith("The check of")
    assert tables_for_governors(replace(report, tables=(TableOfSchool(7, 36.0),))) == ((7, "nearly all"),)
    none = replace(report, tables=())
    assert tables_in_sentences(none)[0] == "No table is estimated to be missing in 5 pupils or more."
    assert NOT_EACH_TABLE not in tables_in_sentences(report)
    assert tables_in_sentences(replace(report, rows=report.rows[1:]))[-1] == NOT_EACH_TABLE


def test_the_school_is_beside_england() -> None:
    """With what may be shown of it; and of whom England's share is."""
    girls = Group("Girls", 20, 21.5, 22.0, 5)
    report = made.governors_report(
        average=20.24, full_marks=8, pupils=41, by_sex=(girls, Group("Boys", None, None, None, None))
    )
    assert national_figures(report) == (
        ("Average", "20.2", "21.0"),
        ("Had all 25", "8 of 41 (20%)", "37%"),
        ("Average of girls", "21.5", "20.7"),
        ("Average of boys", "–", "21.2"),
        ("Took the check", "–", "96%"),
    )
    assert {school for _, school, _ in national_figures(replace(report, out_of=10))} == {"–"}
    assert national_figures(replace(report, full_marks=None))[1] == ("Had all 25", "–", "37%")
    assert base_of_share(YEARS[2025]) == "England's 37% is of all pupils, also those who did not take it."


def test_too_few_for_governors() -> None:
    """The heading says why there is nothing."""
    report = made.governors_report(pupils=None, average=None, middle=None, bands=(), tables=(), days=None)
    assert governors_heading(report) == "Fewer than 5 pupils have a score, so their figures are not shown"
    assert governors_lead(report) == "There is no pass mark, and no pupil is named."


def beside(
    one: str, other: str, gap: Gap | None, averages: tuple[float, float] = (20.0, 18.0), why: str = ""
) -> object:
    """What is said of two sides: heading, lead, sentences."""
    sides = (replace(SIDES.one, title=one, average=averages[0]), replace(SIDES.other, title=other, average=averages[1]))
    report = replace(SIDES, one=sides[0], other=sides[1], gap=gap, why_no_gap=why)
    return beside_heading(report), beside_lead(report), gap_sentences(report)


def test_two_classes_that_differ() -> None:
    """With what the forms explain."""
    assert beside("4A, the check", "4B, the check", Gap(2.0, 0.3, 0.5)) == (
        "The average of 4A is 2.0 above that of 4B",
        "Both: the check.",
        (
            "The average of 4A is 2.0 marks above that of 4B.",
            "The forms of 4A were easier, by about 0.3 marks.",
            "The gap is more than the forms and chance explain.",
        ),
    )


def test_two_classes_that_may_not_differ() -> None:
    """The heading does not say that one had more."""
    heading, _, said = beside("4A, the check", "4B, the check", Gap(-2.0, -0.3, 1.5), (18.0, 20.0))
    assert heading == "4A and 4B: a gap of this size may be chance"
    assert said == (
        "The average of 4B is 2.0 marks above that of 4A.",
        "The forms of 4B were easier, by about 0.3 marks.",
        "A gap of this size can come from the forms and from chance.",
    )


def test_two_days_of_one_class() -> None:
    """They go by their days, with a capital where a sentence begins."""
    first, second = "4A, try it out on 14 May 2027", "4A, try it out on 28 May 2027"
    heading, lead, said = beside(first, second, Gap(-5.0, 0.0, 0.5), (15.0, 20.0))
    assert heading == "The average of “try it out on 28 May 2027” is 5.0 above that of “try it out on 14 May 2027”"
    assert lead == "4A."
    assert said == (
        "The average of “try it out on 28 May 2027” is 5.0 marks above that of “try it out on 14 May 2027”.",
        "The gap is more than the forms and chance explain.",
    )
    even = beside(first, second, Gap(0.0, 0.0, 0.5), (20.0, 20.0))
    assert even[0] == "“Try it out on 14 May 2027” and “try it out on 28 May 2027” have the same average"


def test_two_sides_that_have_nothing_in_common_go_by_their_titles() -> None:
    """In full."""
    heading, lead, _ = beside("4A, the check", "4B, try it out on 28 May 2027", Gap(5.0, 0.0, 0.5), (20.0, 15.0))
    assert heading == "The average of “4A, the check” is 5.0 above that of “4B, try it out on 28 May 2027”"
    assert lead == ""


def test_everybody_is_no_name() -> None:
    """So it has no capital within a sentence."""
    heading, _, _ = beside("4A, the check", "All pupils, the check", Gap(5.0, 0.0, 0.5), (20.0, 15.0))
    assert heading == "The average of 4A is 5.0 above that of all pupils"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (4.4, "had 4.4 marks more on average in “the check” than in “try it out on 14 May 2027”."),
        (-4.4, "had 4.4 marks more on average in “try it out on 14 May 2027” than in “the check”."),
        (0.01, "had the same average in both."),
    ],
)
def test_the_change_of_those_on_both_sides_comes_first(change: float, said: str) -> None:
    """Whichever of the two days is chosen first."""
    sides = (replace(SIDES.one, title="4A, the check"), replace(SIDES.other, title="4A, try it out on 14 May 2027"))
    report = replace(SIDES, one=sides[0], other=sides[1], gap=Gap(5.0, 0.0, 0.5), same_pupils=15, change_of_same=change)
    assert gap_sentences(report) == (
        f"The 15 pupils on both sides {said}",
        "In a second go a pupil is also more used to the program.",
        "The average of “the check” is 5.0 marks above that of “try it out on 14 May 2027”.",
        "The gap is more than the forms and chance explain.",
    )


def test_a_gap_that_cannot_be_judged_is_in_no_heading() -> None:
    """Whatever the averages."""
    assert beside("4A, the check", "4B, the check", None, (24.0, 15.0), "Too few.") == (
        "4A beside 4B",
        "Both: the check.",
        ("Too few.",),
    )


def test_two_equal_averages_are_no_gap() -> None:
    """Nothing is explained where nothing is."""
    heading, _, said = beside("4A, the check", "4B, the check", Gap(0.01, 0.0, 1.0), (20.0, 19.99))
    assert heading == "4A and 4B have the same average"
    assert said == ("4A and 4B have the same average.",)
    hidden = beside("4A, the check", "4B, the check", Gap(0.01, 2.0, 0.5), (20.0, 19.99))[2]
    assert hidden[1:] == (
        "The forms of 4A were easier, by about 2.0 marks.",
        "The gap is more than the forms and chance explain.",
    )
