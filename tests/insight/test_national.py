"""National figures: as published, none invented, completed by the DfE's own file alone."""

import pytest

from mtc_kiosk.insight.national import (
    BOYS,
    COLUMNS,
    DISADVANTAGED,
    GIRLS,
    OTHERS,
    YEARS,
    NotTheNationalFile,
    distribution_from_csv,
)

HEADER = ",".join(COLUMNS)
COUNTS = [100 + 7 * score**2 for score in range(26)]


def file(counts: list[int] = COUNTS, *, sex: str = "Total", period: str = "202425", per_score: bool = True) -> str:
    """A file with made-up numbers, from 25 down."""
    lines, reached, whole = [], 0, sum(counts) + 900
    for score in range(25, -1, -1):
        reached += counts[score]
        pupils = counts[score] if per_score else whole
        lines.append(f"{period},{sex},{score},{pupils},{reached},{round(100 * reached / whole)}")
    return "\n".join([HEADER, *lines])


def test_every_year_has_its_source_and_nothing_else_is_filled_in() -> None:
    """Of 2023 no average of all pupils was published where it could be read; no year has its whole distribution."""
    assert sorted(YEARS) == [2022, 2023, 2024, 2025]
    for year, figures in YEARS.items():
        assert figures.year == year
        assert "DfE" in figures.source
        assert not figures.is_whole
        assert figures.share(25) is None
    assert YEARS[2023].average is None
    assert YEARS[2024].scores[25] == 219_395
    assert (YEARS[2025].average, YEARS[2025].full_marks) == (21.0, 0.37)


def test_figures_of_groups_are_the_published_ones_and_agree_with_those_of_all() -> None:
    """A mean of all lies between those of two groups that make up all; the shares that took it do too."""
    for year, figures in YEARS.items():
        girls, boys = figures.groups[GIRLS], figures.groups[BOYS]
        assert (girls.average, boys.average) == (figures.girls, figures.boys)
        for one, other in ((girls, boys), (figures.groups.get(DISADVANTAGED), figures.groups.get(OTHERS))):
            for of in ("average", "full_marks", "took_it"):
                ends = [getattr(group, of) for group in (one, other) if group is not None]
                whole = getattr(figures, of)
                if whole is not None and len(ends) == 2 and None not in ends:
                    assert min(ends) <= whole <= max(ends), (year, of)
    assert YEARS[2022].took == 625_688
    assert (YEARS[2022].took or 0) / (YEARS[2022].eligible or 1) == pytest.approx(0.96, abs=0.005)
    assert (YEARS[2025].groups[DISADVANTAGED].average, YEARS[2025].groups[OTHERS].average) == (19.3, 21.7)
    assert YEARS[2025].groups["London"].average == 21.7
    assert DISADVANTAGED not in YEARS[2023].groups


def test_known_shares_agree_with_known_numbers() -> None:
    """29% of about 652,000 pupils had all 25 in 2023; each year's shares grow from 25 down."""
    for year in (2023, 2024):
        figures = YEARS[year]
        eligible = figures.scores[25] / (figures.full_marks or 1)
        reached = 0
        for score in sorted(figures.scores, reverse=True):
            reached += figures.scores[score]
            assert reached / eligible == pytest.approx(figures.at_least[score], abs=0.012)


@pytest.mark.parametrize("per_score", [True, False])
def test_the_dfes_file_completes_a_year(per_score: bool) -> None:
    """Whether the column of pupils is of each score or of the whole year; what is published otherwise stays."""
    (year,) = distribution_from_csv("\ufeff" + file(per_score=per_score), "mtc.csv").values()
    assert year.is_whole
    assert [year.scores[score] for score in range(26)] == COUNTS
    assert year.share(25) == COUNTS[25] / sum(COUNTS)
    assert (year.year, year.average) == (2025, 21.0)
    assert year.source.endswith("; mtc.csv")
    assert year.eligible == (None if per_score else sum(COUNTS) + 900)


def test_rows_of_a_sex_a_region_or_no_score_are_left_out() -> None:
    """Only all pupils of England count."""
    rest = [*file(sex="Girls").splitlines()[1:], "202425,Total,Absent,5,5,1"]
    (year,) = distribution_from_csv("\n".join([file(), *rest]), "mtc.csv").values()
    assert sum(year.scores.values()) == sum(COUNTS)
    regional = "\n".join(
        f"{line},{'geographic_level' if line == HEADER else 'Regional'}" for line in file().splitlines()
    )
    with pytest.raises(NotTheNationalFile, match="no scores of all pupils"):
        distribution_from_csv(regional, "mtc.csv")


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("a,b\n1,2", "no column time_period"),
        ("", "no column time_period"),
        (file().replace(f",{COUNTS[7]},", ",z,"), "line 20: a number cannot be read"),
        (file(period="202427"), "line 2: a number cannot be read"),
        (file().rpartition("\n")[0], "does not have all the scores of 2025"),
        (file() + "\n" + file().splitlines()[-1], "the score 0 of 2025 comes twice"),
        (file().replace(f",{COUNTS[25]},{COUNTS[25]},", f",{COUNTS[25]},1,"), "do not add up"),
        (file(list(range(26))).replace(",0,0,325,", ",0,0,-1,"), "line 27: a number is out of range"),
        (file().replace("Total", "Boys"), "no scores of all pupils"),
        (file(per_score=False).replace(f",{sum(COUNTS)},", ",5,"), "do not add up"),
        (file([0] * 26), "2025 has no pupil with a score"),
    ],
)
def test_any_other_file_is_refused_whole(text: str, match: str) -> None:
    """With the line, and what happened: nothing was loaded."""
    with pytest.raises(NotTheNationalFile, match=match):
        distribution_from_csv(text, "mtc.csv")
