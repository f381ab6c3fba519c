"""The picture of a pupil's answers: times, the sum under each, and what a fault or an assistant changes."""

from dataclasses import replace
from itertools import pairwise

import pytest

from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.facts import AnsweredBy
from mtc_kiosk.check.form import Item
from mtc_kiosk.export.pictures.answer_scale import CHART, Scale, seconds_of
from mtc_kiosk.export.pictures.answer_words import ASSISTED
from mtc_kiosk.export.pictures.answers import answers_picture
from mtc_kiosk.export.pictures.picture import Picture
from mtc_kiosk.insight.attempts import Answer, Attempt, Press
from tests.export.pictures.geometry import boxes, count, outside, titles_of, words_of
from tests.export.pictures.made import insight_of, long_check, tom, troubled, without_limit
from tests.insight.made import KEYBOARD, answer, attempt, form

FACT = Item(7, 8)


def drawn(*answers: Answer, limit_ms: int | None = 6_000, assisted: bool = False) -> Picture:
    """The picture of these answers alone."""
    conditions = replace(KEYBOARD, limit_ms=limit_ms)
    return answers_picture(insight_of(Attempt(answers, conditions, assisted=assisted)))


def heights(picture: Picture, look: str) -> list[float]:
    """How high each of these is, without the key's."""
    return [round(space.bottom - space.top, 1) for space in boxes(picture, look) if space.top > 20]


def test_times_are_to_scale() -> None:
    """Six seconds are the whole chart: 1.5 s of thinking are a quarter, 0.3 s of typing above it a twentieth."""
    one = drawn(answer(1, FACT, think_ms=1_500, gap_ms=300))
    assert heights(one, "thinking") == [CHART / 4]
    assert heights(one, "typing") == [CHART / 20 - 1]
    (limit,) = boxes(one, "limit")
    (axis,) = boxes(one, "axis")
    assert axis.top - limit.top == CHART


def test_every_figure_of_the_table_is_in_the_picture() -> None:
    """Sum, response, right or not, and thinking time of each question."""
    one = answers_picture(insight_of(tom()))
    for title, row in zip(titles_of(one), one.table.rows, strict=True):
        number, asked, typed, right, thinking, *_ = row
        response = "nothing typed" if typed == "–" else typed
        said = f"Question {number}: {asked} = {response}, {'right' if right == 'yes' else 'not right'}"
        assert title == said + (f", thinking {thinking}" if thinking else "")
    assert (count(one, "tick"), count(one, "cross"), count(one, "missed")) == (18, 7, 7)


def test_a_clock_where_the_time_ran_out() -> None:
    """Four times, with the time in which nothing was typed dotted up to the limit; the number of each stays."""
    one = answers_picture(insight_of(tom()))
    in_the_key = 1
    assert sum(space.what == "circle" for space in boxes(one, "clock")) == 4 + in_the_key
    assert len(heights(one, "waiting")) == 4
    assert {str(number) for number in range(1, 26)} <= set(words_of(one))
    notes = [row[-1] for row in one.table.rows]
    assert notes[4] == "nothing typed in time"
    assert notes[11] == "right so far when the time ran out; may have known it"


def test_the_key_says_of_digits_before_the_time_ran_out() -> None:
    """Nothing more was typed, or nothing at all."""
    half = Answer(1, FACT, "5", False, AnsweredBy.TIMEOUT, (Press("5", 3_500),))
    none = Answer(1, FACT, "", False, AnsweredBy.TIMEOUT, ())
    assert "nothing more typed" in words_of(drawn(half))
    assert "nothing typed" in words_of(drawn(none))


def test_what_was_right_so_far_may_have_been_known() -> None:
    """The sentence says may."""
    half = Answer(1, FACT, "5", False, AnsweredBy.TIMEOUT, (Press("5", 5_500),))
    assert drawn(half).sentence == (
        "1 answer in order, 0 of them right. The time ran out once. One answer was right so far then: the pupil may "
        "have known it. The middle thinking time is 5.5 s."
    )


def test_where_somebody_typed_no_time_is_drawn() -> None:
    """No chart, no seconds, no clock and no column of times; the picture, the sentence and the table say why."""
    one = answers_picture(insight_of(replace(tom(), assisted=True)))
    assert {
        look: count(one, look) for look in ("thinking", "typing", "waiting", "clock", "limit", "square")
    } == dict.fromkeys(("thinking", "typing", "waiting", "clock", "limit", "square"), 0)
    assert ASSISTED in words_of(one)
    assert ASSISTED in one.sentence
    assert ASSISTED in one.table.caption
    assert one.table.heads == ("Question", "Sum", "Typed", "Right", "What else")
    assert not any(word.endswith(" s") for word in words_of(one))
    assert not any("thinking" in title for title in titles_of(one))
    assert not any(" s" in cell.replace("so far", "") for row in one.table.rows for cell in row[:4])


