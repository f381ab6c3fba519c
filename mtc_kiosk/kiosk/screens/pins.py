"""The list of PINs behind the passcode: who may sign in now, with which PIN, and their progress."""

from mtc_kiosk.kiosk.drawing.fonts import Weight
from mtc_kiosk.kiosk.drawing.marks import Box, Mark, Rect
from mtc_kiosk.kiosk.drawing.theme import TextRole
from mtc_kiosk.kiosk.screens import list_page
from mtc_kiosk.kiosk.screens.fit_line import column, fitted, placed
from mtc_kiosk.kiosk.screens.sheet import Align, Sheet
from mtc_kiosk.kiosk.view import staff_words, words
from mtc_kiosk.kiosk.view.rows import PINS_A_PAGE, PinRow
from mtc_kiosk.kiosk.view.scene import PinListView

PORTIONS = (43, 13, 10, 34)  # how wide the columns are, in hundredths


def pins(sheet: Sheet, view: PinListView) -> list[Mark]:
    """One line for each pupil, on a card; the school password at the right of the heading."""
    title = list_page.title(sheet, staff_words.PINS_OF[view.kind])
    turning = list_page.turning(sheet, view.page, view.pages)
    if not view.rows:
        return [*title, *list_page.nothing(sheet, staff_words.NO_PINS), *turning]
    layout, theme = sheet.layout, sheet.theme
    room = list_page.area(layout)
    pad = layout.px(6)
    height = min((room.h - 2 * pad) // (PINS_A_PAGE + 1), layout.px(64))
    card = room._replace(h=height * (len(view.rows) + 1) + 2 * pad)
    marks: list[Mark] = [Box(card, layout.radius, theme.card, theme.line, layout.hairline)]
    marks += _columns(sheet, card._replace(y=card.y + pad, h=height), staff_words.PIN_COLUMNS, heading=True)
    for number, row in enumerate(view.rows, 1):
        line = Rect(card.x, card.y + pad + number * height, card.w, height)
        rule = Rect(card.x + layout.px(24), line.y, card.w - 2 * layout.px(24), max(1, layout.px(2)))
        marks += [Box(rule, 0, theme.line), *_columns(sheet, line, _cells(row))]
    return [*title, *_password(sheet, view.password), *marks, *turning]


def _cells(row: PinRow) -> tuple[str, str, str, str]:
    return row.name, row.group, row.pin, row.state


def _columns(sheet: Sheet, line: Rect, cells: tuple[str, ...], *, heading: bool = False) -> list[Mark]:
    layout, theme = sheet.layout, sheet.theme
    inset = layout.px(24)
    room, left = line.w - 2 * inset, line.x + inset
    marks: list[Mark] = []
    for number, (text, portion) in enumerate(zip(cells, PORTIONS, strict=True)):
        width = room * portion // 100
        bold = number == 2 and not heading
        words_there = fitted(
            sheet,
            text,
            Weight.BOLD if bold else Weight.REGULAR,
            column(sheet, TextRole.SMALL, line.h),
            width - layout.px(12),
        )
        colour = theme.soft if heading or number == 3 else theme.ink
        marks += placed(sheet, words_there, colour, Rect(left, line.y, width, line.h))
        left += width
    return marks


def _password(sheet: Sheet, password: str) -> list[Mark]:
    area, layout = list_page.title_area(sheet.layout), sheet.layout
    style, bold = sheet.style(TextRole.SMALL), sheet.style(TextRole.COUNT)
    baseline = area.middle[1] + layout.fonts.digit_height(bold) // 2
    x = area.right - layout.fonts.width(password, bold) - layout.px(16)
    return [
        sheet.text(words.SCHOOL_PASSWORD, style, sheet.theme.soft, (x, baseline), Align.RIGHT),
        sheet.text(password, bold, sheet.theme.ink, (area.right, baseline), Align.RIGHT),
    ]
