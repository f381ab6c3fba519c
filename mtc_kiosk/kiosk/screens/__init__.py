"""Every screen, as a pure function of scene, theme and layout. It says what stands where; ``paint`` alone draws."""

from typing import assert_never

from mtc_kiosk.check.view import EndedView, HeldView, PageView, PauseView, QuestionView
from mtc_kiosk.kiosk.layout import Layout
from mtc_kiosk.kiosk.marks import Mark
from mtc_kiosk.kiosk.scene import (
    AgainView,
    FinishedView,
    HowWasItView,
    NoticeView,
    Scene,
    Shown,
    StaffView,
    WelcomeView,
)
from mtc_kiosk.kiosk.screens import feeling, page, parts, question, staff, waiting
from mtc_kiosk.kiosk.screens.sheet import Sheet
from mtc_kiosk.kiosk.theme import Theme


def draw(scene: Scene, theme: Theme, layout: Layout) -> tuple[Mark, ...]:
    """The marks of a scene, the lowest first."""
    sheet = Sheet(scene, theme, layout)
    return (*parts.paper(sheet), *_drawn(sheet, scene.shown))


def _drawn(sheet: Sheet, shown: Shown) -> list[Mark]:  # noqa: C901 - one line a kind of screen
    match shown:
        case PageView():
            return page.page(sheet, shown)
        case PauseView():
            return waiting.pause(sheet, shown)
        case QuestionView():
            return question.question(sheet, shown)
        case HeldView():
            return waiting.held(sheet, shown)
        case EndedView():
            return page.ended(sheet, shown)
        case WelcomeView():
            return page.welcome(sheet)
        case FinishedView():
            return page.finished(sheet)
        case HowWasItView():
            return feeling.how_was_it(sheet, shown)
        case AgainView():
            return page.again(sheet)
        case StaffView():
            return staff.staff(sheet, shown)
        case NoticeView():
            return page.notice(sheet, shown)
        case _:
            assert_never(shown)
