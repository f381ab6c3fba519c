""" "How was it": five hills from flat to steep. No answer is required, and no picture is a judging face."""

from mtc_kiosk.kiosk.drawing.icons import HILLS, Drawing
from mtc_kiosk.kiosk.drawing.marks import Box, Mark, Picture, Rect
from mtc_kiosk.kiosk.drawing.theme import TextRole
from mtc_kiosk.kiosk.screens import widgets
from mtc_kiosk.kiosk.screens.sheet import Align, Sheet
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button, Feeling
from mtc_kiosk.kiosk.view.scene import HowWasItView


def how_was_it(sheet: Sheet, view: HowWasItView) -> list[Mark]:
    """The five answers; Send waits for one of them, Skip does not."""
    layout = sheet.layout
    heading = sheet.heading(words.HOW_WAS_IT)
    card_height, apart = layout.px(236), layout.px(60)
    top = layout.body.y + (layout.body.h - sheet.height(heading) - apart - card_height) // 2
    return [
        *sheet.set(heading, top),
        *_choices(sheet, view, top + sheet.height(heading) + apart, card_height),
        *widgets.strong(sheet, Button.SEND, enabled=view.chosen is not None),
        *widgets.quiet(sheet, Button.SKIP),
    ]


def _choices(sheet: Sheet, view: HowWasItView, top: int, height: int) -> list[Mark]:
    layout = sheet.layout
    gap = layout.px(16)
    count = len(HILLS)
    width = min(layout.px(200), (layout.page.w - (count - 1) * gap) // count)
    left = layout.page.middle[0] - (count * (width + gap) - gap) // 2
    marks: list[Mark] = []
    for index, (feeling, hill) in enumerate(zip(Feeling, HILLS, strict=True)):
        area = Rect(left + index * (width + gap), top, width, height)
        marks += _choice(sheet, feeling, hill, area, chosen=view.chosen is feeling)
    return marks


def _choice(sheet: Sheet, feeling: Feeling, hill: Drawing, area: Rect, *, chosen: bool) -> list[Mark]:
    layout, theme = sheet.layout, sheet.theme
    control = feeling
    marks: list[Mark] = widgets.ring(sheet, area, layout.radius) if sheet.scene.focus == control else []
    box = Box(
        area,
        layout.radius,
        theme.card,
        theme.mark if chosen else theme.key_edge,
        layout.border if chosen else layout.hairline,
        edge=theme.mark_edge if chosen else theme.key_edge,
        depth=layout.edge,
        sunk=control in sheet.scene.pressed,
        control=control,
    )
    face = widgets.face(box)
    size = min(face.w - 2 * layout.px(24), layout.px(140))
    picture = Rect(face.middle[0] - size // 2, face.y + layout.px(24), size, size)
    style = sheet.style(TextRole.SMALL)
    baseline = face.bottom - layout.px(28)
    marks += [
        box,
        Picture(picture, hill, sheet.palette),
        sheet.text(words.FEELINGS[feeling], style, theme.ink, (face.middle[0], baseline), Align.CENTRE),
    ]
    return marks + (_tick(sheet, face) if chosen else [])


def _tick(sheet: Sheet, face: Rect) -> list[Mark]:
    size = sheet.layout.px(40)
    area = Rect(face.middle[0] - size // 2, face.y - size // 2, size, size)
    return [
        Box(area, size // 2, sheet.theme.mark),
        Picture(area.grown(-size // 5), Drawing.TICK, (sheet.theme.on_mark,)),
    ]
