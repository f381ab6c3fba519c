"""The question: progress above, sum, answer and pad in the middle, time below, and nothing else.

Nothing moves when a digit appears: the layout fixes every place. The right answer is not known here.
"""

from mtc_kiosk.check.arrangements import Countdown
from mtc_kiosk.check.view import QuestionView
from mtc_kiosk.kiosk.drawing.marks import Bar, Box, Mark
from mtc_kiosk.kiosk.drawing.question_geometry import QuestionPlaces, speaker_place
from mtc_kiosk.kiosk.drawing.question_layout import question_places
from mtc_kiosk.kiosk.drawing.theme import TextRole
from mtc_kiosk.kiosk.screens import widgets
from mtc_kiosk.kiosk.screens.header import above
from mtc_kiosk.kiosk.screens.sheet import Align, Sheet
from mtc_kiosk.kiosk.view import words

PAD = (("1", "2", "3"), ("4", "5", "6"), ("7", "8", "9"), ("Backspace", "0", "Enter"))
MOST_BLOCKS = 12


def question(sheet: Sheet, view: QuestionView) -> list[Mark]:
    """A question of the check or of the practice."""
    places = question_places(sheet.layout, sheet.theme, speaker=view.has_speaker)
    return [
        *above(sheet, view.number, view.total, practice=view.practice),
        *_sum(sheet, view, places),
        *_answer(sheet, view, places),
        *_pad(sheet, places),
        *_time(sheet, view),
        *_speaker(sheet, view),
    ]


def _sum(sheet: Sheet, view: QuestionView, places: QuestionPlaces) -> list[Mark]:
    ink, style, fonts = sheet.theme.ink, places.style, sheet.layout.fonts
    if not view.sum_shown:
        quiet, at = sheet.style(TextRole.HEADING), (places.equals_right, places.sum_baseline)
        return [sheet.text(words.LISTEN, quiet, sheet.theme.soft, at, Align.RIGHT)]
    marks: list[Mark] = []
    right = places.equals_right
    for sign in (words.EQUALS, str(view.factor2), words.TIMES, str(view.factor1)):
        marks.insert(0, sheet.text(sign, style, ink, (right, places.sum_baseline), Align.RIGHT))
        right -= fonts.width(sign, style) + places.sign_gap
    return marks


def _answer(sheet: Sheet, view: QuestionView, places: QuestionPlaces) -> list[Mark]:
    theme, layout = sheet.theme, sheet.layout
    marks: list[Mark] = [Box(places.box, layout.radius, theme.card, theme.ink, layout.border)]
    if view.typed:
        marks.append(sheet.text(view.typed, places.style, theme.ink, (places.answer_left, places.baseline)))
    return marks


def _pad(sheet: Sheet, places: QuestionPlaces) -> list[Mark]:
    if places.pad is None:
        return []
    return [
        mark
        for row, keys in enumerate(PAD)
        for column, key in enumerate(keys)
        for mark in widgets.key(sheet, key, places.key(column, row))
    ]


def _time(sheet: Sheet, view: QuestionView) -> list[Mark]:
    theme, layout, foot = sheet.theme, sheet.layout, sheet.layout.foot
    bold, style = sheet.style(TextRole.COUNT), sheet.style(TextRole.TEXT)
    if view.seconds is None or view.seconds_left is None or theme.countdown is Countdown.HIDDEN:
        return []
    count, baseline = str(view.seconds_left), foot.y - layout.px(26)
    x = foot.x + len(count) * layout.fonts.digit_width(bold) + layout.px(10)
    parts_of_bar = max(1, view.seconds)
    gap = layout.px(10) if parts_of_bar <= MOST_BLOCKS else 0
    bar = Bar(foot, parts_of_bar, view.seconds_left, gap, theme.mark, theme.line)
    if theme.countdown is Countdown.BAR:
        return [bar]
    return [
        sheet.text(count, bold, theme.ink, (foot.x, baseline)),
        sheet.text(words.seconds_left(view.seconds_left), style, theme.soft, (x, baseline)),
        bar,
    ]


def _speaker(sheet: Sheet, view: QuestionView) -> list[Mark]:
    """The audio version's button to hear the question again."""
    if not view.has_speaker:
        return []
    return widgets.speaker(sheet, speaker_place(sheet.layout), enabled=view.can_repeat)
