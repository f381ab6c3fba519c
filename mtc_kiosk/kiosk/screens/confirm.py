"""The page that asks whose check it is, with the name as large as possible."""

from dataclasses import replace

from mtc_kiosk.check.arrangements import Size
from mtc_kiosk.kiosk.drawing.fonts import Weight
from mtc_kiosk.kiosk.drawing.marks import Box, Mark, Rect
from mtc_kiosk.kiosk.drawing.theme import TextRole
from mtc_kiosk.kiosk.screens import widgets
from mtc_kiosk.kiosk.screens.fit_line import Fitted, Try, fitted
from mtc_kiosk.kiosk.screens.sheet import Align, Sheet
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.kiosk.view.scene import ConfirmView

# At the sketch's height.
NAME_SIZES = (Try(72, 1), Try(64, 1), Try(56, 2), Try(44, 2), Try(36, 3), Try(28, 3), Try(22, 4))


def confirm(sheet: Sheet, view: ConfirmView) -> list[Mark]:
    """Name, date of birth, school and group on one card, and what to press on the keyboard.

    Neither button is where "Sign in" was: a second press there must not confirm whose check it is.
    """
    layout, theme = sheet.layout, sheet.theme
    buttons = widgets.low_pair(sheet, Button.THATS_ME, Button.NOT_ME)
    keys = sheet.within(words.CONFIRM_KEYS[0], TextRole.SMALL, layout.page.w)
    deep = layout.px(24) + keys.size * 2 // 7 if layout.is_larger else layout.px(26)  # larger letters reach deeper
    foot, area = layout.low(1).y - deep, layout.body
    above = foot - layout.fonts.digit_height(keys) - layout.px(20)
    area = area._replace(h=above - area.y)
    heading, apart, inset = sheet.heading(words.IS_THIS_YOU), layout.px(40), layout.px(44)
    card_width = min(layout.page.w, layout.px(1000))
    room = card_width - 2 * inset
    scale = sheet.style(TextRole.TEXT).size
    regular = layout.style(replace(sheet.theme, size=Size.RGL).face(TextRole.TEXT)).size
    tries = [Try(layout.px(each.size) * scale // regular, each.lines) for each in NAME_SIZES]
    name = fitted(sheet, f"{view.forename} {view.surname}", Weight.BOLD, tries, room)
    details = _details(sheet, view, room)
    line_gap = layout.px(26)
    inner = name.height(layout.fonts) + layout.px(38) - line_gap
    inner += sum(detail.height(layout.fonts) + line_gap for detail in details)
    height = inner + 2 * inset
    top = area.y + (area.h - sheet.height(heading) - apart - height) // 2
    card = Rect(layout.page.middle[0] - card_width // 2, top + sheet.height(heading) + apart, card_width, height)
    marks = [*sheet.set(heading, top), Box(card, layout.radius, theme.card, theme.line, layout.hairline)]
    y = card.y + inset
    for number, block in enumerate((name, *details)):
        baseline = y + layout.fonts.digit_height(block.style)
        colour = theme.ink if number < 2 else theme.soft
        marks += [
            sheet.text(line, block.style, colour, (card.middle[0], baseline + index * block.pitch), Align.CENTRE)
            for index, line in enumerate(block.lines)
        ]
        y += block.height(layout.fonts) + (layout.px(38) if number == 0 else line_gap)
    prompt = sheet.text(words.CONFIRM_KEYS[0], keys, theme.ink, (layout.page.middle[0], foot), Align.CENTRE)
    return [*marks, prompt, *buttons]


def _details(sheet: Sheet, view: ConfirmView, width: int) -> list[Fitted]:
    size = sheet.style(TextRole.TEXT).size
    tries = (Try(size, 1), Try(size * 4 // 5, 2))
    lines = (words.born_on(view.date_of_birth), words.school_and_group(view.school, view.group))
    return [fitted(sheet, line, Weight.REGULAR, tries, width) for line in lines]
