"""One of each picture, of a made-up class and pupils who did what is rare; and a sheet of them all."""

import random
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

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
from mtc_kiosk.insight.class_figures import Distribution
from mtc_kiosk.insight.mistakes import mistakes
from mtc_kiosk.insight.national import YEARS, NationalYear
from mtc_kiosk.insight.practise import Go
from mtc_kiosk.insight.pupil import PupilInsight, context_of, pupil_insight
from mtc_kiosk.insight.whole_class import ClassInsight, class_insight
from tests.insight.made import KEYBOARD, answer, attempt, form

ASSETS = Path(__file__).parents[3] / "assets"

SCORES = {6: 1, 9: 1, 12: 1, 14: 1, 16: 1, 17: 1, 18: 1, 19: 1, 20: 2, 21: 2, 22: 2, 23: 3, 24: 4, 25: 7}
"""The class of the drawings: 28 pupils."""


def counts(scores: Mapping[int, int], out_of: int = 25) -> Distribution:
    """A distribution by hand."""
    return Distribution(tuple(scores.get(score, 0) for score in range(out_of + 1)))


def whole_year(year: int = 2024) -> NationalYear:
    """A year with every score, invented below 21."""
    below = {score: 1_500 + 90 * score * score // 2 for score in range(21)}
    return replace(YEARS[year], scores={**below, **YEARS[year].scores})


@cache
def pupils() -> dict[int, Attempt]:
    """Thirty pupils of every ability, with times."""
    chance = random.Random(7)
    found = {}
    for pupil in range(1, 31):
        able = chance.choice((0.5, 0.75, 0.9, 0.97))
        answers = []
        for number, item in enumerate(form(pupil), 1):
            think = round(chance.lognormvariate(7.2, 0.45))
            hard = able - 0.12 * (item.factor1 in (7, 8, 12))
            said = str(item.product) if chance.random() < hard else str(item.product + chance.choice((-1, 1, 10, -6)))
            answers.append(answer(number, item, said, think_ms=think, gap_ms=chance.randint(150, 700)))
        found[pupil] = Attempt(tuple(answers), KEYBOARD)
    return found


@cache
def a_class() -> ClassInsight:
    """The class's insight."""
    return class_insight(context_of(pupils()))


def insight_of(one: Attempt) -> PupilInsight:
    """A pupil's insight with this attempt and its mistakes; the rest, which no picture shows, is another's."""
    return replace(_another(), attempt=one, mistakes=mistakes(one.answers))


@cache
def _another() -> PupilInsight:
    return pupil_insight(1, context_of({1: attempt(form(1))}))


def tom() -> Attempt:
    """A pupil who types slowly: out of time four times, one of them with nothing typed."""
    one = attempt(form(3), {3: "48", 9: "54", 17: "28"}, think_ms=1_400, gap_ms=900)
    answers = list(one.answers)
    for number, think in ((5, None), (12, 4_000), (16, 4_600), (23, 5_100)):
        item = answers[number - 1].item
        typed = str(item.product)[:1] if think else ""
        presses = (Press(typed, think),) if think else ()
        answers[number - 1] = Answer(number, item, typed, False, AnsweredBy.TIMEOUT, presses)
    return replace(one, answers=tuple(answers))


def troubled() -> Attempt:
    """Everything that a fault can do, a key before the sum, the longest answer, one with a doubtful time."""
    one = attempt(form(5), {4: "10000", 11: "1234"}, think_ms=2_100, gap_ms=250)
    answers = list(one.answers)
    answers[1] = replace(answers[1], showing=2, voids=(Cause.FOCUS,))
    answers[6] = Answer(7, answers[6].item, "", False, AnsweredBy.FORFEIT, shown=False)
    answers[8] = replace(answers[8], presses=(), in_doubt=True)
    answers[13] = replace(answers[13], presses=(Press("3", -400), Press("6", 900)))
    return replace(one, answers=tuple(answers))


def without_limit() -> Attempt:
    """No time limit, and one answer after a minute and a half."""
    one = attempt(form(8), {2: "7"}, think_ms=5_200, gap_ms=800)
    slow = answer(6, one.answers[5].item, think_ms=95_000)
    answers = (*one.answers[:5], slow, *one.answers[6:])
    return replace(one, answers=answers, conditions=Conditions(Way.KEYBOARD, True, False, None))


def long_check() -> Attempt:
    """Sixty questions, some facts twice."""
    items = (*form(1), *form(2), *form(1)[:10])
    return attempt(items, {4: "1", 54: "2", 30: "3", 5: ""}, think_ms=2_500)


def goes(count: int = 3) -> tuple[DatedGo, ...]:
    """Goes of "try it out" a week apart, then the check."""
    tries = [
        DatedGo(date(2027, 5, 14) - timedelta(7 * place), Go(15 - 2 * place if place < 7 else 3, 25, False))
        for place in reversed(range(count))
    ]
    return (*tries, DatedGo(date(2027, 6, 9), Go(17, 25, True)))


BANDS = (Band(0, 10, 6), Band(11, 15, 9), Band(16, 20, 14), Band(21, 24, 27), Band(25, 25, 22))


@cache
def pictures() -> Mapping[str, Picture]:
    """Each picture by a name for its file, made once."""
    return made_now()


def made_now() -> Mapping[str, Picture]:
    """The same, made again."""
    made = a_class()
    tom_insight = insight_of(tom())
    return {
        "scores": scores_picture(counts(SCORES), YEARS[2024], "4A"),
        "scores_whole": scores_picture(counts({**SCORES, 25: 40, 24: 20}), whole_year(), "Year 4"),
        "scores_short": scores_picture(counts({3: 2, 7: 5, 10: 1}, 10), YEARS[2024], "4A"),
        "scores_hundreds": scores_picture(counts({score: 12 * score for score in range(26)}), whole_year(), ""),
        "facts": facts_picture(made.squares, made.rows),
        "asked": facts_asked_picture(tom()),
        "asked_long": facts_asked_picture(long_check()),
        "asked_troubled": facts_asked_picture(troubled()),
        "answers": answers_picture(tom_insight),
        "answers_troubled": answers_picture(insight_of(troubled())),
        "answers_without_limit": answers_picture(insight_of(without_limit())),
        "answers_assisted": answers_picture(insight_of(replace(tom(), assisted=True))),
        "answers_long": answers_picture(insight_of(long_check())),
        "answers_short": answers_picture(insight_of(attempt((Item(7, 8), Item(12, 12), Item(3, 4)), {2: "9"}))),
        "strip": strip(tom()),
        "strip_troubled": strip(troubled()),
        "strip_assisted": strip(replace(tom(), assisted=True)),
        "progress": progress_picture(goes()),
        "progress_many": progress_picture(goes(20)),
        "bands": bands_picture(BANDS, 25, YEARS[2024]),
        "bands_hundreds": bands_picture((Band(0, 20, 250), Band(21, 25, 431)), 25, whole_year()),
        "tables": tables_picture(made.rows),
    }


def sheet() -> str:
    """An HTML page of all pictures, each with its name; fonts and looks from ``assets``."""
    style = (ASSETS / "console" / "insight.css").read_text(encoding="utf-8")
    fonts = "".join(
        f"@font-face{{font-family:Andika;font-weight:{weight};src:url('{(ASSETS / 'fonts' / file).as_uri()}')}}"
        for weight, file in ((400, "Andika-Regular.ttf"), (700, "Andika-Bold.ttf"))
    )
    shown = "".join(
        f"<section class='{name.split('_')[0]}'><h2>{name}</h2><div class='in-roll'>{one.svg}</div></section>"
        for name, one in pictures().items()
    )
    page = (
        "body{font:16px/1.45 Andika;margin:16px;background:#fff;color:#16233B;columns:3;column-gap:32px}"
        "section{break-inside:avoid}section.answers{column-span:all;max-width:760px}h2{font-size:16px;margin:0}"
        "@media (max-width:700px){body{columns:1}}"
    )
    head = "<meta charset='utf-8'><meta name='viewport' content='width=device-width'><title>Pictures</title>"
    return f"<!doctype html><html lang='en'>{head}<style>{fonts}{style}{page}</style>{shown}</html>"
