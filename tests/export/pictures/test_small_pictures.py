"""A pupil's strip in a class's table, progress, the governors' bands, and shares by table."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from mtc_kiosk.check.facts import AnsweredBy
from mtc_kiosk.check.form import Item
from mtc_kiosk.export.pictures.bands import bands_picture
from mtc_kiosk.export.pictures.progress import progress_picture
from mtc_kiosk.export.pictures.strip import HEIGHT, LOWEST, TALLEST, strip
from mtc_kiosk.export.pictures.tables import tables_picture
from mtc_kiosk.export.reports.content import Band, DatedGo
from mtc_kiosk.insight.attempts import Answer, Attempt
from mtc_kiosk.insight.class_figures import Row
from mtc_kiosk.insight.national import YEARS
from mtc_kiosk.insight.practise import Go
from tests.export.pictures.geometry import boxes, count, outside, root_of, titles_of, words_of
from tests.export.pictures.made import BANDS, a_class, goes, tom, troubled
from tests.insight.made import KEYBOARD, answer

FACT = Item(7, 8)


def bars(one: Attempt, look: str) -> int:
    """How many bars of this look a strip has: each begins with one move."""
    return sum(
        element.get("d", "").count("M") for element in root_of(strip(one)).iter("path") if element.get("class") == look
    )


def test_a_strip_has_a_bar_for_each_question() -> None:
    """Right, wrong, and what a fault took away."""
    assert (bars(tom(), "small-right"), bars(tom(), "small-wrong"), bars(tom(), "small-lost")) == (18, 7, 0)
    assert (bars(troubled(), "small-right"), bars(troubled(), "small-lost")) == (22, 1)
    assert strip(tom()).sentence == (
        "18 of 25 right; not right: 3, 5, 9, 12, 16, 17, 23. The middle thinking time is 1.4 s."
    )


@pytest.mark.parametrize(("think_ms", "height"), [(0, LOWEST), (3_000, (LOWEST + TALLEST) / 2), (6_000, TALLEST)])
def test_a_strips_bar_is_as_tall_as_the_thinking_is_long(think_ms: int, height: float) -> None:
    """From a stump to the whole height at the time limit."""
    (bar,) = boxes(strip(Attempt((answer(1, FACT, think_ms=think_ms),), KEYBOARD)), "small-right")
    assert bar.bottom - bar.top == pytest.approx(height, abs=0.01)
    assert bar.top >= 0
    assert bar.bottom <= HEIGHT


def test_nothing_typed_in_time_is_as_tall_as_the_time() -> None:
    """The pupil had all the time, whatever the limit is."""
    for limit in (6_000, 12_000, None):
        nothing = Answer(1, FACT, "", False, AnsweredBy.TIMEOUT)
        (bar,) = boxes(strip(Attempt((nothing,), replace(KEYBOARD, limit_ms=limit))), "small-wrong")
        assert bar.bottom - bar.top == pytest.approx(TALLEST - 1.2, abs=0.01)


def test_where_somebody_typed_all_bars_are_alike() -> None:
    """And the sentence and the table give no time."""
    one = strip(replace(tom(), assisted=True))
    (right,) = boxes(one, "small-right")
    assert right.bottom - right.top == pytest.approx(LOWEST)
    assert one.sentence.endswith("Somebody typed for this pupil, so there are no times.")
    assert {row[2] for row in one.table.rows} == {""}


def test_progress_shows_each_go_and_the_check() -> None:
    """Rings, then a counter that is the check, each with its day and score, and as high as its score."""
    one = progress_picture(goes())
    assert (count(one, "ring"), count(one, "counter")) == (3, 1)
    assert {"11", "13", "15", "17", "25", "14 May", "9 Jun", "try it out", "the check"} <= set(words_of(one))
    assert titles_of(one) == [f"{day}, {what}: {right}" for day, what, right in one.table.rows]
    tops = [space.top for space in (*boxes(one, "ring"), *boxes(one, "counter"))]
    assert tops == sorted(tops, reverse=True)


@pytest.mark.parametrize("number", [0, 1, 4, 7, 20, 60])
def test_words_of_many_goes_do_not_overlap(number: int) -> None:
    """Every go is drawn; of many, some have no words, but the check has."""
    one = progress_picture(goes(number))
    assert count(one, "ring") + count(one, "counter") == number + 1
    said = boxes(one, "words")
    for low in {space.bottom for space in said if space.top > 120}:
        line = [space for space in said if space.bottom == low and space.left > 30]
        assert all(first.right <= second.left for first, second in pairwise(line))
    assert "the check" in words_of(one)
    assert any(word.startswith("9 Jun") for word in words_of(one))
    assert outside(one) == []


def test_goes_of_several_lengths_and_years() -> None:
    """Scores say of how many, and days their year."""
    short = DatedGo(date(2026, 12, 3), Go(6, 12, False))
    one = progress_picture((short, *goes()))
    assert {"6/12", "17/25", "9 Jun 2027", "all"} <= set(words_of(one))
    assert one.sentence == "5 goes. Try it out on 3 December 2026, 6 of 12; the check on 9 June 2027, 17 of 25."


def test_no_go_yet() -> None:
    """An empty paper, and a sentence."""
    assert progress_picture(()).sentence == "No go so far."


def test_bands_have_a_counter_for_each_pupil() -> None:
    """With the number and the share of each, and England's where both ends were published."""
    one = bands_picture(BANDS, 25, YEARS[2024])
    assert count(one, "counter") == 78
    assert [row[1] for row in one.table.rows] == ["6", "9", "14", "27", "22"]
    assert [row[3] for row in one.table.rows] == ["not known", "not known", "not known", "29%", "34%"]
    said = words_of(one)
    for scores, pupils, share, _ in one.table.rows:
        assert f"{scores}: {pupils} pupils, {share}" in said
    assert said.count("England, 2024: 34%") == 1


def test_large_bands_are_bars() -> None:
    """As long as they have pupils."""
    one = bands_picture((Band(0, 20, 200), Band(21, 25, 400)), 25)
    shorter, longer = boxes(one, "bar")
    assert (longer.right - longer.left) == pytest.approx(2 * (shorter.right - shorter.left))
    assert count(one, "counter") == 0
    assert one.table.heads == ("Score", "Pupils", "Share")


def test_no_band() -> None:
    """Fewer than five took the check: nothing to show, and no division by nobody."""
    assert bands_picture(()).sentence == "Scores out of 25: none to show."
    assert bands_picture((Band(0, 25, 0),)).table.rows == (("0 to 25", "0", "–"),)


def test_tables_have_bar_number_and_counts() -> None:
    """Every figure of the table is written beside its bar; a table that was not asked says so."""
    rows = (*a_class().rows, Row(1, 0, 0))
    one = tables_picture(rows)
    said = words_of(one)
    for table, right, asked, share in one.table.rows:
        assert f"{table}s" in said
        assert share in said
        assert asked == "0" or f"{right} of {asked}" in said
    assert len(boxes(one, "bar")) == 11
    whole = boxes(one, "bar-whole")[0]
    for bar, row in zip(boxes(one, "bar"), a_class().rows, strict=True):
        assert (bar.right - bar.left) / (whole.right - whole.left) == pytest.approx(row.share, abs=0.001)
