"""The staff page over a held check: the passcode first, then what staff may do, each with what it means."""

from mtc_kiosk.kiosk import words
from mtc_kiosk.kiosk.marks import Box, Mark, Rect
from mtc_kiosk.kiosk.scene import Button, StaffView
from mtc_kiosk.kiosk.screens import parts
from mtc_kiosk.kiosk.screens.sheet import Sheet
from mtc_kiosk.kiosk.theme import Type

MOST_DOTS = 12


def staff(sheet: Sheet, view: StaffView) -> list[Mark]:
    """Locked while digits are typed, open once ``passcode_digits`` is None."""
    if view.passcode_digits is not None:
        return _locked(sheet, view, view.passcode_digits)
    return _open(sheet, view)


def _locked(sheet: Sheet, view: StaffView, digits: int) -> list[Mark]:
    """The message has its room below the box whether there is one or not, so that the box stands still."""
    layout, theme = sheet.layout, sheet.theme
    heading, prompt = sheet.heading(words.STAFF), sheet.sentences((words.STAFF_PASSCODE,))
    message = sheet.sentences((view.message,) if view.message else ())
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


def _open(sheet: Sheet, view: StaffView) -> list[Mark]:
    layout = sheet.layout
    buttons = (Button.RESUME, Button.SET_ASIDE, Button.STOP) if view.can_resume else (Button.STOP,)
    heading = sheet.heading(words.STAFF)
    sentences = sheet.sentences((view.message,) if view.message else ())
    row_height, row_gap, apart = max(layout.touch, layout.px(72)), layout.px(20), layout.px(40)
    rows = len(buttons) * (row_height + row_gap) - row_gap
    area = Rect(
        layout.page.x, layout.head.bottom, layout.page.w, layout.second(1).y - layout.px(24) - layout.head.bottom
    )
    top = area.y + (area.h - sheet.height(heading) - sheet.height(sentences) - apart - rows) // 2
    marks = sheet.set(heading, top)
    top += sheet.height(heading)
    marks += sheet.set(sentences, top)
    top += sheet.height(sentences) + apart
    for index, button in enumerate(buttons):
        marks += _row(sheet, button, top + index * (row_height + row_gap), row_height)
    return [*marks, *_back(sheet)]


def _row(sheet: Sheet, button: Button, top: int, height: int) -> list[Mark]:
    layout = sheet.layout
    style = sheet.style(Type.SMALL)
    column = max(sheet.width(words.BUTTONS[each], Type.ROW) for each in words.STAFF_CHOICES) + 2 * layout.px(36)
    meaning = max(sheet.width(words.STAFF_CHOICES[each], Type.SMALL) for each in words.STAFF_CHOICES)
    left = layout.page.middle[0] - (column + layout.gap + meaning) // 2
    rect = Rect(left, top, column, height)
    baseline = top + (height - layout.edge) // 2 + layout.fonts.digit_height(style) // 2
    return [
        *parts.button_at(sheet, button, rect, words.BUTTONS[button], strong_one=button is Button.RESUME, kind=Type.ROW),
        sheet.text(words.STAFF_CHOICES[button], style, sheet.theme.ink, (rect.right + layout.gap, baseline)),
    ]


def _back(sheet: Sheet) -> list[Mark]:
    return parts.quiet(sheet, Button.BACK)
