"""The parts that several screens share: paper, buttons, ring and key."""

from dataclasses import replace
from functools import lru_cache

from mtc_kiosk.check.arrangements import Size, Typeface
from mtc_kiosk.kiosk.drawing.fonts import Style
from mtc_kiosk.kiosk.drawing.icons import Drawing
from mtc_kiosk.kiosk.drawing.marks import Box, Mark, Picture, Rect, Text
from mtc_kiosk.kiosk.drawing.theme import FULL_SIZE, MOST_OF_A_KEY, TextRole, face_of
from mtc_kiosk.kiosk.screens import header
from mtc_kiosk.kiosk.screens.sheet import Align, Sheet
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button, Control, ScreenKey

_PAIR = (TextRole.BUTTON, TextRole.QUIET)


def paper(sheet: Sheet) -> list[Mark]:
    """The page itself, with the tag of "try it out"."""
    return [Box(sheet.layout.display, 0, sheet.theme.paper), *header.tag(sheet)]


def for_staff(sheet: Sheet) -> list[Mark]:
    """The line that tells staff how to open their menu."""
    return at_the_foot(sheet, words.HELD_FOR_STAFF)


def at_the_foot(sheet: Sheet, text: str) -> list[Mark]:
    """A quiet line at the foot."""
    foot, style = sheet.layout.foot, sheet.style(TextRole.SMALL)
    return [sheet.text(text, style, sheet.theme.soft, (foot.middle[0], foot.bottom), Align.CENTRE)]


def back_out(sheet: Sheet) -> list[Mark]:
    """A quiet button in the corner, on every page before the first question, for a pupil at another pupil's check."""
    if not sheet.scene.not_mine:
        return []
    place, style = header.back_out_place(sheet)
    return button_at(sheet, Button.NOT_ME, place, words.BUTTONS[Button.NOT_ME], strong_one=False, style=style)


def ring(sheet: Sheet, rect: Rect, radius: int) -> list[Mark]:
    """The thick ring of the focus: yellow with an edge of ink, so that more than its colour shows it.

    In a scheme of two colours it is a thick line of ink with a gap of paper.
    """
    ink, thick = sheet.layout.hairline, sheet.layout.px(9)
    border = thick if sheet.theme.outlined else ink
    return [Box(rect.grown(ink + thick), radius + ink + thick, sheet.theme.focus, sheet.theme.ink, border)]


def strong(
    sheet: Sheet, button: Button, text: str | None = None, *, enabled: bool = True, low: bool = False
) -> list[Mark]:
    """The page's one strong button; ``low`` puts it where a second press on the page before cannot reach it."""
    text, layout = text or words.BUTTONS[button], sheet.layout
    style = sheet.within(text, TextRole.BUTTON, layout.page.w - 2 * layout.px(52))
    width = max(layout.px(240), layout.fonts.width(text, style) + 2 * layout.px(52))
    place = layout.low(width) if low else layout.button(width)
    return button_at(sheet, button, place, text, strong_one=True, enabled=enabled, style=style)


def low_pair(sheet: Sheet, first: Button, second: Button) -> list[Mark]:
    """A strong and a quiet button side by side, both clear below the place of every page's strong button."""
    layout, texts = sheet.layout, (words.BUTTONS[first], words.BUTTONS[second])
    apart = 2 * layout.gap
    inset = layout.px(24 if layout.is_larger else 36)
    room = (layout.page.w - apart) // 2
    styles = [sheet.within(text, kind, room - 2 * inset) for text, kind in zip(texts, _PAIR, strict=True)]
    longest = max(layout.fonts.width(text, style) for text, style in zip(texts, styles, strict=True))
    width = min(room, longest + 2 * inset)
    place = layout.low(2 * width + apart)._replace(w=width)
    return [
        *button_at(sheet, first, place, texts[0], strong_one=True, style=styles[0]),
        *button_at(sheet, second, place.moved(width + apart, 0), texts[1], strong_one=False, style=styles[1]),
    ]


def quiet(sheet: Sheet, *buttons: Button) -> list[Mark]:
    """A quiet button below the strong one, or several side by side."""
    layout, texts = sheet.layout, [words.BUTTONS[button] for button in buttons]
    longest = max(texts, key=lambda text: sheet.width(text, TextRole.QUIET))
    room = (layout.page.w - (len(buttons) - 1) * layout.gap) // len(buttons)
    style = sheet.within(longest, TextRole.QUIET, room - 2 * layout.px(24))
    width = min(room, max(layout.px(200), layout.fonts.width(longest, style) + 2 * layout.px(40)))
    first = layout.second(len(buttons) * (width + layout.gap) - layout.gap)._replace(w=layout.second(width).w)
    marks: list[Mark] = []
    for index, (button, text) in enumerate(zip(buttons, texts, strict=True)):
        place = first.moved(index * (width + layout.gap), 0)
        marks += button_at(sheet, button, place, text, strong_one=False, style=style)
    return marks


def changes(sheet: Sheet) -> list[Mark]:
    """The quiet buttons to change colours and size on a page of "try it out"."""
    return quiet(sheet, *sheet.scene.changes) if sheet.scene.changes else []


