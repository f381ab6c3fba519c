"""The kinds of robot pupils by name, and how a class is mixed from them."""

import random
from collections.abc import Sequence
from enum import StrEnum

from mtc_kiosk.robots.odd_pupils import KeyLeaner, KeyMasher, MouseOnly, PcDies, TouchOnly
from mtc_kiosk.robots.pupil import Pupil
from mtc_kiosk.robots.typists import Backspacer, Careful, JustInTime, Late, Quick, Silent


class Kind(StrEnum):
    """What sort of pupil a robot is."""

    QUICK = "quick"
    CAREFUL = "careful"
    SILENT = "silent"
    LATE = "late"
    JUST_IN_TIME = "just_in_time"
    BACKSPACER = "backspacer"
    KEY_MASHER = "key_masher"
    KEY_LEANER = "key_leaner"
    MOUSE_ONLY = "mouse_only"
    TOUCH_ONLY = "touch_only"
    PC_DIES = "pc_dies"


KINDS: dict[Kind, type[Pupil]] = {
    Kind.QUICK: Quick,
    Kind.CAREFUL: Careful,
    Kind.SILENT: Silent,
    Kind.LATE: Late,
    Kind.JUST_IN_TIME: JustInTime,
    Kind.BACKSPACER: Backspacer,
    Kind.KEY_MASHER: KeyMasher,
    Kind.KEY_LEANER: KeyLeaner,
    Kind.MOUSE_ONLY: MouseOnly,
    Kind.TOUCH_ONLY: TouchOnly,
    Kind.PC_DIES: PcDies,
}


def mixed(pupils: int, chance: random.Random) -> Sequence[Kind]:
    """A class of ``pupils``: all kinds equally often, give or take one, in random order."""
    every = list(Kind)
    mix: list[Kind] = []
    while len(mix) < pupils:
        chance.shuffle(every)
        mix += every
    return mix[:pupils]
