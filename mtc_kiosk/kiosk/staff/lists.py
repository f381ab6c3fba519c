"""Cut what the staff room found into pages of the staff's lists."""

from collections.abc import Sequence
from dataclasses import replace

from mtc_kiosk.check.kind import Kind
from mtc_kiosk.kiosk.staff.port import HeldFound, PinSheet, PupilFound
from mtc_kiosk.kiosk.view import staff_words
from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.kiosk.view.rows import CODES_A_PAGE, HELD_A_PAGE, PINS_A_PAGE, PUPILS_A_PAGE, CodeRow, page_of
from mtc_kiosk.kiosk.view.scene import CodeListView, Grant, HeldListView, PinListView, PupilListView

LONGEST_TEXT = 40
"""Letters of a name that is looked for."""

TURNS = {Button.PREVIOUS: -1, Button.FOLLOWING: 1}
GRANTS = {Button.RESTART: Grant.RESTART, Button.REASON: Grant.REASON}


def pins_view(sheets: Sequence[PinSheet], page: int) -> PinListView:
    """A page of the PINs; each kind of check has pages of its own, one kind after the other."""
    pages = [
        PinListView(sheet.kind, sheet.password, page_of(sheet.rows, number, PINS_A_PAGE).rows)
        for sheet in sheets
        for number in range(1, page_of(sheet.rows, 1, PINS_A_PAGE).pages + 1)
    ]
    if not pages:
        return PinListView(Kind.OFFICIAL, "", ())
    page = min(max(1, page), len(pages))
    return replace(pages[page - 1], page=page, pages=len(pages))


def held_on(found: Sequence[HeldFound], page: int) -> tuple[HeldFound, ...]:
    """The held checks on a page."""
    return page_of(found, page, HELD_A_PAGE).rows


def held_view(
    found: Sequence[HeldFound],
    page: int,
    chosen: int | None = None,
    on_screen: str | None = None,
    *,
    can_resume: bool = False,
) -> HeldListView:
    """A page of the held checks; ``chosen`` is a row of the page.

    ``on_screen`` is the attempt on this kiosk's screen, ``can_resume`` whether that one can go on now.
    """
    paged = page_of(found, page, HELD_A_PAGE)
    rows = tuple(one.row for one in paged.rows)
    if chosen is None or chosen >= len(rows):
        return HeldListView(rows, page=paged.page, pages=paged.pages)
    offered, message = _offered(paged.rows[chosen], on_screen, can_resume=can_resume)
    return HeldListView(rows, chosen, offered, message, paged.page, paged.pages)


def pupils_on(found: Sequence[PupilFound], page: int) -> tuple[PupilFound, ...]:
    """The pupils on a page, with their ids."""
    return page_of(found, page, PUPILS_A_PAGE).rows


def pupils_view(found: Sequence[PupilFound], view: PupilListView) -> PupilListView:
    """The page of pupils that ``view`` asks for."""
    paged = page_of(found, view.page, PUPILS_A_PAGE)
    return replace(view, rows=tuple(one.row for one in paged.rows), page=paged.page, pages=paged.pages)


def codes_view(codes: Sequence[CodeRow], view: CodeListView) -> CodeListView:
    """The page of codes that ``view`` asks for."""
    paged = page_of(codes, view.page, CODES_A_PAGE)
    return replace(view, rows=paged.rows, chosen=None, page=paged.page, pages=paged.pages)


def _offered(held: HeldFound, on_screen: str | None, *, can_resume: bool) -> tuple[frozenset[Button], str]:
    """The buttons for a held check on this kiosk; if there are none, a sentence that says why."""
    if not held.is_here:
        return frozenset(), staff_words.only_there(held.row.kiosk, only_stop=held.only_stop)
    if on_screen is not None and held.attempt_id != on_screen:
        return frozenset(), staff_words.ON_SCREEN_FIRST
    if on_screen is not None:
        offered = {Button.RESUME, Button.SET_ASIDE} if can_resume else set()
    else:
        offered = set() if held.only_stop else {Button.RESUME}
    return frozenset(offered | {Button.STOP}), ""
