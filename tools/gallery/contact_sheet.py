"""Draws every screen without a display, and arranges them on sheets: ``python -m tools.gallery.contact_sheet OUT``.

The golden pictures are drawn from the same list of made-up scenes.
"""

import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pygame

from mtc_kiosk.check.arrangements import Colours, Look, Size
from mtc_kiosk.check.events import Cause
from mtc_kiosk.check.facts import Outcome
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.script import Page
from mtc_kiosk.check.view import EndedView, HeldView, PageView, PauseView, QuestionView
from mtc_kiosk.kiosk.drawing.fonts import Fonts
from mtc_kiosk.kiosk.drawing.page_layout import Layout
from mtc_kiosk.kiosk.drawing.paint import paint
from mtc_kiosk.kiosk.drawing.theme import EXERCISE_BOOK, Theme, theme_of
from mtc_kiosk.kiosk.flow.stage import READY
from mtc_kiosk.kiosk.screens import draw
from mtc_kiosk.kiosk.staff.disk_remedy import remedy
from mtc_kiosk.kiosk.view import staff_words
from mtc_kiosk.kiosk.view.controls import Button, Feeling, ScreenKey
from mtc_kiosk.kiosk.view.scene import (
    AgainView,
    Arranging,
    FinishedView,
    HowWasItView,
    NoticeView,
    Scene,
    Shown,
    StaffShown,
    StaffView,
    WelcomeView,
)
from mtc_kiosk.store.db.sqlite_faults import Fault
from tools.gallery.arrangement_scenes import key_screens, look_scenes
from tools.gallery.school_scenes import school_scenes

SIZES = ((1366, 768), (1024, 768), (768, 1024))
THUMBNAIL_WIDTH = 384
SMALLER_WIDTH = 288
SMALLEST_WIDTH = 232
COLUMNS = 4
GAP = 16
PLAIN_PAGES = (Page.EXPECT, Page.PRACTICE_INTRO, Page.PRACTICE_COMPLETE, Page.QUESTIONS_INTRO)
NEXT = Button.NEXT


def scenes() -> Mapping[str, Scene]:
    """Every screen in every state worth a picture, by name."""
    return {**usual_scenes(), **look_scenes()}


def usual_scenes() -> dict[str, Scene]:
    """The screens without arrangements."""
    return {**_pages(), **school_scenes(), **_questions(), **_held(), **_after()}


def _asked(number: int, factors: tuple[int, int], typed: str, seconds_left: int, *, practice: bool = False) -> Shown:
    total = 3 if practice else 25
    return QuestionView(number, total, practice, 1, *factors, True, typed, seconds_left, 6)


def _pages() -> dict[str, Scene]:
    official = {page: PageView(page, 3, 25, "6") for page in PLAIN_PAGES}
    scenes = {str(page): Scene(view, Kind.OFFICIAL, focus=NEXT) for page, view in official.items()}
    return {
        "welcome": Scene(WelcomeView(), Kind.OFFICIAL, focus=Button.TRY_IT_OUT),
        **scenes,
        "expect_try": Scene(official[Page.EXPECT], Kind.TRY),
        "expect_changed_rules": Scene(PageView(Page.EXPECT, 0, 40, "6.5"), Kind.OFFICIAL),
        "next_pressed": Scene(official[Page.PRACTICE_INTRO], Kind.OFFICIAL, pressed=frozenset({NEXT})),
    }


def _questions() -> dict[str, Scene]:
    hidden = QuestionView(8, 25, False, 1, 6, 9, False, "", 6, 6)
    pressed = frozenset({ScreenKey("6"), ScreenKey("Enter")})
    return {
        "pause": Scene(PauseView(8, 25, practice=False), Kind.OFFICIAL),
        "pause_practice": Scene(PauseView(2, 3, practice=True), Kind.OFFICIAL),
        "pause_next": Scene(PauseView(8, 25, practice=False, next_button=True), Kind.OFFICIAL, focus=NEXT),
        "pause_saving": Scene(PauseView(8, 25, practice=False, saving=True), Kind.OFFICIAL),
        "question": Scene(_asked(7, (12, 8), "96", 4), Kind.OFFICIAL),
        "question_empty": Scene(_asked(1, (2, 2), "", 6), Kind.OFFICIAL),
        "question_longest": Scene(_asked(25, (12, 12), "14444", 1), Kind.OFFICIAL),
        "question_pressed": Scene(_asked(12, (7, 8), "56", 3), Kind.OFFICIAL, pressed=pressed),
        "question_hidden": Scene(hidden, Kind.OFFICIAL),
        "question_try": Scene(_asked(7, (12, 8), "96", 4), Kind.TRY),
        "practice": Scene(_asked(2, (2, 2), "", 6, practice=True), Kind.OFFICIAL),
        "practice_try": Scene(_asked(3, (10, 10), "100", 2, practice=True), Kind.TRY),
    }


