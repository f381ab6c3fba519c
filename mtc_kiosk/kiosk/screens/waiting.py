"""The two screens on which the pupil waits: the pause before a question, and a check that is held."""

from mtc_kiosk.check.view import HeldView, PauseView
from mtc_kiosk.kiosk import words
from mtc_kiosk.kiosk.marks import Mark
from mtc_kiosk.kiosk.scene import Button
from mtc_kiosk.kiosk.screens import parts
from mtc_kiosk.kiosk.screens.question import above
from mtc_kiosk.kiosk.screens.sheet import Sheet


def pause(sheet: Sheet, view: PauseView) -> list[Mark]:
    """The number of the coming question, and nothing to read in a hurry."""
    sentence = words.WHEN_READY if view.next_button else words.GET_READY
    if view.saving:
        sentence = words.SAVING
    head = (
        above(sheet, view.number, view.total, practice=True)
        if view.practice
        else parts.dots(sheet, view.number, view.total)
    )
    blocks = [sheet.heading(words.coming(view.number, view.practice)), sheet.sentences((sentence,))]
    button = parts.strong(sheet, Button.NEXT) if view.next_button else []
    return [*head, *sheet.stacked(blocks, sheet.layout.middle), *button]


def held(sheet: Sheet, view: HeldView) -> list[Mark]:
    """Says first that the pupil has done nothing wrong; staff find their way by a quiet line, or by buttons."""
    if not sheet.scene.held_open:
        blocks = [sheet.heading(words.HELD), sheet.sentences(words.HELD_SENTENCES)]
        return [*sheet.stacked(blocks, sheet.layout.middle), *parts.for_staff(sheet)]
    sentences = words.HELD_STOP_SENTENCES if view.only_stop else words.HELD_OPEN_SENTENCES
    blocks = [sheet.heading(words.HELD), sheet.sentences(sentences)]
    if view.only_stop:
        return [*sheet.stacked(blocks), *parts.strong(sheet, Button.STOP)]
    return [*sheet.stacked(blocks), *parts.strong(sheet, Button.RESUME), *parts.quiet(sheet, Button.STOP)]
