"""The shared parts of the two pages with text boxes: boxes, keys to press, and a calm place for messages."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from mtc_kiosk.check.arrangements import Size
from mtc_kiosk.kiosk.drawing.fonts import Style
from mtc_kiosk.kiosk.drawing.marks import Box, Mark, Rect
from mtc_kiosk.kiosk.drawing.page_layout import SIDE_BY_SIDE, Layout
from mtc_kiosk.kiosk.drawing.theme import TextRole
from mtc_kiosk.kiosk.screens import widgets
from mtc_kiosk.kiosk.screens.sheet import FIT_STEPS, Block, Sheet
from mtc_kiosk.kiosk.view.controls import Field

Rows = Sequence[Sequence[str]]
COLUMNS = 10
LEAST_KEY = {Size.LRG: 53, Size.XLG: 50, Size.XXL: 48}  # below the boxes; else the heading would take its room
WIDE = {"Tab": 3, "Backspace": 3, "Space": 10}  # in halves of a key


@dataclass(frozen=True)
class EntryLayout:
    """The places of the heading, the two boxes and the keys. ``keys`` has ten columns with ``gap`` between them."""

    heading_top: int
    first: Rect
    second: Rect
    keys: Rect
    gap: int


def places(sheet: Sheet, heading: str, rows: Rows, *, first_fifths: int) -> EntryLayout:
    """Boxes beside the keys if the display is wide, else above them.

    ``first_fifths`` is the first box's part of the width if they are side by side.
    """
    if sheet.layout.width >= sheet.layout.height * SIDE_BY_SIDE:
        return _beside(sheet, heading, rows)
    return _below(sheet, heading, rows, first_fifths)


def _label_height(sheet: Sheet) -> int:
    """From the top of a box's label to the box."""
    return sheet.layout.fonts.digit_height(sheet.style(TextRole.SMALL)) + _label_gap(sheet)


def _label_gap(sheet: Sheet) -> int:
    """From a label's baseline to its box: clear of the ring, however low its letters reach."""
    layout = sheet.layout
    return layout.px(15) + sheet.style(TextRole.SMALL).size * 2 // 7 if layout.is_larger else layout.px(20)