def _held() -> dict[str, Scene]:
    held = HeldView(Cause.SUSPEND, only_stop=False)
    why = staff_words.why_held(Cause.SUSPEND, only_stop=False)
    return {
        "held": Scene(held, Kind.OFFICIAL),
        "held_ready": Scene(READY, Kind.OFFICIAL),
        "held_open": Scene(held, Kind.TRY, focus=Button.RESUME, held_open=True),
        "held_open_only_stop": Scene(HeldView(Cause.UNKNOWN, only_stop=True), Kind.TRY, held_open=True),
        "held_open_full": Scene(held, Kind.TRY, held_open=True, remedy=remedy(Fault.FULL, "drive C:")),
        "staff_passcode": Scene(StaffView(3, (), can_resume=True), Kind.OFFICIAL),
        "staff_wrong": Scene(StaffView(0, (staff_words.WRONG_PASSCODE,), can_resume=True), Kind.OFFICIAL),
        "staff_running": Scene(StaffView(0, (staff_words.CHECK_WAITS,), can_resume=True), Kind.OFFICIAL),
        "staff_running_wrong": Scene(
            StaffView(0, (staff_words.WRONG_PASSCODE, staff_words.CHECK_WAITS), can_resume=True), Kind.OFFICIAL
        ),
        "staff_full": Scene(StaffView(None, remedy(Fault.FULL, "drive C:"), False), Kind.OFFICIAL),
        "staff_open": Scene(StaffView(None, why, True), Kind.OFFICIAL, focus=Button.RESUME),
        "staff_only_stop": Scene(
            StaffView(None, staff_words.why_held(Cause.SUSPEND, only_stop=True), False), Kind.OFFICIAL
        ),
    }


def _after() -> dict[str, Scene]:
    disk = NoticeView(
        "The disk is nearly full",
        ("Tell your teacher. The check can begin once there is room to save the answers.",),
        Button.BACK,
    )
    return {
        "finished": Scene(FinishedView(), Kind.OFFICIAL, focus=NEXT),
        "out_of_time": Scene(EndedView(Outcome.OUT_OF_TIME), Kind.OFFICIAL),
        "stopped": Scene(EndedView(Outcome.STOPPED), Kind.OFFICIAL),
        "how_was_it": Scene(HowWasItView(None), Kind.OFFICIAL, focus=Feeling.EASY),
        "how_was_it_chosen": Scene(HowWasItView(Feeling.NEITHER), Kind.OFFICIAL, focus=Button.SEND),
        "again": Scene(AgainView(can_go_again=True), Kind.TRY, focus=Button.AGAIN),
        "leave": Scene(AgainView(can_go_again=False), Kind.OFFICIAL),
        "notice": Scene(disk, Kind.OFFICIAL),
    }


def own_theme(scene: Scene) -> Theme:
    """The theme for a scene."""
    return theme_of(scene.look, no_pad=scene.no_pad)


def pictured(scene: Scene, size: tuple[int, int], fonts: Fonts) -> pygame.Surface:
    """One screen as the pupil sees it, on a surface of its own."""
    surface = pygame.Surface(size)
    paint(surface, draw(scene, own_theme(scene), Layout(*size, fonts)), None, fonts)
    return surface


def main(out: Path) -> None:
    """Write to ``out`` a sheet of the usual screens for each of ``SIZES``, and those of ``look_sheets``."""
    out.mkdir(parents=True, exist_ok=True)
    fonts = Fonts()
    for size in SIZES:
        pictures = [pictured(scene, size, fonts) for scene in usual_scenes().values()]
        pygame.image.save(_sheet(pictures), out / f"{size[0]}x{size[1]}.png")
    for name, (size, shown, columns) in look_sheets().items():
        pictures = [pictured(scene, size, fonts) for scene in shown]
        across = SMALLEST_WIDTH if columns > COLUMNS + 3 else SMALLER_WIDTH
        pygame.image.save(_sheet(pictures, columns, across), out / f"{name}.png")


def look_sheets() -> dict[str, tuple[tuple[int, int], list[Scene], int]]:
    """The sheets of colours, sizes and arrangements by name: the display, the scenes, and how many in a row."""
    schemes = [scene for each in (None, *Colours) for scene in key_screens(Look(colours=each))]
    sizes = [scene for each in Size for scene in key_screens(Look(size=each))]
    in_a_row = len(key_screens(Look()))
    return {
        **{f"every-{each}": ((1366, 768), _every(Look(colours=each)), 2 * COLUMNS) for each in Colours},
        **{f"every-{each}": ((1024, 768), _every(Look(size=each)), 2 * COLUMNS) for each in Size if each != Size.RGL},
        "colours": ((1366, 768), schemes, in_a_row),
        "sizes-1366x768": ((1366, 768), sizes, in_a_row),
        "sizes-1024x768": ((1024, 768), sizes, in_a_row),
        "arrangements": ((1366, 768), list(look_scenes().values()), COLUMNS + 1),
    }


def _every(look: Look) -> list[Scene]:
    """Every screen that a pupil with this look can see."""
    seen = [scene for scene in usual_scenes().values() if not isinstance(scene.shown, StaffShown)]
    pages = [scene for scene in look_scenes().values() if isinstance(scene.shown, Arranging)]
    return [replace(scene, look=look) for scene in (*seen, *pages)]


def _sheet(pictures: list[pygame.Surface], columns: int = COLUMNS, across: int = THUMBNAIL_WIDTH) -> pygame.Surface:
    width, height = pictures[0].get_size()
    small = (across, height * across // width)
    rows = -(-len(pictures) // columns)
    sheet = pygame.Surface((columns * (small[0] + GAP) + GAP, rows * (small[1] + GAP) + GAP))
    sheet.fill(EXERCISE_BOOK.key_edge)
    for index, picture in enumerate(pictures):
        place = (GAP + index % columns * (small[0] + GAP), GAP + index // columns * (small[1] + GAP))
        sheet.blit(pygame.transform.smoothscale(picture, small), place)
    return sheet


if __name__ == "__main__":
    main(Path(sys.argv[1]))
