"""The parts that several screens share: paper, tag, badge, progress, buttons, ring and key.

It knows how each looks pressed, focused and disabled; not where a screen wants them, apart from the page's own places.
"""

from mtc_kiosk.kiosk import words
from mtc_kiosk.kiosk.fonts import Style
from mtc_kiosk.kiosk.marks import Box, Mark, Picture, Rect
from mtc_kiosk.kiosk.pictures import Drawing
from mtc_kiosk.kiosk.scene import Button, Label, button_control, key_control
from mtc_kiosk.kiosk.screens.sheet import Align, Sheet
from mtc_kiosk.kiosk.theme import Type


def paper(sheet: Sheet) -> list[Mark]:
    """The page itself, with the tag of "try it out"."""
    marks: list[Mark] = [Box(sheet.layout.display, 0, sheet.theme.paper)]
    if sheet.scene.label is Label.TRY:
        marks += _tag(sheet)
    return marks


def tag_area(sheet: Sheet) -> Rect:
    """Where the tag stands: in the middle of the head."""
    head = sheet.layout.head
    width = sheet.width(words.TRY_TAG, Type.SMALL) + 2 * sheet.layout.px(20)
    height = sheet.layout.px(44)
    return Rect(head.middle[0] - width // 2, head.middle[1] - height // 2, width, height)


def _tag(sheet: Sheet) -> list[Mark]:
    area = tag_area(sheet)
    theme = sheet.theme
    return [
        Box(area, area.h // 2, theme.paper, theme.line, sheet.layout.hairline),
        sheet.centred(words.TRY_TAG, sheet.style(Type.SMALL), theme.soft, area),
    ]


def badge(sheet: Sheet, text: str) -> list[Mark]:
    """The yellow badge of practice, at the left of the head; it is told by its words too."""
    head, bold = sheet.layout.head, sheet.style(Type.BADGE)
    width = sheet.layout.fonts.width(text, bold) + 2 * sheet.layout.px(20)
    area = Rect(head.x, head.y, width, head.h)
    return [
        Box(area, sheet.layout.px(14), sheet.theme.focus),
        sheet.centred(text, bold, sheet.theme.on_focus, area),
    ]


def aside(sheet: Sheet, text: str) -> list[Mark]:
    """Quiet words at the right of the head."""
    head, style = sheet.layout.head, sheet.style(Type.SMALL)
    baseline = head.middle[1] + sheet.layout.fonts.digit_height(style) // 2
    return [sheet.text(text, style, sheet.theme.soft, (head.right, baseline), Align.RIGHT)]


def for_staff(sheet: Sheet) -> list[Mark]:
    """A quiet line at the foot: how staff open their menu."""
    foot, style = sheet.layout.foot, sheet.style(Type.SMALL)
    return [sheet.text(words.HELD_FOR_STAFF, style, sheet.theme.soft, (foot.middle[0], foot.bottom), Align.CENTRE)]


def dots(sheet: Sheet, number: int, total: int) -> list[Mark]:
    """One dot a question at the right of the head: those done filled, the present one a ring, the others pale."""
    head, layout, theme = sheet.layout.head, sheet.layout, sheet.theme
    room = head.right - tag_area(sheet).right - layout.gap
    pitch = min(layout.px(22), max(2, room // max(1, total)))
    size = max(1, min(layout.px(15), pitch * 7 // 10))
    if total * pitch - (pitch - size) > room:
        return []  # more questions than there are pixels for: the words tell the number
    left = head.right - (total * pitch - (pitch - size))
    marks: list[Mark] = []
    for index in range(1, total + 1):
        area = Rect(left + (index - 1) * pitch, head.middle[1] - size // 2, size, size)
        if index == number:
            marks.append(Box(area, size // 2, theme.paper, theme.mark, max(1, size // 4)))
        else:
            marks.append(Box(area, size // 2, theme.mark if index < number else theme.line))
    return marks


def progress(sheet: Sheet, number: int, total: int) -> list[Mark]:
    """ "Question 7 of 25" at the left of the head."""
    head, style, bold = sheet.layout.head, sheet.style(Type.SMALL), sheet.style(Type.BADGE)
    baseline = head.middle[1] + sheet.layout.fonts.digit_height(style) // 2
    space = sheet.layout.fonts.width(" ", style)
    first, strong, last = words.question_of(number, total)
    x = head.x + sheet.width(first, Type.SMALL) + space
    return [
        sheet.text(first, style, sheet.theme.soft, (head.x, baseline)),
        sheet.text(strong, bold, sheet.theme.ink, (x, baseline)),
        sheet.text(last, style, sheet.theme.soft, (x + sheet.layout.fonts.width(strong, bold) + space, baseline)),
    ]


def ring(sheet: Sheet, rect: Rect, radius: int) -> list[Mark]:
    """The thick ring of the focus: yellow with an edge of ink, so that it is never told by its colour alone."""
    ink, thick = sheet.layout.hairline, sheet.layout.px(9)
    return [Box(rect.grown(ink + thick), radius + ink + thick, sheet.theme.focus, sheet.theme.ink, ink)]


def strong(sheet: Sheet, button: Button, text: str | None = None, *, enabled: bool = True) -> list[Mark]:
    """The page's one strong button, in its place."""
    text = text or words.BUTTONS[button]
    width = max(sheet.layout.px(240), sheet.width(text, Type.BUTTON) + 2 * sheet.layout.px(52))
    return button_at(sheet, button, sheet.layout.button(width), text, strong_one=True, enabled=enabled)


def quiet(sheet: Sheet, button: Button) -> list[Mark]:
    """A quiet button, in its place below the strong one."""
    text = words.BUTTONS[button]
    width = max(sheet.layout.px(200), sheet.width(text, Type.QUIET) + 2 * sheet.layout.px(40))
    return button_at(sheet, button, sheet.layout.second(width), text, strong_one=False)


def button_at(
    sheet: Sheet,
    button: Button,
    rect: Rect,
    text: str,
    *,
    strong_one: bool,
    enabled: bool = True,
    kind: Type | None = None,
) -> list[Mark]:
    """A button anywhere: teal or quiet; sunk while pressed, ringed while focused, flat while disabled."""
    theme, layout = sheet.theme, sheet.layout
    control = button_control(button)
    style = sheet.style(kind or (Type.BUTTON if strong_one else Type.QUIET))
    if not enabled:
        flat = Rect(rect.x, rect.y + layout.edge, rect.w, rect.h - layout.edge)
        box = Box(flat, layout.radius, theme.paper, theme.line, layout.hairline)
        return [box, sheet.centred(text, style, theme.soft, flat)]
    sunk = control in sheet.scene.pressed
    fill, edge, colour = (
        (theme.mark, theme.mark_edge, theme.on_mark) if strong_one else (theme.key, theme.key_edge, theme.on_key)
    )
    box = Box(rect, layout.radius, fill, edge=edge, depth=layout.edge, sunk=sunk, control=control)
    marks = ring(sheet, rect, layout.radius) if sheet.scene.focus == control else []
    return [*marks, box, sheet.centred(text, style, colour, face(box))]


def face(box: Box) -> Rect:
    """The top of a box that stands on an edge."""
    return Rect(box.rect.x, box.rect.y + (box.depth if box.sunk else 0), box.rect.w, box.rect.h - box.depth)


def key(sheet: Sheet, name: str, rect: Rect) -> list[Mark]:
    """An on-screen key; Enter is the one in teal, Backspace a drawing, the way to the next box a word."""
    theme, layout = sheet.theme, sheet.layout
    control, strong_one = key_control(name), name == "Enter"
    box = Box(
        rect,
        layout.radius,
        theme.mark if strong_one else theme.key,
        edge=theme.mark_edge if strong_one else theme.key_edge,
        depth=layout.edge,
        sunk=control in sheet.scene.pressed,
        control=control,
    )
    area = face(box)
    match name:
        case "Backspace":
            size = min(area.w, area.h) * 5 // 9
            x, y = area.middle
            square = Rect(x - size // 2, y - size // 2, size, size)
            return [box, Picture(square, Drawing.BACKSPACE, (theme.on_key,))]
        case "Enter":
            return [box, sheet.centred(words.ENTER, _on_key(sheet, Type.ENTER, rect), theme.on_mark, area)]
        case "Tab":
            return [box, sheet.centred(words.NEXT_BOX, sheet.style(Type.BADGE), theme.on_key, area)]
        case _:
            style = _on_key(sheet, Type.KEY, rect)
            return [box, sheet.centred(name, style, theme.on_key, area)]


def _on_key(sheet: Sheet, kind: Type, rect: Rect) -> Style:
    portion = sheet.theme.face(kind)
    return Style(round(min(rect.w, rect.h) * portion.portion), portion.weight)
