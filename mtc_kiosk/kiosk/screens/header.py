"""The strip at the top: where in the check the pupil is, and the tag of "try it out".

One strip for every size: if its parts do not fit side by side, all of them become smaller together.
"""

from dataclasses import replace
from functools import lru_cache

from mtc_kiosk.check.arrangements import Size, Typeface
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.view import PauseView, QuestionView
from mtc_kiosk.kiosk.drawing.fonts import Style
from mtc_kiosk.kiosk.drawing.marks import Box, Mark, Rect
from mtc_kiosk.kiosk.drawing.page_layout import Layout
from mtc_kiosk.kiosk.drawing.theme import FitStep, TextRole, face_of
from mtc_kiosk.kiosk.screens.sheet import FIT_STEPS, Align, Sheet
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button


def head_sheet(sheet: Sheet) -> Sheet:
    """The sheet at the size of the strip's words on this screen."""
    theme = sheet.theme
    aside = _aside(sheet)
    return sheet.fitting(_fit(sheet.layout, theme.size, theme.typeface, *_beside_the_tag(sheet), tag_of(sheet), aside))


def tag_of(sheet: Sheet) -> str:
    """The words of the tag; empty in an official check."""
    if sheet.scene.not_the_check:
        return words.NOT_THE_CHECK_TAG
    return words.TRY_TAG if sheet.scene.label is Kind.TRY else ""


