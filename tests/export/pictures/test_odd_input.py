"""Whatever a check holds, each picture is well-formed and within its edges, and what pupils typed stays text."""

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.facts import AnsweredBy
from mtc_kiosk.check.form import Item
from mtc_kiosk.export.pictures.answers import answers_picture
from mtc_kiosk.export.pictures.bands import bands_picture
from mtc_kiosk.export.pictures.facts import facts_asked_picture, facts_picture
from mtc_kiosk.export.pictures.picture import Picture
from mtc_kiosk.export.pictures.progress import progress_picture
from mtc_kiosk.export.pictures.scores import scores_picture
from mtc_kiosk.export.pictures.strip import strip
from mtc_kiosk.export.pictures.tables import tables_picture
from mtc_kiosk.export.reports.content import Band, DatedGo
from mtc_kiosk.insight.attempts import Answer, Attempt, Conditions, Press, Way
from mtc_kiosk.insight.class_figures import Distribution, Row, Square
from mtc_kiosk.insight.national import NationalYear
from mtc_kiosk.insight.practise import Go
from tests.export.pictures.geometry import count, outside, root_of, words_of
from tests.export.pictures.made import insight_of
from tests.insight.made import KEYBOARD

ITEMS = st.builds(Item, st.integers(1, 12), st.integers(1, 12))
DIGITS = st.text("0123456789", max_size=7)
TIMES = st.integers(-5_000, 20_000) | st.integers(-(10**6), 10**9)
SHARES = st.floats(0, 1)
ATTEMPTS = st.builds(
    lambda answers, conditions, assisted: Attempt(
        tuple(replace(one, number=number) for number, one in enumerate(answers, 1)), conditions, assisted=assisted
    ),
    st.lists(
        st.builds(
            lambda item, response, right, by, presses, showing, shown, doubt, voids: Answer(
                1, item, response, right and by is not AnsweredBy.FORFEIT, by, presses, showing, shown, doubt, voids
            ),
            ITEMS,
            DIGITS,
            st.booleans(),
            st.sampled_from((AnsweredBy.ENTER, AnsweredBy.TIMEOUT, AnsweredBy.FORFEIT)),
            st.lists(st.builds(Press, st.sampled_from(("", "1", "9")), TIMES), max_size=7).map(tuple),
            st.integers(1, 12),
            st.booleans(),
            st.booleans(),
            st.lists(st.sampled_from(list(Cause)), max_size=3).map(tuple),
        ),
        max_size=70,
    ),
    st.builds(
        Conditions, st.sampled_from(list(Way)), st.booleans(), st.booleans(), st.none() | st.integers(0, 10_000_000)
    ),
    st.booleans(),
)
YEARS = st.builds(
    lambda scores, at_least, full: NationalYear(2031, "invented", full_marks=full, scores=scores, at_least=at_least),
    st.dictionaries(st.integers(0, 25), st.integers(0, 300_000)),
    st.dictionaries(st.integers(0, 25), SHARES),
    st.none() | SHARES,
)
HOSTILE = (
    "</text></svg><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "<style>*{display:none}</style>",
    "' onload='alert(1)",
    "&lt;b&gt; &#0; ]]> <!-- %00 {{7*7}}",
    "\x00\x1b[31m\ud800\uffff\u202e12",
)


def sound(one: Picture) -> None:
    """Well-formed, nothing outside, no number that is none, and no way to look or to act but by class."""
    root = root_of(one)
    assert outside(one) == []
    assert root.get("aria-label") == one.sentence
    for element in root.iter():
        assert not {"style", "onload", "onerror", "href"} & set(element.keys())
        values = " ".join(value for name, value in element.attrib.items() if name not in ("class", "aria-label"))
        assert not re.search(r"nan|inf|e[+-]?\d", values)
    assert {len(row) for row in one.table.rows} <= {len(one.table.heads)}


