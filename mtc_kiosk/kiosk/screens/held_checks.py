"""The list of held checks behind the passcode: choose one, then choose what to do with it."""

from mtc_kiosk.kiosk.drawing.fonts import Weight
from mtc_kiosk.kiosk.drawing.marks import Mark, Rect
from mtc_kiosk.kiosk.drawing.theme import TextRole
from mtc_kiosk.kiosk.screens import list_page, widgets
from mtc_kiosk.kiosk.screens.fit_line import column, fitted, placed
from mtc_kiosk.kiosk.screens.sheet import Align, Sheet
from mtc_kiosk.kiosk.view import staff_words, words
from mtc_kiosk.kiosk.view.controls import Button, Control, Row
from mtc_kiosk.kiosk.view.rows import HELD_A_PAGE, HeldRow
from mtc_kiosk.kiosk.view.scene import HeldListView

# From the left; "carry on" is in the place of the strong button.
CHOICES = (Button.SET_ASIDE, Button.RESUME, Button.STOP)


def held_checks(sheet: Sheet, view: HeldListView) -> list[Mark]:
    """Two lines for each check: who and where, why and since when."""
    top = list_page.title(sheet, staff_words.HELD_CHECKS)
    if not view.rows:
        return [
            *top,
            *list_page.nothing(sheet, staff_words.NO_HELD_CHECKS),
            *list_page.turning(sheet, view.page, view.pages),
        ]
    layout = sheet.layout
    room = list_page.area(layout, layout.button(1).y - layout.px(28))
    gap = layout.px(14)
    height = min(layout.px(104), (room.h - (HELD_A_PAGE - 1) * gap) // HELD_A_PAGE)
    marks: list[Mark] = []
    for index, row in enumerate(view.rows):
        place = Rect(room.x, room.y + index * (height + gap), room.w, height)
        marks += _row(sheet, row, place, Row(index), chosen=index == view.chosen)
    return [
        *top,
        *_message(sheet, view.message),
        *marks,
        *_choices(sheet, view),
        *list_page.turning(sheet, view.page, view.pages),
    ]


def _message(sheet: Sheet, sentence: str) -> list[Mark]:
    """A sentence at the right of the heading, so that nothing moves for it."""
    area = list_page.title_area(sheet.layout)
    room = area.w - sheet.width(staff_words.HELD_CHECKS, TextRole.TITLE) - sheet.layout.gap
    message = fitted(sheet, sentence, Weight.REGULAR, column(sheet, TextRole.SMALL, area.h), room)
    return placed(sheet, message, sheet.theme.ink, area, Align.RIGHT)


def _row(sheet: Sheet, row: HeldRow, place: Rect, control: Control, *, chosen: bool) -> list[Mark]:
    layout, theme = sheet.layout, sheet.theme
    marks, room = list_page.row(sheet, place, control, chosen=chosen)
    half = room.h // 2
    upper = Rect(room.x, room.y + room.h // 24, room.w, half)
    lower = Rect(room.x, room.bottom - room.h // 24 - half, room.w, half)
    for area, left_words, right_words, weight, colour in (
        (upper, row.name, row.kiosk, Weight.BOLD, theme.ink),
        (lower, row.why, staff_words.held_since(row.since), Weight.REGULAR, theme.soft),
    ):
        sizes = column(sheet, TextRole.SMALL, 0)
        aside = fitted(sheet, right_words, Weight.REGULAR, sizes, area.w * 7 // 20)
        left = area._replace(w=area.w - aside.width(layout.fonts) - layout.gap)
        marks += placed(sheet, fitted(sheet, left_words, weight, sizes, left.w), colour, left)
        marks += placed(sheet, aside, theme.soft, area, Align.RIGHT)
    return marks


def _choices(sheet: Sheet, view: HeldListView) -> list[Mark]:
    layout = sheet.layout
    width = max(sheet.width(words.BUTTONS[each], TextRole.BUTTON) for each in CHOICES) + 2 * layout.px(36)
    middle = layout.button(width)
    marks: list[Mark] = []
    for index, button in enumerate(CHOICES):
        place = middle.moved((index - 1) * (middle.w + layout.px(36)), 0)
        marks += widgets.button_at(
            sheet,
            button,
            place,
            words.BUTTONS[button],
            strong_one=button is Button.RESUME,
            enabled=view.chosen is not None and button in view.offered,
            kind=TextRole.BUTTON,
        )
    return marks
