"""The shared parts of the staff's lists: the heading, rows to press, page buttons, and the way back."""

from mtc_kiosk.kiosk.drawing.icons import Drawing
from mtc_kiosk.kiosk.drawing.marks import Box, Mark, Picture, Rect
from mtc_kiosk.kiosk.drawing.page_layout import Layout
from mtc_kiosk.kiosk.drawing.theme import TextRole
from mtc_kiosk.kiosk.screens import header, widgets
from mtc_kiosk.kiosk.screens.sheet import Sheet
from mtc_kiosk.kiosk.view import staff_words, words
from mtc_kiosk.kiosk.view.controls import Button, Control


def title(sheet: Sheet, heading: str) -> list[Mark]:
    """The heading of a list, at the left."""
    area = title_area(sheet.layout)
    style = sheet.style(TextRole.TITLE)
    baseline = area.middle[1] + sheet.layout.fonts.digit_height(style) // 2
    return [sheet.text(heading, style, sheet.theme.ink, (area.x, baseline))]


def title_area(layout: Layout) -> Rect:
    """The strip of the heading, as high as a box to type in."""
    return Rect(layout.page.x, layout.head.bottom + layout.px(4), layout.page.w, layout.px(68))


def area(layout: Layout, bottom: int | None = None) -> Rect:
    """The space for rows: from the heading to ``bottom``, by default just above the way back."""
    top = title_area(layout).bottom + layout.px(20)
    return Rect(layout.page.x, top, layout.page.w, (bottom or layout.second(1).y - layout.px(24)) - top)


def grid(layout: Layout, room: Rect, rows: int) -> list[Rect]:
    """``rows`` places: in two columns if the display is wide enough, read downwards, else in one."""
    gap, columns = layout.px(12), 2 if layout.width >= layout.height else 1
    deep = rows // columns
    width = (room.w - (columns - 1) * layout.gap) // columns
    height = min(layout.px(76), (room.h - (deep - 1) * gap) // deep)
    return [
        Rect(room.x + index // deep * (width + layout.gap), room.y + index % deep * (height + gap), width, height)
        for index in range(rows)
    ]


def row(sheet: Sheet, rect: Rect, control: Control, *, chosen: bool = False) -> tuple[list[Mark], Rect]:
    """A row to press, and the space for its words. A chosen one has a thicker border and a tick at its right."""
    layout, theme = sheet.layout, sheet.theme
    box = Box(
        rect,
        layout.px(14),
        theme.card,
        theme.mark if chosen else theme.key_edge,
        layout.border if chosen else layout.hairline,
        edge=theme.mark_edge if chosen else theme.key_edge,
        depth=layout.px(5),
        sunk=control in sheet.scene.pressed,
        control=control,
    )
    face = widgets.face(box)
    inset, size = layout.px(20), layout.px(34)
    room = Rect(face.x + inset, face.y + layout.border, face.w - 2 * inset, face.h - 2 * layout.border)
    marks = [*(widgets.ring(sheet, rect, layout.px(14)) if sheet.scene.focus == control else []), box]
    if not chosen:
        return marks, room
    disc = Rect(room.right - size, face.middle[1] - size // 2, size, size)
    tick = Picture(disc.grown(-size // 5), Drawing.TICK, (theme.on_mark,))
    return [*marks, Box(disc, size // 2, theme.mark), tick], room._replace(w=room.w - size - layout.px(12))


def turning(sheet: Sheet, page: int, pages: int) -> list[Mark]:
    """The way back; with several pages also the page's number, and the buttons to turn pages beside it."""
    if pages == 1:
        return widgets.quiet(sheet, Button.BACK)
    layout = sheet.layout
    place = layout.second(turning_width(sheet))
    left, right = place._replace(x=layout.page.x), place._replace(x=layout.page.right - place.w)
    return [
        *header.aside(sheet, staff_words.page_of(page, pages)),
        *_turn(sheet, Button.PREVIOUS, left, enabled=page > 1),
        *widgets.quiet(sheet, Button.BACK),
        *_turn(sheet, Button.FOLLOWING, right, enabled=page < pages),
    ]


def turning_width(sheet: Sheet) -> int:
    """The width of the two page buttons."""
    wider = max(sheet.width(words.BUTTONS[each], TextRole.QUIET) for each in (Button.PREVIOUS, Button.FOLLOWING))
    return max(sheet.layout.px(200), wider + 2 * sheet.layout.px(28))


def nothing(sheet: Sheet, sentence: str) -> list[Mark]:
    """A sentence instead of rows."""
    return sheet.stacked([sheet.sentences((sentence,))], area(sheet.layout))


def _turn(sheet: Sheet, button: Button, place: Rect, *, enabled: bool) -> list[Mark]:
    return widgets.button_at(sheet, button, place, words.BUTTONS[button], strong_one=False, enabled=enabled)
