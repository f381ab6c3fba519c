"""Made-up answers by hand, for tests of insight."""

import random
from collections.abc import Callable, Mapping

from mtc_kiosk.check.draw import draw
from mtc_kiosk.check.facts import AnsweredBy
from mtc_kiosk.check.form import Item
from mtc_kiosk.check.framework import FormRules
from mtc_kiosk.check.marking import is_right
from mtc_kiosk.insight.attempts import Answer, Attempt, Conditions, Press, Way
from mtc_kiosk.insight.class_fit import Marks

KEYBOARD = Conditions(Way.KEYBOARD, audio=False, no_pad=False, limit_ms=6_000)


def form(seed: int) -> tuple[Item, ...]:
    """The questions of a national form."""
    return draw(random.Random(seed), FormRules()).items


def marks(seed: int, right: Callable[[Item], bool]) -> Marks:
    """The marks of a form, each question right or not by a rule."""
    return [(item, right(item)) for item in form(seed)]


def answer(
    number: int,
    item: Item,
    response: str | None = None,
    *,
    think_ms: int = 1_500,
    gap_ms: int = 300,
    entered: bool = True,
) -> Answer:
    """An answer typed at an even speed; without a response, the right one."""
    said = str(item.product) if response is None else response
    presses = tuple(Press(digit, think_ms + place * gap_ms) for place, digit in enumerate(said))
    by = AnsweredBy.ENTER if entered and said else AnsweredBy.TIMEOUT
    return Answer(number, item, said, is_right(item, said), by, presses)


def attempt(items: tuple[Item, ...], wrong: Mapping[int, str] | None = None, **typing: int) -> Attempt:
    """A check with these wrong responses by number, every other question right."""
    said = wrong or {}
    answers = (answer(number, item, said.get(number), **typing) for number, item in enumerate(items, 1))
    return Attempt(tuple(answers), KEYBOARD)