def _beside(sheet: Sheet, title: str, rows: Rows) -> EntryLayout:
    layout, page = sheet.layout, sheet.layout.page
    gap, apart = layout.px(9), layout.px(58)
    heading, between = sheet.height(sheet.heading(title)), sheet.space(52)
    room = (layout.body.h - heading - between) // len(rows) - gap
    key = max(layout.touch, min(layout.px(68), (page.w - layout.px(400) - apart - (COLUMNS - 1) * gap) // COLUMNS))
    tall = max(layout.touch, min(layout.px(68), max(layout.px(62), room)) if layout.is_larger else layout.px(68))
    keys = (COLUMNS * (key + gap) - gap, len(rows) * (tall + gap) - gap)
    top = layout.body.y + (layout.body.h - heading - between - keys[1]) // 2
    below = top + heading + between
    width, height, label = page.w - keys[0] - apart, layout.px(88), _label_height(sheet)
    first = Rect(page.x, below + label, width, height)
    second = Rect(page.x, below + keys[1] - height, width, height)
    return EntryLayout(top, first, second, Rect(page.right - keys[0], below, *keys), gap)


def _below(sheet: Sheet, title: str, rows: Rows, first_fifths: int) -> EntryLayout:
    layout, area = sheet.layout, sheet.layout.body
    gap, apart, label = layout.px(8), layout.px(14 if layout.is_larger else 20), _label_height(sheet)
    heading, height = sheet.height(sheet.heading(title)), layout.px(70)
    deep = layout.px(6) + sheet.style(TextRole.HEADING).size // 4 if layout.is_larger else apart
    key = (area.w - (COLUMNS - 1) * gap) // COLUMNS
    room = area.h - heading - label - height - deep - apart - layout.px(6)
    least = max(layout.touch, layout.px(LEAST_KEY.get(layout.size, 1)))
    tall = max(least, min((room - (len(rows) - 1) * gap) // len(rows), key * 5 // 4))
    keys = (COLUMNS * (key + gap) - gap, len(rows) * (tall + gap) - gap)
    spare = max(0, room - keys[1]) // 3
    top = area.y + layout.px(6) + spare
    boxes = top + heading + deep + spare + label
    left = keys[0] * first_fifths // 5 if first_fifths else (keys[0] - layout.gap) // 2
    return EntryLayout(
        top,
        Rect(area.x, boxes, left, height),
        Rect(area.x + left + layout.gap, boxes, keys[0] - left - layout.gap, height),
        Rect(area.x, boxes + height + apart + spare, *keys),
        gap,
    )


def box(sheet: Sheet, field: Field, label: str, rect: Rect, *, takes: bool) -> list[Mark]:
    """An empty box with its label; a thicker border if it ``takes`` what is typed next."""
    layout, theme = sheet.layout, sheet.theme
    control = field
    caption = sheet.text(label, sheet.style(TextRole.SMALL), theme.ink, (rect.x, rect.y - _label_gap(sheet)))
    empty = Box(
        rect,
        layout.radius,
        theme.card,
        theme.ink,
        layout.border if takes else layout.hairline,
        sunk=control in sheet.scene.pressed,
        control=control,
    )
    ring = widgets.ring(sheet, rect, layout.radius) if sheet.scene.focus == control else []
    return [caption, *ring, empty]


def typed_style(sheet: Sheet, rect: Rect) -> Style:
    """The type of typed text, by its box."""
    text = sheet.style(TextRole.TEXT)
    return Style(rect.h * 5 // 9, text.weight, text.typeface)


def typed(sheet: Sheet, text: str, rect: Rect, *, takes: bool) -> list[Mark]:
    """The typed text, or its end if it is too long, and a still line at the place of the next letter."""
    layout, theme, fonts = sheet.layout, sheet.theme, sheet.layout.fonts
    style = typed_style(sheet, rect)
    inset, thick = layout.px(24), layout.px(4)
    shown = text
    while fonts.width(shown, style) > rect.w - 2 * inset - 2 * thick:
        shown = shown[1:]
    baseline = rect.middle[1] + fonts.digit_height(style) // 2
    marks: list[Mark] = []
    if shown.strip():
        marks.append(sheet.text(shown, style, theme.ink, (rect.x + inset, baseline)))
    if takes:
        x = rect.x + inset + fonts.width(shown, style) + thick
        marks.append(Box(Rect(x, rect.y + rect.h // 4, thick, rect.h // 2), 0, theme.mark))
    return marks


def keyboard(sheet: Sheet, places: EntryLayout, rows: Rows) -> list[Mark]:
    """Each row centred; keys that are not letters are wider."""
    area, gap = places.keys, places.gap
    width, height = (area.w + gap) // COLUMNS - gap, (area.h + gap) // len(rows) - gap
    marks: list[Mark] = []
    for number, row in enumerate(rows):
        widths = [(width + gap) * WIDE.get(key, 2) // 2 - gap for key in row]
        left = area.x + (area.w - sum(widths) - gap * (len(row) - 1)) // 2
        ends = accumulate(each + gap for each in widths)
        for key, wide, end in zip(row, widths, ends, strict=True):
            rect = Rect(left + end - gap - wide, area.y + number * (height + gap), wide, height)
            marks += widgets.key(sheet, key, rect)
    return marks


def message(sheet: Sheet, sentences: tuple[str, ...]) -> list[Mark]:
    """A message below the button, where the page is empty; smaller if it would take a third line."""
    layout, theme = sheet.layout, sheet.theme
    area = _message_area(layout)
    for kind, fit in ((kind, fit) for fit in FIT_STEPS for kind in (TextRole.TEXT, TextRole.SMALL)):
        smaller = sheet.fitting(fit)
        block = Block(smaller.broken(sentences, kind, area.w), kind, theme.ink, 0)
        if len(block.lines) <= 2 and smaller.height(block) <= area.h - layout.px(16):
            break
    return smaller.stacked([block], area)


def _message_area(layout: Layout) -> Rect:
    top = layout.button(1).bottom + layout.px(8)
    return Rect(layout.page.x, top, layout.page.w, layout.height - layout.px(20) - top)
