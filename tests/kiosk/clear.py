"""What the tests of looks share: the pupils' screens, and whether marks keep clear of each other."""

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, product

from mtc_kiosk.check.arrangements import Look
from mtc_kiosk.kiosk.drawing.marks import Box, Mark, Text
from mtc_kiosk.kiosk.drawing.page_layout import LEAST_TOUCH_PX, Layout
from mtc_kiosk.kiosk.view.controls import Button
from mtc_kiosk.kiosk.view.scene import Scene, StaffShown
from tools.gallery.contact_sheet import scenes

# The same marks as another scene, but for a word or a look.
LIKE_OTHERS = frozenset(
    {
        *("sign_in_early", "sign_in_late", "sign_in_no_session", "sign_in_used", "sign_in_typing", "wait_early"),
        *("confirm_try", "question_try", "question_empty", "question_hidden", "practice_try", "stopped", "leave"),
        *("expect_bob", "sign_in_yob", "how_was_it_yob", "choose_colours_peach", "choose_size_large", "pause"),
        *("settings_one", "assistant_typing", "next_pressed", "held_open_only_stop", "how_was_it", "question_bar"),
        *("question_no_time", "question_speaker_pressed", "question_speaker_used", "question_left", "expect_xxl"),
    }
)


def pupil_scenes() -> dict[str, Scene]:
    """Every screen a pupil can see, once, without a look of its own."""
    plain = {name: replace(scene, look=Look()) for name, scene in scenes().items() if name not in LIKE_OTHERS}
    seen: dict[Scene, str] = {}
    for name, scene in plain.items():
        if not isinstance(scene.shown, StaffShown):
            seen.setdefault(scene, name)
    return {name: scene for scene, name in seen.items()}


def _is_cut_by(card: Box, button: Box) -> bool:
    """Whether a button is partly on a card; a ring, and whatever else is around a button, contains it whole."""
    return card.rect.meets(button.rect) and not card.rect.holds(button.rect)


def unclear(marks: Sequence[Mark], layout: Layout) -> list[str]:
    """Every fault of a screen: what leaves the display, what runs into something else, what is too small to press."""
    texts = [mark for mark in marks if isinstance(mark, Text)]
    boxes = [mark for mark in marks if isinstance(mark, Box) and mark.rect != layout.display]
    pressed = [box for box in boxes if box.control is not None]
    faults = [f"leaves the display: {mark}" for mark in marks if not layout.display.holds(mark.rect)]
    faults += [f"{one.text} over {other.text}" for one, other in combinations(texts, 2) if one.rect.meets(other.rect)]
    faults += [
        f"{one.control} over {other.control}" for one, other in combinations(pressed, 2) if one.rect.meets(other.rect)
    ]
    faults += [
        f"{box.control} over the edge of a card at {card.rect}"
        for box, card in product(pressed, boxes)
        if isinstance(box.control, Button) and card.control is None and _is_cut_by(card, box)
    ]
    for box in boxes:
        face = box.rect._replace(h=box.rect.h - box.depth)
        inner = (face.moved(0, box.depth) if box.sunk else face).grown(-layout.hairline)
        faults += [
            f"{text.text} over the edge of {box}"
            for text in texts
            if box.rect.meets(text.rect) and not inner.holds(text.rect)
        ]
    least = 10 * math.hypot(layout.width, layout.height) / (layout.diagonal_inches * 25.4)
    faults += [f"{box.control} is small" for box in pressed if min(box.rect.w, box.rect.h) < max(LEAST_TOUCH_PX, least)]
    return faults
