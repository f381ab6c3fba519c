"""The pages with a heading, a sentence or two and one button: before, after and around the check."""

from dataclasses import dataclass
from typing import assert_never

from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.script import Page
from mtc_kiosk.check.view import EndedView, PageView
from mtc_kiosk.kiosk.drawing.icons import Drawing
from mtc_kiosk.kiosk.drawing.marks import Box, Mark, Picture, Rect
from mtc_kiosk.kiosk.drawing.theme import TextRole
from mtc_kiosk.kiosk.screens import widgets
from mtc_kiosk.kiosk.screens.sheet import Align, Sheet
from mtc_kiosk.kiosk.view import words
from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.kiosk.view.scene import AgainView, NoticeView, StaffAskView, StaffDoneView, WaitView


@dataclass(frozen=True)
class _Content:
    """The content of a page: one heading, a sentence or two, mostly a button, and perhaps a picture above."""

    heading: str
    sentences: tuple[str, ...]
    button: Button | None = Button.NEXT
    label: str | None = None
    drawing: Drawing | None = None
    low: bool = False  # the button


def page(sheet: Sheet, view: PageView) -> list[Mark]:
    """A page of the script."""
    match view.page:
        case Page.EXPECT:
            return _expect(sheet, view)
        case Page.PRACTICE_INTRO:
            content = _Content(words.PRACTICE_INTRO, words.practice_intro(view.practice_questions), label=words.START)
        case Page.PRACTICE_COMPLETE:
            trying = sheet.scene.label is Kind.TRY
            sentences = words.practice_complete(trying=trying, practised=view.practised)
            content = _Content(words.PRACTICE_COMPLETE, sentences)
        case Page.QUESTIONS_INTRO:
            counts = sheet.scene.label is Kind.OFFICIAL  # a Next pressed once too often must not begin it
            sentences = words.questions_intro(view.questions, view.seconds)
            content = _Content(words.QUESTIONS_INTRO, sentences, label=words.START, low=counts)
        case Page.SETTINGS | Page.ASSISTANT | Page.KEYBOARD:
            raise AssertionError(view.page)  # these have views of their own
        case _:
            assert_never(view.page)
    return [*_plain(sheet, content), *widgets.changes(sheet)]


def finished(sheet: Sheet) -> list[Mark]:
    """The last answer has been given."""
    return _plain(sheet, _Content(words.FINISHED, words.FINISHED_SENTENCES, drawing=Drawing.SUMMIT))


def ended(sheet: Sheet, view: EndedView) -> list[Mark]:
    """The attempt is over, for whatever reason."""
    if view.outcome is Outcome.COMPLETE:
        return finished(sheet)
    return _plain(sheet, _Content(words.ENDED[view.outcome], words.ENDED_SENTENCES))


def welcome(sheet: Sheet) -> list[Mark]:
    """The kiosk is waiting."""
    return _plain(sheet, _Content(words.WELCOME, words.WELCOME_SENTENCES, Button.TRY_IT_OUT, drawing=Drawing.BOOK))


def wait(sheet: Sheet, view: WaitView) -> list[Mark]:
    """Signing in is not possible now. Without "try it out" there is nothing to press."""
    button = Button.TRY_IT_OUT if view.can_try else None
    marks = _plain(sheet, _Content(words.WAIT, view.sentences, button, drawing=Drawing.BOOK))
    return [*marks, *(widgets.for_staff(sheet) if view.has_menu else [])]


def ask(sheet: Sheet, view: StaffAskView) -> list[Mark]:
    """Staff are asked to confirm."""
    return _plain(sheet, _Content(view.heading, view.sentences, view.button)) + widgets.quiet(sheet, Button.BACK)


def done(sheet: Sheet, view: StaffDoneView) -> list[Mark]:
    """What staff asked for is done, or was refused."""
    return _plain(sheet, _Content(view.heading, view.sentences, Button.BACK))


def notice(sheet: Sheet, view: NoticeView) -> list[Mark]:
    """One notice, with the words in the view."""
    return _plain(sheet, _Content(view.heading, view.sentences, view.button))


def again(sheet: Sheet, view: AgainView) -> list[Mark]:
    """Again or leave; an official check is taken once, so there only leave."""
    if not view.can_go_again:
        return _plain(sheet, _Content(words.AGAIN, words.LEAVE_SENTENCES, Button.LEAVE))
    content = _Content(words.AGAIN, words.AGAIN_SENTENCES, Button.AGAIN)
    return _plain(sheet, content) + widgets.quiet(sheet, Button.LEAVE)


