"""The sign-in page: two boxes, letters and digits to press, and one calm place for messages.

The letters are in the order of the keyboard in front of the pupil, and in lower case as on the slip.
"""

from mtc_kiosk.kiosk.drawing.marks import Box, Mark, Rect
from mtc_kiosk.kiosk.screens import text_entry, widgets
from mtc_kiosk.kiosk.screens.sheet import Sheet
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button, Field
from mtc_kiosk.kiosk.view.scene import SignInView

ROWS = (
    (*"1234567890",),
    (*"qwertyuiop",),
    (*"asdfghjkl",),
    ("Tab", *"zxcvbnm", "Backspace"),
)
PIN_DIGITS = 4


def sign_in(sheet: Sheet, view: SignInView) -> list[Mark]:
    """Password and PIN, and what to press."""
    places = text_entry.places(sheet, words.HELLO, ROWS, first_fifths=3)
    in_password = view.field is Field.PASSWORD
    return [
        *sheet.set(sheet.heading(words.HELLO), places.heading_top),
        *text_entry.box(sheet, Field.PASSWORD, words.SCHOOL_PASSWORD, places.first, takes=in_password),
        *text_entry.typed(sheet, view.password, places.first, takes=in_password),
        *text_entry.box(sheet, Field.PIN, words.YOUR_PIN, places.second, takes=view.field is Field.PIN),
        *_pin(sheet, view, places.second),
        *text_entry.keyboard(sheet, places, ROWS),
        *widgets.strong(sheet, Button.SIGN_IN, enabled=view.can_send and not view.waiting),
        *text_entry.message(sheet, words.ONE_MOMENT if view.waiting else view.message),
    ]


def _pin(sheet: Sheet, view: SignInView, rect: Rect) -> list[Mark]:
    """Four places, each with its digit or a line for it; a strong line at the next one."""
    layout, theme, fonts = sheet.layout, sheet.theme, sheet.layout.fonts
    style = text_entry.typed_style(sheet, rect)
    place = fonts.digit_width(style)
    apart = min(place * 2 // 3, (rect.w - 2 * layout.px(24) - PIN_DIGITS * place) // (PIN_DIGITS - 1))
    baseline = rect.middle[1] + fonts.digit_height(style) // 2
    marks: list[Mark] = []
    for index in range(PIN_DIGITS):
        x = rect.x + layout.px(24) + index * (place + apart)
        if index < len(view.pin):
            marks.append(sheet.text(view.pin[index], style, theme.ink, (x, baseline)))
        else:
            strong = view.field is Field.PIN and index == len(view.pin)
            line = Rect(x, baseline - layout.px(4), place, layout.px(5 if strong else 3))
            marks.append(Box(line, 0, theme.mark if strong else theme.soft))
    return marks