@settings(max_examples=60, deadline=None)
@given(ATTEMPTS)
def test_answers_strip_and_facts_of_any_attempt(attempt: Attempt) -> None:
    """Negative, absent and endless times, any limit, faults, no question or seventy."""
    answers = answers_picture(insight_of(attempt))
    for one in (answers, strip(attempt), facts_asked_picture(attempt)):
        sound(one)
        assert len(one.table.rows) == len(attempt.answers)
    assert count(answers, "tick") == sum(answer.right for answer in attempt.counting)
    if attempt.assisted:
        assert not {"thinking", "typing", "waiting", "limit"} & {
            look for element in root_of(answers).iter() for look in (element.get("class") or "").split()
        }


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(0, 130), min_size=1, max_size=70).map(tuple), st.none() | YEARS, st.text(), st.integers(0, 150)
)
def test_scores_of_any_class(counts: tuple[int, ...], national: NationalYear | None, whose: str, tallest: int) -> None:
    """Any length and number of pupils, any part of the nation's figures, any name."""
    one = scores_picture(Distribution(counts), national, whose, tallest)
    sound(one)
    assert [row[1] for row in one.table.rows] == [str(pupils) for pupils in counts]


@settings(max_examples=40, deadline=None)
@given(
    st.dictionaries(ITEMS, st.tuples(st.integers(0, 2_000), SHARES), max_size=144),
    st.lists(st.tuples(st.integers(1, 12), st.integers(0, 20_000), SHARES), max_size=12, unique_by=lambda row: row[0]),
)
def test_facts_and_tables_of_any_class(
    facts: dict[Item, tuple[int, float]], tables: list[tuple[int, int, float]]
) -> None:
    """From nothing asked to thousands."""
    squares = {item: Square(item, asked, round(asked * share)) for item, (asked, share) in facts.items()}
    rows = tuple(Row(table, asked, round(asked * share)) for table, asked, share in tables)
    sound(facts_picture(squares, rows))
    sound(tables_picture(rows))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.builds(
            lambda day, score, of, is_check: DatedGo(day, Go(min(score, of), of, is_check)),
            st.dates(date(2020, 1, 1), date(2040, 1, 1)),
            st.integers(0, 70),
            st.integers(0, 70),
            st.booleans(),
        ),
        max_size=40,
    )
)
def test_progress_of_any_goes(goes: list[DatedGo]) -> None:
    """Of any lengths, even none."""
    sound(progress_picture(goes))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.builds(Band, st.integers(0, 25), st.integers(0, 25), st.integers(0, 400)), max_size=6),
    st.none() | YEARS,
)
def test_any_bands(bands: list[Band], national: NationalYear | None) -> None:
    """Of any sizes, even nobody."""
    sound(bands_picture(bands, 25, national))


@pytest.mark.parametrize("said", HOSTILE)
def test_what_was_typed_stays_text(said: str) -> None:
    """Markup in a response or a class's name is shown as it is; what cannot be seen is replaced."""
    answer = Answer(1, Item(7, 8), said, False, AnsweredBy.ENTER, (Press("1", 900),))
    attempt = Attempt((answer,), KEYBOARD)
    found = (
        answers_picture(replace(insight_of(Attempt((), KEYBOARD)), attempt=attempt)),
        strip(attempt),
        facts_asked_picture(attempt),
        scores_picture(Distribution((0, 3)), None, said),
    )
    for one in found:
        sound(one)
        assert {element.tag for element in root_of(one).iter()} <= {
            "svg",
            "g",
            "title",
            "text",
            "rect",
            "circle",
            "path",
        }
        assert "<script" not in one.svg
        assert "<img" not in one.svg
        assert one.svg.encode("utf-8")
    shown = " ".join(words_of(found[-1]))
    assert said[:20] in shown or "\N{REPLACEMENT CHARACTER}" in shown
    assert found[0].table.rows[0][2] == said