def _plain(sheet: Sheet, content: _Content) -> list[Mark]:
    layout, picture, area = sheet.layout, [], sheet.layout.body
    blocks = [sheet.heading(content.heading), sheet.sentences(content.sentences)]
    if sum(sheet.height(block) for block in blocks) > area.h:  # names may be very long
        blocks[1] = sheet.sentences(content.sentences, TextRole.SMALL)
    if content.drawing is not None and not sheet.fit.plain:
        size, apart = layout.px(170), layout.px(40)
        height = size + apart + sum(sheet.height(block) for block in blocks)
        place = Rect(area.middle[0] - size // 2, area.y + (area.h - height) // 2, size, size)
        picture = [Picture(place, content.drawing, sheet.palette)]
        area = Rect(area.x, place.bottom + apart, area.w, height - size - apart)
    button = widgets.strong(sheet, content.button, content.label, low=content.low) if content.button is not None else []
    return [*picture, *sheet.stacked(blocks, area), *button]


def _expect(sheet: Sheet, view: PageView) -> list[Mark]:
    cards = [
        (str(view.practice_questions), words.practice_questions(view.practice_questions)),
        (str(view.questions), words.questions(view.questions)),
        (view.seconds, words.seconds(view.seconds)),
    ]
    cards = [(count, below) for count, below in cards if count and count != str(0)]
    sentences_shown = words.EXPECT_SENTENCES if view.seconds else words.EXPECT_NO_LIMIT
    layout = sheet.layout
    heading, sentences = sheet.heading(words.EXPECT), sheet.sentences(sentences_shown)
    card_height, apart = _card_height(sheet, cards), sheet.space(58)
    height = sheet.height(heading) + apart + card_height + sheet.height(sentences)
    top = layout.body.y + (layout.body.h - height) // 2
    below = top + sheet.height(heading) + apart
    return [
        *sheet.set(heading, top),
        *_cards(sheet, cards, below, card_height),
        *sheet.set(sentences, below + card_height),
        *widgets.strong(sheet, Button.NEXT),
        *widgets.changes(sheet),
        *(widgets.at_the_foot(sheet, words.TO_LEAVE) if sheet.scene.can_leave and not sheet.scene.changes else []),
    ]


def _card_width(sheet: Sheet, count: int) -> int:
    layout = sheet.layout
    most = layout.px(380 if layout.is_larger else 300)
    return min(most, (layout.page.w - (count - 1) * layout.gap) // count)


def _below(sheet: Sheet, cards: list[tuple[str, str]]) -> list[tuple[str, ...]]:
    """The words below the numbers, broken if the cards are narrower."""
    room = _card_width(sheet, len(cards)) - 2 * sheet.layout.px(14)
    return [sheet.broken((below,), TextRole.CARD, room) for _, below in cards]


def _card_height(sheet: Sheet, cards: list[tuple[str, str]]) -> int:
    """High enough for the most lines, with as much space around them as in the sketch."""
    layout = sheet.layout
    extra = max(len(lines) for lines in _below(sheet, cards)) - 1
    words_high = layout.fonts.digit_height(sheet.style(TextRole.NUMBER)) + layout.fonts.digit_height(
        sheet.style(TextRole.CARD)
    )
    needed = words_high + layout.px(30) + extra * sheet.pitch(TextRole.CARD) + 2 * layout.px(26)
    return max(layout.px(164), needed)


def _cards(sheet: Sheet, cards: list[tuple[str, str]], top: int, height: int) -> list[Mark]:
    layout, theme = sheet.layout, sheet.theme
    width = _card_width(sheet, len(cards))
    left = layout.page.middle[0] - (len(cards) * (width + layout.gap) - layout.gap) // 2
    marks: list[Mark] = []
    number, label = sheet.style(TextRole.NUMBER), sheet.style(TextRole.CARD)
    tall = layout.fonts.digit_height(number)
    low = layout.fonts.digit_height(label)
    apart = layout.px(30)
    for index, ((count, _), lines) in enumerate(zip(cards, _below(sheet, cards), strict=True)):
        area = Rect(left + index * (width + layout.gap), top, width, height)
        more = (len(lines) - 1) * sheet.pitch(TextRole.CARD)
        first = area.y + (height - tall - apart - low - more) // 2 + tall
        x = area.middle[0]
        marks += [
            Box(area, layout.radius, theme.card, theme.line, layout.hairline),
            sheet.text(count, number, theme.ink, (x, first), Align.CENTRE),
        ]
        below = first + apart + low
        marks += [
            sheet.text(line, label, theme.soft, (x, below + row * sheet.pitch(TextRole.CARD)), Align.CENTRE)
            for row, line in enumerate(lines)
        ]
    return marks