def tag(sheet: Sheet) -> list[Mark]:
    """The tag, if there is one."""
    text = tag_of(sheet)
    if not text:
        return []
    small, theme = head_sheet(sheet), sheet.theme
    area = _tag_area(small, text)
    return [
        Box(area, area.h // 2, theme.paper, theme.line, sheet.layout.hairline),
        sheet.centred(text, small.style(TextRole.SMALL), theme.soft, area),
    ]


def back_out_place(sheet: Sheet) -> tuple[Rect, Style]:
    """The place of "This is not me", at the right of the head, and its type: no higher than the strip."""
    layout, strip, text = sheet.layout, sheet.layout.head, words.BUTTONS[Button.NOT_ME]
    style = sheet.within(text, TextRole.QUIET, strip.w // 2)
    style = replace(style, size=min(style.size, layout.px(30 if layout.is_larger else 24)))
    width, height = layout.fonts.width(text, style) + 2 * layout.px(22), max(layout.touch, layout.px(50))
    top = layout.px(14) if layout.is_larger else strip.y  # larger words below it leave no more room
    return Rect(strip.right - width, top, width, height), style


def above(sheet: Sheet, number: int, total: int, *, practice: bool) -> list[Mark]:
    """The head of a question, or of the pause before it."""
    small = head_sheet(sheet)
    if practice:
        return _badge(small, words.practice_of(number, total)) + aside(small, words.DOES_NOT_COUNT)
    return _progress(small, number, total) + dots(small, number, total)


def aside(sheet: Sheet, text: str) -> list[Mark]:
    """Quiet words at the right of the head."""
    head, style = sheet.layout.head, sheet.style(TextRole.SMALL)
    baseline = head.middle[1] + sheet.layout.fonts.digit_height(style) // 2
    return [sheet.text(text, style, sheet.theme.soft, (head.right, baseline), Align.RIGHT)]


def dots(sheet: Sheet, number: int, total: int) -> list[Mark]:
    """One dot for each question at the right of the head: filled if done, a ring if present, else pale."""
    head, layout, theme = sheet.layout.head, sheet.layout, sheet.theme
    begins = _tag_area(sheet, tag_of(sheet) or words.TRY_TAG).right
    if layout.is_larger and not tag_of(sheet):
        begins = head.x + _progress_width(sheet, total)
    room = head.right - begins - layout.gap
    pitch = min(layout.px(22), max(2, room // max(1, total)))
    size = max(1, min(layout.px(15), pitch * 7 // 10))
    if total * pitch - (pitch - size) > room or (layout.is_larger and size < layout.px(5)):
        return []  # more questions than pixels: the words give the number
    left = head.right - (total * pitch - (pitch - size))
    marks: list[Mark] = []
    for index in range(1, total + 1):
        area = Rect(left + (index - 1) * pitch, head.middle[1] - size // 2, size, size)
        if index == number:
            marks.append(Box(area, size // 2, theme.paper, theme.mark, max(1, size // 4)))
        else:
            marks.append(Box(area, size // 2, theme.mark if index < number else theme.line))
    return marks


def _beside_the_tag(sheet: Sheet) -> tuple[bool, int]:
    """Whether this is a practice screen, and of how many questions; 0 if the tag is alone."""
    shown = sheet.scene.shown
    return (shown.practice, shown.total) if isinstance(shown, QuestionView | PauseView) else (False, 0)


def _aside(sheet: Sheet) -> int:
    """The width of "This is not me" with the gap before it."""
    return back_out_place(sheet)[0].w + sheet.layout.px(24) if sheet.scene.not_mine else 0


@lru_cache(maxsize=256)
def _fit(
    layout: Layout, size: Size, typeface: Typeface, practice: bool, total: int, tagged: str, aside: int
) -> FitStep:
    """The largest words at which everything fits side by side, with ``aside`` pixels at the right."""
    fonts, gap = layout.fonts, layout.px(14)
    for fit in FIT_STEPS:
        small, bold = (layout.style(face_of(kind, size, typeface, fit)) for kind in (TextRole.SMALL, TextRole.BADGE))
        tag_width = fonts.width(tagged, small) + 2 * layout.px(20) + gap if tagged else 0
        if practice:
            left = fonts.width(words.practice_of(total, total), bold) + 2 * layout.px(20) + gap
            right = fonts.width(words.DOES_NOT_COUNT, small)
        else:
            first, strong, last = words.question_of(total, total)
            left = fonts.width(f"{first}  {last}", small) + fonts.width(strong, bold) + gap if total else 0
            right = 0
        if left + tag_width + right + aside <= layout.head.w and fonts.line_height(bold) <= layout.head.h - layout.px(
            4
        ):
            return fit
    return FIT_STEPS[-1]


def _tag_area(sheet: Sheet, text: str) -> Rect:
    """In the middle of the head, or as near to it as its neighbours allow."""
    layout, head = sheet.layout, sheet.layout.head
    width = sheet.width(text, TextRole.SMALL) + 2 * layout.px(20)
    height = max(layout.px(44), min(head.h, sheet.style(TextRole.SMALL).size * 3 // 2))
    practice, total = _beside_the_tag(sheet)
    least, most = head.x, head.right - width - _aside(sheet)
    gap = layout.px(14)
    if practice:
        least += (
            layout.fonts.width(words.practice_of(total, total), sheet.style(TextRole.BADGE)) + 2 * layout.px(20) + gap
        )
        most -= sheet.width(words.DOES_NOT_COUNT, TextRole.SMALL) + gap
    elif total:
        least += _progress_width(sheet, total) + gap
    left = max(least, min(most, head.middle[0] - width // 2))
    return Rect(left, head.middle[1] - height // 2, width, height)


def _progress_width(sheet: Sheet, total: int) -> int:
    """The width of the longest "Question 25 of 25"."""
    first, strong, last = words.question_of(total, total)
    return sheet.width(f"{first}  {last}", TextRole.SMALL) + sheet.layout.fonts.width(
        strong, sheet.style(TextRole.BADGE)
    )


def _badge(sheet: Sheet, text: str) -> list[Mark]:
    """The badge of practice, at the left of the head; its words identify it as well as its colour."""
    head, bold = sheet.layout.head, sheet.style(TextRole.BADGE)
    width = sheet.layout.fonts.width(text, bold) + 2 * sheet.layout.px(20)
    area = Rect(head.x, head.y, width, head.h)
    return [
        Box(area, sheet.layout.px(14), sheet.theme.badge),
        sheet.centred(text, bold, sheet.theme.on_badge, area),
    ]


def _progress(sheet: Sheet, number: int, total: int) -> list[Mark]:
    """ "Question 7 of 25" at the left of the head."""
    head, style, bold = sheet.layout.head, sheet.style(TextRole.SMALL), sheet.style(TextRole.BADGE)
    baseline = head.middle[1] + sheet.layout.fonts.digit_height(style) // 2
    space = sheet.layout.fonts.width(" ", style)
    first, strong, last = words.question_of(number, total)
    x = head.x + sheet.width(first, TextRole.SMALL) + space
    return [
        sheet.text(first, style, sheet.theme.soft, (head.x, baseline)),
        sheet.text(strong, bold, sheet.theme.ink, (x, baseline)),
        sheet.text(last, style, sheet.theme.soft, (x + sheet.layout.fonts.width(strong, bold) + space, baseline)),
    ]
