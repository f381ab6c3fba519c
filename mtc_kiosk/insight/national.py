"""National figures, as data with their source, to stand beside a class's: always of another check, the statutory one.

What is not published, or could not be read, is None; nothing is estimated. The DfE's own CSV of the score distribution
completes a year (``distribution_from_csv``). Sources: docs/insight.md, "National figures".
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

ANOTHER_CHECK = "The national figures are of the statutory check, which is another check than this one."

COLUMNS = ("time_period", "sex", "mtc_score", "t_mtc_eligible_pupils", "t_mtc_cumulative_freq", "pt_mtc_cumulative")
"""The columns of the DfE's file that are read; it may have more."""

HIGHEST = 25
MOST_PUPILS = 10_000_000
KNOWN_YEARS = range(2018, 2101)
"""Other years are mistyped: the check began as a pilot in 2018."""

BOTH_SEXES = ("total", "all pupils", "all")


@dataclass(frozen=True)
class OfGroup:
    """What was published of a group of pupils of England, such as girls: the same figures as of all."""

    average: float | None = None
    full_marks: float | None = None
    took_it: float | None = None


@dataclass(frozen=True)
class NationalYear:
    """One year in England. ``scores``: how many pupils had each score, the known ones only; shares are of 0 to 1.

    Averages are of those who took it, shares of all eligible pupils. ``groups`` are those that were published apart.
    """

    year: int
    source: str
    average: float | None = None
    full_marks: float | None = None
    girls: float | None = None
    boys: float | None = None
    took_it: float | None = None
    eligible: int | None = None
    scores: Mapping[int, int] = field(default_factory=dict)
    at_least: Mapping[int, float] = field(default_factory=dict)
    took: int | None = None
    working_below: float | None = None
    groups: Mapping[str, OfGroup] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether every score's number is known, so that the whole distribution may be drawn."""
        return set(self.scores) == set(range(HIGHEST + 1)) and any(self.scores.values())

    def share(self, score: int) -> float | None:
        """The share of those who took it who had this score, where the whole distribution is known."""
        return self.scores[score] / sum(self.scores.values()) if self.is_whole else None


GIRLS, BOYS, DISADVANTAGED, OTHERS = "girls", "boys", "disadvantaged pupils", "other pupils"

_RELEASE = "DfE, Explore education statistics: Multiplication tables check attainment, academic year "

YEARS: Mapping[int, NationalYear] = MappingProxyType(
    {
        2022: NationalYear(
            2022,
            _RELEASE + "2021/22",
            19.8,
            0.27,
            19.6,
            20.0,
            0.96,
            eligible=652_259,
            took=625_688,
            groups=MappingProxyType(
                {
                    GIRLS: OfGroup(19.6, 0.25, 0.97),
                    BOYS: OfGroup(20.0, 0.28, 0.95),
                    DISADVANTAGED: OfGroup(17.9, None, 0.93),
                    OTHERS: OfGroup(20.5, None, 0.97),
                }
            ),
        ),
        2023: NationalYear(
            2023,
            _RELEASE + "2022/23",
            None,
            0.29,
            19.9,
            20.4,
            None,
            scores=MappingProxyType({25: 190_158, 24: 78_634, 23: 48_199, 22: 36_167, 21: 30_268}),
            at_least=MappingProxyType({25: 0.29, 24: 0.42, 23: 0.49, 22: 0.55, 21: 0.59}),
            groups=MappingProxyType({GIRLS: OfGroup(19.9, 0.28, 0.97), BOYS: OfGroup(20.4, 0.31, 0.95)}),
        ),
        2024: NationalYear(
            2024,
            _RELEASE + "2023/24",
            20.6,
            0.34,
            20.4,
            20.9,
            None,
            scores=MappingProxyType({25: 219_395, 24: 81_511, 23: 47_235, 22: 34_764, 21: 28_714}),
            at_least=MappingProxyType({25: 0.34, 24: 0.46, 23: 0.53, 22: 0.59, 21: 0.63}),
            groups=MappingProxyType(
                {
                    GIRLS: OfGroup(20.4, 0.32, 0.97),
                    BOYS: OfGroup(20.9, 0.35, 0.95),
                    DISADVANTAGED: OfGroup(18.9),
                    OTHERS: OfGroup(21.3),
                }
            ),
        ),
        2025: NationalYear(
            2025,
            _RELEASE + "2024/25",
            21.0,
            0.37,
            20.7,
            21.2,
            0.96,
            working_below=0.03,
            groups=MappingProxyType(
                {
                    GIRLS: OfGroup(20.7),
                    BOYS: OfGroup(21.2),
                    DISADVANTAGED: OfGroup(19.3),
                    OTHERS: OfGroup(21.7),
                    "London": OfGroup(21.7),
                    "South East": OfGroup(20.7),
                    "East of England": OfGroup(20.7),
                    "born in September": OfGroup(21.6),
                    "born in August": OfGroup(20.4),
                }
            ),
        ),
    }
)
"""What was published and could be read. The averages of 2023 are published by sex alone, as far as is known here."""


