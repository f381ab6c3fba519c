"""The page that asks who types for the pupil: two boxes for a name, and letters to press.

It knows no name: it shows what is typed.
"""

from mtc_kiosk.kiosk import words
from mtc_kiosk.kiosk.marks import Mark
from mtc_kiosk.kiosk.scene import AssistantView, Button, Field
from mtc_kiosk.kiosk.screens import parts, typing
from mtc_kiosk.kiosk.screens.sheet import Sheet

ROWS = (
    (*"qwertyuiop",),
    (*"asdfghjkl", "'"),
    (*"zxcvbnm", "-", "Backspace"),
    ("Tab", "Space"),
)


def assistant(sheet: Sheet, view: AssistantView) -> list[Mark]:
    """First and last name; whose they are is said below the button, where a message stands otherwise."""
    places = typing.places(sheet, words.ASSISTANT, ROWS, first_fifths=0)
    boxes = (
        (Field.FORENAME, words.ASSISTANT_FORENAME, view.forename, places.first),
        (Field.SURNAME, words.ASSISTANT_SURNAME, view.surname, places.second),
    )
    marks = sheet.set(sheet.heading(words.ASSISTANT), places.heading_top)
    for field, label, text, place in boxes:
        marks += typing.box(sheet, field, label, place, takes=field is view.field)
        marks += typing.typed(sheet, text, place, takes=field is view.field)
    return [
        *marks,
        *typing.keyboard(sheet, places, ROWS),
        *parts.strong(sheet, Button.NEXT, enabled=view.can_go_on),
        *typing.message(sheet, view.message or words.ASSISTANT_SENTENCES),
    ]
