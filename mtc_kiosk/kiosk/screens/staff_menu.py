"""The staff's pages: first the passcode, then what staff can do, each with its meaning.

Over a held check they see why it is held; elsewhere the menu.
"""

from collections.abc import Mapping

from mtc_kiosk.kiosk.drawing.marks import Box, Mark, Rect
from mtc_kiosk.kiosk.drawing.theme import TextRole
from mtc_kiosk.kiosk.screens import widgets
from mtc_kiosk.kiosk.screens.sheet import Sheet
from mtc_kiosk.kiosk.view import staff_words, words
from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.kiosk.view.scene import StaffMenuView, StaffView

MOST_DOTS = 12


def staff(sheet: Sheet, view: StaffView) -> list[Mark]:
    """Locked while digits are typed, open once ``passcode_digits`` is None."""
    if view.passcode_digits is not None:
        return _locked(sheet, view, view.passcode_digits)
    return _open(sheet, view)


def _locked(sheet: Sheet, view: StaffView, digits: int) -> list[Mark]:
    """The passcode box, with space below it for a message even if there is none, so that the box does not move."""
    layout, theme = sheet.layout, sheet.theme
    heading, prompt = sheet.heading(staff_words.STAFF), sheet.sentences((staff_words.STAFF_PASSCODE,))
    message = sheet.sentences(view.sentences)
    box_height, apart = layout.px(88), layout.px(44)
    height = sheet.height(heading) + 2 * sheet.height(prompt) + apart + box_height
    top = layout.body.y + (layout.body.h - height) // 2
    below = top + sheet.height(heading) + sheet.height(prompt) + apart
    width = layout.px(420)
    box = Rect(layout.page.middle[0] - width // 2, below, width, box_height)
    return [
        *sheet.set(heading, top),
        *sheet.set(prompt, top + sheet.height(heading)),
        Box(box, layout.radius, theme.card, theme.ink, layout.border),
        *_dots(sheet, box, min(digits, MOST_DOTS)),
        *sheet.set(message, box.bottom),
        *_back(sheet),
    ]


def _dots(sheet: Sheet, box: Rect, count: int) -> list[Mark]:
    size, pitch = sheet.layout.px(18), sheet.layout.px(32)
    left = box.middle[0] - (count * pitch - (pitch - size)) // 2
    top = box.middle[1] - size // 2
    return [Box(Rect(left + index * pitch, top, size, size), size // 2, sheet.theme.ink) for index in range(count)]


def menu(sheet: Sheet, view: StaffMenuView) -> list[Mark]:
    """Everything staff can do on a kiosk; "hold the check" only if one runs; where the rest is done."""
    layout = sheet.layout
    every = staff_words.ENROLLED_MENU if view.at_desk else staff_words.STAFF_MENU
    choices = {**every, Button.HELD: staff_words.held_checks(view.held)}
    rest = sheet.sentences((staff_words.REST_AT_DESK,)) if view.at_desk else sheet.sentences(())
    heading, apart, gap = sheet.heading(staff_words.STAFF), layout.px(44), layout.px(16)
    height, rows = max(layout.touch, layout.px(64)), len(view.offers)
    below = apart + sheet.height(rest) if view.at_desk else 0
    area = _room(sheet)
    top = area.y + (area.h - sheet.height(heading) - apart - rows * (height + gap) + gap - below) // 2
    marks = sheet.set(heading, top)
    top += sheet.height(heading) + apart
    for index, button in enumerate(view.offers):
        marks += _row(sheet, button, choices, top + index * (height + gap), height)
    marks += sheet.set(rest, top + rows * (height + gap) - gap + apart)
    return [*marks, *_back(sheet)]


def _open(sheet: Sheet, view: StaffView) -> list[Mark]:
    layout = sheet.layout
    buttons = (Button.RESUME, Button.SET_ASIDE, Button.STOP) if view.can_resume else (Button.STOP,)
    heading = sheet.heading(staff_words.STAFF)
    sentences = sheet.sentences(view.sentences)
    row_height, row_gap, apart = max(layout.touch, layout.px(72)), layout.px(20), layout.px(40)
    rows = len(buttons) * (row_height + row_gap) - row_gap
    area = _room(sheet)
    top = area.y + (area.h - sheet.height(heading) - sheet.height(sentences) - apart - rows) // 2
    marks = sheet.set(heading, top)
    top += sheet.height(heading)
    marks += sheet.set(sentences, top)
    top += sheet.height(sentences) + apart
    for index, button in enumerate(buttons):
        marks += _row(sheet, button, staff_words.STAFF_CHOICES, top + index * (row_height + row_gap), row_height)
    return [*marks, *_back(sheet)]


def _room(sheet: Sheet) -> Rect:
    layout = sheet.layout
    top = layout.head.bottom
    return Rect(layout.page.x, top, layout.page.w, layout.second(1).y - layout.px(24) - top)


def _row(sheet: Sheet, button: Button, choices: Mapping[Button, str], top: int, height: int) -> list[Mark]:
    """A button and its meaning; the column is as wide as the longest of all ``choices`` needs."""
    layout = sheet.layout
    style = sheet.style(TextRole.SMALL)
    column = max(sheet.width(words.BUTTONS[each], TextRole.ROW) for each in choices) + 2 * layout.px(36)
    meaning = max(sheet.width(each, TextRole.SMALL) for each in choices.values())
    left = layout.page.middle[0] - (column + layout.gap + meaning) // 2
    rect = Rect(left, top, column, height)
    baseline = top + (height - layout.edge) // 2 + layout.fonts.digit_height(style) // 2
    return [
        *widgets.button_at(
            sheet, button, rect, words.BUTTONS[button], strong_one=button is Button.RESUME, kind=TextRole.ROW
        ),
        sheet.text(choices[button], style, sheet.theme.ink, (rect.right + layout.gap, baseline)),
    ]


def _back(sheet: Sheet) -> list[Mark]:
    return widgets.quiet(sheet, Button.BACK)
