"""Every screen, as a pure function of scene, theme and layout. It returns marks; ``drawing.paint`` draws them."""

from typing import assert_never

from mtc_kiosk.check.view import EndedView, HeldView, PageView, PauseView, QuestionView
from mtc_kiosk.kiosk.drawing.marks import Mark
from mtc_kiosk.kiosk.drawing.page_layout import Layout
from mtc_kiosk.kiosk.drawing.theme import EXERCISE_BOOK, FULL_SIZE, FitStep, Theme
from mtc_kiosk.kiosk.screens import (
    assistant,
    confirm,
    held_checks,
    how_was_it,
    look_choice,
    page,
    pause_and_held,
    pins,
    pupils_and_codes,
    question,
    settings_and_keyboard,
    sign_in,
    staff_menu,
    widgets,
)
from mtc_kiosk.kiosk.screens.fit_page import fit_of
from mtc_kiosk.kiosk.screens.sheet import Sheet
from mtc_kiosk.kiosk.view.scene import (
    AgainView,
    Around,
    Arranging,
    AssistantView,
    CodeListView,
    ColoursView,
    ConfirmView,
    FinishedView,
    HeldListView,
    HowWasItView,
    KeyboardView,
    NoticeView,
    PinListView,
    PupilListView,
    Scene,
    SettingsView,
    Shown,
    SignInView,
    SizeView,
    StaffAskView,
    StaffDoneView,
    StaffMenuView,
    StaffShown,
    StaffView,
    WaitView,
    WelcomeView,
)


def draw(scene: Scene, theme: Theme, layout: Layout) -> tuple[Mark, ...]:
    """The marks of a scene, the lowest first. The staff's pages look the same for every pupil."""
    if isinstance(scene.shown, StaffShown):
        return _laid_out(scene, EXERCISE_BOOK, layout, FULL_SIZE)
    layout = layout.sized(theme.size)
    if isinstance(scene.shown, QuestionView):
        return _laid_out(scene, theme, layout, FULL_SIZE)
    return _laid_out(scene, theme, layout, fit_of(scene, theme, layout, _laid_out))


def _laid_out(scene: Scene, theme: Theme, layout: Layout, fit: FitStep) -> tuple[Mark, ...]:
    sheet = Sheet(scene, theme, layout, fit)
    return (*widgets.paper(sheet), *_drawn(sheet, scene.shown), *widgets.back_out(sheet))


def _drawn(sheet: Sheet, shown: Shown) -> list[Mark]:
    match shown:
        case PageView():
            return page.page(sheet, shown)
        case PauseView():
            return pause_and_held.pause(sheet, shown)
        case QuestionView():
            return question.question(sheet, shown)
        case HeldView():
            return pause_and_held.held(sheet, shown)
        case EndedView():
            return page.ended(sheet, shown)
        case _:
            return _around_the_check(sheet, shown)


def _around_the_check(sheet: Sheet, shown: Around | Arranging | StaffShown) -> list[Mark]:
    match shown:
        case WelcomeView():
            return page.welcome(sheet)
        case FinishedView():
            return page.finished(sheet)
        case HowWasItView():
            return how_was_it.how_was_it(sheet, shown)
        case AgainView():
            return page.again(sheet, shown)
        case NoticeView():
            return page.notice(sheet, shown)
        case WaitView():
            return page.wait(sheet, shown)
        case SignInView():
            return sign_in.sign_in(sheet, shown)
        case ConfirmView():
            return confirm.confirm(sheet, shown)
        case ColoursView() | SizeView() | SettingsView() | AssistantView() | KeyboardView():
            return _arranging(sheet, shown)
        case _:
            return _for_staff(sheet, shown)


def _arranging(sheet: Sheet, shown: Arranging) -> list[Mark]:
    match shown:
        case ColoursView():
            return look_choice.colours(sheet, shown)
        case SizeView():
            return look_choice.size(sheet, shown)
        case SettingsView():
            return settings_and_keyboard.settings(sheet, shown)
        case AssistantView():
            return assistant.assistant(sheet, shown)
        case KeyboardView():
            return settings_and_keyboard.keyboard(sheet, shown)
        case _:
            assert_never(shown)


def _for_staff(sheet: Sheet, shown: StaffShown) -> list[Mark]:
    match shown:
        case StaffView():
            return staff_menu.staff(sheet, shown)
        case StaffMenuView():
            return staff_menu.menu(sheet, shown)
        case PinListView():
            return pins.pins(sheet, shown)
        case HeldListView():
            return held_checks.held_checks(sheet, shown)
        case PupilListView():
            return pupils_and_codes.pupils(sheet, shown)
        case CodeListView():
            return pupils_and_codes.codes(sheet, shown)
        case StaffAskView():
            return page.ask(sheet, shown)
        case StaffDoneView():
            return page.done(sheet, shown)
        case _:
            assert_never(shown)
