"""The pages on which a pupil chooses colours and size. Each choice shows its own look; the page is the preview.

The choices stay in place whatever is chosen, so that nothing moves away under a finger.
"""

from collections.abc import Mapping
from dataclasses import replace

from mtc_kiosk.check.arrangements import Colours, Size
from mtc_kiosk.kiosk.drawing.fonts import Style
from mtc_kiosk.kiosk.drawing.icons import Drawing
from mtc_kiosk.kiosk.drawing.marks import Box, Mark, Picture, Rect
from mtc_kiosk.kiosk.drawing.page_layout import Layout
from mtc_kiosk.kiosk.drawing.theme import COPY, SCHEMES, TextRole, Theme
from mtc_kiosk.kiosk.screens import widgets
from mtc_kiosk.kiosk.screens.sheet import Align, Sheet
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button, Control
from mtc_kiosk.kiosk.view.scene import ColoursView, SizeView

COLUMNS = 3


def colours(sheet: Sheet, view: ColoursView) -> list[Mark]:
    """Five schemes, each in its own colours."""
    places = _grid(sheet, len(words.COLOURS))
    style = _largest(sheet, words.COLOURS, places[0])
    marks = _heading(sheet, words.CHOOSE_COLOURS)
    for (each, label), place in zip(words.COLOURS.items(), places, strict=True):
        chosen = each is view.chosen
        marks += _choice(sheet, each, SCHEMES[each], (label, style), place, chosen=chosen)
    return [*marks, *_sample(sheet, places[-1].bottom), *widgets.strong(sheet, Button.NEXT)]


def size(sheet: Sheet, view: SizeView) -> list[Mark]:
    """Six sizes, each at its own size as far as there is room."""
    places = _grid(sheet, len(words.SIZES))
    marks = _heading(sheet, words.CHOOSE_SIZE)
    for (each, label), place in zip(words.SIZES.items(), places, strict=True):
        caption = (label, _own_size(sheet, each, place))
        marks += _choice(sheet, each, sheet.theme, caption, place, chosen=each is view.chosen)
    return [*marks, *_sample(sheet, places[-1].bottom), *widgets.strong(sheet, Button.NEXT)]


def _heading(sheet: Sheet, text: str) -> list[Mark]:
    """The heading in a strip of its own, as large as fits."""
    layout = sheet.layout
    style = sheet.within(text, TextRole.HEADING, layout.page.w)
    most = layout.px(64)
    style = style if style.size <= most else replace(style, size=most)
    baseline = _top(layout) + layout.px(38) + layout.fonts.digit_height(style) // 2
    return [sheet.text(text, style, sheet.theme.ink, (layout.page.middle[0], baseline), Align.CENTRE)]


def _grid(sheet: Sheet, count: int) -> list[Rect]:
    """Places in two rows, the same at every size; a row that is not full is centred."""
    layout = sheet.layout
    gap, top = layout.px(16), _top(layout) + layout.px(90)
    width = min(layout.px(380), (layout.page.w - (COLUMNS - 1) * gap) // COLUMNS)
    height = max(layout.touch, layout.px(64))
    places = []
    for index in range(count):
        row, column = divmod(index, COLUMNS)
        in_row = min(COLUMNS, count - row * COLUMNS)
        left = layout.page.middle[0] - (in_row * (width + gap) - gap) // 2
        places.append(Rect(left + column * (width + gap), top + row * (height + gap), width, height))
    return places


def _top(layout: Layout) -> int:
    """The top of the heading's strip at every size: high enough for the largest, lower on a tall display."""
    body = layout.sized(Size.XXL).body
    return body.y + max(0, body.h - layout.px(420)) // 4


def _room(sheet: Sheet, face: Rect) -> Rect:
    """The space for a label: between the tick, which keeps its place, and the same width on the other side."""
    tick = sheet.layout.px(48)
    return Rect(face.x + tick, face.y, face.w - 2 * tick, face.h)


def _largest(sheet: Sheet, labels: Mapping[Colours, str], place: Rect) -> Style:
    """One size for all labels."""
    longest = max(labels.values(), key=lambda label: sheet.width(label, TextRole.TEXT))
    style = sheet.within(longest, TextRole.TEXT, _room(sheet, place).w)
    return replace(style, size=min(style.size, place.h * 3 // 5))


def _own_size(sheet: Sheet, each: Size, place: Rect) -> Style:
    """The size of the choice, or a size between if its place is too small for the largest."""
    layout = sheet.layout
    regular = layout.style(replace(sheet.theme, size=Size.RGL).face(TextRole.TEXT))
    if each in (Size.VSM, Size.SML, Size.RGL):
        return replace(regular, size=round(regular.size * COPY[each]))
    room = _room(sheet, place._replace(h=place.h - layout.edge))
    widest = max(layout.fonts.width(label, regular) for label in words.SIZES.values())
    tall = (room.h - 2 * layout.px(7)) * regular.size // layout.fonts.line_height(regular)
    most = max(regular.size + 3, min(tall, room.w * regular.size // widest))
    step = {Size.LRG: 1, Size.XLG: 2, Size.XXL: 3}[each]
    own = round(regular.size * COPY[each])
    return replace(regular, size=min(own, regular.size + (most - regular.size) * step // 3))


def _choice(
    sheet: Sheet, control: Control, colours_of: Theme, caption: tuple[str, Style], place: Rect, *, chosen: bool
) -> list[Mark]:
    """A choice in the colours of ``colours_of``; the chosen one has a tick and a thicker border."""
    layout = sheet.layout
    box = Box(
        place,
        layout.px(14),
        colours_of.card,
        colours_of.ink,
        layout.border if chosen else layout.hairline,
        edge=colours_of.line,
        depth=layout.edge,
        sunk=control in sheet.scene.pressed,
        control=control,
    )
    marks = widgets.ring(sheet, place, layout.px(14)) if sheet.scene.focus == control else []
    face, (text, style) = widgets.face(box), caption
    room = _room(sheet, face)
    marks += [box, sheet.level(text, style, colours_of.ink, room)]
    if not chosen:
        return marks
    size = layout.px(34)
    disc = Rect(face.x + layout.px(12), face.middle[1] - size // 2, size, size)
    tick = Picture(disc.grown(-size // 5), Drawing.TICK, (colours_of.card,))
    return [*marks, Box(disc, size // 2, colours_of.ink), tick]


def _sample(sheet: Sheet, top: int) -> list[Mark]:
    """A sum with its answer between the choices and the button, each size larger than the last as in a question."""
    layout = sheet.layout
    bottom = layout.button(1).y - layout.px(16)
    style = sheet.within(words.SAMPLE, TextRole.SUM, layout.page.w)
    if layout.is_larger:
        most = (layout.sized(Size.XXL).button(1).y - top - layout.px(50)) * 9 // 7
        regular = min(most, layout.style(replace(sheet.theme, size=Size.RGL).face(TextRole.SUM)).size)
        quarters = {Size.LRG: 2, Size.XLG: 3, Size.XXL: 4}[layout.size]
        style = replace(style, size=min(style.size, regular + (most - regular) * quarters // 4))
    baseline = (top + bottom + layout.fonts.digit_height(style)) // 2
    return [sheet.text(words.SAMPLE, style, sheet.theme.ink, (layout.page.middle[0], baseline), Align.CENTRE)]
