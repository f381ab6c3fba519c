"""The two screens on which the pupil waits: the pause before a question, and a held check."""

from mtc_kiosk.check.view import HeldView, PauseView
from mtc_kiosk.kiosk.drawing.marks import Box, Mark, Rect
from mtc_kiosk.kiosk.drawing.theme import TextRole
from mtc_kiosk.kiosk.screens import widgets
from mtc_kiosk.kiosk.screens.header import above, dots, head_sheet
from mtc_kiosk.kiosk.screens.sheet import FIT_STEPS, Sheet
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button


def pause(sheet: Sheet, view: PauseView) -> list[Mark]:
    """The number of the coming question, and nothing that must be read in a hurry."""
    sentence = words.WHEN_READY if view.next_button else words.GET_READY
    if view.saving:
        sentence = words.SAVING
    head = (
        above(sheet, view.number, view.total, practice=True)
        if view.practice
        else dots(head_sheet(sheet), view.number, view.total)
    )
    sentences = sheet.sentences((sentence,))
    button = widgets.strong(sheet, Button.NEXT) if view.next_button else []
    area = sheet.layout.body if sheet.layout.is_larger else sheet.layout.middle
    large = _on_one_line(sheet, words.coming(view.total, view.practice))
    heading = large.heading(words.coming(view.number, view.practice))
    top = area.y + (area.h - large.height(heading) - sheet.height(sentences)) // 2
    texts = [*large.set(heading, top), *sheet.set(sentences, top + large.height(heading))]
    marks = [*head, *texts, *button, *widgets.changes(sheet)]
    return marks if view.minutes_left is None else [*marks, *_gentle(sheet, view.minutes_left)]


def _on_one_line(sheet: Sheet, heading: str) -> Sheet:
    """The sheet, with smaller words if the heading would take two lines: its number is the only thing to read."""
    smaller = sheet
    for fit in FIT_STEPS:
        if (fit.shrunk, fit.grown) <= (sheet.fit.shrunk, sheet.fit.grown):
            smaller = sheet.fitting(fit)
            if len(smaller.heading(heading).lines) == 1:
                break
    return smaller


def _gentle(sheet: Sheet, minutes: int) -> list[Mark]:
    """A small card with the time left, in an empty part of the page; nothing moves for it."""
    layout, theme = sheet.layout, sheet.theme
    text = words.minutes_left(minutes)
    style = sheet.within(text, TextRole.SMALL if layout.is_larger else TextRole.TEXT, layout.page.w - 4 * layout.gap)
    height = layout.fonts.line_height(style) + 2 * layout.px(12)
    width = layout.fonts.width(text, style) + 2 * layout.px(36)
    place = layout.second(width)
    top = layout.head.bottom + layout.px(40) if sheet.scene.changes else place.bottom - height
    box = Rect(place.x, top, place.w, height)
    return [
        Box(box, layout.radius, theme.card, theme.ink, layout.hairline),
        sheet.centred(text, style, theme.ink, box),
    ]


def held(sheet: Sheet, view: HeldView) -> list[Mark]:
    """Says first that the pupil has done nothing wrong; staff continue by a quiet line, or by buttons."""
    if not sheet.scene.held_open:
        blocks = [sheet.heading(words.HELD), sheet.sentences(words.HELD_SENTENCES)]
        return [*sheet.stacked(blocks, sheet.layout.middle), *widgets.for_staff(sheet)]
    if sheet.scene.remedy and not view.only_stop:
        blocks = [sheet.heading(words.HELD), sheet.sentences((words.HELD_OPEN_SENTENCES[0], *sheet.scene.remedy))]
        return [*sheet.stacked(blocks), *widgets.quiet(sheet, Button.STOP)]
    sentences = words.HELD_STOP_SENTENCES if view.only_stop else words.HELD_OPEN_SENTENCES
    blocks = [sheet.heading(words.HELD), sheet.sentences(sentences)]
    if view.only_stop:
        return [*sheet.stacked(blocks), *widgets.strong(sheet, Button.STOP)]
    return [*sheet.stacked(blocks), *widgets.strong(sheet, Button.RESUME), *widgets.quiet(sheet, Button.STOP)]
