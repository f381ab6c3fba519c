"""Made-up reports, from pupils whose truth is known."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.insight_pupils import Plant, Recipe, make
from mtc_kiosk.check.events import Cause
from mtc_kiosk.export.about import About
from mtc_kiosk.export.reports.content import (
    Band,
    ClassReport,
    DatedGo,
    GovernorsReport,
    PupilLine,
    PupilReport,
    Side,
    SideBySide,
    TableOfSchool,
)
from mtc_kiosk.insight.attempts import Attempt
from mtc_kiosk.insight.claims import marks_of
from mtc_kiosk.insight.fitting import fit_class
from mtc_kiosk.insight.forms import gap_of_groups
from mtc_kiosk.insight.groups import groups
from mtc_kiosk.insight.national import YEARS
from mtc_kiosk.insight.practise import Go
from mtc_kiosk.insight.pupil import context_of
from mtc_kiosk.insight.whole_class import ClassInsight, class_insight

LONDON = ZoneInfo("Europe/London")
AT = datetime(2027, 6, 11, 15, 20, tzinfo=LONDON)
DAYS = (date(2027, 6, 9), date(2027, 6, 11))
SEED = 7
HOSTILE = "<script>alert(1)</script>"
NAMES = (
    "Walker, Ben",
    "Okoro, Daniel",
    "Green, Harvey",
    "Edwards, Tobi",
    "Marsh, Leo",
    "Evans, Tom",
    "Khan, Amina",
    "Davies, Siân",
    "Jones, Ffion",
    "Quill, Rosie",
    "Bielak, Oskar",
    "Smith, Jo (born 2 May 2018)",
    "Farrow, Jess",
    "O'Brien-Featherstonehaugh, Maximiliana",
    "Begum, Safiya",
    "Ibáñez Ruiz, Sofía",
    "Smith, Jo (born 9 July 2018)",
    "Abara, Chidi",
    "Dunne, Órla",
    "Patel, Dev",
    "Wójcik, Łukasz",
    "Ahmed, Yusuf",
    "Campbell, Isla",
    "Chowdhury, Rafi",
    "Hussain, Zara",
    "Kaur, Simran",
    "Ng, Wei",
    "Thompson, Grace",
)
PLANTS = {
    2: Plant.FREEZES,
    4: Plant.SLOW_TYPING,
    5: Plant.LOST,
    6: Plant.LOST,
    8: Plant.SWAPS,
    10: Plant.ADDS,
    1: Plant.GUESSES,
    21: Plant.PERFECT,
    23: Plant.PERFECT,
    25: Plant.PERFECT,
    26: Plant.PERFECT_SLOW,
    27: Plant.PERFECT,
}


def about(what: str = "Class report", **changes: Any) -> About:
    """What a report says about itself."""
    return replace(About(what, "Juniper Row Primary School", AT, made_up=False), **changes)


@cache
def attempts(seed: int = SEED, pupils: int = len(NAMES)) -> dict[int, Attempt]:
    """Checks of a class: a few plants, the others of ability 80 or 95%."""
    chance = random.Random(seed)
    made = {}
    for place in range(pupils):
        plant = PLANTS.get(place, Plant.NONE) if seed == SEED else Plant.NONE
        ability = 0.62 if place in (0, 1) else 0.9 if place < 14 else 0.96
        table = {5: 7, 6: 12}.get(place, 0) if plant is Plant.LOST else 0
        made[place + 1] = make(Recipe(ability, plant, 1.0, spread=True, table=table), chance).attempt
    voided = replace(made[8].answers[11], voids=(Cause.KEYBOARD,))
    made[8] = replace(made[8], answers=(*made[8].answers[:11], voided, *made[8].answers[12:]))
    return made


@cache
def insight_of_class(seed: int = SEED, pupils: int = len(NAMES)) -> ClassInsight:
    """What insight says of such a class."""
    return class_insight(context_of(attempts(seed, pupils)))


def class_report(checks: dict[int, Attempt] | None = None, **changes: Any) -> ClassReport:
    """4A with 28 checks and two pupils with a reason, beside 2024."""
    taken = attempts() if checks is None else checks
    insight = insight_of_class() if checks is None else class_insight(context_of(taken))
    lines = [
        PupilLine(id_, NAMES[id_ - 1], one.attempt.score, len(one.attempt.answers), "Complete", one)
        for id_, one in insight.pupils.items()
    ]
    without = [
        PupilLine(101, "Achterberg, Nell", None, 25, "Working below expectation", None),
        PupilLine(102, "Reid, Callum", None, 25, "Absent during check window", None),
    ]
    scores = [line.score for line in lines if line.score is not None]
    report = ClassReport(
        about=about(),
        group="4A",
        groups=("4A", "4B"),
        days=DAYS if taken else None,
        insight=insight,
        lines=tuple(sorted([*lines, *without], key=lambda line: line.name)),
        with_reason=2,
        still_to_come=0,
        by_group=(),
        by_sex=groups({"Girls": scores[::2], "Boys": scores[1::2]}, 25),
        national=YEARS[2024],
        years=tuple(YEARS),
        two=(),
        unread=(),
    )
    return replace(report, **changes)


def pupil_report(pupil: int = 6, called: str = "Tom Evans", **changes: Any) -> PupilReport:
    """One of 4A, with three goes of "try it out"."""
    one = insight_of_class().pupils[pupil]
    days = (date(2027, 5, 14), date(2027, 5, 21), date(2027, 6, 2), date(2027, 6, 9))
    scores = (11, 13, 15, one.attempt.score)
    goes = [DatedGo(day, Go(score, 25, day == days[-1])) for day, score in zip(days, scores, strict=True)]
    when = datetime(2027, 6, 9, 9, 46, tzinfo=LONDON)
    report = PupilReport(about("Pupil report"), pupil, called, NAMES[pupil - 1], "4A", when, one, tuple(goes))
    return replace(report, **changes)


def governors_report(**changes: Any) -> GovernorsReport:
    """The same pupils without names."""
    insight = insight_of_class()
    scores = sorted(one.attempt.score for one in insight.pupils.values())
    assert insight.distribution is not None
    return replace(
        GovernorsReport(
            about=about("For governors"),
            days=DAYS,
            pupils=len(scores),
            average=insight.average,
            middle=insight.middle,
            full_marks=insight.full_marks,
            out_of=25,
            bands=bands_of(scores),
            by_class=groups({"4A": scores[:15], "4B": scores[15:26], "4C": scores[26:]}, 25),
            by_sex=groups({"Girls": scores[::2], "Boys": scores[1::2]}, 25),
            rows=insight.rows,
            tables=tuple(TableOfSchool(one.table, one.without) for one in insight.tables if one.without >= 5),
            national=YEARS[2025],
        ),
        **changes,
    )


def bands_of(scores: Sequence[int]) -> tuple[Band, ...]:
    """Bands of five pupils or more, from the top."""
    bands: list[Band] = []
    highest = low = 25
    count = 0
    for score in range(25, -1, -1):
        count += scores.count(score)
        low = score
        if count >= 5 and sum(one < score for one in scores) >= 5:
            bands.append(Band(low, highest, count))
            highest, count = score - 1, 0
    return (*bands, Band(low, highest, count))


def side_by_side(**changes: Any) -> SideBySide:
    """4A and 4B."""
    one, other = attempts(), attempts(11, 26)
    marks = [[marks_of(attempt.answers) for attempt in side.values()] for side in (one, other)]
    fit = fit_class([*marks[0], *marks[1]])
    return replace(
        SideBySide(
            about=about("Side by side"),
            one=_side("4A, the check", insight_of_class()),
            other=_side("4B, the check", insight_of_class(11, 26)),
            gap=gap_of_groups(marks[0], marks[1], fit),
            why_no_gap="",
            same_pupils=0,
        ),
        **changes,
    )


def _side(title: str, insight: ClassInsight) -> Side:
    return Side(title, len(insight.pupils), insight.distribution, insight.average, insight.middle, insight.rows)
