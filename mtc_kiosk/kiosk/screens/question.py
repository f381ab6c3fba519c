"""The question: progress above, sum, answer and pad in the middle, time below, and nothing else.

It knows no right answer. Nothing moves when a digit appears: every place is the layout's.
"""

from mtc_kiosk.check.view import QuestionView
from mtc_kiosk.kiosk import words
from mtc_kiosk.kiosk.layout import QuestionPlaces, question_places
from mtc_kiosk.kiosk.marks import Bar, Box, Mark
from mtc_kiosk.kiosk.screens import parts
from mtc_kiosk.kiosk.screens.sheet import Align, Sheet
from mtc_kiosk.kiosk.theme import Type

PAD = (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"), ("Backspace", "0", "Enter"))
MOST_BLOCKS = 12


def question(sheet: Sheet, view: QuestionView) -> list[Mark]:
    """A question of the check or of the practice."""
    places = question_places(sheet.layout, sheet.theme.face(Type.SUM))
    return [
        *above(sheet, view.number, view.total, view.practice),
        *_sum(sheet, view, places),
        *_answer(sheet, view, places),
        *_pad(sheet, places),
        *_time(sheet, view),
    ]


def above(sheet: Sheet, number: int, total: int, practice: bool) -> list[Mark]:
    """The head of a question."""
    if practice:
        return parts.badge(sheet, words.practice_of(number, total)) + parts.aside(sheet, words.DOES_NOT_COUNT)
    return parts.progress(sheet, number, total) + parts.dots(sheet, number, total)


def _sum(sheet: Sheet, view: QuestionView, places: QuestionPlaces) -> list[Mark]:
    ink, style, fonts = sheet.theme.ink, places.style, sheet.layout.fonts
    if not view.sum_shown:
        quiet = sheet.style(Type.HEADING)
        return [sheet.text(words.LISTEN, quiet, sheet.theme.soft, (places.equals_right, places.baseline), Align.RIGHT)]
    marks: list[Mark] = []
    right = places.equals_right
    for sign in (words.EQUALS, str(view.factor2), words.TIMES, str(view.factor1)):
        marks.insert(0, sheet.text(sign, style, ink, (right, places.baseline), Align.RIGHT))
        right -= fonts.width(sign, style) + places.sign_gap
    return marks


def _answer(sheet: Sheet, view: QuestionView, places: QuestionPlaces) -> list[Mark]:
    theme, layout = sheet.theme, sheet.layout
    marks: list[Mark] = [Box(places.box, layout.radius, theme.card, theme.ink, layout.border)]
    if view.typed:
        marks.append(sheet.text(view.typed, places.style, theme.ink, (places.answer_left, places.baseline)))
    return marks


def _pad(sheet: Sheet, places: QuestionPlaces) -> list[Mark]:
    return [
        mark
        for row, keys in enumerate(PAD)
        for column, key in enumerate(keys)
        for mark in parts.key(sheet, key, places.key(column, row))
    ]


def _time(sheet: Sheet, view: QuestionView) -> list[Mark]:
    theme, layout, foot = sheet.theme, sheet.layout, sheet.layout.foot
    bold, style = sheet.style(Type.COUNT), sheet.style(Type.TEXT)
    if view.seconds is None or view.seconds_left is None:
        return []
    count, baseline = str(view.seconds_left), foot.y - layout.px(26)
    x = foot.x + layout.fonts.width(count, bold) + layout.px(10)
    parts_of_bar = max(1, view.seconds)
    gap = layout.px(10) if parts_of_bar <= MOST_BLOCKS else 0
    return [
        sheet.text(count, bold, theme.ink, (foot.x, baseline)),
        sheet.text(words.seconds_left(view.seconds_left), style, theme.soft, (x, baseline)),
        Bar(foot, parts_of_bar, view.seconds_left, gap, theme.mark, theme.line),
    ]
