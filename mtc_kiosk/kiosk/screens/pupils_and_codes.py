"""The two lists for giving a restart or a reason: first the pupil, then the code."""

from mtc_kiosk.kiosk.drawing.fonts import Weight
from mtc_kiosk.kiosk.drawing.marks import Box, Mark, Rect
from mtc_kiosk.kiosk.drawing.theme import TextRole
from mtc_kiosk.kiosk.screens import list_page, widgets
from mtc_kiosk.kiosk.screens.fit_line import column, fitted, placed
from mtc_kiosk.kiosk.screens.sheet import Align, Sheet
from mtc_kiosk.kiosk.view import staff_words
from mtc_kiosk.kiosk.view.controls import Button, Control, ListedCode, Row
from mtc_kiosk.kiosk.view.rows import CODES_A_PAGE, PUPILS_A_PAGE, PupilRow
from mtc_kiosk.kiosk.view.scene import CodeListView, PupilListView


def pupils(sheet: Sheet, view: PupilListView) -> list[Mark]:
    """The pupils in two columns; typing a name shortens the list."""
    marks = [*list_page.title(sheet, staff_words.WHO[view.grant]), *_typed(sheet, view.typed)]
    if not view.rows:
        marks += list_page.nothing(sheet, staff_words.NO_PUPILS)
    places = list_page.grid(sheet.layout, list_page.area(sheet.layout), PUPILS_A_PAGE)
    for index, (row, place) in enumerate(zip(view.rows, places, strict=False)):
        marks += _pupil(sheet, row, place, Row(index))
    return [*marks, *list_page.turning(sheet, view.page, view.pages)]


def codes(sheet: Sheet, view: CodeListView) -> list[Mark]:
    """The codes by their meaning; Give waits for one of them."""
    layout, theme = sheet.layout, sheet.theme
    name = fitted(sheet, view.pupil, Weight.REGULAR, column(sheet, TextRole.TEXT, layout.px(44)), layout.page.w)
    title = list_page.title_area(layout)
    below = Rect(title.x, title.bottom, title.w, layout.px(44))
    marks = [*list_page.title(sheet, staff_words.WHY[view.grant]), *placed(sheet, name, theme.ink, below)]
    if not view.rows:
        marks += list_page.nothing(sheet, staff_words.NO_CODES)
    room = Rect(below.x, below.bottom + layout.px(20), below.w, 0)
    room = room._replace(h=layout.button(1).y - layout.px(28) - room.y)
    for row, place in zip(view.rows, list_page.grid(layout, room, CODES_A_PAGE), strict=False):
        box, inside = list_page.row(sheet, place, ListedCode(row.code), chosen=row.code == view.chosen)
        label = fitted(sheet, row.label, Weight.REGULAR, column(sheet, TextRole.SMALL, inside.h), inside.w)
        marks += [*box, *placed(sheet, label, theme.ink, inside)]
    give = widgets.strong(sheet, Button.GIVE, staff_words.GIVE[view.grant], enabled=view.chosen is not None)
    return [*marks, *give, *list_page.turning(sheet, view.page, view.pages)]


def _pupil(sheet: Sheet, row: PupilRow, place: Rect, control: Control) -> list[Mark]:
    layout, theme = sheet.layout, sheet.theme
    marks, room = list_page.row(sheet, place, control)
    sizes = column(sheet, TextRole.SMALL, room.h)
    detail = fitted(sheet, row.detail, Weight.REGULAR, sizes, room.w * 3 // 10)
    left = room._replace(w=room.w - detail.width(layout.fonts) - layout.px(16))
    name = fitted(sheet, row.name, Weight.REGULAR, sizes, left.w)
    return [*marks, *placed(sheet, name, theme.ink, left), *placed(sheet, detail, theme.soft, room, Align.RIGHT)]


def _typed(sheet: Sheet, typed: str) -> list[Mark]:
    """The search box at the right of the heading; it takes what is typed without being pressed."""
    layout, theme, fonts = sheet.layout, sheet.theme, sheet.layout.fonts
    area, style = list_page.title_area(layout), sheet.style(TextRole.TEXT)
    width, inset, thick = min(layout.px(440), area.w * 2 // 5), layout.px(20), layout.px(3)
    box = Rect(area.right - width, area.y, width, area.h)
    shown = typed
    while fonts.width(shown, style) > width - 2 * inset - 2 * thick:
        shown = shown[1:]
    baseline = box.middle[1] + fonts.digit_height(style) // 2
    marks: list[Mark] = [Box(box, layout.px(14), theme.card, theme.ink, layout.hairline)]
    caret = box.x + inset + (fonts.width(shown, style) + thick if shown else 0)
    marks.append(Box(Rect(caret, box.y + box.h // 4, thick, box.h // 2), 0, theme.mark))
    if shown.strip():
        return [*marks, sheet.text(shown, style, theme.ink, (box.x + inset, baseline))]
    return [*marks, sheet.text(staff_words.TYPE_A_NAME, style, theme.soft, (caret + 3 * thick, baseline))]
