"""The picture of scores: a counter a pupil, and of England what was published and nothing else."""

import re
from dataclasses import replace
from itertools import combinations

import pytest

from mtc_kiosk.export.pictures.national_shares import known_shares, percent, share_between
from mtc_kiosk.export.pictures.picture import Picture
from mtc_kiosk.export.pictures.scores import scores_picture
from mtc_kiosk.insight.class_figures import Distribution
from mtc_kiosk.insight.national import HIGHEST, YEARS, NationalYear
from tests.export.pictures.geometry import Space, boxes, count, outside, root_of, titles_of, words_of
from tests.export.pictures.made import SCORES, counts, whole_year

NOT_KNOWN = "not known"


@pytest.mark.parametrize("pupils", [0, 1, 28, 31, 60, 120])
@pytest.mark.parametrize("score", [0, 13, 25])
def test_a_counter_is_a_pupil(pupils: int, score: int) -> None:
    """From none to a large school, all at one score, with the nation beside them or not: each has a counter."""
    for national in (None, YEARS[2024], whole_year()):
        one = scores_picture(counts({score: pupils}), national, "4A")
        assert count(one, "counter") == pupils
        assert outside(one) == []
        assert one.table.rows[score][1] == str(pupils)


def test_counters_of_a_score_are_over_its_number() -> None:
    """The middle of each pile is where its score is written, and no counter lies on another."""
    one = scores_picture(counts({3: 4, 25: 9}), None, "4A")
    dots = boxes(one, "counter")
    assert {round((dot.left + dot.right) / 2, 1) for dot in dots} == {
        round((space.left + space.right) / 2, 1) for space in boxes(one, "words") if space.what in ("text 25",)
    } | {round(min(dot.left + dot.right for dot in dots) / 2, 1)}
    for first, second in combinations(dots, 2):
        apart = max(abs(first.left - second.left), abs(first.top - second.top))
        assert apart >= first.right - first.left


@pytest.mark.parametrize("pupils", [700, 5_000])
def test_very_many_pupils_are_columns(pupils: int) -> None:
    """Counters would be specks: a column for each score, as high as it has pupils, and the picture says so."""
    one = scores_picture(counts({24: pupils, 25: 2 * pupils}), None, "All")
    shorter, taller = boxes(one, "counter")
    assert (taller.bottom - taller.top) == pytest.approx(2 * (shorter.bottom - shorter.top), abs=0.1)
    assert "A counter is a pupil." not in one.svg


def test_every_figure_of_the_table_is_in_the_picture() -> None:
    """Each score that somebody had says how many."""
    one = scores_picture(counts(SCORES), None, "4A")
    assert [row[1] for row in one.table.rows] == [str(SCORES.get(score, 0)) for score in range(26)]
    assert titles_of(one) == [
        f"{pupils} pupil{'s' if pupils > 1 else ''} had {score}" for score, pupils in sorted(SCORES.items())
    ]


def test_below_the_known_scores_nothing_is_drawn_of_england() -> None:
    """2024 was published from 21 up: the outline begins there, the table says "not known", and the picture says so."""
    one = scores_picture(counts(SCORES), YEARS[2024], "4A")
    (edge,) = boxes(one, "nation-edge")
    assert edge.left == pytest.approx(8 + 21 * (344 - 16) / 26, abs=0.01)
    assert [row[2] == NOT_KNOWN for row in one.table.rows] == [True] * 21 + [False] * 5
    assert "Below 21 it is not known." in " ".join(words_of(one))
    assert "another check" in one.sentence
    assert "another check" in " ".join(words_of(one))


def test_only_full_marks_are_known_of_some_years() -> None:
    """2022: the outline is that of 25 alone, as high as 27% of the pupils."""
    one = scores_picture(counts({25: 100}), YEARS[2022], "4A")
    assert [row[2] for row in one.table.rows] == [NOT_KNOWN] * 25 + ["27.0"]
    assert "Below 25 it is not known." in " ".join(words_of(one))


def test_a_whole_year_is_drawn_from_0_to_25() -> None:
    """The outline spans all scores, and its pupils are as many as the class's."""
    one = scores_picture(counts(SCORES), whole_year(), "4A")
    (edge,) = boxes(one, "nation-edge")
    assert (edge.left, edge.right) == pytest.approx((8, 336))
    assert sum(float(row[2]) for row in one.table.rows) == pytest.approx(28, abs=0.7)
    assert "not known" not in " ".join(words_of(one))


