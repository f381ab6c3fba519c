"""The real window takes another size in the middle of a check, on a real X server: what is seen is the new question."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pygame
import pytest

from benchmarks.screen import Injector, RunningKiosk, kiosk
from mtc_kiosk.check.kind import Kind
from mtc_kiosk.check.view import QuestionView
from mtc_kiosk.kiosk.drawing.fonts import Fonts
from mtc_kiosk.kiosk.drawing.page_layout import Layout
from mtc_kiosk.kiosk.drawing.theme import theme_of
from mtc_kiosk.kiosk.screens import draw
from mtc_kiosk.kiosk.view.controls import Control, ScreenKey
from mtc_kiosk.kiosk.view.scene import Scene
from tools.gallery.contact_sheet import pictured

from .resizing import XScreen
from .test_real_window import TITLE, begin, next_shown

SEEN_WITHIN_S = 3


@pytest.fixture
def screen(display: str) -> Iterator[XScreen]:
    """The X screen that the kiosk is on."""
    made = XScreen(display, TITLE)
    yield made
    made.close()


def question(shown: dict[str, Any], typed: str, seconds_left: int) -> Scene:
    """A question of "try it out" as it should be seen."""
    factors = shown["factor1"], shown["factor2"]
    return Scene(QuestionView(shown["number"], 25, False, 1, *factors, True, typed, seconds_left, 6), Kind.TRY)


def without_filler(pixels: bytes) -> bytes:
    """Blue, green, red and an unused byte of each pixel."""
    plain = bytearray(pixels)
    plain[3::4] = bytes(len(plain) // 4)
    return bytes(plain)


def as_the_server_gives_it(scene: Scene, size: tuple[int, int]) -> bytes:
    """The pixels of a scene as X hands them out."""
    return without_filler(pygame.image.tobytes(pictured(scene, size, Fonts()), "BGRA"))


def sees_question(screen: XScreen, size: tuple[int, int], shown: dict[str, Any], typed: str = "") -> bool:
    """Whether this very question comes to the screen at this size, every pixel of it, within its time."""
    wanted = [as_the_server_gives_it(question(shown, typed, left), size) for left in (6, 5, 4, 3, 2, 1)]
    until = time.monotonic() + SEEN_WITHIN_S
    while time.monotonic() < until:
        try:
            is_size, pixels = screen.pixels()
        except LookupError:
            continue
        if is_size == size and without_filler(pixels) in wanted:
            return True
    return False


def to_first_question(running: RunningKiosk, fingers: Injector) -> tuple[str, int, dict[str, Any]]:
    """Through the pages and the practice: the attempt, and the first question that counts."""
    attempt, seq = begin(running, fingers), 0
    while True:
        seq, shown = next_shown(running, fingers, attempt, seq)
        if not shown["practice"]:
            return attempt, seq, shown
        fingers.tap("1", "Return")


def middle_of(key: Control, size: tuple[int, int]) -> tuple[int, int]:
    """Where a key of the pad is in a window of this size."""
    scene = question({"number": 1, "factor1": 2, "factor2": 2}, "", 6)
    marks = draw(scene, theme_of(scene.look, no_pad=False), Layout(*size, Fonts()))
    rect = next(mark.rect for mark in marks if getattr(mark, "control", None) == key)
    return rect.x + rect.w // 2, rect.y + rect.h // 2


RESIZED: dict[str, tuple[tuple[str, ...], Callable[[XScreen, int, int], None]]] = {
    "the window": (("try", "--windowed", "1366x768"), XScreen.resize_window),
    "the screen under a full-screen window": (("try",), XScreen.resize_screen),
}


@pytest.mark.parametrize("what", list(RESIZED))
def test_the_next_question_is_seen_at_the_new_size(
    display: str, fingers: Injector, screen: XScreen, tmp_path: Path, what: str
) -> None:
    """Resized with a digit typed: the same question, then the next one, whole, and the mouse finds the new pad."""
    command, resize = RESIZED[what]
    size = (1024, 768)
    with kiosk(display, tmp_path / "home", *command) as running:
        attempt, seq, first = to_first_question(running, fingers)
        fingers.tap("5")
        resize(screen, *size)
        assert sees_question(screen, size, first, "5")
        running.wait_for("select 1 from answer where number = 1")

        seq, second = next_shown(running, fingers, attempt, seq)
        assert sees_question(screen, size, second)
        (left, top), (x, y) = screen.place, middle_of(ScreenKey("7"), size)
        fingers.click(left + x, top + y)
        assert sees_question(screen, size, second, "7")
        fingers.tap("2", "Return")
        running.wait_for("select 1 from answer where number = 2")

        answers = running.rows("select number, showing, response, by, at_us - shown_us from answer order by number")
        assert answers[0] == (1, 1, "5", "timeout", 6_000_000)
        assert answers[1][:4] == (2, 1, "72", "enter")
        assert len([data for _, data in running.events(attempt, "Shown") if not data["practice"]]) == 2
        sizes = [data["detail"] for _, data in running.events(attempt, "Noted") if data["what"] == "window_size"]
        assert sizes == ["1024x768"]


def test_a_larger_screen_is_filled(display: str, fingers: Injector, screen: XScreen, tmp_path: Path) -> None:
    """Back from the projector's size to the PC's own: the picture fills it, and the keyboard still answers."""
    with kiosk(display, tmp_path / "home", "try") as running:
        attempt, seq, _ = to_first_question(running, fingers)
        screen.resize_screen(1024, 768)
        running.wait_for("select 1 from answer where number = 1")
        seq, second = next_shown(running, fingers, attempt, seq)
        screen.resize_screen(1280, 720)
        assert sees_question(screen, (1280, 720), second)
        fingers.tap("4", "2", "Return")
        assert running.wait_for("select response, by from answer where number = 2") == [("42", "enter")]
