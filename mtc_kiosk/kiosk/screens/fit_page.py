"""How large the words of a page are: as wanted, or the largest size at which nothing overlaps.

A page is laid out at one size after the other until it fits; the result is cached. What comes and goes on a page (typed
text, a message, a button that waits) is tried with it, so that nothing changes size for it. Questions have places of
their own and are not tried.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import combinations

from mtc_kiosk.check.arrangements import Colours, Look, Size
from mtc_kiosk.check.view import PauseView
from mtc_kiosk.kiosk.drawing.marks import Box, Mark, Picture, Rect, Text
from mtc_kiosk.kiosk.drawing.page_layout import Layout
from mtc_kiosk.kiosk.drawing.theme import FitStep, Theme
from mtc_kiosk.kiosk.screens.sheet import FIT_STEPS
from mtc_kiosk.kiosk.view.controls import Button, Feeling, Field, ScreenKey
from mtc_kiosk.kiosk.view.scene import (
    AssistantView,
    ColoursView,
    HowWasItView,
    KeyboardView,
    Scene,
    Shown,
    SignInView,
    SizeView,
)

Draw = Callable[[Scene, Theme, Layout, FitStep], Sequence[Mark]]


def fit_of(scene: Scene, theme: Theme, layout: Layout, draw: Draw) -> FitStep:
    """The first step at which the scene, and all that may come and go on it, fits."""
    # All of a scene except what is drawn on top of it, so that no new field is forgotten.
    plain = replace(scene, focus=None, pressed=frozenset(), look=Look(), no_pad=False)
    scenes = tuple(replace(plain, shown=shown) for shown in _all_of(scene.shown, larger=layout.is_larger))
    return _found(scenes, theme.geometry, layout, draw)


@lru_cache(maxsize=128)  # each keeps its scenes alive: a pupil's pages and one of the staff's lists are far fewer
def _found(scenes: tuple[Scene, ...], theme: Theme, layout: Layout, draw: Draw) -> FitStep:
    for fit in FIT_STEPS:
        if all(fits(draw(scene, theme, layout, fit), layout) for scene in scenes):
            return fit
    return FIT_STEPS[-1]


def _all_of(shown: Shown, *, larger: bool) -> tuple[Shown, ...]:
    """A page with all that may come and go on it, in as many views as it takes."""
    match shown:
        case PauseView(total=total, practice=practice):
            full = PauseView(total, total, practice, next_button=larger, minutes_left=30)
            return full, PauseView(total, total, practice, saving=True)
        case SignInView():
            return (SignInView("", "", Field.PASSWORD, can_send=True),)
        case AssistantView():
            return (AssistantView("", "", Field.FORENAME, can_go_on=True),)
        case HowWasItView():
            return (HowWasItView(Feeling.NEITHER),)
        case KeyboardView():
            return KeyboardView(key_pressed=False), KeyboardView(key_pressed=True)
        case ColoursView():
            return (ColoursView(Colours.BOW),)
        case SizeView():
            return (SizeView(Size.RGL),)
        case _:
            return (shown,)


def fits(marks: Sequence[Mark], layout: Layout) -> bool:
    """Whether no words overlap others, an edge, a button's ring or the page's border, and all can be pressed."""
    texts = [mark.rect for mark in marks if isinstance(mark, Text)]
    boxes = [mark for mark in marks if isinstance(mark, Box) and mark.rect != layout.display]
    apart = layout.px(9) if layout.is_larger else 0  # so that keys and buttons do not touch
    pressed = [box.rect.grown(apart if _is_button(box) else 0) for box in boxes if box.control is not None]
    page = layout.page.grown(layout.px(4))._replace(y=layout.px(12), h=layout.height - layout.px(20))
    cards = [box.rect for box in boxes if box.control is None]
    return (
        all(layout.display.holds(mark.rect) for mark in marks)
        and all(page.x <= card.x and card.right <= page.right for card in cards)
        and not any(_cuts(card, button, layout) for card in cards for button in boxes if _is_button(button))
        and all(page.holds(text) for text in texts)
        and not any(one.meets(other) for one, other in combinations(texts, 2))
        and not any(one.meets(other) for one, other in combinations(pressed, 2))
        and all(min(rect.w, rect.h) >= layout.touch for rect in pressed)
        and all(_clear(box, text, layout) for box in boxes for text in texts)
        and not any(mark.rect.meets(text) for mark in marks if isinstance(mark, Picture) for text in texts)
    )


def _cuts(card: Rect, button: Box, layout: Layout) -> bool:
    """Whether a button, with its ring, reaches over a card's edge."""
    return card.meets(button.rect.grown(layout.px(6))) and not card.holds(button.rect)


def _is_button(box: Box) -> bool:
    """Whether a box is one of a page's buttons."""
    return isinstance(box.control, Button)


def _clear(box: Box, text: Rect, layout: Layout) -> bool:
    """Whether words are wholly in a box, or clear of it: of a button by its ring, and larger words by more."""
    if box.rect.grown(-layout.hairline).holds(text):
        return box.control is None or box.rect.grown(-layout.px(6)).holds(text)
    match box.control:
        case None | ScreenKey():
            margin = 6 if layout.is_larger else 0
        case Field():
            margin = 12 if layout.is_larger else 0
        case _:
            margin = 20 if layout.is_larger else 12
    return not box.rect.grown(layout.px(margin) if margin else 0).meets(text)
