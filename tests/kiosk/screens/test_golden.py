"""Golden pictures: every screen is compared with the picture that somebody looked at and kept.

``MTC_UPDATE_GOLDEN=1`` rewrites the references; then look at each of them. A failure leaves what was expected, what was
drawn and the difference in ``tests/failed/``.
"""

import os
from dataclasses import replace
from pathlib import Path

import pygame
import pytest
from PIL import Image
from pixelmatch.contrib.PIL import pixelmatch

from mtc_kiosk.check.view import QuestionView
from mtc_kiosk.kiosk.drawing.fonts import Fonts
from tools.gallery.contact_sheet import pictured, scenes

GOLDEN = Path(__file__).parents[2] / "golden"
FAILED = Path(__file__).parents[2] / "failed"
THRESHOLD = 0.1
MOST_PIXELS = 8  # a small 3 in place of a small 8 is 18

USUAL = (1366, 768)
ALSO = {
    (1024, 768): (
        *("expect", "question_longest", "practice_try", "held", "staff_open", "how_was_it_chosen"),
        *("sign_in_wrong", "confirm_long", "menu_hold", "pins", "held_checks", "pupils", "reason_codes"),
        *("settings_every", "assistant_wrong", "choose_size_xxl", "question_sml", "question_xlg", "question_xxl"),
        *("question_no_pad", "question_speaker", "question_everything", "expect_xxl"),
    ),
    (768, 1024): (
        *("question_longest", "how_was_it_chosen", "sign_in_wrong", "confirm_long", "pins", "pupils"),
        *("question_lrg", "question_xxl", "assistant_typing", "choose_colours_peach"),
    ),
    (1920, 1080): ("welcome", "question_longest"),
}
PICTURES = {f"{name}": (name, USUAL) for name in scenes()} | {
    f"{name}-{width}x{height}": (name, (width, height)) for (width, height), names in ALSO.items() for name in names
}
FONTS = Fonts()
HEAD = (0, 0, 400, 100)  # the place of "Question 7 of 25", without the dots


def as_image(surface: pygame.Surface) -> Image.Image:
    """A surface as a Pillow image."""
    return Image.frombytes("RGB", surface.get_size(), pygame.image.tobytes(surface, "RGB"))


@pytest.mark.parametrize("file", list(PICTURES))
def test_screen_looks_as_it_was_kept(file: str) -> None:
    """A screen has the pixels of its reference, but for a few shades at the edges of letters."""
    name, size = PICTURES[file]
    actual = as_image(pictured(scenes()[name], size, FONTS))
    reference = GOLDEN / f"{file}.png"
    if os.environ.get("MTC_UPDATE_GOLDEN") == "1":
        actual.save(reference, optimize=True)
    assert reference.exists(), f"{reference.name} is missing: run with MTC_UPDATE_GOLDEN=1, then look at it."
    expected = Image.open(reference).convert("RGB")
    if expected.size == actual.size and expected.tobytes() == actual.tobytes():
        return
    assert expected.size == actual.size
    difference = Image.new("RGBA", size)
    differing = pixelmatch(expected, actual, difference, threshold=THRESHOLD)
    if differing > MOST_PIXELS:
        FAILED.mkdir(exist_ok=True)
        for kind, picture in (("expected", expected), ("actual", actual), ("difference", difference)):
            picture.save(FAILED / f"{file}-{kind}.png")
    assert differing <= MOST_PIXELS, f"{file}: {differing} pixels differ; look at tests/failed/{file}-difference.png."


def test_no_reference_without_a_screen() -> None:
    """Every kept picture belongs to a screen that is still drawn."""
    assert {path.stem for path in GOLDEN.glob("*.png")} == set(PICTURES)


def test_documented() -> None:
    """Every screen that is drawn has its row in ``docs/screens.md``, and no row is of another."""
    page = (Path(__file__).parents[3] / "docs" / "screens.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    named = [name.strip().strip("`") for row in rows for name in row.split(",")]
    assert sorted(named) == sorted(scenes())


def test_a_wrong_digit_is_seen() -> None:
    """The comparison is strict enough to tell a small 3 from a small 8."""
    scene = scenes()["question"]
    assert isinstance(scene.shown, QuestionView)
    three, eight = (
        as_image(pictured(replace(scene, shown=replace(scene.shown, number=number)), USUAL, FONTS).subsurface(HEAD))
        for number in (3, 8)
    )
    assert pixelmatch(three, eight, threshold=THRESHOLD) > MOST_PIXELS