def button_at(
    sheet: Sheet,
    button: Button,
    rect: Rect,
    text: str,
    *,
    strong_one: bool,
    enabled: bool = True,
    kind: TextRole | None = None,
    style: Style | None = None,
) -> list[Mark]:
    """A button anywhere: teal or quiet; sunk while pressed, ringed while focused, flat while disabled."""
    theme, layout = sheet.theme, sheet.layout
    control = button
    style = style or sheet.style(kind or (TextRole.BUTTON if strong_one else TextRole.QUIET))
    if not enabled:
        flat = Rect(rect.x, rect.y + layout.edge, rect.w, rect.h - layout.edge)
        box = Box(flat, layout.radius, theme.paper, theme.line, layout.hairline)
        return [box, sheet.centred(text, style, theme.soft, flat)]
    box = raised_box(sheet, control, rect, strong_one=strong_one)
    marks = ring(sheet, rect, layout.radius) if sheet.scene.focus == control else []
    return [*marks, box, sheet.centred(text, style, theme.on_mark if strong_one else theme.on_key, face(box))]


def raised_box(sheet: Sheet, control: Control, rect: Rect, *, strong_one: bool) -> Box:
    """A raised box to press, with a line around it if the scheme needs one."""
    theme, layout = sheet.theme, sheet.layout
    outlined = theme.outlined and not strong_one
    return Box(
        rect,
        layout.radius,
        theme.mark if strong_one else theme.key,
        theme.key_edge if outlined else None,
        layout.hairline if outlined else 0,
        edge=theme.mark_edge if strong_one else theme.key_edge,
        depth=layout.edge,
        sunk=control in sheet.scene.pressed,
        control=control,
    )


def face(box: Box) -> Rect:
    """The top of a raised box."""
    return Rect(box.rect.x, box.rect.y + (box.depth if box.sunk else 0), box.rect.w, box.rect.h - box.depth)


def key(sheet: Sheet, name: str, rect: Rect) -> list[Mark]:
    """An on-screen key; Enter is teal, Backspace a drawing, the key to the next box a word."""
    theme, strong_one = sheet.theme, name == "Enter"
    box = raised_box(sheet, ScreenKey(name), rect, strong_one=strong_one)
    area = face(box)
    match name:
        case "Backspace":
            return [box, Picture(_square(area, 5), Drawing.BACKSPACE, (theme.on_key,))]
        case "Enter":
            return [box, sheet.centred(words.ENTER, _word(sheet, rect), theme.on_mark, area)]
        case "Tab":
            return [box, _named(sheet, words.NEXT_BOX, area)]
        case "Space":
            return [box, _named(sheet, words.SPACE, area)]
        case _:
            if name.isalpha() and not sheet.is_usual:
                return [box, _letter(sheet, name, rect, area)]
            return [box, sheet.centred(name, _on_key(sheet, TextRole.KEY, rect), theme.on_key, area)]


def speaker(sheet: Sheet, rect: Rect, *, enabled: bool) -> list[Mark]:
    """The key that repeats the question: a drawing, flat once it can no longer be pressed."""
    layout, theme, control = sheet.layout, sheet.theme, ScreenKey("Repeat")
    if not enabled:
        flat = Rect(rect.x, rect.y + layout.edge, rect.w, rect.h - layout.edge)
        box = Box(flat, layout.radius, theme.paper, theme.line, layout.hairline)
        return [box, Picture(_square(flat, 6), Drawing.SPEAKER, (theme.line,))]
    box = raised_box(sheet, control, rect, strong_one=False)
    return [box, Picture(_square(face(box), 6), Drawing.SPEAKER, (theme.on_key,))]


def _square(area: Rect, ninths: int) -> Rect:
    size = min(area.w, area.h) * ninths // 9
    x, y = area.middle
    return Rect(x - size // 2, y - size // 2, size, size)


def _named(sheet: Sheet, text: str, area: Rect) -> Text:
    """A word on a key among letters."""
    style = sheet.within(text, TextRole.BADGE, area.w - 2 * sheet.layout.px(8))
    style = _as_high(sheet, style, area)
    return (sheet.centred if sheet.is_usual else sheet.level)(text, style, sheet.theme.on_key, area)


def _letter(sheet: Sheet, name: str, rect: Rect, area: Rect) -> Text:
    """A letter on one baseline with all others, including those that reach below it."""
    style = _as_high(sheet, _on_key(sheet, TextRole.KEY, rect), area)
    return sheet.level(name, style, sheet.theme.on_key, area)


def _as_high(sheet: Sheet, style: Style, area: Rect) -> Style:
    """The type, made smaller if the face of a key is not high enough for it."""
    high, line = area.h - 2 * sheet.layout.px(7), sheet.layout.fonts.line_height(style)
    return style if line <= high else replace(style, size=max(1, style.size * high // line))


def _on_key(sheet: Sheet, kind: TextRole, rect: Rect) -> Style:
    return _key_style(kind, sheet.theme.size, sheet.theme.typeface, rect[2:], rect.h - sheet.layout.edge)


@lru_cache(maxsize=256)
def _key_style(kind: TextRole, size: Size, typeface: Typeface, key: tuple[int, int], top: int) -> Style:
    """The type on a key ``top`` pixels high above its edge; cached, as a pad needs it twelve times a drawing."""
    face = face_of(kind, size, typeface, FULL_SIZE)
    px = min(round(min(key) * face.portion), int(min(key[0], top) * MOST_OF_A_KEY))
    return Style(max(1, px), face.weight, face.typeface)


def _word(sheet: Sheet, rect: Rect) -> Style:
    """The word on the pad, as large as its key allows."""
    style, room = _on_key(sheet, TextRole.ENTER, rect), rect.w - 2 * sheet.layout.px(8)
    width = sheet.layout.fonts.width(words.ENTER, style)
    return style if width <= room else replace(style, size=style.size * room // width)