@pytest.mark.parametrize("out_of", [1, 10, 24, 26, 66])
def test_another_length_is_not_compared(out_of: int) -> None:
    """England's scores are out of 25; beside others nothing is drawn, and the picture says so."""
    one = scores_picture(counts({out_of: 3, 0: 1}, out_of), whole_year(), "4A")
    assert count(one, "nation-edge") == 0
    assert one.table.heads == ("Score", "Pupils")
    assert "cannot be set beside" in " ".join(words_of(one))
    assert outside(one) == []


def test_two_pictures_to_one_scale() -> None:
    """Given the tallest pile of both, two classes' counters are of one size."""
    small, large = counts({25: 3}), counts({25: 70})
    sizes = set()
    for distribution in (small, large):
        dot = boxes(scores_picture(distribution, None, "4A", tallest=70), "counter")[0]
        sizes.add(round(dot.right - dot.left, 3))
    assert len(sizes) == 1


@pytest.mark.parametrize(
    "scores",
    [
        SCORES,
        {25: 30},
        {25: 1, 24: 12, 20: 14},
        {24: 9, 23: 9, 22: 9, 21: 9, 15: 16, 12: 16},
        {0: 12, 1: 9, 2: 8},
        {25: 10, 24: 3},
        {25: 3, 24: 9, 23: 6},
        dict.fromkeys(range(26), 4),
    ],
)
@pytest.mark.parametrize("whose", ["4A", "All the pupils of Year 4 of Juniper Row Primary School"])
def test_labels_lie_on_nothing(scores: dict[int, int], whose: str) -> None:
    """No label covers a counter or another label."""
    one = scores_picture(counts(scores), YEARS[2024], whose)
    labels = [space for space in boxes(one, "halo") if "had" in space.what]
    assert len(labels) == 2
    dots = boxes(one, "counter")
    for level in levels(one):
        assert not [dot for dot in dots if _overlap(level, dot)]
    for place, label in enumerate(labels):
        for other in (*dots, *labels[:place]):
            assert not _overlap(label, other), (label, other)


def levels(one: Picture) -> list[Space]:
    """The level part of each label's line."""
    lines = [element.get("d", "") for element in root_of(one).iter("path") if element.get("class") == "leader"]
    parts = (re.findall(r"[\d.]+", line)[:3] for line in lines)
    return [Space("level", float(x), float(y), float(end), float(y)) for x, y, end in parts]


def _overlap(one: Space, other: Space) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    return across >= 0 and down >= 0


def test_shares_are_computed_from_what_was_published() -> None:
    """2024: 219,395 of the 411,619 who had 21 or more, who were 63% of all."""
    shares = known_shares(YEARS[2024], HIGHEST)
    assert sorted(shares) == [21, 22, 23, 24, 25]
    assert shares[25] == pytest.approx(219_395 / (411_619 / 0.63))
    assert known_shares(YEARS[2025], HIGHEST) == {25: 0.37}
    assert known_shares(NationalYear(2030, ""), HIGHEST) == {}
    assert known_shares(None, HIGHEST) == {}
    less = replace(YEARS[2024], at_least={25: 0.34, 24: 0.46})
    assert sorted(known_shares(less, HIGHEST)) == [24, 25]
    gap = replace(YEARS[2024], scores={25: 1, 23: 5})
    assert sorted(known_shares(gap, HIGHEST)) == [25]


def test_shares_of_bands() -> None:
    """Known only where both ends were published."""
    year = YEARS[2024]
    assert share_between(year, 25, 25, 25) == 0.34
    assert share_between(year, 21, 24, 25) == pytest.approx(0.29)
    assert share_between(year, 0, 20, 25) == pytest.approx(0.37)
    assert share_between(year, 16, 20, 25) is None
    assert share_between(year, 8, 10, 10) is None
    assert share_between(whole_year(), 0, 25, 25) == pytest.approx(1)
    assert share_between(YEARS[2022], 25, 25, 25) == 0.27


def test_a_year_of_nobody_is_not_known() -> None:
    """A file of zeros divides by nobody."""
    nobody = NationalYear(2030, "", scores=dict.fromkeys(range(26), 0))
    assert known_shares(nobody, HIGHEST) == {}
    assert share_between(nobody, 5, 25, 25) is None


def test_only_nothing_is_0_percent() -> None:
    """And only all is 100%."""
    assert [percent(share) for share in (0, 0.001, 0.344, 0.999, 1)] == ["0%", "1%", "34%", "99%", "100%"]


def test_a_distribution_of_one_question() -> None:
    """The narrowest there is."""
    one = scores_picture(Distribution((2, 3)), None, "4A")
    assert count(one, "counter") == 5
    assert outside(one) == []
