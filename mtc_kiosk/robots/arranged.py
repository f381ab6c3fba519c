"""Draw access arrangements at random for robot pupils, any that a robot of that kind can work with."""

import random

from mtc_kiosk.check.arrangements import Code, Colours, Countdown, Granted, Look, Rate, Size, Typeface
from mtc_kiosk.robots.kinds import Kind

_NO_KEYBOARD = (Kind.MOUSE_ONLY, Kind.TOUCH_ONLY)
"""Kinds that need the pad on the screen."""


def drawn(chance: random.Random, kind: Kind) -> Granted:
    """Any of the seven, each with even odds, with any look and sound."""
    codes = tuple(code for code in Code if chance.random() < 0.5 and not (code is Code.RON and kind in _NO_KEYBOARD))
    chooses = {code: chance.random() < 0.5 for code in (Code.CCT, Code.FTS)}
    look = Look(
        colours=chance.choice(tuple(Colours)) if Code.CCT in codes else None,
        size=chance.choice(tuple(Size)) if Code.FTS in codes else Size.RGL,
        typeface=chance.choice(tuple(Typeface)),
        countdown=chance.choice(tuple(Countdown)),
        pad_on_left=Code.RON not in codes and chance.random() < 0.3,
        large_pointer=chance.random() < 0.3,
    )
    return Granted(
        codes=codes,
        look=look,
        chooses_colours=Code.CCT in codes and chooses[Code.CCT],
        chooses_size=Code.FTS in codes and chooses[Code.FTS],
        rate=chance.choice(tuple(Rate)),
        volume_percent=chance.choice((None, 40, 100)),
    )
