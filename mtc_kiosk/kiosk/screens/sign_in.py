"""The sign-in page: two boxes, letters and digits to press, and one calm place for what went wrong.

The letters lie as on the keyboard in front of the pupil, and are small ones, as on the slip. It knows no password and
no PIN: it shows what is typed.
"""

from dataclasses import dataclass
from itertools import accumulate

from mtc_kiosk.kiosk import words
from mtc_kiosk.kiosk.fonts import Style
from mtc_kiosk.kiosk.layout import SIDE_BY_SIDE, Layout
from mtc_kiosk.kiosk.marks import Box, Mark, Rect
from mtc_kiosk.kiosk.scene import Button, Field, SignInView, field_control
from mtc_kiosk.kiosk.screens import parts
from mtc_kiosk.kiosk.screens.sheet import Block, Sheet
from mtc_kiosk.kiosk.theme import Type

ROWS = (
    (*"1234567890",),
    (*"qwertyuiop",),
    (*"asdfghjkl",),
    ("Tab", *"zxcvbnm", "Backspace"),
)
LABELS = {Field.PASSWORD: words.SCHOOL_PASSWORD, Field.PIN: words.YOUR_PIN}
COLUMNS = 10
PIN_DIGITS = 4
WIDE = frozenset({"Tab", "Backspace"})


@dataclass(frozen=True)
class _Places:
    """Where heading, boxes and keys stand. ``keys`` holds ten columns and four rows, ``gap`` apart."""

    heading_top: int
    fields: dict[Field, Rect]
    keys: Rect
    gap: int


def sign_in(sheet: Sheet, view: SignInView) -> list[Mark]:
    """Boxes beside the keys where the display is wide, above them where it is not."""
    layout = sheet.layout
    places = (_beside if layout.width >= layout.height * SIDE_BY_SIDE else _below)(sheet)
    fields = [mark for field in LABELS for mark in _field(sheet, view, field, places.fields[field])]
    return [
        *sheet.set(sheet.heading(words.HELLO), places.heading_top),
        *fields,
        *_keyboard(sheet, places),
        *parts.strong(sheet, Button.SIGN_IN, enabled=view.can_send and not view.waiting),
        *_message(sheet, words.ONE_MOMENT if view.waiting else view.message),
    ]


def _label_height(sheet: Sheet) -> int:
    """From the top of a box's label to the box."""
    return sheet.layout.fonts.digit_height(sheet.style(Type.SMALL)) + sheet.layout.px(20)