class NotTheNationalFile(ValueError):
    """The file is not the DfE's score distribution; the message is a sentence for a person."""


def distribution_from_csv(text: str, name: str) -> Mapping[int, NationalYear]:
    """The years in the DfE's CSV of the score distribution, all pupils of England; NotTheNationalFile otherwise.

    ``name`` is the file's, for the source. A year comes in with all its scores from 0 to 25, whose cumulative counts
    run down from 25 and agree with the pupils of each score; anything else is refused whole.
    """
    rows = csv.DictReader(text.lstrip("\ufeff").splitlines())
    missing = [column for column in COLUMNS if column not in (rows.fieldnames or ())]
    if missing:
        raise NotTheNationalFile(
            f"{name} has no column {missing[0]}: it is not the DfE's score distribution. Nothing was loaded."
        )
    found: dict[int, dict[int, _Row]] = {}
    for line, row in enumerate(rows, start=2):
        if _is_wanted(row):
            one = _row(row, f"{name}, line {line}")
            if one.score in found.setdefault(one.year, {}):
                raise NotTheNationalFile(
                    f"{name}, line {line}: the score {one.score} of {one.year} comes twice. Nothing was loaded."
                )
            found[one.year][one.score] = one
    if not found:
        raise NotTheNationalFile(f"{name} has no scores of all pupils together. Nothing was loaded.")
    return {year: _year(year, scores, name) for year, scores in sorted(found.items())}


def completed(
    year: int, name: str, eligible: int | None, scores: Mapping[int, int], at_least: Mapping[int, float]
) -> NationalYear:
    """A year with the distribution of the file ``name``; what else was published of it stays."""
    known = YEARS.get(year, NationalYear(year, ""))
    return replace(
        known,
        source="; ".join(part for part in (known.source, name) if part),
        eligible=eligible if eligible is not None else known.eligible,
        scores=MappingProxyType(dict(scores)),
        at_least=MappingProxyType(dict(at_least)),
    )


@dataclass(frozen=True)
class _Row:
    """A row that counts. ``percent`` is cumulative; ``pupils`` those of this score, or all of the year."""

    year: int
    score: int
    pupils: int
    cumulative: int
    percent: float


def _is_wanted(row: Mapping[str, str]) -> bool:
    """Whether a row is of all pupils of England with a score; others are of a sex, a region, or of no score."""
    everybody = (row["sex"] or "").strip().lower() in BOTH_SEXES
    england = (row.get("geographic_level", "National") or "").strip().lower() == "national"
    return everybody and england and (row["mtc_score"] or "").strip().isdecimal()


def _row(row: Mapping[str, str], where: str) -> _Row:
    try:
        found = _Row(
            _year_of((row["time_period"] or "").strip()),
            int(row["mtc_score"]),
            int(row["t_mtc_eligible_pupils"] or ""),
            int(row["t_mtc_cumulative_freq"] or ""),
            float(row["pt_mtc_cumulative"] or ""),
        )
    except ValueError:
        raise NotTheNationalFile(f"{where}: a number cannot be read. Nothing was loaded.") from None
    counts = found.pupils, found.cumulative
    in_range = found.score <= HIGHEST and min(counts) >= 0 and max(counts) <= MOST_PUPILS and found.year in KNOWN_YEARS
    if not in_range or not 0 <= found.percent <= 100:
        raise NotTheNationalFile(f"{where}: a number is out of range. Nothing was loaded.")
    return found


def _year_of(period: str) -> int:
    """The year in which the check was taken: 2024 for the academic year 202324."""
    if len(period) != len("202324"):
        return int(period)
    first, last = int(period[:4]), int(period[4:])
    if (first + 1) % 100 != last:
        raise ValueError(period)
    return first + 1


def _year(year: int, rows: Mapping[int, _Row], name: str) -> NationalYear:
    if set(rows) != set(range(HIGHEST + 1)):
        raise NotTheNationalFile(f"{name} does not have all the scores of {year}. Nothing was loaded.")
    downwards = [rows[score] for score in range(HIGHEST, -1, -1)]
    reached = [row.cumulative for row in downwards]
    own = [after - before for before, after in zip([0, *reached], reached, strict=False)]
    pupils = [row.pupils for row in downwards]
    is_whole_year = len(set(pupils)) == 1 and pupils[0] >= reached[-1]
    if not reached[-1]:
        raise NotTheNationalFile(f"{name}: {year} has no pupil with a score. Nothing was loaded.")
    if min(own) < 0 or (pupils != own and not is_whole_year):
        raise NotTheNationalFile(f"{name}: the counts of {year} do not add up from 25 down. Nothing was loaded.")
    scores = {row.score: count for row, count in zip(reversed(downwards), reversed(own), strict=True)}
    shares = {row.score: row.percent / 100 for row in reversed(downwards)}
    return completed(year, name, pupils[0] if is_whole_year else None, scores, shares)
