"""The two quiet pages of arrangements before the check: the pupil's arrangements, and "find your keyboard"."""

from dataclasses import replace

from mtc_kiosk.kiosk.drawing.icons import Drawing
from mtc_kiosk.kiosk.drawing.marks import Box, Mark, Picture, Rect
from mtc_kiosk.kiosk.drawing.theme import TextRole
from mtc_kiosk.kiosk.screens import widgets
from mtc_kiosk.kiosk.screens.sheet import Sheet
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.kiosk.view.scene import KeyboardView, SettingsView

MOST_IN_A_COLUMN = 4


def settings(sheet: Sheet, view: SettingsView) -> list[Mark]:
    """One card with a line for each arrangement, ticked; buttons for those that the pupil may change."""
    layout = sheet.layout
    heading = sheet.heading(words.SETTINGS)
    introduction = () if sheet.fit.plain else words.SETTINGS_SENTENCES
    sentences = replace(sheet.sentences(introduction), before=sheet.space(32))
    lines = tuple(words.ARRANGEMENTS[code] for code in words.ARRANGEMENTS if code in view.codes)
    columns = 2 if layout.is_larger and len(lines) > MOST_IN_A_COLUMN and layout.width * 2 >= layout.height * 3 else 1
    deep = -(-len(lines) // columns)
    apart = sheet.space(28) if introduction else sheet.style(TextRole.HEADING).size // 4 + sheet.space(24)
    card_height = deep * _pitch(sheet) + 2 * layout.px(10)
    top = layout.body.y + (layout.body.h - sheet.height(heading) - sheet.height(sentences) - apart - card_height) // 2
    below = top + sheet.height(heading)
    can = ((Button.COLOURS, view.can_change_colours), (Button.SIZE, view.can_change_size))
    buttons = tuple(button for button, may in can if may)
    return [
        *sheet.set(heading, top),
        *sheet.set(sentences, below),
        *_list(sheet, lines, deep, below + sheet.height(sentences) + apart, card_height),
        *widgets.strong(sheet, Button.NEXT),
        *(widgets.quiet(sheet, *buttons) if buttons else []),
    ]


def _pitch(sheet: Sheet) -> int:
    return sheet.style(TextRole.SMALL).size * 3 // 2


def _list(sheet: Sheet, lines: tuple[str, ...], deep: int, top: int, height: int) -> list[Mark]:
    """The lines in columns of ``deep``, each after a tick."""
    layout, theme, pitch, style = sheet.layout, sheet.theme, _pitch(sheet), sheet.style(TextRole.SMALL)
    if not lines:
        return []
    size, inset, apart = pitch * 3 // 5, layout.px(36), layout.px(18)
    columns = [lines[start : start + deep] for start in range(0, len(lines), deep)]
    widths = [max(sheet.width(line, TextRole.SMALL) for line in column) + size + apart for column in columns]
    width = sum(widths) + (len(columns) - 1) * inset + 2 * inset
    card = Rect(layout.page.middle[0] - width // 2, top, width, height)
    marks: list[Mark] = [Box(card, layout.radius, theme.card, theme.line, layout.hairline)]
    for number, line in enumerate(lines):
        column, row = divmod(number, deep)
        left = card.x + inset + sum(widths[:column]) + column * inset
        middle = card.y + layout.px(10) + row * pitch + pitch // 2
        disc = Rect(left, middle - size // 2, size, size)
        baseline = middle + layout.fonts.digit_height(style) // 2
        marks += [
            Box(disc, size // 2, theme.mark),
            Picture(disc.grown(-size // 5), Drawing.TICK, (theme.on_mark,)),
            sheet.text(line, style, theme.ink, (disc.right + apart, baseline)),
        ]
    return marks


def keyboard(sheet: Sheet, view: KeyboardView) -> list[Mark]:
    """Next waits for a key; the drawing shows what to look for. Only the words change when a key was pressed."""
    layout, area = sheet.layout, sheet.layout.body
    heading = sheet.heading(words.KEYBOARD)
    sentences = sheet.sentences(words.KEYBOARD_FOUND if view.key_pressed else words.KEYBOARD_SENTENCES)
    both = max(
        sheet.height(sheet.sentences(each)) for each in (words.KEYBOARD_SENTENCES, words.KEYBOARD_FOUND)
    )  # the new words may have fewer lines
    size = layout.px(160) if not sheet.fit.plain else 0
    apart = layout.px(20) if size else 0
    top = area.y + (area.h - size - apart - sheet.height(heading) - both) // 2
    place = Rect(area.middle[0] - size // 2, top, size, size)
    marks: list[Mark] = [Picture(place, Drawing.KEYBOARD, sheet.palette)] if size else []
    top += size + apart
    return [
        *marks,
        *sheet.set(heading, top),
        *sheet.set(sentences, top + sheet.height(heading)),
        *widgets.strong(sheet, Button.NEXT, enabled=view.key_pressed),
        *widgets.changes(sheet),
    ]