def _beside(sheet: Sheet) -> _Places:
    layout, page = sheet.layout, sheet.layout.page
    gap, apart = layout.px(9), layout.px(58)
    key = max(layout.touch, min(layout.px(68), (page.w - layout.px(400) - apart - (COLUMNS - 1) * gap) // COLUMNS))
    keys = (COLUMNS * (key + gap) - gap, len(ROWS) * (max(layout.touch, layout.px(68)) + gap) - gap)
    heading = sheet.height(sheet.heading(words.HELLO))
    top = layout.body.y + (layout.body.h - heading - layout.px(52) - keys[1]) // 2
    below = top + heading + layout.px(52)
    width, height, label = page.w - keys[0] - apart, layout.px(88), _label_height(sheet)
    password = Rect(page.x, below + label, width, height)
    pin = Rect(page.x, below + keys[1] - height, width, height)
    fields = {Field.PASSWORD: password, Field.PIN: pin}
    return _Places(top, fields, Rect(page.right - keys[0], below, *keys), gap)


def _below(sheet: Sheet) -> _Places:
    layout, area = sheet.layout, sheet.layout.body
    gap, apart, label = layout.px(8), layout.px(20), _label_height(sheet)
    heading, height = sheet.height(sheet.heading(words.HELLO)), layout.px(70)
    key = (area.w - (COLUMNS - 1) * gap) // COLUMNS
    room = area.h - heading - label - height - 2 * apart - layout.px(6)
    tall = min((room - (len(ROWS) - 1) * gap) // len(ROWS), key * 5 // 4)
    keys = (COLUMNS * (key + gap) - gap, len(ROWS) * (tall + gap) - gap)
    spare = max(0, room - keys[1]) // 3
    top = area.y + layout.px(6) + spare
    boxes = top + heading + apart + spare + label
    left = keys[0] * 3 // 5
    fields = {
        Field.PASSWORD: Rect(area.x, boxes, left, height),
        Field.PIN: Rect(area.x + left + layout.gap, boxes, keys[0] - left - layout.gap, height),
    }
    return _Places(top, fields, Rect(area.x, boxes + height + apart + spare, *keys), gap)


def _field(sheet: Sheet, view: SignInView, field: Field, rect: Rect) -> list[Mark]:
    layout, theme = sheet.layout, sheet.theme
    control = field_control(field)
    takes = field is view.field
    label = sheet.text(LABELS[field], sheet.style(Type.SMALL), theme.ink, (rect.x, rect.y - layout.px(20)))
    box = Box(
        rect,
        layout.radius,
        theme.card,
        theme.ink,
        layout.border if takes else layout.hairline,
        sunk=control in sheet.scene.pressed,
        control=control,
    )
    ring = parts.ring(sheet, rect, layout.radius) if sheet.scene.focus == control else []
    inside = _pin(sheet, view, rect) if field is Field.PIN else _password(sheet, view, rect)
    return [label, *ring, box, *inside]


def _typed_style(sheet: Sheet, rect: Rect) -> Style:
    return Style(rect.h * 5 // 9, sheet.style(Type.TEXT).weight)


def _password(sheet: Sheet, view: SignInView, rect: Rect) -> list[Mark]:
    """The end of what is typed where the whole is too long, and a still line where the next letter will be."""
    layout, theme, fonts = sheet.layout, sheet.theme, sheet.layout.fonts
    style = _typed_style(sheet, rect)
    inset, thick = layout.px(24), layout.px(4)
    shown = view.password
    while fonts.width(shown, style) > rect.w - 2 * inset - 2 * thick:
        shown = shown[1:]
    baseline = rect.middle[1] + fonts.digit_height(style) // 2
    marks: list[Mark] = []
    if shown.strip():
        marks.append(sheet.text(shown, style, theme.ink, (rect.x + inset, baseline)))
    if view.field is Field.PASSWORD:
        x = rect.x + inset + fonts.width(shown, style) + thick
        marks.append(Box(Rect(x, rect.y + rect.h // 4, thick, rect.h // 2), 0, theme.mark))
    return marks


def _pin(sheet: Sheet, view: SignInView, rect: Rect) -> list[Mark]:
    """Four places, each with its digit or a line where it will be; a strong line at the next one."""
    layout, theme, fonts = sheet.layout, sheet.theme, sheet.layout.fonts
    style = _typed_style(sheet, rect)
    place = fonts.width("0", style)
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


def _keyboard(sheet: Sheet, places: _Places) -> list[Mark]:
    """Each row in the middle; the two keys that are no letters are half as wide again."""
    area, gap = places.keys, places.gap
    width, height = (area.w + gap) // COLUMNS - gap, (area.h + gap) // len(ROWS) - gap
    marks: list[Mark] = []
    for number, row in enumerate(ROWS):
        widths = [(width + gap) * 3 // 2 - gap if key in WIDE else width for key in row]
        left = area.x + (area.w - sum(widths) - gap * (len(row) - 1)) // 2
        ends = accumulate(each + gap for each in widths)
        for key, wide, end in zip(row, widths, ends, strict=True):
            rect = Rect(left + end - gap - wide, area.y + number * (height + gap), wide, height)
            marks += parts.key(sheet, key, rect)
    return marks


def _message(sheet: Sheet, sentences: tuple[str, ...]) -> list[Mark]:
    """Below the button, where nothing else is; smaller where it would take a third line."""
    layout, theme = sheet.layout, sheet.theme
    area = _message_area(layout)
    for kind in (Type.TEXT, Type.SMALL):
        lines = sheet.broken(sentences, kind, area.w)
        if len(lines) <= 2:
            break
    return sheet.stacked([Block(lines, kind, theme.ink, 0)], area)


def _message_area(layout: Layout) -> Rect:
    top = layout.button(1).bottom + layout.px(8)
    return Rect(layout.page.x, top, layout.page.w, layout.height - layout.px(20) - top)