def test_faults_are_told_apart() -> None:
    """Lost: a dash and no sign; shown again: 2nd; doubtful: a question mark and no bar; and the table says each."""
    one = answers_picture(insight_of(troubled()))
    assert (count(one, "tick"), count(one, "cross"), count(one, "small-lost")) == (22, 2, 1)
    notes = {row[0]: row[-1] for row in one.table.rows if row[-1]}
    assert notes["2"] == "showing 2, after 1 fault"
    assert notes["7"] == "lost to a fault before it was shown"
    assert notes["9"] == "times uncertain"
    said = words_of(one)
    assert {"2nd", "?", "shown again after a fault", "lost to a fault", "times uncertain"} <= set(said)
    assert (said.count("?"), said.count("2nd")) == (2, 2)
    assert [row[3] for row in one.table.rows][6] == "–"


def test_a_key_before_the_sum_has_no_thinking_time() -> None:
    """In the audio version a digit may come before the sum: only what came after it is drawn."""
    early = Answer(1, FACT, "56", True, AnsweredBy.ENTER, (Press("5", -400), Press("6", 900)))
    one = drawn(early)
    assert heights(one, "thinking") == []
    assert heights(one, "typing") == [round(CHART * 0.9 / 6 - 1, 1)]
    assert one.table.rows[0][4:7] == ("", "1.3 s", "0.9 s")
    both = Answer(1, FACT, "56", True, AnsweredBy.ENTER, (Press("5", -900), Press("6", -400)))
    assert heights(drawn(both), "typing") == []


@pytest.mark.parametrize("response", ["5", "56", "144", "1234", "10000", "1" * 40])
def test_a_long_response_stays_under_its_question(response: str) -> None:
    """Up to five digits are all there, narrower; more cannot be typed, and would be cut off with a sign."""
    one = drawn(*(answer(number, FACT, response, gap_ms=50) for number in range(1, 26)))
    shown = [space for space in boxes(one, "bold") if space.what[5:6] == response[0]]
    assert len(shown) == 25
    assert all(space.right - space.left <= 24.01 for space in shown)
    assert all(first.right <= second.left for first, second in pairwise(shown))
    assert {space.what[5:] for space in shown} == {response if len(response) <= 5 else "1111…"}
    assert one.table.rows[0][2] == response


@pytest.mark.parametrize("limit_ms", [3_000, 9_000, 12_000, 6_500, 7_500, 600_000])
def test_the_attempts_own_limit(limit_ms: int) -> None:
    """The dashed line is where the limit is, with its seconds; no other second is written over it."""
    one = drawn(answer(1, FACT), limit_ms=limit_ms)
    assert count(one, "limit") == 1
    assert f"{limit_ms / 1000:g} s" in words_of(one)
    seconds = [space for space in boxes(one, "soft") if space.what.endswith(" s")]
    tops = sorted(space.top for space in seconds)
    assert all(lower - upper >= 13 for upper, lower in pairwise(tops))
    assert all(space.left >= 0 for space in seconds)


def test_without_a_limit() -> None:
    """No dashed line. A minute and a half does not flatten the other answers: its bar is cut, with its number."""
    one = answers_picture(insight_of(without_limit()))
    assert count(one, "limit") == 0
    assert count(one, "break") == 1
    assert {"95", "No time limit.", "Audio version."} <= set(words_of(one))
    assert min(heights(one, "thinking")) > CHART / 5


@pytest.mark.parametrize("questions", [1, 2, 24, 26, 50, 51, 66, 120])
def test_other_numbers_of_questions(questions: int) -> None:
    """At most 25 beside each other, the lines about as long as each other; every question once."""
    items = tuple(Item(2 + place % 11, 2 + place // 11 % 11) for place in range(questions))
    one = answers_picture(insight_of(attempt(items)))
    assert outside(one) == []
    assert count(one, "axis") == -(-questions // 25)
    assert count(one, "tick") == questions
    assert len(titles_of(one)) == questions


def test_a_check_without_answers() -> None:
    """Stopped before its first question."""
    one = answers_picture(replace(insight_of(tom()), attempt=replace(tom(), answers=()), mistakes=()))
    assert one.sentence == "No question was answered."
    assert one.table.rows == ()
    assert outside(one) == []


def test_a_repeated_number_of_showings() -> None:
    """What counts is the third showing."""
    one = drawn(replace(answer(1, FACT), showing=3, voids=(Cause.FOCUS, Cause.KEYBOARD)))
    assert "3rd" in words_of(one)
    assert one.table.rows[0][-1] == "showing 3, after 2 faults"


@pytest.mark.parametrize("top_ms", [1, 999, 1_000, 6_000, 6_001, 18_000, 61_000, 3_600_000, 100_000_000])
@pytest.mark.parametrize("limited", [True, False])
def test_lines_of_the_chart(top_ms: int, limited: bool) -> None:
    """Two to five lines, from 0 up, on the chart."""
    scale = Scale(top_ms, top_ms if limited else None)
    found = seconds_of(scale)
    assert found[0] == 0
    assert len(found) > 1
    assert len(found) <= 5 or top_ms > 5 * 3_600_000
    assert found == sorted(set(found))


def test_the_long_check_has_a_line_for_each_twenty() -> None:
    """60 questions are three lines of 20."""
    one = answers_picture(insight_of(long_check()))
    assert count(one, "axis") == 3
    assert form(1)[0].factor1 > 0
