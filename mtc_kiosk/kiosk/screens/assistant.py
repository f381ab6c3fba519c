"""The page that asks who types for the pupil: two boxes for a name, and letters to press."""

from mtc_kiosk.kiosk.drawing.marks import Mark
from mtc_kiosk.kiosk.screens import text_entry, widgets
from mtc_kiosk.kiosk.screens.sheet import Sheet
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button, Field
from mtc_kiosk.kiosk.view.scene import AssistantView

ROWS = (
    (*"qwertyuiop",),
    (*"asdfghjkl", "'"),
    (*"zxcvbnm", "-", "Backspace"),
    ("Tab", "Space"),
)


def assistant(sheet: Sheet, view: AssistantView) -> list[Mark]:
    """First and last name; whose name is asked for is explained below the button, where messages go."""
    places = text_entry.places(sheet, words.ASSISTANT, ROWS, first_fifths=0)
    boxes = (
        (Field.FORENAME, words.ASSISTANT_FORENAME, view.forename, places.first),
        (Field.SURNAME, words.ASSISTANT_SURNAME, view.surname, places.second),
    )
    marks = sheet.set(sheet.heading(words.ASSISTANT), places.heading_top)
    for field, label, text, place in boxes:
        marks += text_entry.box(sheet, field, label, place, takes=field is view.field)
        marks += text_entry.typed(sheet, text, place, takes=field is view.field)
    return [
        *marks,
        *text_entry.keyboard(sheet, places, ROWS),
        *widgets.strong(sheet, Button.NEXT, enabled=view.can_go_on),
        *text_entry.message(sheet, view.message or words.ASSISTANT_SENTENCES),
    ]
