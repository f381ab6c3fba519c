"""The two quiet pages of arrangements before the check: what the pupil has, and the keyboard that takes the pad's place.

It knows which arrangements there are and their words, not what any of them does.
"""

from dataclasses import replace

from mtc_kiosk.kiosk import words
from mtc_kiosk.kiosk.marks import Box, Mark, Picture, Rect
from mtc_kiosk.kiosk.pictures import Drawing
from mtc_kiosk.kiosk.scene import Button, KeyboardView, SettingsView
from mtc_kiosk.kiosk.screens import parts
from mtc_kiosk.kiosk.screens.sheet import Sheet
from mtc_kiosk.kiosk.theme import Type


def settings(sheet: Sheet, view: SettingsView) -> list[Mark]:
    """One card with a line for each arrangement, ticked; the buttons to change what the pupil may change."""
    layout = sheet.layout
    heading = sheet.heading(words.SETTINGS)
    said = () if sheet.fit.plain else words.SETTINGS_SENTENCES
    sentences = replace(sheet.sentences(said), before=sheet.space(32))
    lines = tuple(words.ARRANGEMENTS[code] for code in words.ARRANGEMENTS if code in view.codes)
    apart, pitch = sheet.space(28), _pitch(sheet)
    card_height = len(lines) * pitch + 2 * layout.px(10)
    top = layout.body.y + (layout.body.h - sheet.height(heading) - sheet.height(sentences) - apart - card_height) // 2
    below = top + sheet.height(heading)
    buttons = tuple(
        button
        for button, can in ((Button.COLOURS, view.can_change_colours), (Button.SIZE, view.can_change_size))
        if can
    )
    return [
        *sheet.set(heading, top),
        *sheet.set(sentences, below),
        *_list(sheet, lines, below + sheet.height(sentences) + apart, card_height),
        *parts.strong(sheet, Button.NEXT),
        *(parts.quiet(sheet, *buttons) if buttons else []),
    ]


def _pitch(sheet: Sheet) -> int:
    return sheet.style(Type.SMALL).size * 3 // 2


def _list(sheet: Sheet, lines: tuple[str, ...], top: int, height: int) -> list[Mark]:
    """The lines under each other, each behind a tick."""
    layout, theme, pitch = sheet.layout, sheet.theme, _pitch(sheet)
    if not lines:
        return []
    size = pitch * 3 // 5
    width = max(sheet.width(line, Type.SMALL) for line in lines) + size + layout.px(18) + 2 * layout.px(36)
    card = Rect(layout.page.middle[0] - width // 2, top, width, height)
    marks: list[Mark] = [Box(card, layout.radius, theme.card, theme.line, layout.hairline)]
    style = sheet.style(Type.SMALL)
    for number, line in enumerate(lines):
        middle = card.y + layout.px(10) + number * pitch + pitch // 2
        disc = Rect(card.x + layout.px(36), middle - size // 2, size, size)
        baseline = middle + layout.fonts.digit_height(style) // 2
        marks += [
            Box(disc, size // 2, theme.mark),
            Picture(disc.grown(-size // 5), Drawing.TICK, (theme.on_mark,)),
            sheet.text(line, style, theme.ink, (disc.right + layout.px(18), baseline)),
        ]
    return marks


def keyboard(sheet: Sheet, view: KeyboardView) -> list[Mark]:
    """Next waits for a key; the drawing shows what to look for. Nothing but the words changes when one was pressed."""
    layout, area = sheet.layout, sheet.layout.body
    heading = sheet.heading(words.KEYBOARD)
    sentences = sheet.sentences(words.KEYBOARD_FOUND if view.key_pressed else words.KEYBOARD_SENTENCES)
    both = max(
        sheet.height(sheet.sentences(each)) for each in (words.KEYBOARD_SENTENCES, words.KEYBOARD_FOUND)
    )  # the words that come need not be as many lines
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
        *parts.strong(sheet, Button.NEXT, enabled=view.key_pressed),
        *parts.changes(sheet),
    ]
